"""Sentence embeddings of all-MiniLM-L6-v2, for the baseline only: the reader itself does without.

Kept beside the labels once computed, for a forward pass takes a while.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from servanda.opportunities.minilm import Array, vectors


def embed(said: Sequence[str], batch: int = 32) -> Array:
    """A vector of unit length for each sentence, shape (sentences, 384)."""
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
    kept = Path(os.environ.get("SERVANDA_CACHE") or tempfile.gettempdir()) / f"servanda-embeddings-{digest}.npy"
    if kept.exists():
        held: Array = np.load(kept)
        return held
    result = vectors(said, batch)
    np.save(kept, result)
    return result

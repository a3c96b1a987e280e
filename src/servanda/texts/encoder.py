"""A passage as a small transformer reads it: scores for its kind, how far it goes, its area and which fields it has.

Three layers of all-MiniLM-L6-v2 (Wang et al. 2020, MiniLM; Reimers and Gurevych 2019, Sentence-BERT), trained further
on coded statements by `evaluation.reading.tune`. It sees the passage, the end of its heading and lead-in, and that of
the passage before. Run with numpy alone; `forward` takes the module that reckons, so that training runs the same steps.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servanda.model.passage import Passage
from servanda.store.tensors import packed, unpack
from servanda.texts.area import AREAS
from servanda.texts.lexicon import LEVELS
from servanda.texts.subwords import BETWEEN, FIRST, Subwords
from servanda.texts.transformer import Step, layer, line, transformed

MODEL = Path(__file__).parents[1] / "content" / "models" / "encoder.tensors"
LAYERS, WIDTH = 3, 384
OWN, AROUND = 64, 16
"""The most subwords of the passage itself, and of what stands around it on either side."""
LENGTH = OWN + 2 * AROUND + 8
BATCH, STEP = 4, 8
"""How many passages are reckoned together: with more, what is between two steps no longer fits beside the processor."""
ITEM, HEADING = "*", "#"
PARTS: Mapping[str, tuple[str, ...]] = {
    "kind": ("commitment", "outcome", "expectation", "call", "position"),
    "action": LEVELS,
    "area": AREAS,
    "has": ("deadline", "quantity", "mechanism", "deliverable"),
}
"""What is scored, in the order of the columns."""
COLUMNS = sum(map(len, PARTS.values()))
_SLOPE = math.sqrt(2 / math.pi)
Array = NDArray[np.float32]
Scores = Mapping[str, Array]
"""For each of PARTS the scores of its classes, before they become probabilities."""
WORDS, VOCABULARY, SCALE, SHARPNESS = "words", "vocabulary", ".scale", "sharpness"


@dataclass(frozen=True, slots=True)
class Row:
    """A passage in subwords: its own words, and those around it."""

    own: tuple[int, ...]
    around: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.own) + len(self.around)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows filled up to one length, each shape (rows, length): subwords, 1 for what stands around, 1 for what is there,
    1 for what is the passage's own."""

    subwords: NDArray[np.int32]
    segment: NDArray[np.int32]
    there: Array
    own: Array


@dataclass(frozen=True, slots=True)
class State:
    """A passage below the last layers: how many subwords are its own, and a vector each, shape (length, width)."""

    own: int
    seen: Array


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as it is shown to the encoder: its words and those of its heading and lead-in, every party folded."""

    said: str
    above: str
    is_item: bool
    is_heading: bool


def lines(passages: Sequence[Passage], folded: Sequence[str]) -> list[Line]:
    """Every passage of a text, `folded` as the parser has it: one word for every party, one for every other state."""
    known = {_key(one.text): said for one, said in zip(passages, folded, strict=True)}
    return [
        Line(said, f"{known.get(_key(one.heading), '')} {known.get(_key(one.lead_in), '')}".strip(), one.is_item,
             one.is_heading)
        for one, said in zip(passages, folded, strict=True)
    ]  # fmt: skip


def _key(said: str | None) -> str:
    """Words alone: a heading is kept without the marks that make it one."""
    return " ".join(re.findall(r"\w+", said or ""))


def rows(given: Sequence[Line], subwords: Subwords, wanted: Sequence[int] | None = None) -> list[Row]:
    """The wanted passages of a text in subwords, in the order in which they are wanted; all where nothing is said."""
    first, between = subwords.numbers[FIRST], subwords.numbers[BETWEEN]
    found = []
    for place in range(len(given)) if wanted is None else wanted:
        one = given[place]
        mark = [subwords.numbers[ITEM]] if one.is_item else [subwords.numbers[HEADING]] if one.is_heading else []
        own = subwords.of(one.said)[:OWN]
        above = subwords.of(one.above)[-AROUND:]
        before = subwords.of(given[place - 1].said)[-AROUND:] if place else []
        found.append(Row((first, *mark, *own, between), (*above, between, *before, between)))
    return found


def batch(chosen: Sequence[Row]) -> Batch:
    """Rows side by side; their length is filled up to a multiple of eight, so that few lengths occur."""
    length = -(-max(map(len, chosen)) // STEP) * STEP
    subwords, segment = (np.zeros((len(chosen), length), np.int32) for _ in range(2))
    there, own = (np.zeros((len(chosen), length), np.float32) for _ in range(2))
    for place, row in enumerate(chosen):
        subwords[place, : len(row)] = (*row.own, *row.around)
        segment[place, len(row.own) : len(row)] = 1
        there[place, : len(row)] = 1
        own[place, : len(row.own)] = 1
    return Batch(subwords, segment, there, own)


def forward(xp: ModuleType, held: Mapping[str, Any], words: Any, given: Batch, drop: Step | None = None) -> Any:
    """Scores of a batch, shape (rows, columns). `words`: the vectors of its subwords, shape (rows, length, width).

    `drop` leaves out a share of what it is given, in training alone.
    """
    return scored(xp, held, below(xp, held, words, given, drop), given.there, given.own, drop)


def scored(xp: ModuleType, held: Mapping[str, Any], seen: Any, there: Any, own: Any, drop: Step | None = None) -> Any:
    """The same from what lies below the last layer; `there` and `own` as in a batch."""
    top = above(xp, held, str(LAYERS - 1), seen, there, drop)
    mean = (top * own[:, :, None]).sum(1) / own.sum(1, keepdims=True)
    both = xp.concatenate([top[:, 0], mean], 1)
    return line(drop(both) if drop else both, held, "scores")


def below(xp: ModuleType, held: Mapping[str, Any], words: Any, given: Batch, drop: Step | None = None) -> Any:
    """What all layers but the last make of a batch: whoever asks for something else has a last layer of its own."""
    return transformed(xp, held, words, given.segment, given.there, LAYERS - 1, _smooth(xp), drop)


def above(xp: ModuleType, held: Mapping[str, Any], name: str, seen: Any, there: Any, drop: Step | None = None) -> Any:
    """What a last layer, by the name of its tables, makes of what lies below it."""
    return layer(xp, held, name, seen, there, _smooth(xp), drop)


def _smooth(xp: ModuleType) -> Step:
    """The unit of Hendrycks and Gimpel 2016, Gaussian Error Linear Units, section 2, by the hyperbolic tangent."""

    def unit(seen: Any) -> Any:
        return 0.5 * seen * (1 + xp.tanh(_SLOPE * (seen + 0.044715 * seen * seen * seen)))

    def in_place(seen: Array) -> Array:
        """The same to the last digit or two, in half the time: a tenth of all reckoning is spent here."""
        inner = seen * seen
        inner *= np.float32(0.044715 * _SLOPE)
        inner += np.float32(_SLOPE)
        inner *= seen
        np.tanh(inner, out=inner)
        inner += np.float32(1)
        inner *= seen
        inner *= np.float32(0.5)
        return inner

    return in_place if xp is np else unit


@dataclass(frozen=True, slots=True)
class Encoder:
    """Weights and the subwords they know. `sharpness` divides the scores of the kind once they are pooled with those of
    the features, so that probabilities are calibrated."""

    held: Mapping[str, Array]
    subwords: Subwords
    sharpness: float = 1.0

    def states(self, given: Sequence[Line], wanted: Sequence[int]) -> dict[int, State]:
        """Each wanted passage of a text below the last layers, which can then be asked about it one after the other."""
        every = dict(zip(wanted, rows(given, self.subwords, wanted), strict=True))
        found = {}
        for places in together({place: len(row) for place, row in every.items()}):
            chosen = batch([every[place] for place in places])
            seen = below(np, self.held, self.held[WORDS][chosen.subwords], chosen)
            for place, one in zip(places, seen, strict=True):
                found[place] = State(len(every[place].own), one[: len(every[place])])
        return found

    def scores(self, states: Mapping[int, State]) -> dict[int, Scores]:
        """For each passage the scores of every part of PARTS."""
        found = {}
        for places in together({place: len(state.seen) for place, state in states.items()}):
            every = scored(np, self.held, *filled([states[place] for place in places]))
            found.update({place: parts(row) for place, row in zip(places, every, strict=True)})
        return found


def together(lengths: Mapping[int, int]) -> Iterator[list[int]]:
    """Passages a few at a time, those of about one length together."""
    order = sorted(lengths, key=lambda place: (lengths[place], place))
    for first in range(0, len(order), BATCH):
        yield order[first : first + BATCH]


def filled(states: Sequence[State]) -> tuple[Array, Array, Array]:
    """States side by side, filled up to one length: vectors, 1 for what is there, 1 for what is the passage's own."""
    length = -(-max(len(state.seen) for state in states) // STEP) * STEP
    seen = np.zeros((len(states), length, WIDTH), np.float32)
    there, own = (np.zeros((len(states), length), np.float32) for _ in range(2))
    for place, state in enumerate(states):
        seen[place, : len(state.seen)] = state.seen
        there[place, : len(state.seen)] = 1
        own[place, : state.own] = 1
    return seen, there, own


def parts(row: Array) -> Scores:
    """The columns of a row by what they score."""
    found, start = {}, 0
    for name, classes in PARTS.items():
        found[name] = row[start : start + len(classes)]
        start += len(classes)
    return found


def small(encoder: Encoder) -> bytes:
    """The weights as a file: tables of whole numbers from -127 to 127, with one scale a column (of words, a row)."""
    held: dict[str, Any] = {}
    for name, full in encoder.held.items():
        if full.ndim == 1:
            held[name] = full
            continue
        scale = np.abs(full).max(1 if name == WORDS else 0, keepdims=True) / 127 + 1e-12
        held[name] = np.round(full / scale).astype(np.int8)
        held[name + SCALE] = scale.astype(np.float32)
    ordered = sorted(encoder.subwords.numbers, key=lambda subword: encoder.subwords.numbers[subword])
    held[SHARPNESS] = np.array([encoder.sharpness], np.float32)
    held[VOCABULARY] = np.frombuffer("\n".join(ordered).encode(), np.uint8)
    return packed(held)


def whole(raw: bytes) -> Encoder:
    """The encoder of a file."""
    held: dict[str, Any] = dict(unpack(raw))
    subwords = bytes(held.pop(VOCABULARY)).decode().split("\n")
    full = {
        name: (table * held[name + SCALE] if table.dtype == np.int8 else table).astype(np.float32)
        for name, table in held.items()
        if not name.endswith(SCALE)
    }
    sharpness = round(float(full.pop(SHARPNESS)[0]), 3)
    return Encoder(full, Subwords({subword: number for number, subword in enumerate(subwords)}), sharpness)


@lru_cache(maxsize=2)
def shipped(file: Path = MODEL) -> Encoder:
    """The encoder with the weights of the package."""
    return whole(file.read_bytes())

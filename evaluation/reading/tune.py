"""Train the encoder further on coded statements: `make encoder`, `make evaluate`.

It begins from the first layers of all-MiniLM-L6-v2, whose weights come inside a package, and learns kind, action, area
and which fields are there at once. The vectors of subwords stay as they are. Reckoned by JAX on the processor, by the same
steps as the program runs; the same labels, texts and machine give the same file. Some six minutes on two cores.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.reading.adam import DECAY, WARM, WINDOW, Held, stepping, trained
from evaluation.reading.gold import Coded, Label, accepted, documents, shared, texts
from servanda.opportunities.minilm import weights as base
from servanda.texts.encoder import (
    AROUND,
    COLUMNS,
    LAYERS,
    LENGTH,
    OWN,
    PARTS,
    WIDTH,
    WORDS,
    Array,
    Batch,
    Encoder,
    Line,
    Row,
    batch,
    forward,
    rows,
    small,
    whole,
)
from servanda.texts.observe import observe
from servanda.texts.subwords import BETWEEN, FIRST, UNKNOWN, Subwords

ROUNDS = 3
RATE = 3e-4
LOWER = 0.85  # each layer further down moves by so much less (Howard and Ruder 2018, ULMFiT, section 3.2)
ABOVE = 10.0  # the scores are new and move faster than what was learned elsewhere
BELOW = 0.4
KEPT = 0.9  # share that dropping out leaves
OTHERS = 0.5  # how much action, area and fields count beside the kind
GIVEN = 2.0  # how much a sentence of the eight given statements counts, as in evaluation.reading.train
SHORT = 3  # subwords so short are known whether they were met or not, so that any word can be spelt
SEED = 1


@dataclass(frozen=True, slots=True)
class Taught:
    """A sentence with what is wanted of it: its share in each column, whether it is a commitment, how much it counts."""

    row: Row
    wanted: Array
    promised: float
    counts: float


def met(said: Sequence[str], numbers: dict[str, int]) -> Subwords:
    """The subwords that stand in the texts, and all short ones: the others need not be carried."""
    every, subwords = Subwords(numbers), set()
    for one in said:
        subwords.update(every.of(one))
    kept = [
        subword
        for subword, number in sorted(numbers.items(), key=lambda pair: pair[1])
        if number in subwords or subword in (UNKNOWN, FIRST, BETWEEN)
        or (not subword.startswith("[") and len(subword.removeprefix("##")) <= SHORT and subword.isascii())
    ]  # fmt: skip
    return Subwords({subword: number for number, subword in enumerate(kept)})


def begun(subwords: Subwords, held: dict[str, Array], numbers: dict[str, int]) -> Held:
    """The weights before training: the layers as they come, and scores of nearly nothing."""
    upper = ("first.", "segments", *(f"{layer}." for layer in range(LAYERS)))
    found: Held = {name: table for name, table in held.items() if name.startswith(upper)}
    found[WORDS] = held[WORDS][[numbers[subword] for subword in subwords.numbers]]
    found["places"] = held["places"][:LENGTH]
    draw = np.random.default_rng(SEED)
    found["scores.weight"] = (draw.standard_normal((2 * WIDTH, COLUMNS)) * 0.02).astype(np.float32)
    found["scores.bias"] = np.zeros(COLUMNS, np.float32)
    return {name: np.array(table, np.float32) for name, table in found.items()}


def taught(coded: Sequence[Coded], subwords: Subwords) -> list[Taught]:
    """Every coded sentence with what is wanted of it."""
    return [
        Taught(row, wanted(label), float("commitment" in accepted(label, "kind")), GIVEN if one.gold else 1.0)
        for one in coded
        for row, label in zip(rows(seen(one), subwords), one.labels, strict=True)
    ]


def seen(one: Coded) -> list[Line]:
    """The coded sentences of a statement as the encoder sees them."""
    return observe(one.passages(), one.text, one.parties, one.day, one.title).lines()


def wanted(label: Label) -> Array:
    """The share of a sentence in each column; nothing for what only a commitment has."""
    found: list[float] = []
    promised = "commitment" in accepted(label, "kind") and "action" in label
    for name, classes in PARTS.items():
        if name == "has":
            found += [_there(accepted(label, one)) if promised else 0.0 for one in classes]
        elif name == "kind" or promised:
            values = [value for value in accepted(label, name) if value in classes]
            found += [values.count(one) / max(len(values), 1) for one in classes]
        else:
            found += [0.0] * len(classes)
    return np.array(found, np.float32)


def _there(values: Sequence[Any]) -> float:
    return sum(bool(value) for value in values) / len(values)


def tune(coded: Sequence[Coded], subwords: Subwords, begin: Held, seed: int = SEED) -> Encoder:
    """The encoder trained on statements."""
    import jax
    import jax.numpy as jnp

    step = stepping(_lost(jax, jnp), RATE, pace)
    table = begin[WORDS]
    held = {name: jnp.asarray(one) for name, one in begin.items() if name != WORDS}
    sentences = taught(coded, subwords)

    def given(places: list[int]) -> tuple[Any, ...]:
        return _arrays([sentences[place] for place in places], table)

    lengths = [len(one.row) for one in sentences]
    return Encoder(
        {WORDS: table, **trained(step, held, lengths, ROUNDS, np.random.default_rng(seed), seed, given)}, subwords
    )


def pace(name: str) -> float:
    """How fast a table moves beside the uppermost layer."""
    if name.startswith("scores"):
        return ABOVE
    return LOWER ** (LAYERS - 1 - int(name[0])) if name[0].isdigit() else BELOW


def _arrays(chosen: Sequence[Taught], table: Array) -> tuple[Any, ...]:
    given = batch([one.row for one in chosen])
    return (
        table[given.subwords], given.segment, given.there, given.own, np.array([one.wanted for one in chosen]),
        np.array([one.promised for one in chosen], np.float32), np.array([one.counts for one in chosen], np.float32),
    )  # fmt: skip


def _lost(jax: Any, jnp: Any) -> Any:
    """What training makes smaller: how far scores lie from what was coded."""

    def lost(held: Held, key: Any, words: Any, segment: Any, there: Any, own: Any, aim: Any, promised: Any, counts: Any,
             ) -> Any:  # fmt: skip
        keys = iter(jax.random.split(key, 2 * LAYERS + 2))

        def drop(seen: Any) -> Any:
            return jnp.where(jax.random.bernoulli(next(keys), KEPT, seen.shape), seen / KEPT, 0.0)

        scored = forward(jnp, held, words, Batch(words, segment, there, own), drop)
        total: Any = 0.0
        start = 0
        for name, classes in PARTS.items():
            said, right = scored[:, start : start + len(classes)], aim[:, start : start + len(classes)]
            start += len(classes)
            if name == "has":
                sure = jnp.maximum(said, 0) - said * right + jnp.log1p(jnp.exp(-jnp.abs(said)))
                total += OTHERS * sure.sum(-1) * promised
            else:
                shift = said - said.max(-1, keepdims=True)
                apart = -(right * (shift - jnp.log(jnp.exp(shift).sum(-1, keepdims=True)))).sum(-1)
                total += apart * (counts if name == "kind" else OTHERS)
        return total.mean()

    return lost


def encoder(coded: Sequence[Coded]) -> Encoder:
    """The encoder trained on statements, as it comes out of its file; kept beside the labels' hash once trained."""
    held, cut = base()
    numbers: dict[str, int] = json.loads(cut)["model"]["vocab"]
    subwords = met([one["text"] for one in texts(shared()).values()] + [one.text for one in documents()], numbers)
    kept = (
        Path(os.environ.get("SERVANDA_CACHE") or tempfile.gettempdir()) / f"servanda-encoder-{_digest(coded)}.tensors"
    )
    if not kept.exists():
        kept.write_bytes(small(tune(coded, subwords, begun(subwords, held, numbers))))
    return whole(kept.read_bytes())


def _digest(coded: Sequence[Coded]) -> str:
    """What the weights depend on: sentences, labels and the way of training."""
    way = (
        LAYERS,
        OWN,
        AROUND,
        WINDOW,
        ROUNDS,
        RATE,
        LOWER,
        ABOVE,
        BELOW,
        WARM,
        KEPT,
        DECAY,
        OTHERS,
        GIVEN,
        SEED,
    )
    said = hashlib.sha256(repr(way).encode())
    for one in coded:
        said.update(repr((one.text, one.spans, one.labels, one.gold)).encode())
    return said.hexdigest()[:16]

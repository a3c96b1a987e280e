"""Train the layer of the encoder that finds the mechanism (texts/spans.py), above layers that stay as they are.

It begins as a copy of the encoder's own last layer and learns, from the phrases of coded commitments, which of them is
the mechanism. Kinds are read as before: nothing they rest on moves. A minute or two on two cores.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.reading import tune
from evaluation.reading.adam import BATCH, Held, stepping, trained
from evaluation.reading.gold import Coded, accepted
from evaluation.reading.train import COUNTS, fitting
from servanda.texts.encoder import LAYERS, WIDTH, WORDS, Array, Batch, Encoder, Row, batch, below, rows, small, whole
from servanda.texts.observe import observe
from servanda.texts.spans import NAME, Stretch, masks, placed, stretched

ROUNDS = 4
RATE = 3e-4
ABOVE = 10.0  # the scores are new and move faster than what was learned elsewhere
KEPT = 0.9  # share that dropping out leaves
SELDOM = -3.0  # where scores begin: about one phrase in twenty is a mechanism
SEED = 1


@dataclass(frozen=True, slots=True)
class Taught:
    """A commitment with its phrases: where each lies in the row, whether it is the mechanism, how much it counts."""

    row: Row
    spots: tuple[Stretch | None, ...]
    right: tuple[float, ...]
    counts: tuple[float, ...]


def taught(coded: Sequence[Coded], encoder: Encoder) -> list[Taught]:
    """Every coded commitment in which some phrase may be the mechanism."""
    return [each for one in coded for each in _taught(one, encoder)]


def _taught(one: Coded, encoder: Encoder) -> list[Taught]:
    observed = observe(one.passages(), one.text, one.parties, one.day, one.title)
    lines = observed.lines()
    promised = [
        label for label in one.labels
        if "commitment" in accepted(label, "kind") and "action" in label and observed.candidates(label["i"], NAME)
    ]  # fmt: skip
    every = rows(lines, encoder.subwords, [label["i"] for label in promised])
    found = []
    for label, row in zip(promised, every, strict=True):
        place = label["i"]
        offered = [candidate for candidate, _ in observed.candidates(place, NAME)]
        heard = [observed.sentences[place].heard(candidate.start, candidate.end) for candidate in offered]
        right, counts = fitting(label, NAME, [candidate.said for candidate in offered])
        share = COUNTS[NAME][0] if one.gold else 1.0
        found.append(
            Taught(
                row, tuple(placed(lines[place], stretch, encoder.subwords, len(row.own)) for stretch in heard),
                tuple(right), tuple(share * each for each in counts),
            )
        )  # fmt: skip
    return found


def phrased(encoder: Encoder, given: Sequence[Taught], seed: int = SEED) -> Encoder:
    """The encoder with the layer trained on what is given."""
    import jax
    import jax.numpy as jnp

    lower = {name: jnp.asarray(table) for name, table in encoder.held.items() if name != WORDS}

    @jax.jit  # type: ignore[untyped-decorator]
    def states(words: Any, chosen: Any) -> Any:
        return below(jnp, lower, words, Batch(*chosen))

    def arrays(places: list[int]) -> tuple[Any, ...]:
        chosen = [given[place] for place in places]
        filled = batch([one.row for one in chosen])
        words = encoder.held[WORDS][filled.subwords]
        seen = states(words, (filled.subwords, filled.segment, filled.there, filled.own))
        return seen, filled.there, *_arrays(chosen, filled.there.shape[1])

    draw = np.random.default_rng(seed)
    held = {name: jnp.asarray(table) for name, table in begun(encoder, draw).items()}
    step = stepping(_lost(jax, jnp), RATE, lambda name: ABOVE if ".scores" in name else 1.0)
    lengths = [len(one.row) for one in given]
    return replace(encoder, held={**encoder.held, **trained(step, held, lengths, ROUNDS, draw, seed, arrays)})


def begun(encoder: Encoder, draw: np.random.Generator) -> dict[str, Array]:
    """The layer before training: the last one as it is, and scores of nearly nothing."""
    last = f"{LAYERS - 1}."
    found = {
        f"{NAME}.{name.removeprefix(last)}": table for name, table in encoder.held.items() if name.startswith(last)
    }
    found[f"{NAME}.scores.weight"] = (draw.standard_normal((WIDTH, 2)) * 0.02).astype(np.float32)
    found[f"{NAME}.scores.bias"] = np.array([SELDOM, 0.0], np.float32)
    return found


def _arrays(chosen: Sequence[Taught], length: int) -> tuple[Array, Array, Array, Array]:
    inside, before = masks([one.spots for one in chosen], length)
    right, counts = (np.zeros(inside.shape[:2], np.float32) for _ in range(2))
    for row, one in enumerate(chosen):
        right[row, : len(one.right)] = one.right
        counts[row, : len(one.counts)] = [
            each if spot else 0.0 for each, spot in zip(one.counts, one.spots, strict=True)
        ]
    return inside, before, right, counts


def _lost(jax: Any, jnp: Any) -> Any:
    """What training makes smaller: how far the scores of phrases lie from what was coded."""

    def lost(held: Held, key: Any, seen: Any, there: Any, inside: Any, before: Any, right: Any, counts: Any) -> Any:
        keys = iter(jax.random.split(key, 3))

        def drop(given: Any) -> Any:
            return jnp.where(jax.random.bernoulli(next(keys), KEPT, given.shape), given / KEPT, 0.0)

        said = stretched(jnp, held, seen, there, inside, before, drop)
        apart = jnp.maximum(said, 0) - said * right + jnp.log1p(jnp.exp(-jnp.abs(said)))
        return (apart * counts).sum() / seen.shape[0]

    return lost


def encoder(coded: Sequence[Coded]) -> Encoder:
    """The encoder trained on statements with its layer for mechanisms, as it comes out of its file; kept once trained."""
    base = tune.encoder(coded)
    given = taught(coded, base)
    way = (ROUNDS, RATE, ABOVE, KEPT, SELDOM, SEED, BATCH)
    said = hashlib.sha256(repr((way, given)).encode() + small(base)).hexdigest()[:16]
    kept = Path(os.environ.get("SERVANDA_CACHE") or tempfile.gettempdir()) / f"servanda-phrase-{said}.tensors"
    if not kept.exists():
        kept.write_bytes(small(phrased(base, given)))
    return whole(kept.read_bytes())

"""Documents held out in turn: each is read by features and an encoder that were trained without it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluation.reading.gold import Coded
from evaluation.reading.learn import Array, sharpness
from evaluation.reading.phrase import encoder
from evaluation.reading.train import KINDS, Coat, shares, train
from servanda.texts.observe import Observed, observe
from servanda.texts.pool import pooled
from servanda.texts.read import Reader

FOLDS = 6


@dataclass(frozen=True, slots=True)
class Held:
    """Documents that a reader has not seen, by name, each as that reader observes it."""

    reader: Reader
    seen: dict[str, Observed]


@dataclass(frozen=True, slots=True)
class Marks:
    """Scores of the kind of passages by the features alone and pooled with the encoder, shape (passages, kinds), and the
    share of each passage in each kind by its coders."""

    alone: Array
    both: Array
    wanted: Array


def folds(coded: Sequence[Coded]) -> list[set[str]]:
    """Documents dealt out in turn, so that every fold has all collections and decades."""
    names = sorted((document.name for document in coded), key=lambda name: (name.split("-")[0], name))
    return [set(names[turn::FOLDS]) for turn in range(FOLDS)]


def held_out(coded: Sequence[Coded], observed: dict[str, list[Coat]]) -> Iterator[Held]:
    """The documents coded twice, fold by fold, each fold with its reader."""
    judged = [document for document in coded if document.twice]
    for out in folds(judged):
        print(f"reading {len(out)} documents held out", file=sys.stderr, flush=True)
        rest = [document for document in coded if document.name not in out]
        reader = replace(train([coat for one in rest for coat in observed[one.name]]), encoder=encoder(rest))
        yield Held(reader, {one.name: observe(one.passages(), one.text, one.parties, one.day, one.title)
                            for one in judged if one.name in out})  # fmt: skip


def marks(held: Held, coded: Sequence[Coded]) -> Marks:
    """What the reader of a fold makes of its documents, before probabilities are calibrated."""
    model, seer = held.reader.models["kind"], held.reader.encoder
    alone, both, wanted = [], [], []
    for document in coded:
        if document.name not in held.seen or seer is None:
            continue
        seen = held.seen[document.name]
        scores = seer.scores(seer.states(seen.lines(), range(len(seen.passages))))
        for place in range(len(seen.passages)):
            alone.append(model.scores(seen.kind_features(place)))
            both.append(np.log(pooled(alone[-1], scores[place]["kind"], "kind")))
        wanted.append(shares(document.labels, "kind", KINDS))
    return Marks(np.array(alone), np.array(both), np.vstack(wanted))


def calm(reader: Reader, others: Sequence[Marks]) -> Reader:
    """The reader with probabilities calibrated on documents of other folds."""
    wanted = np.vstack([one.wanted for one in others])
    kind = replace(reader.models["kind"], sharpness=sharpness(np.vstack([one.alone for one in others]), wanted))
    warmth = sharpness(np.vstack([one.both for one in others]), wanted)
    seer = replace(reader.encoder, sharpness=warmth) if reader.encoder else None
    return Reader({**reader.models, "kind": kind}, seer)

"""Restatement as it is used: one sentence against every sentence of an earlier statement, and how fast that is."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.reading.gold import shared, texts
from evaluation.restatements.gold import SAME
from evaluation.restatements.judged import Judged
from evaluation.restatements.train import Case
from servanda.texts.gist import gist
from servanda.texts.restate import Earlier, Promise, Weights
from servanda.texts.split import split

MANY, ASKED = 10_000, 100
Row = dict[str, Any]


@dataclass(slots=True)
class Shelf:
    """Statements by their id, and an index of each for each set of weights, made when it is asked for."""

    rows: dict[str, Row]
    made: dict[tuple[int, str], Earlier] = field(default_factory=dict)

    def index(self, name: str, weights: Weights) -> Earlier:
        """Every sentence of a statement as a promise."""
        key = (id(weights), name)
        if key not in self.made:
            passages = [one for one in split(self.rows[name]["text"]) if not one.is_heading]
            promises = [Promise(f"{name}#{one.start}-{one.end}", one.text) for one in passages]
            self.made[key] = Earlier(promises, weights)
        return self.made[key]

    def strangers(self, names: frozenset[str], old: bool) -> list[str]:
        """Statements with nothing to repeat: from before 1990, or of the same years by others than made the named ones."""
        joint = {name: row for name, row in self.rows.items() if row["kind"] == "joint" and row["parties_hint"]}
        if old:
            return sorted(name for name, row in joint.items() if row["date"] < "1990")
        makers = {code for name in names for code in self.rows[name]["parties_hint"] or ()} - {"USA"}
        return sorted(
            name for name, row in joint.items() if row["date"] >= "2021" and not makers & set(row["parties_hint"])
        )


def searched(held: Case, judged: Judged) -> list[str]:
    """Later sentences that both coders call the same undertaking, sought in the earlier statement and in others'."""
    shelf = Shelf({row["id"]: row for row in texts(shared()).values()})
    draw = random.Random(7)
    asked = [place for place in range(held.coded) if all(label in SAME for label in held.both[place].labels)]
    named = very = old = new = 0
    for place in asked:
        both, weights = held.both[place], judged.weights[place]
        found = shelf.index(_earlier(shelf, both.documents), weights).find(both.later)
        named += found is not None
        very += found is not None and _overlap(found.said, both.earlier)
        old += shelf.index(draw.choice(shelf.strangers(both.documents, True)), weights).find(both.later) is not None
        new += shelf.index(draw.choice(shelf.strangers(both.documents, False)), weights).find(both.later) is not None
    many = len(asked)
    return [
        f"{many} later sentences that both coders call the same undertaking, each sought in the whole earlier statement, all "
        f"sentences taken to be promises: something is named for {named / many:.0%}, the coders' own sentence for "
        f"{very / many:.0%}. In a statement from before 1990 something is named for {old / many:.1%}; in one by "
        f"others of the same years, where some promises truly are the same, for {new / many:.1%}."
    ]


def _earlier(shelf: Shelf, names: frozenset[str]) -> str:
    return min(names, key=lambda name: (shelf.rows[name]["date"], name))


def _overlap(one: str, other: str) -> bool:
    left, right = set(gist(one).words), set(gist(other).words)
    return len(left & right) >= 0.8 * min(len(left), len(right))


def speed(sentences: Sequence[str]) -> list[str]:
    """A statement of 100 commitments against 10,000 earlier ones, index and all."""
    promises = [Promise(str(place), f"{sentences[place % len(sentences)]} ({place})") for place in range(MANY)]
    gist.cache_clear()
    begun = time.perf_counter()
    index = Earlier(promises)
    built = time.perf_counter()
    for said in sentences[:ASKED]:
        index.find(said)
    ended = time.perf_counter()
    return [
        f"{ASKED} commitments against {MANY:,} earlier ones, in one process: {ended - begun:.1f} s, of which "
        f"{built - begun:.1f} s build the index, which is kept."
    ]

"""The coded pairs, the coded sentences, and pairs that surely are not the same, each with the documents it is taken from.

The pairs lie in `gold/threads` beside the texts (see evaluation/reading/gold.py for where those are looked for).
"""

from __future__ import annotations

import csv
import itertools
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from evaluation.reading.gold import Coded, Missing, accepted, shared
from servanda.settings import shipped_content
from servanda.texts.alike import Rarity, cosine
from servanda.texts.gist import gist

SAME = ("restates", "advances")
ACTS = ("commitment", "outcome")
DRAWN = 300  # pairs of each sort that are surely not the same
LEAST = 0.08  # commitments of a register less alike than this are not offered as a pair
NEAR = (0.15, 0.6)  # the cosine of two promises of one document that are near each other and not the same


@dataclass(frozen=True, slots=True)
class Both:
    """Two sentences, the documents they stand in, the series, what each coder said, and the cosine given with them."""

    pair: str
    series: str
    documents: frozenset[str]
    earlier: str
    later: str
    labels: tuple[str, ...]
    tfidf: float = 0.0

    @property
    def same(self) -> bool:
        """Whether the first coder finds the same undertaking, as the gold set's own figures have it."""
        return self.labels[0] in SAME

    def share(self, topic: float = 0.0) -> float:
        """How much of a same undertaking the coders see; `topic` is what a common subject alone counts for."""
        worth = {"topic": topic, "unrelated": topic} | dict.fromkeys(SAME, 1.0)
        return sum(worth.get(label, 0.0) for label in self.labels) / len(self.labels)


@dataclass(frozen=True, slots=True)
class Alone:
    """A coded sentence: its document, and how much of an act the coders see in it."""

    document: str
    said: str
    share: float


def pairs() -> list[Both]:
    """Every coded pair, in the order of the file; raises Missing where it is not there."""
    file = shared() / "gold" / "threads" / "pairs.csv"
    if not file.exists():
        raise Missing(f"no coded pairs: {file} is not there")
    with file.open(encoding="utf-8", newline="") as lines:
        return [_both(row) for row in csv.DictReader(lines)]


def _both(row: dict[str, str]) -> Both:
    return Both(
        row["pair"], row["series"], frozenset((row["earlier_id"], row["later_id"])), row["earlier_sentence"],
        row["later_sentence"], (row["coder_a"], row["coder_b"]), float(row["tfidf_cos"]),
    )  # fmt: skip


def alone(coded: Sequence[Coded]) -> list[Alone]:
    """Every coded sentence of the statements that the reader learns from."""
    found = []
    for document in coded:
        for (start, end), label in zip(document.spans, document.labels, strict=True):
            kinds = accepted(label, "kind")
            found.append(Alone(document.id, document.text[start:end], sum(kind in ACTS for kind in kinds) / len(kinds)))
    return found


def far(sentences: Sequence[Alone], draw: random.Random) -> list[Both]:
    """Acts of two documents, drawn blindly: easy, and what most of a register is."""
    acts = [one for one in sentences if one.share == 1 and len(one.said) > 40]
    found: list[Both] = []
    while len(found) < DRAWN:
        one, other = draw.choice(acts), draw.choice(acts)
        if one.document != other.document:
            found.append(_drawn("far", len(found), one, other))
    return found


def near(sentences: Sequence[Alone], rare: Rarity, draw: random.Random) -> list[Both]:
    """The likest acts of one document: hard, for a statement seldom promises the same act twice."""
    by_document: dict[str, list[Alone]] = defaultdict(list)
    for one in sentences:
        if one.share == 1 and 40 < len(one.said) < 700:
            by_document[one.document].append(one)
    found: list[Both] = []
    for held in by_document.values():
        close = [
            (cosine(gist(one.said).words, gist(other.said).words, rare), one, other)
            for one, other in itertools.combinations(held, 2)
        ]
        close = sorted((row for row in close if NEAR[0] < row[0] < NEAR[1]), key=lambda row: (-row[0], row[1].said))
        found += [_drawn("near", len(found) + place, one, other) for place, (_, one, other) in enumerate(close[:8])]
    return draw.sample(found, min(DRAWN, len(found)))


def _drawn(sort: str, number: int, one: Alone, other: Alone) -> Both:
    documents = frozenset((one.document, other.document))
    return Both(f"{sort}-{number}", sort, documents, one.said, other.said, ("unrelated",))


@dataclass(frozen=True, slots=True)
class Told:
    """Two commitments of one case as the register tells them, from two documents, and whether they are of one thread."""

    case: str
    earlier: str
    later: str
    areas: tuple[str, str]
    same: bool


def threads(rare: Rarity, content: Path | None = None) -> list[Told]:
    """Each commitment of the shipped cases with the five likest of documents not later than its own."""
    found: list[Told] = []
    for folder in sorted(((content or shipped_content()) / "cases").iterdir()):
        held = _commitments(folder)
        for one in held:
            close = [
                (cosine(gist(one.said).words, gist(other.said).words, rare), place)
                for place, other in enumerate(held)
                if other.document != one.document and other.day <= one.day
            ]
            for near, place in sorted(close, key=lambda row: (-row[0], row[1]))[:5]:
                other = held[place]
                if near > LEAST:
                    found.append(
                        Told(folder.name, other.said, one.said, (other.area, one.area), one.thread == other.thread)
                    )
    return found


@dataclass(frozen=True, slots=True)
class _Commitment:
    document: str
    day: str
    thread: str
    said: str
    area: str


def _commitments(folder: Path) -> list[_Commitment]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = []
    for file in sorted((folder / "documents").glob("*.yml")):
        plain = yaml.load(file.read_text(encoding="utf-8"), loader)
        for row in plain.get("commitments", []):
            found.append(_Commitment(plain["id"], str(plain["date"]), row["thread"], row["says"], row["area"]))
    return found

"""Two capitals, two texts: what one promises that the other does not. Moving a passage is no difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from servanda.model.proposal import Proposed

ALIKE = 0.5  # share of words that two passages must have in common to be versions of one another
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Differing:
    """A passage of each side that says the same with a difference; `what` names what differs: strength, date, ..."""

    left: Proposed
    right: Proposed
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two texts, gravest first. `same` counts the passages that do not differ."""

    only_left: tuple[Proposed, ...]
    only_right: tuple[Proposed, ...]
    terms: tuple[Differing, ...]
    wording: tuple[Differing, ...]
    said_left: tuple[Proposed, ...]
    said_right: tuple[Proposed, ...]
    same: int


def compare(left: Sequence[Proposed], right: Sequence[Proposed]) -> Comparison:
    """Commitments on one side only; then those whose strength, date, number or parties differ; then wording.

    `said_left` and `said_right` are passages without a commitment that stand on one side only.
    """
    one, other = [p for p in left if words(p.text)], [p for p in right if words(p.text)]
    pairs = _aligned(one, other)
    terms, wording, same = [], [], 0
    for place, mate in pairs:
        differing = Differing(one[place], other[mate], _differ(one[place], other[mate]))
        if differing.what and differing.what != ("wording",):
            terms.append(differing)
        elif differing.what:
            wording.append(differing)
        else:
            same += 1
    alone = [p for place, p in enumerate(one) if place not in {a for a, _ in pairs}]
    lone = [p for place, p in enumerate(other) if place not in {b for _, b in pairs}]
    return Comparison(
        tuple(p for p in alone if p.terms), tuple(p for p in lone if p.terms), tuple(terms), tuple(wording),
        tuple(p for p in alone if not p.terms), tuple(p for p in lone if not p.terms), same,
    )  # fmt: skip


def words(said: str) -> tuple[str, ...]:
    """The words of a passage: quotes, dashes, marks of lists and formatting, and white space make no difference."""
    return tuple(re.findall(r"[^\W_]+(?:['.-][^\W_]+)*", said.translate(_SAME).lower()))


def _aligned(left: Sequence[Proposed], right: Sequence[Proposed]) -> list[tuple[int, int]]:
    """Which passage is a version of which: the same words first, then the likest, each with one mate at most."""
    waiting: dict[tuple[str, ...], list[int]] = {}
    for place, passage in enumerate(right):
        waiting.setdefault(words(passage.text), []).append(place)
    pairs = []
    for place, passage in enumerate(left):
        mates = waiting.get(words(passage.text))
        if mates:
            pairs.append((place, mates.pop(0)))
    taken, given = {a for a, _ in pairs}, {b for _, b in pairs}
    rest = [place for place in range(len(left)) if place not in taken]
    others = [place for place in range(len(right)) if place not in given]
    if rest and others:
        alike = np.array([[likeness(left[a].text, right[b].text) for b in others] for a in rest])
        for row, column in zip(*linear_sum_assignment(-alike), strict=True):
            if alike[row, column] >= ALIKE:
                pairs.append((rest[row], others[column]))
    return sorted(pairs)


def likeness(left: str, right: str) -> float:
    """Dice's coefficient of the words of two passages, 0 to 1; the same either way round."""
    one, other = set(words(left)), set(words(right))
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _differ(left: Proposed, right: Proposed) -> tuple[str, ...]:
    what = []
    if left.terms and right.terms:
        for name, field in (
            ("strength", "action"),
            ("date", "due"),
            ("date", "deadline"),
            ("number", "quantity"),
            ("parties", "parties"),
        ):
            mine, theirs = getattr(left.terms, field), getattr(right.terms, field)
            apart = set(mine) != set(theirs) if field == "parties" else _plain(mine) != _plain(theirs)
            if apart and name not in what:
                what.append(name)
    elif bool(left.terms) != bool(right.terms) and words(left.text) != words(right.text):
        what.append("commitment or not")
    if not what and words(left.text) != words(right.text):
        what.append("wording")
    # the same words read twice are the same promise, whatever stands around them
    return tuple(what) if words(left.text) != words(right.text) else ()


def _plain(value: object) -> tuple[str, ...]:
    return words(str(value)) if value is not None else ()

"""What each party writes and patents: shares by field, advantage, how alike two portfolios are, where one completes
the other.

Advantage is Balassa's ratio on papers (activity index, Frame 1977); likeness the cosine of shares (Robinson-Garcia,
Woolley and Costas 2019, section 2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Portfolio = Mapping[str, float]
"""Papers or patents by field, not negative."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A subject in which one publishes and the other patents, each by its advantage. `both` is the geometric mean."""

    subject: str
    publishes: str
    patents: str
    papers: float
    patented: float
    both: float


def shares(of: Portfolio) -> dict[str, float]:
    """Each field's share; nothing where there is nothing."""
    total = sum(of.values())
    return {field: value / total for field, value in of.items()} if total > 0 else {}


def advantage(of: Portfolio, world: Portfolio) -> dict[str, float]:
    """A field's share in a party's output over its share in the world's: above 1 is an advantage.

    Fields in which the world has nothing have none; the world includes the party.
    """
    own, every = shares(of), shares(world)
    return {field: own.get(field, 0.0) / share for field, share in every.items() if share > 0} if own else {}


def likeness(one: Portfolio, other: Portfolio) -> float | None:
    """The cosine of two portfolios, 0 to 1; their sizes do not matter. None where one is empty."""
    product = sum(value * other.get(field, 0.0) for field, value in one.items())
    lengths = math.sqrt(sum(v * v for v in one.values())) * math.sqrt(sum(v * v for v in other.values()))
    return min(product / lengths, 1.0) if lengths > 0 else None


def correlation(one: Mapping[str, float], other: Mapping[str, float]) -> float | None:
    """Pearson's correlation of two parties' advantages over the fields of both; None for under three or no spread."""
    both = sorted(set(one) & set(other))
    if len(both) < 3:
        return None
    left, right = [one[field] for field in both], [other[field] for field in both]
    first, second = sum(left) / len(both), sum(right) / len(both)
    product = sum((a - first) * (b - second) for a, b in zip(left, right, strict=True))
    spread = math.sqrt(sum((a - first) ** 2 for a in left)) * math.sqrt(sum((b - second) ** 2 for b in right))
    return product / spread if spread > 0 else None


def completed(
    papers: Mapping[str, Portfolio], patents: Mapping[str, Portfolio], world: tuple[Portfolio, Portfolio],
    subjects: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]],
) -> tuple[Completed, ...]:  # fmt: skip
    """Where one of two parties publishes more than its share and the other patents more than its, both ways.

    `papers` and `patents`: of each of two parties; `world`: both of the world; `subjects`: fields and patent classes
    of each subject. Subjects in which there is nothing of one sort are left out. The strongest first.
    """
    made = []
    for one in papers:
        for other in (party for party in patents if party != one):
            for subject, (fields, classes) in subjects.items():
                written = _part(papers[one], world[0], fields)
                held = _part(patents[other], world[1], classes)
                if written is not None and held is not None:
                    made.append(Completed(subject, one, other, written, held, math.sqrt(written * held)))
    return tuple(sorted(made, key=lambda one: (-one.both, one.subject, one.publishes)))


def _part(of: Portfolio, world: Portfolio, fields: tuple[str, ...]) -> float | None:
    """The advantage over several fields together."""
    own, every = sum(of.values()), sum(world.values())
    here, there = sum(of.get(one, 0.0) for one in fields), sum(world.get(one, 0.0) for one in fields)
    return (here / own) / (there / every) if own > 0 and there > 0 else None

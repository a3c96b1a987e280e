"""Who cites whom, beside what the sizes would give, and where interest runs ahead of collaboration.

Relative citation index as the Science and Engineering Indicators have it (2024, table SPBS-39): the share of the one's
citations that go to the other, over the other's share in the world's papers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interest:
    """A field: how much either cites the other (1 is what sizes would give), and both together (geometric mean)."""

    field: str
    one_cites: float
    other_cites: float
    both: float


def relative(cited: Array, papers: Array) -> Array:
    """The index of every party (rows) for every other: parties x parties, NaN where the one cites nobody.

    `cited`: citations from rows to columns, own ones included; `papers`: of each party, in one order.
    """
    given = cited.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        made = (cited / given) / (papers / papers.sum())
    return np.where(np.isfinite(made), made, np.nan)


def interest(one_cites: Mapping[str, float], other_cites: Mapping[str, float]) -> tuple[Interest, ...]:
    """Fields by how much two parties cite each other, both ways counted alike, the most first."""
    made = [
        Interest(field, one_cites[field], other_cites[field], math.sqrt(one_cites[field] * other_cites[field]))
        for field in one_cites.keys() & other_cites.keys()
    ]
    return tuple(sorted(made, key=lambda one: (-one.both, one.field)))

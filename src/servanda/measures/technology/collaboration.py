"""How much two parties write together, under every usual definition at once.

All from four counts of one year: joint papers, the international papers of each, and those of the world. Index of
collaboration as the National Science Foundation's Science and Engineering Indicators have it; Salton's and Jaccard's
measures; probabilistic affinity over sums of pairs (Zitt, Bassecoulard and Okubo 2000); relative intensity (Fuchs,
Sivertsen and Rousseau 2021, eq. 3); odds ratio (Smolinsky and Yang 2024).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from servanda.model.reading import Reading

Whole = NDArray[np.int64]

INDEX, SALTON, JACCARD, AFFINITY = "index of collaboration", "Salton's measure", "Jaccard's measure", "affinity"
INTENSITY, ODDS, ALL_PAPERS = "relative intensity", "odds ratio", "observed over expected, all papers"
ONES = ("ratio", 1.0)


@dataclass(frozen=True, slots=True)
class Counts:
    """Papers of one year: joint, of the one, of the other, of the world; whole counts.

    The last three are international papers, unless a definition says otherwise. `joint` may not exceed either.
    """

    joint: float
    one: float
    other: float
    world: float

    def __post_init__(self) -> None:
        if not (0 <= self.joint <= min(self.one, self.other) and max(self.one, self.other) <= self.world):
            raise ValueError(f"joint papers {self.joint:g} of {self.one:g} and {self.other:g} of {self.world:g}: "
                             "joint papers are part of either's, and either's of the world's")  # fmt: skip


def index(of: Counts) -> float | None:
    """(Cxy / Cx) / (Cy / Cw): above 1, more than the sizes would give. The same for both. None without papers."""
    return of.joint * of.world / (of.one * of.other) if of.one and of.other else None


def salton(of: Counts) -> float | None:
    """Cxy / sqrt(Cx Cy), 0 to 1."""
    return of.joint / math.sqrt(of.one * of.other) if of.one and of.other else None


def jaccard(of: Counts) -> float | None:
    """Cxy / (Cx + Cy - Cxy), 0 to 1."""
    whole = of.one + of.other - of.joint
    return of.joint / whole if whole else None


def intensity(of: Counts) -> float | None:
    """(Cxy / Cx) / ((Cy - Cxy) / (Cw - Cx)): how much more the other stands in the one's papers than in all others'.

    Not the same the other way round. None where the other has no paper without the one.
    """
    without = of.other - of.joint
    return of.joint * (of.world - of.one) / (of.one * without) if of.one and without else None


def odds(of: Counts) -> float | None:
    """Cxy (Cw - Cx - Cy + Cxy) / ((Cx - Cxy)(Cy - Cxy)): the same for both. None where either is nil."""
    apart = (of.one - of.joint) * (of.other - of.joint)
    return of.joint * (of.world - of.one - of.other + of.joint) / apart if apart else None


def affinity(joint: float, one_sum: float, other_sum: float, every_sum: float) -> float | None:
    """n S / (s_x s_y), where s is the sum of a party's joint papers with each of its partners and S the sum over all
    parties. A paper of three parties counts in three pairs, so that it differs from the index of collaboration.
    """
    return joint * every_sum / (one_sum * other_sum) if one_sum and other_sum else None


def together(paper: Whole, party: Whole, many: int) -> Whole:
    """Joint papers of every two parties from rows of papers and parties by number: many x many, whole counts.

    A paper counts once for a pair however many rows it has; the diagonal holds each party's papers.
    """
    once = np.unique(paper.astype(np.int64) * many + party)
    _, rows = np.unique(once // many, return_inverse=True)
    shape = (int(rows.max(initial=-1)) + 1, many)
    wrote = sparse.csr_matrix((np.ones(len(once), dtype=np.int64), (rows, once % many)), shape=shape)
    return np.asarray((wrote.T @ wrote).toarray(), dtype=np.int64)


def growth(series: Mapping[int, float]) -> float | None:
    """Change a year from the first year to the last, as 0.1 for 10 %. None where the first is nil or there is one."""
    years = sorted(series)
    if len(years) < 2 or series[years[0]] <= 0 or series[years[-1]] < 0:
        return None
    return float((series[years[-1]] / series[years[0]]) ** (1 / (years[-1] - years[0])) - 1)


def collaboration(of: Counts, parties: tuple[str, str], period: str) -> tuple[Reading, ...]:
    """A reading for every definition; the intensity for either side. Intervals of ratios are of the count of joint
    papers alone (Poisson, 95 %, on the log).
    """
    made: Sequence[tuple[str, str, float | None, bool]] = (
        (INDEX, "ratio", index(of), True),
        (f"{INTENSITY}, of {parties[0]}", "ratio", intensity(of), True),
        (f"{INTENSITY}, of {parties[1]}", "ratio", intensity(Counts(of.joint, of.other, of.one, of.world)), True),
        (ODDS, "ratio", odds(of), True),
        (SALTON, "0 to 1", salton(of), False),
        (JACCARD, "0 to 1", jaccard(of), False),
    )
    return tuple(_reading(name, unit, value, spread, of, parties, period) for name, unit, value, spread in made)


def _reading(
    name: str, unit: str, value: float | None, spread: bool, of: Counts, parties: tuple[str, str], period: str
) -> Reading:
    if value is None:
        return Reading(name, unit, reason="one of the two has no paper to compare", parties=parties, period=period)
    low = high = None
    if spread and of.joint and value:
        wide = math.exp(1.959964 / math.sqrt(of.joint))
        low, high = value / wide, value * wide
    told = "95 %, of the count of joint papers alone" if low else None
    steps = {"joint": of.joint, "one": of.one, "other": of.other, "world": of.world}
    return Reading(name, unit, value, used=int(of.joint), expected=int(of.joint), low=low, high=high, interval=told,
                   period=period, parties=parties, steps=steps)  # fmt: skip


def over_all_papers(joint: float, one: float, other: float, world: float) -> float | None:
    """The same ratio over all papers, domestic ones too. It misleads: most papers have no foreign author at all and
    cannot be joint, so that nearly every pair comes out far below 1, the more the more a party writes alone.
    """
    return joint * world / (one * other) if one and other else None

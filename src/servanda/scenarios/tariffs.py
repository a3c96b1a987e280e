"""What a negotiation does to a tariff: formulas of cuts, what is left of a cut in a year, and lists of exceptions.

Rates are shares: 0.1 is ten per cent of the value at the border. Formulas after Francois and Martin 2003 (Formula
approaches to market access negotiations, section 2) and the help pages of WITS.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from servanda.errors import ValueProblem

Array = NDArray[np.float64]
MOST = 10.0
"""Rates above ten times the value are taken for per cent written as shares, or for a slip."""


class Formula(StrEnum):
    """How a new rate follows from the one before."""

    FREE = "free"
    LINEAR = "linear"
    SWISS = "swiss"
    HARMONISED = "harmonised"
    CEILING = "ceiling"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Cut:
    """A formula with its number: the share that is cut (linear), the coefficient that no rate exceeds (swiss), the
    share of the distance to `towards` that is gone (harmonised), the highest rate (ceiling), the new rate (rate).
    """

    formula: Formula
    by: float | None = None
    towards: float = 0.0

    def __post_init__(self) -> None:
        if self.formula is Formula.FREE:
            return
        if self.by is None:
            raise ValueProblem(f"a {self.formula} cut needs its number; write 'by: 0.5'")
        low = 1e-9 if self.formula is Formula.SWISS else 0.0
        high = 1.0 if self.formula in (Formula.LINEAR, Formula.HARMONISED) else MOST
        if not low <= self.by <= high or not 0 <= self.towards <= MOST:
            raise ValueProblem(
                f"a {self.formula} cut by {self.by:g} cannot be; shares are written 0.15 for 15 per cent and lie "
                f"between 0 and {high:g}"
            )


def new_rate(rate: Array, cut: Cut) -> Array:
    """The rate after the cut, of the same shape. No formula of a cut ever raises a rate but `rate` and `harmonised`."""
    by = 0.0 if cut.by is None else cut.by
    if cut.formula is Formula.FREE:
        return np.zeros_like(rate)
    if cut.formula is Formula.LINEAR:
        return np.asarray(rate * (1 - by))
    if cut.formula is Formula.SWISS:
        return np.asarray(by * rate / (by + rate))
    if cut.formula is Formula.HARMONISED:
        return np.asarray(rate + by * (cut.towards - rate))
    if cut.formula is Formula.CEILING:
        return np.minimum(rate, by)
    return np.full_like(rate, by)


def staged(old: Array, new: Array, year: int, years: Array) -> Array:
    """The rate in a year after entry into force, cut in equal steps; `years` (lines,) is 0 where it is cut at once.

    In year 0 a line with ten years has had no step, in year 10 and after all of them.
    """
    if year < 0 or (years < 0).any():
        raise ValueProblem(f"year {year} of a staging is not before entry into force; years count from 0")
    done = np.where(years > 0, np.minimum(year / np.where(years > 0, years, 1), 1.0), 1.0)
    return np.asarray(old + done * (new - old))


def paid(preferential: Array, general: Array, used: Array) -> Array:
    """The rate that is paid on average where only the share `used` of trade claims the preference."""
    return np.asarray(used * np.minimum(preferential, general) + (1 - used) * general)

"""Shares and odds with their intervals, from a known library."""

from __future__ import annotations

import math

from servanda.model.reading import Reading
from servanda.review.asked import conditional_odds

SMALL = 10
Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


def share(name: str, part: int, whole: int, none: str = "nothing to count") -> Reading:
    """`part` of `whole` with the 95 % interval of Wilson (1927); a reason where the whole is empty."""
    if whole == 0:
        return Reading(name, "share", reason=none)
    low, high = wilson(part, whole)
    caveats = ("small_number",) if whole < SMALL else ()
    return Reading(
        name, "share", part / whole, used=part, expected=whole, low=low, high=high,
        interval="95 %, Wilson", caveats=caveats,
    )  # fmt: skip


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The score interval of a proportion, 95 % (Wilson 1927; Newcombe 1998, method 3)."""
    middle = part + Z * Z / 2
    half = Z * math.sqrt(part * (whole - part) / whole + Z * Z / 4)
    low = (middle - half) / (whole + Z * Z) if part else 0.0
    high = (middle + half) / (whole + Z * Z) if part < whole else 1.0
    return low, high


def odds(name: str, with_kept: int, with_not: int, without_kept: int, without_not: int) -> Reading:
    """Odds of being kept with the feature over the odds without it.

    Conditional maximum likelihood estimate with its exact 95 % interval (Fisher's noncentral hypergeometric
    distribution, as in R's fisher.test). A reason where a row or column of the table is empty.
    """
    table = {
        "with, delivered": with_kept,
        "with, not": with_not,
        "without, delivered": without_kept,
        "without, not": without_not,
    }
    whole = sum(table.values())
    if 0 in (with_kept + with_not, without_kept + without_not, with_kept + without_kept, with_not + without_not):
        return Reading(name, "odds ratio", reason="one side of the comparison is empty", expected=whole, steps=table)
    estimate, low, high = conditional_odds([[with_kept, with_not], [without_kept, without_not]])
    if estimate is None or high is None:
        words = f" (at least {low:.2g})" if low > 0 else ""
        least = {"at least": low} if low > 0 else {}
        return Reading(
            name,
            "odds ratio",
            reason=f"a cell of the table is empty, so the ratio has no upper bound{words}",
            expected=whole,
            steps=dict[str, float](table) | least,
        )
    return Reading(
        name, "odds ratio", estimate, used=whole, expected=whole, low=low,
        high=high, interval="95 %, exact conditional", steps=table,
        caveats=("small_number",) if min(with_kept, with_not, without_kept, without_not) < SMALL else (),
    )  # fmt: skip

"""What moved since a year: the years after over the years before, with those of the world beside.

Nothing here says why. The interval of counts is of two Poisson rates, on the log (Rothman, Greenland and Lash, Modern
Epidemiology, chapter 14).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from servanda.model.reading import Reading

NAME, UNIT = "after over before", "times"
Series = Mapping[int, float]


def moved(series: Series, since: int, span: int, world: Series | None = None, counted: bool = False) -> Reading:
    """The mean of up to `span` years after `since` over the mean of as many before, as a ratio ("times").

    `series`: amounts by year; `world`: the same of the world; `counted` where amounts are counts, which have an
    interval. A reason where no year of either stretch is held, or where there was nothing before. `used` years of
    `expected`; steps: the means, the years, and the ratio of the world over the same years.
    """
    before = [year for year in range(since - span, since) if year in series]
    after = [year for year in range(since + 1, since + span + 1) if year in series]
    expected = 2 * span
    if not before or not after:
        return Reading(NAME, UNIT, reason=_why(series, since, bool(before)), used=0, expected=expected)
    first, last = (sum(series[year] for year in years) for years in (before, after))
    means = first / len(before), last / len(after)
    steps = {"before": means[0], "after": means[1], "before_years": before, "after_years": after}
    period = f"{_stretch(before)} to {_stretch(after)}"
    if first <= 0:
        reason = f"there was nothing in {_stretch(before)}, and {means[1]:.3g} a year in {_stretch(after)}"
        return Reading(NAME, UNIT, reason=reason, used=0, expected=expected, period=period, steps=steps)
    value = means[1] / means[0]
    beside = _ratio(world, before, after) if world else None
    low = high = None
    if counted and last > 0:
        wide = math.exp(1.959964 * math.sqrt(1 / first + 1 / last))
        low, high = value / wide, value * wide
    return Reading(NAME, UNIT, value, used=len(before) + len(after), expected=expected, low=low, high=high,
                   interval="95 %, of the counts alone" if low is not None else None, period=period,
                   steps={**steps, "world": beside})  # fmt: skip


def _ratio(world: Series, before: list[int], after: list[int]) -> float | None:
    """The same of the world, where it has every one of these years."""
    if any(year not in world for year in (*before, *after)):
        return None
    first, last = (sum(world[year] for year in years) / len(years) for years in (before, after))
    return last / first if first > 0 else None


def _why(series: Series, since: int, has_before: bool) -> str:
    if not series:
        return "the table holds nothing of the kind"
    return f"the table ends in {max(series)}" if has_before or max(series) <= since else f"it begins in {min(series)}"


def _stretch(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"

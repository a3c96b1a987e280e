"""Visitors by year from months: flows are added where all months are there, stocks are never added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from servanda.errors import RequestError
from servanda.model.reading import Reading

MONTHS = 12
FLOW, STOCK = "flow", "stock"
WHOLE = 0
"""In place of a month, for a whole year."""


def yearly(rows: Iterable[Mapping[str, Any]], year: int, sort: str) -> Reading:
    """The figure of a year from months (year, month, persons): the sum of a flow, the mean of a stock. A row without a
    month is a whole year.

    People who are there at the end of a month are counted again at the end of the next: a sum of such counts is no
    number of people. A flow of fewer than twelve months is no year. Raises RequestError for a sort that is neither, for
    a month that stands twice, and for a whole year beside its months.
    """
    if sort not in (FLOW, STOCK):
        raise RequestError(f"'{sort}' is neither a flow nor a stock; say which the months are")
    months: dict[int, float] = {}
    for row in rows:
        if row["year"] != year:
            continue
        month = WHOLE if row["month"] is None else int(row["month"])
        if month in months:
            raise RequestError(
                f"{'the whole' if month == WHOLE else f'month {month}'} of {year} stands twice; keep one"
            )
        months[month] = float(row["persons"])
    name, unit = ("visitors", "arrivals") if sort == FLOW else ("short stays", "persons present, mean of months")
    if WHOLE in months:
        if len(months) > 1:
            raise RequestError(f"the whole of {year} stands beside months of it, which would count twice; keep one")
        return Reading(name, unit, months[WHOLE], used=1, expected=1, period=str(year))
    if not months:
        return Reading(name, unit, reason=f"no month of {year} is held", expected=MONTHS, period=str(year))
    if sort == FLOW and len(months) < MONTHS:
        why = f"{len(months)} of {MONTHS} months of {year} are held, which is no year"
        return Reading(name, unit, reason=why, used=len(months), expected=MONTHS, period=str(year))
    value = sum(months.values()) if sort == FLOW else sum(months.values()) / len(months)
    return Reading(name, unit, value, used=len(months), expected=MONTHS, period=str(year))


def last(rows: Iterable[Mapping[str, Any]], sort: str, upto: int) -> Reading:
    """The figure of the last year that has one, no later than `upto`; years before it that have one stand in `steps`.

    A year without a row is passed over and is not nil.
    """
    held = [row for row in rows if row["year"] <= upto]
    made = [yearly(held, year, sort) for year in sorted({int(row["year"]) for row in held})]
    known = [one for one in made if one.value is not None]
    if not known:
        return made[-1] if made else yearly((), upto, sort)
    return replace(known[-1], steps={"path": {int(one.period or 0): one.value for one in known}})

"""Visitors by year from months: flows are added where all months are there, stocks are never added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from servanda.errors import RequestError
from servanda.model.reading import Reading

MONTHS = 12
FLOW, STOCK = "flow", "stock"


def yearly(rows: Iterable[Mapping[str, Any]], year: int, sort: str) -> Reading:
    """The figure of a year from months (year, month, persons): the sum of a flow, the mean of a stock.

    People who are there at the end of a month are counted again at the end of the next: a sum of such counts is no
    number of people. A flow of fewer than twelve months is no year. Raises RequestError for a sort that is neither, and
    for a month that stands twice.
    """
    if sort not in (FLOW, STOCK):
        raise RequestError(f"'{sort}' is neither a flow nor a stock; say which the months are")
    months: dict[int, float] = {}
    for row in rows:
        if row["year"] != year:
            continue
        if row["month"] in months:
            raise RequestError(f"month {row['month']} of {year} stands twice; keep one")
        months[int(row["month"])] = float(row["persons"])
    name, unit = ("visitors", "arrivals") if sort == FLOW else ("short stays", "persons present, mean of months")
    if not months:
        return Reading(name, unit, reason=f"no month of {year} is held", expected=MONTHS, period=str(year))
    if sort == FLOW and len(months) < MONTHS:
        why = f"{len(months)} of {MONTHS} months of {year} are held, which is no year"
        return Reading(name, unit, reason=why, used=len(months), expected=MONTHS, period=str(year))
    value = sum(months.values()) if sort == FLOW else sum(months.values()) / len(months)
    return Reading(name, unit, value, used=len(months), expected=MONTHS, period=str(year))

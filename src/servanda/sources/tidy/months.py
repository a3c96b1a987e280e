"""Months and years: which months are missing, and what a year is that not all its months make."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from servanda.errors import SourceFault

MONTHS = 12
SHOWN = 5


def gaps(table: pa.Table) -> list[str]:
    """What is missing in a table by month: months between the first and the last, and those of a year begun."""
    held = {(year, month) for year, month in _pairs(table) if month is not None}
    if not held:
        return []
    first, last = min(held), max(held)
    every = [
        (place // MONTHS, place % MONTHS + 1)
        for place in range(first[0] * MONTHS + first[1] - 1, last[0] * MONTHS + last[1])
    ]
    inside = [f"{year}-{month:02}" for year, month in every if (year, month) not in held]
    told = []
    if inside:
        more = f" and {len(inside) - SHOWN} more" if len(inside) > SHOWN else ""
        told.append(
            f"{', '.join(inside[:SHOWN])}{more} {'is' if len(inside) == 1 else 'are'} missing: not reported is not nil"
        )
    if last[1] < MONTHS:
        told.append(f"{last[0]} ends in month {last[1]:02}: it is a partial year")
    if first[1] > 1:
        told.append(f"{first[0]} begins in month {first[1]:02}: it is a partial year")
    return told


def yearly(table: pa.Table, first_month: int = 1) -> pa.Table:
    """Sums by year of a table by month; a year whose months are not all there is partial and says how many are.

    `first_month` 4 gives fiscal years from April, whose `period` is FY2019-20 and whose `year` is the one it begins in.
    """
    if first_month not in range(1, MONTHS + 1):
        raise SourceFault(f"{first_month} is no month")
    if any(month is None for _, month in _pairs(table)):
        raise SourceFault("some rows are whole years; a sum with months would count twice: choose one")
    there: dict[int, set[int]] = defaultdict(set)
    begins: list[int] = []
    for year, month in zip(table["year"].to_pylist(), table["month"].to_pylist(), strict=True):
        begin = year if month >= first_month else year - 1
        begins.append(begin)
        there[begin].add(month)
    keys = ["reporter", "partner", "partner_is", "flow", "product", "level", "unit", "valuation"]
    summed = (
        table.select([*keys, "value"])
        .append_column("year", pa.array(begins, pa.int64()))
        .group_by([*keys, "year"])
        .aggregate([("value", "sum")])
        .rename_columns([*keys, "year", "value"])
        .sort_by([(one, "ascending") for one in (*keys[:2], "flow", "product", "year")])
    )
    periods = [str(one) if first_month == 1 else f"FY{one}-{(one + 1) % 100:02}" for one in summed["year"].to_pylist()]
    status = [
        "reported" if len(there[one]) == MONTHS else f"partial year: {len(there[one])} of 12 months"
        for one in summed["year"].to_pylist()
    ]
    return summed.append_column("period", pa.array(periods)).append_column("status", pa.array(status))


def whole_years(table: pa.Table) -> pa.Table:
    """The rows of years that are whole."""
    return table.filter(pc.invert(pc.starts_with(table["status"], "partial")))


def _pairs(table: pa.Table) -> set[tuple[int, int | None]]:
    counted = table.select(["year", "month"]).group_by(["year", "month"]).aggregate([])
    return set(zip(counted["year"].to_pylist(), counted["month"].to_pylist(), strict=True))

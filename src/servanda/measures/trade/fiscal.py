"""Trade of a year that begins in any month, from monthly flows, so that both sides are put on one calendar."""

from __future__ import annotations

from typing import Any

MONTHS = 12


def fiscal(flows: Any, first_month: int = 1) -> Any:
    """Yearly sums of monthly flows, for years that begin in `first_month` (1 January, 4 April).

    `flows`: year, month (1 to 12), value, and any columns that tell flows apart. Gives those columns, `year` in which
    the year begins, `label` ("2023", "2023-24"), `value`, `months` that are there and `is_complete`: 12 of them. A
    month that is not there is not a zero: the sum of a year with fewer than 12 is of those months only, and says so.
    """
    keys = [name for name in flows.columns if name not in ("year", "month", "value")]
    begun = flows.year - (flows.month < first_month).ifelse(1, 0)
    monthly = flows.mutate(year=begun.cast("int64"))
    made = monthly.group_by([*keys, "year"]).aggregate(value=monthly.value.sum(), months=monthly.month.nunique())
    label = made.year.cast("string")
    if first_month > 1:
        label = label + "-" + ((made.year + 1) % 100).cast("string").lpad(2, "0")
    made = made.mutate(label=label, is_complete=made.months == MONTHS)
    return made.select([*keys, "year", "label", "value", "months", "is_complete"]).order_by([*keys, "year"])

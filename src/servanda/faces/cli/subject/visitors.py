"""servanda compute visitors."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.people.visitors import FLOW, STOCK, yearly
from servanda.sources.movement import monthly

COLUMNS = pa.schema([("year", pa.int64()), ("value", pa.float64()), ("unit", pa.string()), ("months", pa.int64()),
                     ("reason", pa.string())])  # fmt: skip


@verb("compute visitors", examples=("--table months.csv --are flow", "--table present.csv --are stock"))
@table_options()
@click.option(
    "--are", "sort", required=True, type=click.Choice([FLOW, STOCK]),
    help="flow: arrivals, which are added. stock: who is present at a month's end, which is never added.",
)  # fmt: skip
def run(*, table: Path, out: Path | None, shape: str | None, sort: str) -> None:
    """Visitors by year from months. Columns year, month, persons; gives year, value, unit, months, reason.

    A year of arrivals needs its twelve months. Of a stock the mean of the months is given: who stays is in many.
    """
    rows = monthly(table)
    made = [yearly(rows, year, sort) for year in sorted({row["year"] for row in rows})]
    told = [{"year": int(one.period or 0), "value": one.value, "unit": one.unit, "months": one.used,
             "reason": one.reason} for one in made]  # fmt: skip
    give(pa.Table.from_pylist(told, schema=COLUMNS), out, shape)

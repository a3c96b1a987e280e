"""servanda compute visitors."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.people.visitors import FLOW, STOCK, yearly
from servanda.sources.movement import Rows, monthly

COUNTS = {"arrivals": FLOW, "present": STOCK}
"""What tables of offices say that they count."""
COLUMNS = pa.schema([("year", pa.int64()), ("value", pa.float64()), ("unit", pa.string()), ("months", pa.int64()),
                     ("reason", pa.string())])  # fmt: skip


@verb(
    "compute visitors",
    examples=("--table months.csv --are flow", "--table present.csv --are stock --pair IND,KOR"),
)
@table_options()
@click.option(
    "--are", "sort", required=True, type=click.Choice([FLOW, STOCK]),
    help="flow: arrivals, which are added. stock: who is present at a month's end, which is never added.",
)  # fmt: skip
@click.option("--pair", help="Of a table with origin and destination, from whom to whom: IND,KOR.")
def run(*, table: Path, out: Path | None, shape: str | None, sort: str, pair: str | None) -> None:
    """Visitors by year from months. Columns year, month, persons; gives year, value, unit, months, reason.

    A row without a month is a whole year. A year of arrivals needs its twelve months. Of a stock the mean of the months
    is given: who stays is in many. Tables of offices of tourism (servanda fetch NAME --table) have origin and
    destination too.
    """
    rows = _of(monthly(table), pair)
    other = sorted({row["counts"] for row in rows if COUNTS.get(row.get("counts", ""), sort) != sort})
    if other:
        raise RequestError(f"the table counts {other[0]}, which are no {sort}; say --are {COUNTS[other[0]]}")
    made = [yearly(rows, year, sort) for year in sorted({row["year"] for row in rows})]
    told = [{"year": int(one.period or 0), "value": one.value, "unit": one.unit, "months": one.used,
             "reason": one.reason} for one in made]  # fmt: skip
    give(pa.Table.from_pylist(told, schema=COLUMNS), out, shape)


def _of(rows: Rows, pair: str | None) -> Rows:
    """The rows of a direction; raises RequestError where a table has several and none is chosen, or it has none."""
    if "origin" not in rows[0] or "destination" not in rows[0]:
        if pair is not None:
            raise RequestError("the table has no origin and destination; leave --pair out")
        return rows
    ways = {(row["origin"], row["destination"]) for row in rows}
    if pair is None and len(ways) > 1:
        raise RequestError(f"the table has {len(ways)} directions; choose one with --pair FROM,TO")
    way = pair_of(pair) if pair is not None else next(iter(ways))
    if way not in ways:
        raise RequestError(f"no row is from {way[0]} to {way[1]}: not named is not nil")
    return [row for row in rows if (row["origin"], row["destination"]) == way]

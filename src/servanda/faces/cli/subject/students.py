"""servanda compute students."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.going import give_ways
from servanda.faces.cli.subject.options import file_option, give_reading, pair_of, table_options
from servanda.measures.people.students import LUMPED, Cell, multiple, students, untapped
from servanda.sources.movement import Rows, going, joins


@verb(
    "compute students",
    examples=(
        "--table students.parquet --pair IND,KOR",
        "--table students.csv --pair IND,KOR --beside copy.csv",
        "--table students.csv --pair IND,KOR --joins between.csv --since 2015 --format json",
    ),
)
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--upto", type=int, help="Nothing later than this year.")
@file_option("--beside", "copy", "Another copy of the same; it is said where it is an exact multiple.")
@file_option("--joins", "between", "Columns exporter, importer, dist, cntg, lang, clny: then what would be expected.")
@click.option("--since", type=int, help="The first year whose figures something is expected of.")
def run(
    *, table: Path, out: Path | None, shape: str | None, pair: str, upto: int | None, copy: Path | None,
    between: Path | None, since: int | None,
) -> None:  # fmt: skip
    """Students of both directions, the last figure or why there is none. Columns origin, destination, year, students.

    OTH as an origin is a lump of small ones. With --joins the share that is not there of what would be expected.
    """
    sides, rows = pair_of(pair), going(table, "students")
    if copy is not None:
        times = multiple(_cells(going(copy, "students")), _cells(rows))
        told = f"{copy.name} is no exact multiple of {table.name}"
        if times is not None:
            told = (
                f"every shared figure of {copy.name} is {times:g} times that of {table.name}: it counts somebody twice"
            )
        print(told, file=sys.stderr)
    if between is None:
        ways = [students(rows, one, other, upto) for one, other in (sides, sides[::-1])]
        give_ways(ways, out, shape)
        return
    if since is None:
        raise RequestError("--joins needs --since, the first year whose figures something is expected of")
    give_reading(untapped(rows, joins(between), sides, since, upto or max(row["year"] for row in rows)), out, shape)


def _cells(rows: Rows) -> dict[Cell, float]:
    return {(row["origin"], row["destination"], row["year"]): float(row["students"])
            for row in rows if row["origin"] != LUMPED}  # fmt: skip

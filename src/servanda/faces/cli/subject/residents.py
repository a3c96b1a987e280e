"""servanda compute residents."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.going import give_ways
from servanda.faces.cli.subject.options import file_option, give_reading, pair_of, table_options
from servanda.measures.people.residents import residents, untapped
from servanda.sources.movement import going, joins


@verb(
    "compute residents",
    examples=("--table stock.csv --pair IND,KOR", "--table stock.csv --pair IND,KOR --joins between.csv --year 2020"),
)
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--year", type=int, help="Nothing later than this year; with --joins the stock of it. Else the last.")
@file_option("--joins", "between", "Columns exporter, importer, dist, cntg, lang, clny: then what would be expected.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, year: int | None, between: Path | None) -> None:
    """Residents of both directions, the last stock or why there is none. Columns origin, destination, year, persons.

    A 0 is no figure, and stocks of several years are never added. With --joins the share that is not there of what
    would be expected.
    """
    sides, rows = pair_of(pair), going(table, "persons")
    if between is None:
        give_ways([residents(rows, one, other, year) for one, other in (sides, sides[::-1])], out, shape)
        return
    last = year or max(row["year"] for row in rows)
    give_reading(untapped(rows, joins(between), sides, last), out, shape)

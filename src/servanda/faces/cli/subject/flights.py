"""servanda compute flights."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import file_option, give_reading, pair_of, table_options
from servanda.measures.people.flights import flights, seats, untapped
from servanda.sources.movement import joins, services


@verb(
    "compute flights",
    examples=(
        "--table services.csv --pair IND,KOR --format json",
        "--table services.csv --pair IND,KOR --joins between.csv",
    ),
)
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--seats", "are_seats", is_flag=True, help="Seats a week, or why there is no figure.")
@file_option("--joins", "between", "Columns exporter, importer, dist, cntg, lang, clny: then what would be expected.")
def run(
    *, table: Path, out: Path | None, shape: str | None, pair: str, are_seats: bool, between: Path | None
) -> None:  # fmt: skip
    """Air services between two parties in the last year, with the place and part of each.

    Columns a, b, year, services [, seats a week]. A pair stands once in either order; one without a row has none. With
    --joins the share that is not there of what would be expected.
    """
    sides, rows = pair_of(pair), services(table)
    if are_seats:
        give_reading(seats(rows, *sides), out, shape)
        return
    found = flights(rows, *sides) if between is None else untapped(rows, joins(between), sides)
    give_reading(found, out, shape)

"""servanda compute flights."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import file_option, give_reading, pair_of, table_options
from servanda.measures.people.flights import flights, untapped
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
@file_option("--joins", "between", "Columns exporter, importer, dist, cntg, lang, clny: then what would be expected.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, between: Path | None) -> None:
    """Air services between two parties in the last year, with the place and part of each. Columns a, b, year, services.

    A pair stands once in either order; one without a row has none. With --joins the share that is not there of what
    would be expected.
    """
    sides, rows = pair_of(pair), services(table)
    found = flights(rows, *sides) if between is None else untapped(rows, joins(between), sides)
    give_reading(found, out, shape)

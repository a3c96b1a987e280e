"""servanda compute diaspora."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.going import give_ways
from servanda.faces.cli.subject.options import file_option, pair_of, table_options
from servanda.measures.people.diaspora import diaspora
from servanda.measures.people.residents import residents
from servanda.sources.movement import counted, going


@verb(
    "compute diaspora",
    examples=("--table counted.csv --pair IND,KOR", "--table counted.csv --pair IND,KOR --stock stock.csv"),
)
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--upto", type=int, help="Nothing later than this year.")
@file_option("--stock", "stock", "Columns origin, destination, year, persons: then who was born there, beside it.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, upto: int | None, stock: Path | None) -> None:
    """People abroad as their own state counts them. Columns origin, destination, year, persons [, citizens, of_origin].

    Both directions, the last count or why there is none. With --stock who lives there by birth stands in rows of its
    own; the two count different people and are never added.
    """
    sides, rows = pair_of(pair), counted(table)
    ways = (sides, sides[::-1])
    made = [diaspora(rows, one, other, upto) for one, other in ways]
    if stock is not None:
        born = going(stock, "persons")
        made += [residents(born, one, other, upto) for one, other in ways]
    give_ways(made, out, shape)

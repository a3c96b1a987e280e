"""servanda compute passengers."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.going import give_ways
from servanda.faces.cli.subject.options import pair_of, table_options
from servanda.measures.people.passengers import passengers
from servanda.sources.movement import quarterly


@verb("compute passengers", examples=("--table quarters.csv --pair IND,KOR",))
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--upto", type=int, help="Nothing later than this year.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, upto: int | None) -> None:
    """Passengers who flew each way in the last year whose four quarters are held, or why there is none.

    Columns origin, destination, year, quarter, passengers. Those of direct flights, whoever they are.
    """
    sides, rows = pair_of(pair), quarterly(table)
    give_ways([passengers(rows, one, other, upto) for one, other in (sides, sides[::-1])], out, shape)

"""servanda compute titles."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give_reading, pair_of, table_options
from servanda.measures.people.titles import titles
from servanda.sources.movement import lists


@verb("compute titles", examples=("--table series.csv --pair IND,KOR --format json",))
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str) -> None:
    """Titles that stand on both parties' weekly lists, and the place of each among all. Columns party, week, title."""
    give_reading(titles(lists(table), *pair_of(pair)), out, shape)

"""servanda compute tariffs."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.trade.tariffs import tariffs
from servanda.sources.duck import computed, tables
from servanda.sources.flows import between
from servanda.sources.rules import rates


@verb("compute tariffs", examples=("--table rates.csv --flows flows.csv --pair IND,KOR",))
@table_options()
@click.option("--pair", required=True, help="Two codes as the tables have them: IND,KOR.")
@click.option(
    "--flows", "traded", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Columns exporter, importer, product, value: the weights.",
)  # fmt: skip
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, traded: Path) -> None:
    """Tariffs faced by each of a pair in the other. Columns exporter (or all), importer, product, regime, rate (%)."""
    sides = pair_of(pair)
    rows, flows = tables(rates=rates(table), flows=between(traded))
    made = computed(tariffs(rows, flows, sides))
    if not made.num_rows:
        raise RequestError(f"{table.name} has no rate of {sides[0]} or {sides[1]} as importer; are these its codes?")
    give(made, out, shape)

"""servanda compute named."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.trade.named import named
from servanda.sources.duck import computed, tables
from servanda.sources.flows import flows
from servanda.sources.rules import named_products


@verb("compute named", examples=("--table flows.csv --products named.csv --pair IND,KOR",))
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option(
    "--products", "lists", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Columns name, product (a code or its first digits), since (the year of naming).",
)  # fmt: skip
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, lists: Path) -> None:
    """What became of named products since, beside the world. Columns exporter, importer, product, value, year."""
    held = flows(table)
    if "year" not in held.column_names:
        raise RequestError(f"{table.name} has no column 'year', so nothing can be said of what became of products")
    trade, wanted = tables(flows=held, lists=named_products(lists))
    give(computed(named(trade, wanted, pair_of(pair))), out, shape)

"""servanda compute concentration."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.concentration import concentration
from servanda.sources.duck import computed, tables
from servanda.sources.flows import shares_of


@verb("compute concentration", examples=("--table exports.csv", "--table flows.csv --over importer"))
@table_options()
@click.option("--by", default="exporter", show_default=True, help="The column whose concentration it is.")
@click.option("--over", default="product", show_default=True, help="The column over which: product, importer.")
def run(*, table: Path, out: Path | None, shape: str | None, by: str, over: str) -> None:
    """Herfindahl index, its normalised form, equivalent number, entropy. Columns exporter, product, value [, year]."""
    (flows,) = tables(flows=shares_of(table, by, over))
    give(computed(concentration(flows, by, over)), out, shape)

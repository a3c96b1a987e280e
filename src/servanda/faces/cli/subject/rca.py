"""servanda compute rca."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.rca import rca
from servanda.sources.duck import computed, tables
from servanda.sources.flows import exports
from servanda.sources.world import absent


@verb("compute rca", examples=("--table exports.csv --out rca.csv", "--table exports.parquet --forms"))
@table_options()
@click.option("--forms", is_flag=True, help="Also the symmetric and the normalised form: rsca, nrca.")
def run(*, table: Path, out: Path | None, shape: str | None, forms: bool) -> None:
    """Revealed comparative advantage (Balassa). Columns exporter, product, value [, year]; gives them with rca."""
    held = exports(table)
    for words in absent(held):
        print(f"note: {words}", file=sys.stderr)
    (flows,) = tables(flows=held)
    made = computed(rca(flows))
    give(made if forms else made.drop_columns(["rsca", "nrca"]), out, shape)

"""servanda compute complementarity."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.complementarity import complementarity
from servanda.sources.duck import computed, tables
from servanda.sources.flows import exports, imports


@verb("compute complementarity", examples=("--table exports.csv --imports imports.csv",))
@table_options()
@click.option(
    "--imports", "bought", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Columns importer, product, value [, year].",
)  # fmt: skip
def run(*, table: Path, out: Path | None, shape: str | None, bought: Path) -> None:
    """How far exports meet imports, 0 to 100 (Michaely). Columns exporter, product, value [, year]."""
    sold, wanted = tables(sold=exports(table), bought=imports(bought))
    give(computed(complementarity(sold, wanted)), out, shape)

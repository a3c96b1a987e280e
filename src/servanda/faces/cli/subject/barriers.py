"""servanda compute barriers."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pyarrow.compute as pc

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.barriers import barriers
from servanda.sources.duck import computed, tables
from servanda.sources.flows import between
from servanda.sources.rules import barriers as rules


@verb("compute barriers", examples=("--table barriers.csv --flows flows.csv",))
@table_options()
@click.option(
    "--flows", "traded", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Columns exporter, importer, product, value: what is imported.",
)  # fmt: skip
def run(*, table: Path, out: Path | None, shape: str | None, traded: Path) -> None:
    """Frequency index and coverage ratio of barriers (UNCTAD). Columns id, imposed_by, affects, kind, product.

    A row for each product of a barrier, as a code or its first digits without points.
    """
    held = rules(table)
    placed = held.filter(pc.greater(pc.utf8_length(pc.fill_null(held["product"], "")), 0))
    if held.num_rows > placed.num_rows:
        print(f"{held.num_rows - placed.num_rows} rows name no product and cannot be placed", file=sys.stderr)
    rows, flows = tables(rules=placed, flows=between(traded))
    give(computed(barriers(rows, flows)), out, shape)

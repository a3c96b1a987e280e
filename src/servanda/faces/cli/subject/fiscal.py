"""servanda compute fiscal."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.fiscal import fiscal
from servanda.sources.duck import computed, tables
from servanda.sources.flows import monthly


@verb("compute fiscal", examples=("--table monthly.csv --first-month 4",))
@table_options()
@click.option("--first-month", type=click.IntRange(1, 12), default=1, show_default=True, help="4 for April to March.")
def run(*, table: Path, out: Path | None, shape: str | None, first_month: int) -> None:
    """Years from months. Columns year, month, value, and any of exporter, importer, reporter, partner, flow, product.

    Gives year, label, value, months, is_complete: a year with fewer than twelve months says so and is not filled in.
    """
    (held,) = tables(flows=monthly(table))
    give(computed(fiscal(held, first_month)), out, shape)

"""servanda compute trend."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give_reading, table_options
from servanda.measures.trade.trend import trend
from servanda.sources.flows import series


@verb("compute trend", examples=("--table balance.csv --unit 'USD million' --format json",))
@table_options("Write the reading here, as .json, .csv or .parquet. Else it is printed.")
@click.option("--unit", default="unit of the table", show_default=True, help="Of the value.")
def run(*, table: Path, out: Path | None, shape: str | None, unit: str) -> None:
    """Change a year, with an interval that allows for years that hang together. Columns year, value."""
    held = series(table)
    give_reading(trend(held["year"].to_pylist(), held["value"].to_pylist(), unit), out, shape)

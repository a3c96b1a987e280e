"""servanda compute balance."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.trade.balance import FREIGHT, balance
from servanda.sources.duck import computed, tables
from servanda.sources.flows import reports


@verb("compute balance", examples=("--table reports.csv --pair IND,KOR",))
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--freight", type=click.FloatRange(1.0, 2.0), default=FREIGHT, show_default=True, help="CIF over FOB.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, freight: float) -> None:
    """The balance of a pair by both sides' reports. Columns reporter, partner, flow (export, import), year, value."""
    sides = pair_of(pair)
    (flows,) = tables(flows=reports(table))
    made = computed(balance(flows, sides[0], sides[1], freight))
    if not made.num_rows:
        raise RequestError(
            f"neither {sides[0]} nor {sides[1]} reports on the other in {table.name}; are these its codes?"
        )
    give(made, out, shape)

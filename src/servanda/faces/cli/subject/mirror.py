"""servanda compute mirror."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.trade.balance import FREIGHT
from servanda.measures.trade.mirror import mirror
from servanda.sources.duck import computed, tables
from servanda.sources.flows import reports


@verb("compute mirror", examples=("--table reports.csv --pair IND,KOR",))
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--freight", type=click.FloatRange(1.0, 2.0), default=FREIGHT, show_default=True, help="CIF over FOB.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, freight: float) -> None:
    """Both sides' reports of every product, the gap and the reconciled flow.

    Columns reporter, partner, flow (export, import), product, value [, year]. The reconciled flow is the mean of the
    seller's report and of the buyer's less freight, and where only one of them reports, that one.
    """
    sides = pair_of(pair)
    (held,) = tables(flows=reports(table, by_product=True))
    made = computed(mirror(held, sides, freight))
    if not made.num_rows:
        raise RequestError(
            f"neither {sides[0]} nor {sides[1]} reports on the other in {table.name}; are these its codes?"
        )
    give(made, out, shape)

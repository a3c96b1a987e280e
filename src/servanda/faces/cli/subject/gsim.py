"""servanda compute gsim."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options, write
from servanda.scenarios.gsim import Industry, linear, solve
from servanda.sources.square import squares
from servanda.sources.table import Column, Sort

_ELASTICITY = click.FloatRange(0, 1000, min_open=True)


@verb("compute gsim", examples=("--table industry.csv --substitution 5 --out parties.csv --pairs pairs.csv",))
@table_options("Write party, price, output, producer, consumer, revenue, welfare here. Else it is printed.")
@click.option("--demand", type=_ELASTICITY, default=1.25, show_default=True, help="Of composite demand.")
@click.option("--substitution", type=_ELASTICITY, default=5.0, show_default=True, help="Between goods of two origins.")
@click.option("--supply", type=_ELASTICITY, default=1.5, show_default=True, help="Of what exporters make.")
@click.option("--linear", "is_linear", is_flag=True, help="In percentage changes, as published; else in levels.")
@click.option("--pairs", type=click.Path(path_type=Path, dir_okay=False), help="Write trade before and after here.")
def run(
    *, table: Path, out: Path | None, shape: str | None, demand: float, substitution: float, supply: float,
    is_linear: bool, pairs: Path | None,
) -> None:  # fmt: skip
    """One industry in all its markets after a change of tariffs (GSIM, Francois and Hall 2003).

    Columns exporter, importer, trade at world prices (every pair, domestic sales too), before and after: tariffs as
    shares, 0.15 for 15 per cent. Gives by party price and output as ratios to before, and what sellers, buyers and the
    treasury gain, in the money of trade.
    """
    rates = (Column("before", Sort.NUMBER, 0), Column("after", Sort.NUMBER, 0))
    parties, trade, (before, after) = squares(table, rates)
    many = np.ones(len(parties))
    made = (linear if is_linear else solve)(
        Industry(parties, trade, before, after, demand * many, substitution * many, supply * many)
    )
    print(f"solved in {made.rounds} rounds; what is left over is {made.residual:.1g} of sales", file=sys.stderr)
    if pairs is not None:
        sellers, buyers = np.indices(trade.shape)
        names = np.array(parties)
        columns = {
            "exporter": names[sellers.ravel()].tolist(), "importer": names[buyers.ravel()].tolist(),
            "before": trade.ravel(), "after": made.after.ravel(),
        }  # fmt: skip
        write(pa.table(columns), pairs)
    figures = ("price", "output", "producer", "consumer", "revenue", "welfare")
    give(pa.table({"party": list(made.parties), **{name: getattr(made, name) for name in figures}}), out, shape)

"""servanda compute sectors."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options, write
from servanda.scenarios.sectors import Outcome, solve
from servanda.scenarios.world import World, without_negatives
from servanda.sources.inputs import inputs

LARGE = 0.1
"""Where shares of inputs were scaled by more than this, the two tables hardly belong together."""


@verb("compute sectors", examples=("--table flows.csv --value-added added.csv --theta 5 --out parties.csv",))
@table_options("Write party, real_income, wage, price_index, exports, imports, revenue here. Else it is printed.")
@click.option(
    "--value-added", "added", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Table of party, sector, value_added.",
)  # fmt: skip
@click.option("--theta", type=float, help="Elasticity of trade of every sector.")
@click.option("--elasticities", type=click.Path(path_type=Path, dir_okay=False), help="Table of sector, theta.")
@click.option(
    "--by-sector", "goods", type=click.Path(path_type=Path, dir_okay=False), help="Write output and price here."
)
def run(
    *, table: Path, out: Path | None, shape: str | None, added: Path, theta: float | None, elasticities: Path | None,
    goods: Path | None,
) -> None:  # fmt: skip
    """General equilibrium of sectors that buy from each other (Caliendo and Parro 2015), as ratios to before.

    Columns exporter, sector, importer, intermediate, final (domestic use too) and, where they change, tariff_before and
    tariff_after as shares, and log_cost_effect, the change in the log of trade due to other costs.
    """
    if (theta is None) is (elasticities is None):
        raise RequestError("give the elasticity of trade once: --theta 5, or a table of them with --elasticities")
    held = inputs(table, added, elasticities)
    final, many, size = without_negatives(held.final)
    elastic = held.theta if held.theta is not None else np.full(len(held.sectors), theta)
    world = World(
        held.parties, held.sectors, held.intermediate, final, held.added, held.tariff_before, held.tariff_after,
        held.effect, elastic,
    )  # fmt: skip
    made = solve(world)
    print(f"solved in {made.rounds} rounds; labour is paid what it earns to {made.residual:.1e}", file=sys.stderr)
    if many:
        print(f"{many:,} negative final uses ({size:.3%} of trade) were taken as nothing", file=sys.stderr)
    for name, scaled in zip(made.parties, made.scaled, strict=True):
        if abs(scaled - 1) > LARGE:
            print(f"{name}: inputs of all sectors scaled by {scaled:.2f} to agree with what it buys", file=sys.stderr)
    if goods is not None:
        write(_sectors(made), goods)
    names = ("real_income", "wage", "price_index", "exports", "imports", "revenue")
    give(pa.table({"party": list(made.parties), **{name: getattr(made, name) for name in names}}), out, shape)


def _sectors(made: Outcome) -> pa.Table:
    many = len(made.sectors)
    return pa.table(
        {
            "party": [name for name in made.parties for _ in range(many)],
            "sector": list(made.sectors) * len(made.parties),
            "output": made.output.ravel(),
            "price": made.price.ravel(),
        }
    )

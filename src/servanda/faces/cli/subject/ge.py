"""servanda compute ge."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options, write
from servanda.scenarios.equilibrium import Array, Deficits, Equilibrium, conditional, full
from servanda.sources.square import square


@verb("compute ge", examples=("--table trade.csv --theta 4 --out countries.csv --pairs pairs.csv",))
@table_options("Write country, welfare, real_income, exports, imports, price here. Else it is printed.")
@click.option("--theta", type=float, required=True, help="Elasticity of trade: sigma - 1, or Eaton and Kortum's theta.")
@click.option(
    "--deficits", type=click.Choice([str(one) for one in Deficits]), default=str(Deficits.MULTIPLICATIVE),
    show_default=True, help="Whether a deficit stays in money, or as a share of income.",
)  # fmt: skip
@click.option("--conditional", "fixed", is_flag=True, help="Outputs and expenditures stay; only resistances adjust.")
@click.option("--numeraire", help="The country whose price stays the same. Else the world's output does.")
@click.option("--bought", is_flag=True, help="The price of what the numeraire buys stays, not of what it makes.")
@click.option("--pairs", type=click.Path(path_type=Path, dir_okay=False), help="Write trade before and after here.")
def run(
    *, table: Path, out: Path | None, shape: str | None, theta: float, deficits: str, fixed: bool,
    numeraire: str | None, bought: bool, pairs: Path | None,
) -> None:  # fmt: skip
    """General equilibrium after a change of trade costs, as ratios to before.

    Columns exporter, importer, trade (every pair, domestic trade too) and log_cost_effect, the change in the log of
    trade due to costs. Gives country, welfare, real_income, exports, imports, price.
    """
    countries, trade, effect = square(table)
    made = (
        conditional(countries, trade, effect, theta)
        if fixed
        else full(countries, trade, effect, theta, Deficits(deficits), numeraire, bought)
    )
    print(f"solved in {made.rounds} rounds; greatest excess demand {made.residual:.1e} of output", file=sys.stderr)
    if pairs is not None:
        write(_pairs(made), pairs)
    names = ("welfare", "real_income", "exports", "imports", "price", "price_index")
    columns = {"country": list(made.countries), **{name: getattr(made, name) for name in names}}
    give(pa.table(columns), out, shape)


def _pairs(made: Equilibrium) -> pa.Table:
    many = len(made.countries)
    names: Array = np.array(made.countries)
    return pa.table(
        {
            "exporter": np.repeat(names, many).tolist(),
            "importer": np.tile(names, many).tolist(),
            "before": made.before.ravel(),
            "after": made.after.ravel(),
        }
    )

"""servanda compute ge."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options, write
from servanda.scenarios.equilibrium import Array, Deficits, Equilibrium, Model, conditional, full
from servanda.scenarios.variants import Variant, book, one_step
from servanda.sources.square import square


@verb("compute ge", examples=("--table trade.csv --theta 4 --out countries.csv --pairs pairs.csv",))
@table_options("Write country, welfare, real_income, exports, imports, price here. Else it is printed.")
@click.option("--theta", type=float, help="Elasticity of trade: sigma - 1, or Eaton and Kortum's theta.")
@click.option("--sigma", type=float, help="Armington's elasticity of substitution, in place of theta = sigma - 1.")
@click.option(
    "--model",
    type=click.Choice([str(one) for one in Model]),
    help="Armington takes sigma, Eaton and Kortum theta; the equations are the same. Only refuses the other's.",
)
@click.option(
    "--variant",
    type=click.Choice([str(one) for one in Variant]),
    default=str(Variant.EXACT),
    show_default=True,
    help="exact; or the rounds of Yotov et al. 2016; or gegravity's one step. The last two need --numeraire.",
)
@click.option(
    "--deficits", type=click.Choice([str(one) for one in Deficits]), default=str(Deficits.MULTIPLICATIVE),
    show_default=True, help="Whether a deficit stays in money, or as a share of income.",
)  # fmt: skip
@click.option("--conditional", "fixed", is_flag=True, help="Outputs and expenditures stay; only resistances adjust.")
@click.option("--numeraire", help="The country whose price stays the same. Else the world's output does.")
@click.option("--bought", is_flag=True, help="The price of what the numeraire buys stays, not of what it makes.")
@click.option("--pairs", type=click.Path(path_type=Path, dir_okay=False), help="Write trade before and after here.")
def run(
    *, table: Path, out: Path | None, shape: str | None, theta: float | None, sigma: float | None, model: str | None,
    variant: str, deficits: str, fixed: bool, numeraire: str | None, bought: bool, pairs: Path | None,
) -> None:  # fmt: skip
    """General equilibrium after a change of trade costs, as ratios to before.

    Columns exporter, importer, trade (every pair, domestic trade too) and log_cost_effect, the change in the log of
    trade due to costs. Gives country, welfare, real_income, exports, imports, price.
    """
    elasticity = _elasticity(theta, sigma, model)
    countries, trade, effect = square(table)
    if fixed:
        made = conditional(countries, trade, effect, elasticity)
    elif Variant(variant) is Variant.EXACT:
        made = full(countries, trade, effect, elasticity, Deficits(deficits), numeraire, bought)
    elif numeraire is None:
        raise RequestError(f"the variant {variant} holds the prices of one buyer; name it with --numeraire")
    else:
        procedure = book if Variant(variant) is Variant.BOOK else one_step
        made = procedure(countries, trade, effect, elasticity, numeraire)
    print(f"solved in {made.rounds} rounds; {_left(made, variant)}", file=sys.stderr)
    if pairs is not None:
        write(_pairs(made), pairs)
    names = ("welfare", "real_income", "exports", "imports", "price", "price_index")
    columns = {"country": list(made.countries), **{name: getattr(made, name) for name in names}}
    give(pa.table(columns), out, shape)


def _elasticity(theta: float | None, sigma: float | None, model: str | None) -> float:
    if (theta is None) is (sigma is None):
        raise RequestError("give the elasticity of trade once: --theta 4, or --sigma 5")
    if model is not None and (Model(model) is Model.ARMINGTON) is (sigma is None):
        raise RequestError("Armington's elasticity is --sigma, Eaton and Kortum's is --theta")
    return Model.ARMINGTON.theta(sigma) if sigma is not None else float(theta or 0)


def _left(made: Equilibrium, variant: str) -> str:
    if Variant(variant) is Variant.BOOK:
        return f"prices still moved by {made.residual:.1e} where the book stops"
    return f"greatest excess demand {made.residual:.1e} of output"


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

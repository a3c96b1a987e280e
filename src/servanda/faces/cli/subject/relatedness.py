"""servanda compute relatedness."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.rca import rca
from servanda.measures.trade.relatedness import Relatedness, reach, relatedness
from servanda.sources.duck import computed, tables
from servanda.sources.flows import exports
from servanda.sources.products import product_list


@verb(
    "compute relatedness",
    examples=("--table exports.csv --out density.csv", "--table exports.csv --products semiconductors"),
)
@table_options()
@click.option("--products", "name", help="A list of content/products: how far each exporter is from it.")
@click.option("--least", type=float, default=1.0, show_default=True, help="The RCA from which it is an advantage.")
def run(*, table: Path, out: Path | None, shape: str | None, name: str | None, least: float) -> None:
    """How near each product is to what an exporter sells already. Columns exporter, product, value, of one year.

    Gives exporter, product, is_held, density; of a list exporter, listed, held, density, distance, nearest.
    """
    held = exports(table)
    if "year" in held.column_names and len(pc.unique(held["year"])) > 1:
        raise RequestError("relatedness is of one year, the table has several; give the rows of one")
    (flows,) = tables(flows=held)
    rows = computed(rca(flows))
    made = relatedness(
        np.array(rows["exporter"].to_pylist(), dtype=str), np.array(rows["product"].to_pylist(), dtype=str),
        rows["rca"].to_numpy(), least,
    )  # fmt: skip
    if name is None:
        give(_densities(made), out, shape)
        return
    listed = product_list(name)
    found = [reach(made, one, listed.codes) for one in made.exporters]
    print(f"{listed.title} ({listed.classification}): {found[0].listed} products of the table", file=sys.stderr)
    give(
        pa.table(
            {
                **{what: [getattr(one, what) for one in found] for what in ("exporter", "listed", "held")},
                "density": pa.array([one.density for one in found], pa.float64()),
                "distance": pa.array([one.distance for one in found], pa.float64()),
                "nearest": [" ".join(code for code, _ in one.nearest) for one in found],
            }
        ),
        out,
        shape,
    )


def _densities(made: Relatedness) -> pa.Table:
    many, wide = made.held.shape
    density = made.density.ravel()
    return pa.table(
        {
            "exporter": np.repeat(np.array(made.exporters), wide).tolist(),
            "product": np.tile(np.array(made.products), many).tolist(),
            "is_held": made.held.ravel() > 0,
            "density": pa.array(density, mask=np.isnan(density)),
        }
    )

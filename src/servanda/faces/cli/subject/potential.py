"""servanda compute potential."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.compute as pc

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import file_option, give, pair_of, table_options
from servanda.measures.trade.potential import Further, potential
from servanda.sources.duck import computed, tables
from servanda.sources.flows import distances, flows, growth, tariffs

MOST_ROWS = 2_000_000
"""Products that are not traded yet are left out of an answer about all pairs that would be longer than this."""


@verb(
    "compute potential",
    examples=(
        "--table flows.parquet --pair IND,KOR --out potential.csv",
        "--table flows.parquet --tariffs rates.csv --distances far.csv --out potential.parquet",
    ),
)
@table_options()
@click.option("--pair", help="Two codes as the table has them: IND,KOR. Both directions; else all pairs.")
@file_option("--tariffs", "rates", "Columns exporter (or all), importer, product, rate in per cent.")
@file_option("--distances", "far", "Columns exporter, importer, distance.")
@file_option("--growth", "grown", "Columns country, gdp, population: projected over present, as 1.12.")
@click.option("--price", type=click.FloatRange(0, 50), default=1.0, show_default=True, help="Elasticity to tariffs.")
@click.option("--income", type=click.FloatRange(0, 10), default=1.0, show_default=True, help="Elasticity to income.")
@click.option("--net", "is_net", is_flag=True, help="Supply only what is not passed on: exports over imports, up to 1.")
@click.option(
    "--rows", type=click.Choice(["every", "traded"]),
    help=f"Also products not traded yet, or only those that are. Else every, up to {MOST_ROWS:,} rows.",
)  # fmt: skip
def run(
    *, table: Path, out: Path | None, shape: str | None, pair: str | None, rates: Path | None, far: Path | None,
    grown: Path | None, price: float, income: float, is_net: bool, rows: str | None,
) -> None:  # fmt: skip
    """Export potential by product after the International Trade Centre: supply x ease x demand, and what is unused.

    Columns exporter, importer, product, value [, year]. Gives exporter, importer, product, potential, actual, unused,
    supply, ease, demand.
    """
    sides = pair_of(pair) if pair else None
    handed = {"flows": flows(table)}
    for name, path, read in (("tariffs", rates, tariffs), ("distances", far, distances), ("growth", grown, growth)):
        if path is not None:
            handed[name] = read(path)
    held = dict(zip(handed, tables(**handed), strict=True))
    trade = held.pop("flows")
    if sides:
        _known(handed["flows"], sides, table.name)
    traded = rows == "traded" or (rows is None and sides is None and _many(trade) > MOST_ROWS)
    made = potential(trade, sides, Further(**held, price=price, income=income, is_net=is_net), traded).to_pyarrow()
    if traded and rows is None:
        print(f"products not traded yet are left out: {_many(trade):,} rows in all; --rows every keeps them",
              file=sys.stderr)  # fmt: skip
    for name in ("tariff_advantage", "distance_advantage"):
        if name in made.column_names and made[name].null_count:
            print(f"{name}: not known in {made[name].null_count:,} of {made.num_rows:,} rows, which it leaves alone",
                  file=sys.stderr)  # fmt: skip
    give(made, out, shape)


def _many(trade: Any) -> int:
    """How many rows an answer about all pairs has."""
    wide = trade.group_by([*(["year"] if "year" in trade.columns else []), "product"]).aggregate(
        rows=trade.exporter.nunique() * trade.importer.nunique()
    )
    return int(computed(wide.aggregate(rows=wide.rows.sum().cast("int64")))["rows"][0].as_py() or 0)


def _known(made: pa.Table, sides: tuple[str, str], name: str) -> None:
    every = {*pc.unique(made["exporter"]).to_pylist(), *pc.unique(made["importer"]).to_pylist()}
    strange = [one for one in sides if one not in every]
    if strange:
        some = ", ".join(sorted(every)[:5])
        raise RequestError(f"{name} has no {' and no '.join(strange)}; its codes are such as {some}")

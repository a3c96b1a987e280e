"""servanda compute dependence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import file_option, give, pair_of, table_options
from servanda.measures.region.dependence import dependence
from servanda.sources.table import Column, Sort, read

_YEAR = Column("year", Sort.WHOLE, 1500, 2200)
FLOWS = (Column("exporter"), Column("importer"), Column("value", Sort.NUMBER, 0), _YEAR)
SIZES = (Column("party"), _YEAR, Column("product", Sort.NUMBER, 0))
SHAPE = pa.schema(
    [
        ("year", pa.int64()), ("party", pa.string()), ("partner", pa.string()), ("of_trade", pa.float64()),
        ("of_product", pa.float64()), ("salience", pa.float64()), ("symmetry", pa.float64()),
        ("interdependence", pa.float64()), ("reason", pa.string()),
    ]
)  # fmt: skip


@verb("compute dependence", examples=("--table flows.csv --sizes gdp.csv --pair IND,KOR",))
@table_options()
@file_option("--sizes", "sizes", "Columns party, year, product: gross domestic product, in the money of the flows.")
@click.option("--pair", required=True, help="The two, as IND,KOR.")
def run(*, table: Path, out: Path | None, shape: str | None, sizes: Path | None, pair: str) -> None:
    """Trade of two beside all trade of each (Barbieri) and beside its product (Oneal and Russett).

    Columns exporter, importer, value, year, with all partners of both. Gives a row a party and year, with salience,
    symmetry and interdependence of the pair, or a reason.
    """
    own = pair_of(pair)
    product: dict[int, dict[str, float]] = {}
    if sizes is not None:
        for row in read(sizes, SIZES, ["party", "year"]).to_pylist():
            product.setdefault(row["year"], {})[row["party"]] = row["product"]
    between: dict[int, float] = {}
    trade: dict[int, dict[str, float]] = {}
    for row in read(table, FLOWS, ["exporter", "importer", "year"]).to_pylist():
        sides = {row["exporter"], row["importer"]}
        if len(sides) == 2:
            its = trade.setdefault(row["year"], {})
            for side in sides & set(own):
                its[side] = its.get(side, 0.0) + row["value"]
            if sides == set(own):
                between[row["year"]] = between.get(row["year"], 0.0) + row["value"]
    if not between:
        raise RequestError(f"the table has no flow between {own[0]} and {own[1]}")
    rows = [one for year in sorted(between)
            for one in _rows(own, year, between[year], trade[year], product.get(year, {}))]  # fmt: skip
    give(pa.Table.from_pylist(rows, schema=SHAPE), out, shape)


def _rows(
    pair: tuple[str, str], year: int, between: float, trade: dict[str, float], product: dict[str, float]
) -> list[dict[str, Any]]:
    made = dependence(pair, year, between, trade, product)
    pairwise = {one.name: one.value for one in (made.salience, made.symmetry, made.interdependence)}
    return [
        {"year": year, "party": party, "partner": pair[1 - place], "of_trade": made.of_trade[place].value,
         "of_product": made.of_product[place].value, **pairwise,
         "reason": made.of_trade[place].reason or made.of_product[place].reason}
        for place, party in enumerate(pair)
    ]  # fmt: skip

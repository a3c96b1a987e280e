"""Tables of trade that somebody hands in: who sells what, who sells to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from servanda.sources.table import Column, Sort, TableFault, among, columns_of, read
from servanda.sources.turned import turned

_VALUE = Column("value", Sort.NUMBER, 0)
_YEAR = Column("year", Sort.WHOLE, 1800, 2200, optional=True)
_PRODUCT = re.compile(r"\d{2,12}")
_COUNTRY = re.compile(r"[A-Z]{3}")
BROAD = 50
"""Trade in fewer products may well run against the balance of all trade: oil does."""
MOST = 200
"""So many codes are enough to see whether a column holds products or countries."""


def exports(path: Path) -> pa.Table:
    """exporter, product, value [, year]: exports of each product, each once; values not negative, in one unit.

    Of a table that also has importer each flow stands once, and is summed over importers.
    """
    return _of_side(path, "exporter", "importer")


def imports(path: Path) -> pa.Table:
    """importer, product, value [, year]; summed over exporters where the table has them."""
    return _of_side(path, "importer", "exporter")


def flows(path: Path) -> pa.Table:
    """exporter, importer, product, value [, year]: each flow once; values not negative, in one unit."""
    columns = [Column("exporter"), Column("importer"), Column("product"), _VALUE, _YEAR]
    made = read(path, columns, [*_with_year(path), "exporter", "importer", "product"])
    _turned(path, made, "exporter", "product")
    _turned(path, made, "importer", "product")
    _sides(path, made)
    return made


def tariffs(path: Path) -> pa.Table:
    """exporter (or "all"), importer, product, rate: ad valorem, in per cent."""
    rate = Column("rate", Sort.NUMBER, 0, 10_000)
    made = read(path, [Column("exporter"), Column("importer"), Column("product"), rate],
                ["exporter", "importer", "product"])  # fmt: skip
    _turned(path, made, "importer", "product")
    return made


def distances(path: Path) -> pa.Table:
    """exporter, importer, distance: above 0, in one unit."""
    far = Column("distance", Sort.NUMBER, 1e-9)
    return read(path, [Column("exporter"), Column("importer"), far], ["exporter", "importer"])


def growth(path: Path) -> pa.Table:
    """country, gdp, population: what is projected over what is, as 1.12 for growth of 12 per cent."""
    columns = [Column("country"), Column("gdp", Sort.NUMBER, 0.01, 100), Column("population", Sort.NUMBER, 0.01, 100)]
    return read(path, columns, ["country"])


def shares_of(path: Path, by: str, over: str) -> pa.Table:
    """`by`, `over`, value [, year]."""
    return read(path, [Column(by), Column(over), _VALUE, _YEAR], [*_with_year(path), by, over])


def between(path: Path) -> pa.Table:
    """exporter, importer, value [, product] [, year]: each flow once."""
    keys = [*_with_year(path), "exporter", "importer", *(["product"] if "product" in columns_of(path) else [])]
    made = read(path, [Column("exporter"), Column("importer"), Column("product", optional=True), _VALUE, _YEAR], keys)
    if "product" in keys:
        _turned(path, made, "exporter", "product")
        _turned(path, made, "importer", "product")
    _sides(path, made)
    return made


def monthly(path: Path) -> pa.Table:
    """year, month, value and whatever of exporter, importer, reporter, partner, flow, product the table has."""
    known = [
        one for one in ("exporter", "importer", "reporter", "partner", "flow", "product") if one in columns_of(path)
    ]
    columns = [
        *(Column(one) for one in known),
        replace(_YEAR, optional=False),
        Column("month", Sort.WHOLE, 1, 12),
        _VALUE,
    ]
    return read(path, columns, [*known, "year", "month"])


def series(path: Path) -> pa.Table:
    """year, value: each year once; values of any sign."""
    return read(path, [replace(_YEAR, optional=False), Column("value", Sort.NUMBER)], ["year"])


def reports(path: Path, by_product: bool = False) -> pa.Table:
    """reporter, partner, flow (export or import), year, value: each report once; by product also product, and year
    where the table has it.
    """
    columns = [Column("reporter"), Column("partner"), Column("flow"), _VALUE]
    columns += [Column("product"), _YEAR] if by_product else [replace(_YEAR, optional=False)]
    more = ["product", *_with_year(path)] if by_product else ["year"]
    made = read(path, columns, ["reporter", "partner", "flow", *more])
    fault = among(path, "flow", ("export", "import"))
    if fault:
        raise TableFault(path.name, fault)
    if by_product:
        _turned(path, made, "reporter", "product")
    return made


def _of_side(path: Path, side: str, other: str) -> pa.Table:
    if other not in columns_of(path):
        made = read(path, [Column(side), Column("product"), _VALUE, _YEAR], [*_with_year(path), side, "product"])
        _turned(path, made, side, "product")
        return made
    made = flows(path)
    made = made.filter(pc.not_equal(made["exporter"], made["importer"]))
    keys = [*(["year"] if "year" in made.column_names else []), side, "product"]
    return made.group_by(keys).aggregate([("value", "sum")]).rename_columns([*keys, "value"])


def matrix(path: Path, columns: Sequence[Column], key: Sequence[str], value: str = "trade") -> pa.Table:
    """exporter, importer, `value` and what else is named: every pair once (a year). Raises TableFault where exporters
    and importers seem to have changed places."""
    made = read(path, columns, key)
    if {"exporter", "importer", value} <= set(made.column_names):
        off = turned(made, value)
        if off:
            raise TableFault(path.name, off)
    return made


def _with_year(path: Path) -> list[str]:
    return ["year"] if "year" in columns_of(path) else []


def _sides(path: Path, made: pa.Table) -> None:
    """Raises where exporter and importer seem to have changed places; the flows of a few products are let through."""
    if "product" in made.column_names and len(pc.unique(made["product"])) < BROAD:
        return
    if off := turned(made, "value"):
        raise TableFault(path.name, off)


def _turned(path: Path, made: pa.Table, trader: str, product: str) -> None:
    """Raises where the two columns seem to have changed places: codes of products where countries should stand."""
    here, there = _some(made, trader), _some(made, product)
    if all(_PRODUCT.fullmatch(one) for one in here) and all(_COUNTRY.fullmatch(one) for one in there):
        raise TableFault(
            path.name,
            [f"'{trader}' holds codes of products ({', '.join(here[:5])}) and '{product}' those of countries "
             f"({', '.join(there[:5])}): the two columns have changed places"],
        )  # fmt: skip


def _some(made: pa.Table, name: str) -> Sequence[str]:
    found: list[str] = pc.unique(made[name]).slice(0, MOST).to_pylist()
    return found

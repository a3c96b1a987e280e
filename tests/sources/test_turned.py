"""A matrix that is turned over is named, country by country; one that is not is left alone."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.sources.flows import BROAD, between, flows, matrix
from servanda.sources.shipped import shipped
from servanda.sources.table import Column, Sort, TableFault
from servanda.sources.turned import ENOUGH, turned
from tests.measures.shared import SHARED


def over(table: pa.Table) -> pa.Table:
    other = {"exporter": "importer", "importer": "exporter"}
    return table.rename_columns([other.get(name, name) for name in table.column_names])


@pytest.mark.parametrize("name", ["trade/manufacturing", "trade/economies"])
def test_shipped_matrices_are_right_and_turned_over_they_are_named(name: str) -> None:
    table = shipped(name).table
    assert turned(table) == []
    said = turned(over(table))
    assert len(said) == 1 and said[0].startswith("totals of exporters look like those of importers in ")
    assert said[0].count(" sells ") == 5 and said[0].endswith("exporter and importer have changed places")


@pytest.mark.parametrize(
    ("file", "value"),
    [
        ("wits_bilateral_goods_exports_1995_2014.parquet", "exports_usd_thousand"),
        ("agtpa_applications.parquet", "trade"),
    ],
)
def test_published_matrices_of_others(file: str, value: str) -> None:
    """The copy of WITS in which importers stand in rows is the case that this was made for."""
    table = pq.read_table(SHARED(f"trade/{file}"), columns=["exporter", "importer", value])
    assert turned(table, value) == [] and len(turned(over(table), value)) == 1


def test_few_countries_and_unknown_ones_say_nothing() -> None:
    table = shipped("trade/economies").table
    few = table.filter(pa.compute.is_in(table["exporter"], pa.array(["IND", "KOR", "USA"])))
    assert turned(over(few)) == [] and ENOUGH > 3
    unknown = pa.table({"exporter": ["A", "B"], "importer": ["B", "A"], "trade": [1.0, 2.0]})
    assert turned(unknown) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_matrix_that_knows_no_direction_is_never_named(seed: int) -> None:
    """Flows drawn alike in both directions: their imbalances are noise, and turned over they are noise too."""
    import numpy as np

    codes = sorted(set(shipped("trade/economies").table["exporter"].to_pylist()))
    generator = np.random.default_rng(seed)
    pairs = [(one, other) for one in codes for other in codes]
    table = pa.table(
        {
            "exporter": [one for one, _ in pairs],
            "importer": [other for _, other in pairs],
            "trade": generator.lognormal(size=len(pairs)),
        }
    )
    assert turned(table) == []


def test_a_table_that_is_handed_in_is_refused_with_examples(tmp_path: Path) -> None:
    pq.write_table(over(shipped("trade/economies").table), tmp_path / "t.parquet")
    columns = [Column("exporter"), Column("importer"), Column("year", Sort.WHOLE), Column("trade", Sort.NUMBER, 0)]
    with pytest.raises(
        TableFault,
        match=r"t\.parquet: 1 fault; nothing was computed\n  totals of exporters look like those of importers in 41",
    ):
        matrix(tmp_path / "t.parquet", columns, ["exporter", "importer", "year"])


def test_flows_by_product_are_refused_too_unless_they_are_of_few_products(tmp_path: Path) -> None:
    held = shipped("trade/economies").table.select(["exporter", "importer", "year", "trade"])
    held = held.rename_columns(["importer", "exporter", "year", "value"])
    path = tmp_path / "flows.parquet"
    for reader in (between, flows):
        wide = held.append_column("product", pa.array([f"{1000 + row % BROAD}" for row in range(held.num_rows)]))
        pq.write_table(wide, path)
        with pytest.raises(TableFault, match="exporter and importer have changed places"):
            reader(path)
    pq.write_table(held.append_column("product", pa.array(["2709"] * held.num_rows)), path)
    assert flows(path).num_rows == held.num_rows, "trade in one product may run against the balance of all"

"""Revealed comparative advantage: a hand-worked table, what must hold for any table, and the published reference set."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from servanda.measures.trade.rca import rca
from servanda.sources.duck import computed, tables
from tests.measures.shared import SHARED
from tests.properties import examples, given

ROWS = [("A", "x", 30.0), ("A", "y", 10.0), ("B", "x", 10.0), ("B", "y", 50.0), ("C", "x", 0.0)]


def advantage(rows: list[tuple[Any, ...]], year: bool = False) -> dict[tuple[Any, ...], dict[str, float]]:
    names = ["exporter", "product", "value", *(["year"] if year else [])]
    table = pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})
    (flows,) = tables(flows=table)
    keys = ["year", "exporter", "product"] if year else ["exporter", "product"]
    return {tuple(row[key] for key in keys): row for row in computed(rca(flows)).to_pylist()}


def test_a_table_worked_by_hand() -> None:
    made = advantage(ROWS)
    assert made["A", "x"]["rca"] == pytest.approx((30 / 40) / (40 / 100))
    assert made["B", "x"]["rca"] == pytest.approx((10 / 60) / (40 / 100))
    assert made["A", "x"]["rsca"] == pytest.approx((1.875 - 1) / 2.875)
    assert made["A", "x"]["nrca"] == pytest.approx(0.3 - 40 * 40 / 100**2)
    assert ("C", "x") not in made, "who sells nothing has no advantage, and none is made up"


def test_nothing_known() -> None:
    assert advantage([("A", "x", 0.0)]) == {}


FLOWS = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("uvwx")), st.floats(0.01, 1e6), min_size=2, max_size=16
)


@examples(40)
@given(FLOWS, st.floats(0.001, 1000))
def test_what_holds_for_any_table(flows: dict[tuple[str, str], float], scale: float) -> None:
    rows = [(exporter, product, value) for (exporter, product), value in flows.items()]
    made = advantage(rows)
    larger = advantage([(exporter, product, value * scale) for exporter, product, value in rows])
    renamed = advantage([(exporter.lower(), product, value) for exporter, product, value in rows])
    total = sum(value for _, _, value in rows)
    for (exporter, product), row in made.items():
        assert larger[exporter, product]["rca"] == pytest.approx(row["rca"]), "the unit does not matter"
        assert renamed[exporter.lower(), product]["rca"] == pytest.approx(row["rca"]), "nor who they are"
        assert -1 <= row["rsca"] <= 1
    # Weighed by the exporter's share of the world, the ratios of a product average to one.
    for product in {product for _, product in flows}:
        mean = sum(
            row["rca"] * sum(value for (other, _), value in flows.items() if other == exporter) / total
            for (exporter, name), row in made.items() if name == product
        )  # fmt: skip
        assert mean == pytest.approx(1)


def test_each_year_by_itself() -> None:
    twice = [(*row, 2000) for row in ROWS] + [(*row[:2], row[2] * 3, 2001) for row in ROWS]
    made, alone = advantage(twice, year=True), advantage(ROWS)
    assert made[2001, "A", "x"]["rca"] == pytest.approx(alone["A", "x"]["rca"])


def test_the_published_set() -> None:
    """31,951 pairs of country and product with an advantage, as the reference implementation in R has them."""
    table = pq.read_table(SHARED("trade/ec_world_exports_sitc4_avg1998_2000.parquet"))
    (flows,) = tables(flows=table.rename_columns(["exporter", "product", "value"]))
    made = computed(rca(flows)).to_pylist()
    mine = {(row["exporter"], row["product"]) for row in made if row["rca"] >= 1}
    held = pq.read_table(SHARED("trade/ec_reference_rca1_pairs.parquet"))
    assert mine == set(zip(held["country"].to_pylist(), held["sitc2_4d"].to_pylist(), strict=True))

"""Intra-industry trade: worked by hand, the same from either side, and both corrections do what they say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.measures.trade.intraindustry import by_product, intra_industry, marginal
from tests.measures.trade.flows import FLOW, Rows, expressed, found
from tests.properties import examples, given

ROWS: Rows = [("A", "B", "x", 30.0), ("B", "A", "x", 10.0), ("A", "B", "y", 20.0), ("B", "A", "y", 20.0), ("B", "A", "z", 5.0),
              ("A", "C", "x", 900.0)]  # fmt: skip


def whole(rows: Rows, one: str = "A", other: str = "B") -> dict[str, Any]:
    made = found(intra_industry(expressed(rows), one, other))
    return made[0] if made else {}


def test_by_product() -> None:
    made = {row["product"]: row["grubel_lloyd"] for row in found(by_product(expressed(ROWS), "A", "B"))}
    assert made == {"x": pytest.approx(0.5), "y": pytest.approx(1.0), "z": 0.0}


def test_of_all_products() -> None:
    made = whole(ROWS)
    # Exports 50, imports 35, apart 20 + 0 + 5.
    assert (made["exports"], made["imports"], made["products"]) == (50, 35, 3)
    assert made["grubel_lloyd"] == pytest.approx(1 - 25 / 85)
    assert made["adjusted"] == pytest.approx(60 / 70)
    out, into = 42.5 / 50, 42.5 / 35
    moved = abs(30 * out - 10 * into) + abs(20 * out - 20 * into) + 5 * into
    assert made["aquino"] == pytest.approx(1 - moved / 85)


def test_a_deficit_on_all_products_alike_is_taken_out() -> None:
    rows: Rows = [
        row
        for name, value in (("x", 3.0), ("y", 8.0))
        for row in (("A", "B", name, value), ("B", "A", name, value * 4))
    ]
    made = whole(rows)
    assert made["grubel_lloyd"] == pytest.approx(0.4)
    assert made["adjusted"] == pytest.approx(1) and made["aquino"] == pytest.approx(1)


BOTH = st.dictionaries(
    st.tuples(st.sampled_from((("A", "B"), ("B", "A"))), st.sampled_from("xyz")),
    st.floats(0.01, 1e6),
    min_size=1,
    max_size=6,
)


@examples(8)
@given(BOTH)
def test_the_same_from_either_side(flows: dict[tuple[tuple[str, str], str], float]) -> None:
    rows: Rows = [(*pair, product, value) for (pair, product), value in flows.items()]
    here, there = whole(rows), whole(rows, "B", "A")
    for name in ("grubel_lloyd", "adjusted", "aquino"):
        assert here[name] == (None if there[name] is None else pytest.approx(there[name]))
        assert here[name] is None or -1e-9 <= here[name] <= 1 + 1e-9
    assert here["exports"] == pytest.approx(there["imports"])


def test_change_between_two_years() -> None:
    names = (*FLOW, "year")
    rows: Rows = [("A", "B", "x", 10.0, 2010), ("A", "B", "x", 16.0, 2020), ("B", "A", "x", 5.0, 2010), ("B", "A", "x", 7.0, 2020),
                  ("B", "A", "y", 4.0, 2020), ("A", "B", "z", 1.0, 2010), ("A", "B", "z", 1.0, 2020)]  # fmt: skip
    made = {row["product"]: row for row in found(marginal(expressed(rows, names), "A", "B", 2010, 2020))}
    assert set(made) == {"x", "y"}, "z did not change"
    assert (made["x"]["a"], made["x"]["b"], made["x"]["weight"]) == (pytest.approx(0.5), pytest.approx(0.5), 8)
    assert (made["y"]["a"], made["y"]["b"]) == (0, -1)
    back = {row["product"]: row["b"] for row in found(marginal(expressed(rows, names), "B", "A", 2010, 2020))}
    assert back == {"x": pytest.approx(-0.5), "y": 1}


def test_nothing_known() -> None:
    assert whole(ROWS, "B", "C") == {}
    assert whole([("A", "B", "x", 3.0)])["adjusted"] is None, "without any imports there is nothing to correct for"

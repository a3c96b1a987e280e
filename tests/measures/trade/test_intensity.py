"""Trade intensity: worked by hand, and what must hold for any table."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.measures.trade.intensity import intensity
from tests.measures.trade.flows import Rows, expressed, found
from tests.properties import examples, given

ROWS: Rows = [("A", "B", 30.0), ("A", "C", 10.0), ("B", "C", 40.0), ("C", "A", 20.0)]


def of(rows: Rows) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (row["exporter"], row["importer"]): row
        for row in found(intensity(expressed(rows, ("exporter", "importer", "value"))))
    }


def test_worked_by_hand() -> None:
    row = of(ROWS)["A", "C"]
    # A sells 10 of its 40 to C; C buys 50 of 100; A itself buys 20; the others sell 40 of their 60 to C.
    assert row["intensity"] == pytest.approx(0.25 / 0.5)
    assert of(ROWS)["B", "C"]["kojima"] == pytest.approx(1.0 / (50 / 70)), "B buys 30 itself"
    assert row["homogeneous"] == pytest.approx(0.25 / (40 / 60))
    away = 0.75 / (20 / 60)
    assert row["symmetric"] == pytest.approx((0.375 - away) / (0.375 + away))
    assert of(ROWS)["A", "B"]["homogeneous"] is None, "nobody else sells to B"


FLOWS = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD")).filter(lambda key: key[0] != key[1]),
    st.floats(0.01, 1e6), min_size=1, max_size=12,
)  # fmt: skip


@examples(8)
@given(FLOWS, st.floats(0.001, 1000))
def test_what_holds_for_any_table(flows: dict[tuple[str, str], float], scale: float) -> None:
    made, larger = (
        of([(*key, value) for key, value in flows.items()]),
        of([(*key, value * scale) for key, value in flows.items()]),
    )
    total = sum(flows.values())
    for key, row in made.items():
        assert row["symmetric"] is None or -1 <= row["symmetric"] <= 1
        assert larger[key]["intensity"] == pytest.approx(row["intensity"]), "the unit does not matter"
    for exporter in {one for one, _ in flows}:
        bought = {name: sum(value for (_, other), value in flows.items() if other == name) for name in "ABCD"}
        mean = sum(row["intensity"] * bought[other] / total for (one, other), row in made.items() if one == exporter)
        assert mean == pytest.approx(1), "weighed by the markets, an exporter's intensities average to one"


def test_nothing_known() -> None:
    assert of([("A", "A", 5.0), ("A", "B", 0.0)]) == {}

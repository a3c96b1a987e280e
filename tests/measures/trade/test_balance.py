"""The balance of a pair: both books side by side, and one reconciled figure that treats both alike."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from servanda.measures.trade.balance import balance
from servanda.sources.duck import computed, tables

ROWS = [
    ("A", "B", "export", 2019, 100.0), ("B", "A", "import", 2019, 118.8),
    ("B", "A", "export", 2019, 50.0), ("A", "B", "import", 2019, 54.0),
    ("A", "B", "export", 2020, 90.0), ("A", "C", "export", 2020, 900.0), ("B", "A", "export", 2020, 40.0),
]  # fmt: skip


def of(one: str, other: str, rows: list[tuple[Any, ...]] | None = None) -> list[dict[str, Any]]:
    names = ("reporter", "partner", "flow", "year", "value")
    table = pa.table({name: [row[place] for row in rows or ROWS] for place, name in enumerate(names)})
    made: list[dict[str, Any]] = computed(balance(tables(flows=table)[0], one, other)).to_pylist()
    return made


def test_worked_by_hand() -> None:
    first, second = of("A", "B")
    assert (first["exports_own"], first["exports_mirror"], first["exports_gap"]) == (100, 118.8, pytest.approx(1.188))
    assert first["exports"] == pytest.approx((100 + 110) / 2) and first["imports"] == pytest.approx(50)
    assert (first["balance_own"], first["balance_mirror"]) == (46, pytest.approx(68.8))
    assert first["balance"] == pytest.approx(55) and first["reports"] == 4
    assert (second["exports"], second["imports"], second["reports"]) == (90, 40, 2)
    assert second["balance_own"] is None and second["exports_gap"] is None, "what is missing is empty, not zero"


def test_both_sides_are_treated_by_the_same_rule() -> None:
    for here, there in zip(of("A", "B"), of("B", "A"), strict=True):
        assert here["balance"] == pytest.approx(-there["balance"])
        assert here["exports"] == pytest.approx(there["imports"])


def test_nothing_known() -> None:
    assert of("A", "D") == []

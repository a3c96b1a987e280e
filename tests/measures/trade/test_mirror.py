"""Both sides' reports by product: by hand, by one rule for both, and what one side does not report stays empty."""

from __future__ import annotations

from typing import Any

import pytest

from servanda.measures.trade.mirror import mirror
from tests.measures.trade.flows import Rows, expressed, found

NAMES = ("reporter", "partner", "flow", "product", "value")
ROWS: Rows = [
    ("A", "B", "export", "x", 100.0), ("B", "A", "import", "x", 118.8), ("A", "B", "export", "y", 50.0), ("B", "A", "import", "y", 43.2),
    ("B", "A", "import", "z", 10.8), ("B", "A", "export", "x", 7.0), ("A", "C", "export", "x", 5.0),
]  # fmt: skip


def of(rows: Rows, pair: tuple[str, str] = ("A", "B")) -> dict[tuple[str, ...], dict[str, Any]]:
    return {
        tuple(row[key] for key in ("exporter", "importer", "product")): row
        for row in found(mirror(expressed(rows, NAMES), pair))
    }


def test_worked_by_hand() -> None:
    made = of(ROWS)
    assert set(made) == {("A", "B", "x"), ("A", "B", "y"), ("A", "B", "z"), ("B", "A", "x")}
    x = made["A", "B", "x"]
    assert (x["landed"], x["gap"], x["ratio"]) == (pytest.approx(110), pytest.approx(10), pytest.approx(1.188))
    assert x["reconciled"] == pytest.approx(105) and x["share"] == pytest.approx(0.5)
    assert made["A", "B", "y"]["gap"] == pytest.approx(-10)
    z = made["A", "B", "z"]
    assert (z["exporter_report"], z["gap"], z["ratio"], z["reconciled"]) == (None, None, None, pytest.approx(10))
    assert made["B", "A", "x"]["reconciled"] == 7


def test_the_order_of_the_pair_does_not_matter() -> None:
    assert of(ROWS, ("B", "A")) == of(ROWS)


def test_it_adds_up_to_the_balance_by_totals() -> None:
    from servanda.measures.trade.balance import balance

    both: Rows = [
        (*row, 2020)
        for row in ROWS
        if (row[3] != "z" and row[:2] != ("B", "A")) or (row[2] == "import" and row[3] != "z")
    ]
    names = (*NAMES, "year")
    total = found(balance(expressed(both, names), "A", "B"))[0]
    made = found(mirror(expressed(both, names), ("A", "B")))
    assert sum(row["reconciled"] for row in made) == pytest.approx(total["exports"])


def test_nothing_known() -> None:
    assert of(ROWS, ("B", "C")) == {}

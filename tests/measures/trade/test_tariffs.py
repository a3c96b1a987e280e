"""Tariffs faced: worked by hand, a partner's own rate first, and what has no rate shows."""

from __future__ import annotations

from typing import Any

import pytest

from servanda.measures.trade.tariffs import tariffs
from servanda.sources.duck import tables
from tests.measures.trade.flows import FLOW, Rows, found, table

RATES: Rows = [
    ("all", "B", "x", "mfn", 10.0), ("all", "B", "y", "mfn", 20.0), ("all", "B", "z", "mfn", 0.0), ("A", "B", "x", "preferential", 0.0),
    ("all", "B", "x", "preferential", 8.0), ("all", "A", "x", "mfn", 5.0),
]  # fmt: skip
FLOWS: Rows = [("A", "B", "x", 60.0), ("A", "B", "y", 20.0), ("A", "B", "w", 20.0), ("C", "B", "y", 500.0)]


def of(pair: tuple[str, str] = ("A", "B"), flows: Rows = FLOWS) -> dict[tuple[str, str, str], dict[str, Any]]:
    rates, trade = tables(
        rates=table(RATES, ("exporter", "importer", "product", "regime", "rate")), flows=table(flows, FLOW)
    )
    return {(row["exporter"], row["importer"], row["regime"]): row for row in found(tariffs(rates, trade, pair))}


def test_worked_by_hand() -> None:
    made = of()["A", "B", "mfn"]
    assert (made["simple"], made["weighted"], made["maximum"]) == (pytest.approx(10), pytest.approx(1000 / 80), 20)
    assert (made["free_lines"], made["free_value"], made["lines"]) == (pytest.approx(1 / 3), 0, 3)
    assert made["covered"] == pytest.approx(0.8), "w has no rate"


def test_a_rate_of_ones_own_comes_first() -> None:
    made = of()["A", "B", "preferential"]
    assert (made["simple"], made["weighted"], made["free_value"], made["lines"]) == (0, 0, 1, 1)


def test_both_directions_and_the_order_of_the_pair() -> None:
    back = of()["B", "A", "mfn"]
    assert (back["simple"], back["weighted"], back["covered"]) == (5, None, None), (
        "nothing is traded, so nothing weighs"
    )
    assert of(("B", "A")) == of()


def test_even_rates_give_the_same_mean_however_weighed() -> None:
    for flows in (FLOWS, [("A", "B", "x", 1.0), ("A", "B", "y", 999.0)]):
        made = of(flows=flows)["A", "B", "mfn"]
        assert 0 <= made["weighted"] <= made["maximum"]


def test_nothing_known() -> None:
    assert of(("C", "D")) == {}

"""Barriers: frequency and coverage by hand, each product once, and never more than all."""

from __future__ import annotations

from typing import Any

import pytest

from servanda.measures.trade.barriers import ANY, barriers
from servanda.sources.duck import tables
from tests.measures.trade.flows import FLOW, Rows, found, table

NAMES = ("imposed_by", "affects", "kind", "product")
RULES: Rows = [("B", "A", "B technical", "72"), ("B", "A", "D defence", "7208"), ("B", "A", "D defence", "39"), ("A", "B", "A sanitary", "03"),
               ("B", "C", "B technical", "72")]  # fmt: skip
FLOWS: Rows = [("A", "B", "720810", 30.0), ("A", "B", "721000", 20.0), ("A", "B", "390100", 10.0), ("A", "B", "840000", 40.0),
               ("A", "B", "030000", 0.0), ("B", "A", "840000", 7.0)]  # fmt: skip


def of(rules: Rows = RULES, flows: Rows = FLOWS) -> dict[tuple[str, str, str], dict[str, Any]]:
    held = tables(rules=table(rules, NAMES), flows=table(flows, FLOW))
    return {(row["importer"], row["exporter"], row["kind"]): row for row in found(barriers(*held))}


def test_worked_by_hand() -> None:
    made = of()
    assert set(made) == {("B", "A", kind) for kind in (ANY, "B technical", "D defence")}
    whole = made["B", "A", ANY]
    assert (whole["affected"], whole["products"], whole["frequency"]) == (3, 4, 75)
    assert (whole["affected_value"], whole["coverage"]) == (60, pytest.approx(60)), (
        "720810 is under two and counts once"
    )
    assert made["B", "A", "B technical"]["coverage"] == pytest.approx(50)
    assert made["B", "A", "D defence"]["frequency"] == pytest.approx(50)


def test_a_barrier_told_twice_changes_nothing() -> None:
    assert of([*RULES, RULES[0], ("B", "A", "B technical", "720810")]) == of()


def test_everything_under_a_barrier_is_all_of_it() -> None:
    made = of([("B", "A", "B technical", one) for one in ("72", "39", "84")])["B", "A", ANY]
    assert (made["frequency"], made["coverage"]) == (100, pytest.approx(100))


def test_nothing_known() -> None:
    assert of([("A", "B", "A sanitary", "03")]) == {}

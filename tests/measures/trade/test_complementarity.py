"""Complementarity: worked by hand, and what must hold."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from servanda.measures.trade.complementarity import complementarity
from servanda.sources.duck import computed, tables


def of(sold: dict[str, float], bought: dict[str, float], importer: str = "B") -> list[dict[str, Any]]:
    one = pa.table({"exporter": ["A"] * len(sold), "product": list(sold), "value": list(sold.values())})
    two = pa.table({"importer": [importer] * len(bought), "product": list(bought), "value": list(bought.values())})
    made: list[dict[str, Any]] = computed(complementarity(*tables(sold=one, bought=two))).to_pylist()
    return made


def test_worked_by_hand() -> None:
    (made,) = of({"x": 3.0, "y": 1.0}, {"x": 1.0, "y": 1.0, "z": 2.0})
    # shares sold .75 .25 0, bought .25 .25 .5: 1 - (.5 + 0 + .5) / 2 = .5
    assert (made["complementarity"], made["overlap"]) == (pytest.approx(50), 2)


def test_a_perfect_match_and_its_scale() -> None:
    assert of({"x": 3.0, "y": 1.0}, {"x": 300.0, "y": 100.0})[0]["complementarity"] == pytest.approx(100)


def test_nothing_known() -> None:
    assert of({"x": 1.0}, {"y": 1.0}) == [], "without a product in common there is no row"
    assert of({"x": 1.0}, {"x": 1.0}, importer="A") == [], "a country does not complement itself"

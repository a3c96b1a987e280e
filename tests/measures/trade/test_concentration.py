"""Concentration: worked by hand, and what must hold."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest

from servanda.measures.trade.concentration import concentration
from servanda.sources.duck import computed, tables


def of(values: dict[str, float]) -> dict[str, Any]:
    table = pa.table({"exporter": ["A"] * len(values), "product": list(values), "value": list(values.values())})
    (flows,) = tables(flows=table)
    made = computed(concentration(flows, "exporter", "product")).to_pylist()
    return made[0] if made else {}


def test_shares_of_a_half_a_quarter_and_a_quarter() -> None:
    made = of({"x": 2.0, "y": 1.0, "z": 1.0, "none": 0.0})
    assert made["hhi"] == pytest.approx(0.375)
    assert made["hhi_normalised"] == pytest.approx((0.375 - 1 / 3) / (2 / 3))
    assert made["equivalent_number"] == pytest.approx(1 / 0.375)
    assert made["entropy"] == pytest.approx(1.5 * math.log(2))
    assert (made["largest"], made["largest_of"], made["n"]) == (0.5, "x", 3)


def test_even_shares_and_one_alone() -> None:
    assert of(dict.fromkeys("abcd", 5.0))["hhi_normalised"] == pytest.approx(0)
    alone = of({"x": 7.0})
    assert (alone["hhi"], alone["hhi_normalised"]) == (1.0, None), "of one there is no concentration to compare"


def test_nothing_known() -> None:
    assert of({"x": 0.0}) == {}

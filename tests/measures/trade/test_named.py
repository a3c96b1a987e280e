"""Named products: the index by hand, on the year of naming, in both directions."""

from __future__ import annotations

from typing import Any

import pytest

from servanda.measures.trade.named import named
from servanda.sources.duck import tables
from tests.measures.trade.flows import FLOW, Rows, found, table

FLOWS: Rows = [
    ("A", "B", "8901", 10.0, 2018), ("A", "B", "8901", 30.0, 2020), ("A", "B", "8902", 10.0, 2020), ("C", "D", "8901", 90.0, 2018),
    ("C", "D", "8901", 110.0, 2020), ("A", "B", "7208", 500.0, 2019), ("B", "A", "8901", 5.0, 2020),
]  # fmt: skip


def of(lists: Rows, pair: tuple[str, str] = ("A", "B")) -> dict[tuple[str, str, int], dict[str, Any]]:
    flows, wanted = tables(flows=table(FLOWS, (*FLOW, "year")), lists=table(lists, ("name", "product", "since")))
    return {(row["name"], row["exporter"], row["year"]): row for row in found(named(flows, wanted, pair))}


def test_worked_by_hand() -> None:
    made = of([("ships", "89", 2018)])
    row = made["ships", "A", 2020]
    assert (row["value"], row["world"], row["index"], row["world_index"]) == (40, 155, 400, 155)
    assert row["relative"] == pytest.approx(100 * 400 / 155)
    assert made["ships", "A", 2018]["index"] == made["ships", "A", 2018]["relative"] == 100
    assert (made["ships", "A", 2019]["value"], made["ships", "A", 2019]["index"]) == (0, 0)


def test_an_index_on_nothing_is_empty() -> None:
    made = of([("ships", "89", 2018)])
    assert (made["ships", "B", 2020]["value"], made["ships", "B", 2020]["index"]) == (5, None)
    assert of([("ships", "89", 2010)])["ships", "A", 2020]["index"] is None, "the table does not have that year"


def test_codes_that_overlap_count_once_and_lists_stand_apart() -> None:
    twice = of([("ships", "89", 2018), ("ships", "8901", 2018), ("steel", "72", 2019)])
    assert twice["ships", "A", 2020]["value"] == 40 and twice["steel", "A", 2019]["index"] == 100
    assert of([("ships", "89", 2018)], ("B", "A")) == of([("ships", "89", 2018)])


def test_nothing_known() -> None:
    made = of([("none", "01", 2018)])
    assert {row["value"] for row in made.values()} == {0} and all(row["relative"] is None for row in made.values())

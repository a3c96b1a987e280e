"""Years from months: any first month, and what is not there is neither filled in nor a zero."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from servanda.measures.trade.fiscal import fiscal
from tests.measures.shared import SHARED
from tests.measures.trade.flows import Rows, expressed, found

NAMES = ("flow", "year", "month", "value")


def of(rows: Rows, first_month: int) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row["flow"], row["year"]): row for row in found(fiscal(expressed(rows, NAMES), first_month))}


ROWS: Rows = [("export", 2020 + month // 13, (month - 1) % 12 + 1, float(month)) for month in range(1, 25)]


def test_calendar_years() -> None:
    made = of(ROWS, 1)
    assert made["export", 2020]["value"] == sum(range(1, 13)) and made["export", 2020]["is_complete"]
    assert (made["export", 2021]["label"], made["export", 2021]["months"]) == ("2021", 12)


def test_years_from_april() -> None:
    made = of(ROWS, 4)
    whole = made["export", 2020]
    assert (whole["label"], whole["value"], whole["is_complete"]) == ("2020-21", sum(range(4, 16)), True)
    assert (made["export", 2019]["months"], made["export", 2019]["is_complete"]) == (3, False)
    assert made["export", 2019]["label"] == "2019-20"
    assert sum(row["value"] for row in made.values()) == sum(range(1, 25)), "no month is lost"


def test_the_turn_of_a_century() -> None:
    assert of([("export", 2000, 1, 1.0)], 4)["export", 1999]["label"] == "1999-00"


def test_a_missing_month_shows() -> None:
    made = of([row for row in ROWS if row[2] != 6 or row[1] != 2020], 1)
    assert (made["export", 2020]["months"], made["export", 2020]["is_complete"]) == (11, False)


def test_the_published_months() -> None:
    """India's monthly trade with Korea lacks June 2007, and ends with January 2020."""
    with SHARED("trade/india_korea_monthly_2007_2020m1.csv").open(encoding="utf-8") as file:
        held = list(csv.DictReader(file))
    rows: Rows = [
        ("export", int(row["month"][:4]), int(row["month"][5:7]), float(row["ind_export_usd_mn"])) for row in held
    ]
    made = of(rows, 1)
    assert made["export", 2007]["months"] == 11 and made["export", 2020]["months"] == 1
    assert made["export", 2010]["is_complete"] and made["export", 2010]["value"] == pytest.approx(3479, rel=0.001)

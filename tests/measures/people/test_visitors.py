"""Visitors of a year: flows are added, stocks never, and a year with a month missing is none."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.measures.people.visitors import FLOW, STOCK, last, yearly
from tests.measures.shared import SHARED

MONTHS = st.lists(st.integers(0, 10_000), min_size=12, max_size=12)


def rows(values: list[int], year: int = 2020) -> list[dict[str, Any]]:
    return [{"year": year, "month": month, "persons": value} for month, value in enumerate(values, 1)]


@given(MONTHS)
def test_a_flow_is_added_and_a_stock_is_averaged(values: list[int]) -> None:
    flow, stock = yearly(rows(values), 2020, FLOW).value, yearly(rows(values), 2020, STOCK).value
    assert flow == sum(values)
    assert stock is not None
    assert min(values) <= stock <= max(values)


def test_a_year_with_a_month_missing_is_no_year_of_a_flow() -> None:
    assert yearly(rows([5] * 11), 2020, FLOW).reason == "11 of 12 months of 2020 are held, which is no year"
    assert yearly(rows([5] * 11), 2020, STOCK).value == 5
    assert yearly([], 2020, FLOW).reason == "no month of 2020 is held"


def test_a_month_twice_or_a_sort_that_is_none_is_refused() -> None:
    with pytest.raises(RequestError, match="month 1 of 2020 stands twice"):
        yearly([*rows([5]), *rows([6])], 2020, FLOW)
    with pytest.raises(RequestError, match="neither a flow nor a stock"):
        yearly(rows([5]), 2020, "monthly")


def test_the_published_arrivals_of_indians_in_korea() -> None:
    with SHARED("people/korea_inbound_visitors_by_country_monthly_2018_2019.csv").open(encoding="utf-8") as file:
        held = [{"year": int(row["yyyymm"][:4]), "month": int(row["yyyymm"][4:]), "persons": float(row["visitors"])}
                for row in csv.DictReader(file) if row["country_ko"] == "인도"]  # fmt: skip
    assert [yearly(held, year, FLOW).value for year in (2018, 2019)] == [119_791, 143_367]


def test_the_monthly_stock_of_korea_is_some_thousands_and_not_their_sum() -> None:
    held: dict[int, float] = defaultdict(float)
    with SHARED("people/korea_short_term_sojourners_by_nationality_monthly_2022_2024.csv").open(
        encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file):
            if row["nationality_ko"] == "인도" and row["year"] == "2023":
                held[int(row["month"])] += float(row["short_term_sojourners"])
    found = yearly(({"year": 2023, "month": month, "persons": value} for month, value in held.items()), 2023, STOCK)
    assert found.value is not None
    assert found.value < sum(held.values()) / 5


def test_a_whole_year_is_taken_as_it_is_and_never_beside_its_months() -> None:
    whole: dict[str, Any] = {"year": 2019, "month": None, "persons": 149_445}
    assert (yearly([whole], 2019, FLOW).value, yearly([whole], 2019, FLOW).used) == (149_445, 1)
    with pytest.raises(RequestError, match="the whole of 2019 stands beside months of it"):
        yearly([whole, *rows([5], 2019)], 2019, FLOW)
    with pytest.raises(RequestError, match="the whole of 2019 stands twice"):
        yearly([whole, whole], 2019, FLOW)


def test_the_last_year_that_has_a_figure_and_a_year_without_a_row_is_not_nil() -> None:
    years = [{"year": year, "month": None, "persons": many} for year, many in ((2015, 3), (2017, 5))]
    found = last([*years, *rows([9] * 5, 2018)], FLOW, 2026)
    assert (found.value, found.period) == (5, "2017") and found.steps["path"] == {2015: 3, 2017: 5}
    assert last(years, FLOW, 2016).value == 3
    assert last(rows([9] * 5, 2018), FLOW, 2026).reason == "5 of 12 months of 2018 are held, which is no year"
    assert last(years, FLOW, 2014).reason == "no month of 2014 is held"

"""Passengers: whole years only, each direction by itself, and the published ones of a pair."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.measures.people.passengers import passengers
from servanda.sources.shipped import shipped

QUARTERS = st.lists(st.integers(0, 10**6), min_size=4, max_size=4)


def rows(values: list[int], year: int = 2020, origin: str = "A", destination: str = "B") -> list[dict[str, Any]]:
    return [{"origin": origin, "destination": destination, "year": year, "quarter": quarter, "passengers": many}
            for quarter, many in enumerate(values, 1)]  # fmt: skip


@given(QUARTERS, QUARTERS)
def test_four_quarters_are_a_year_and_the_other_direction_is_another(there: list[int], back: list[int]) -> None:
    held = [*rows(there), *rows(back, origin="B", destination="A")]
    assert passengers(held, "A", "B").value == sum(there) and passengers(held, "B", "A").value == sum(back)


def test_a_year_with_a_quarter_missing_is_none_and_nil_is_a_figure() -> None:
    held = [*rows([1, 2, 3, 4]), *rows([9, 9, 9], 2021)]
    found = passengers(held, "A", "B")
    assert (found.value, found.period, found.steps["path"]) == (10, "2020", {2020: 10})
    assert passengers(rows([9, 9]), "A", "B").reason == "no year from A to B has its four quarters"
    assert passengers(held, "A", "C").reason == "no count of passengers from A to C is held"
    assert passengers(rows([0, 0, 0, 0]), "A", "B").value == 0
    assert passengers(held, "A", "B", upto=2019).value is None
    with pytest.raises(RequestError, match="quarter 1 of 2020 stands twice for A to B"):
        passengers([*rows([1]), *rows([1])], "A", "B")


def test_the_published_quarters_of_a_pair() -> None:
    held = shipped("people/passengers").table.to_pylist()
    to, back = passengers(held, "KOR", "IND"), passengers(held, "IND", "KOR")
    assert (to.value, back.value, to.period) == (23573 + 18019 + 18016 + 22702, 30601 + 21264 + 17964 + 21709, "2024")
    assert passengers(held, "KOR", "VNM").value is None
    assert 2018 not in passengers(held, "VNM", "IND").steps["path"], "three of its quarters are not there"

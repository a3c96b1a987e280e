"""Titles watched in both: by hand, by law, and the published lists of 2021 and 2022."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.measures.people.titles import titles
from tests.measures.shared import SHARED

ROWS = st.lists(
    st.fixed_dictionaries({"party": st.sampled_from("ABC"), "week": st.sampled_from("12"),
                           "title": st.sampled_from("uvwxyz")}), min_size=1, max_size=30)  # fmt: skip


def listed(party: str, week: str, said: str) -> list[dict[str, Any]]:
    return [{"party": party, "week": week, "title": one} for one in said]


def test_by_hand() -> None:
    rows = [*listed("A", "1", "uvw"), *listed("B", "1", "vwx"), *listed("C", "1", "u"),
            *listed("A", "2", "uv"), *listed("B", "2", "xy"), *listed("B", "3", "uv")]  # fmt: skip
    found = titles(rows, "A", "B")
    assert (found.value, found.used, found.expected, found.period) == (1.0, 2, 3, "1 to 2")
    assert found.steps == {"A": {"place": 1, "of": 2}, "B": {"place": 1, "of": 2}}


def test_reasons_for_none() -> None:
    rows = [*listed("A", "1", "u"), *listed("B", "2", "u")]
    assert titles(rows, "A", "B").reason == "the two have no week in common"
    assert titles(rows, "A", "Z").reason == "no list of Z is held"


@given(ROWS)
def test_either_order_gives_the_same_and_a_row_twice_counts_once(rows: list[dict[str, Any]]) -> None:
    one, other = titles(rows, "A", "B"), titles([*rows, *rows][::-1], "B", "A")
    assert one.value == other.value and one.steps == other.steps
    assert one.value is None or 0 <= one.value <= 6


def test_the_published_lists() -> None:
    held = pq.read_table(SHARED("people/netflix_weekly_top10_by_country_2021_2022.parquet")).to_pylist()
    rows = [{"party": row["country_iso2"], "week": row["week"], "title": f"{row['show_title']} {row['season_title']}"}
            for row in held if row["category"] == "TV"]  # fmt: skip
    found = titles(rows, "KR", "IN")
    assert found.value == pytest.approx(1.6) and found.used == 35
    assert found.steps["KR"] == {"place": 21, "of": 93}

"""Air services between two parties: by hand, by symmetry, and of the pair in 2014."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.measures.people.flights import flights
from servanda.sources.shipped import shipped

PAIRS = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("DEF")), st.integers(1, 99), min_size=2)


def rows(held: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [{"a": a, "b": b, "year": 2014, "services": many} for (a, b), many in held.items()]


def test_by_hand() -> None:
    found = flights(rows({("A", "D"): 6, ("A", "E"): 18, ("B", "D"): 6}), "A", "D")
    assert found.value == 6
    assert found.steps["A"] == {"place": 2, "of": 2, "share": 0.25}
    assert found.steps["D"] == {"place": 1, "of": 2, "share": 0.5}
    assert flights(rows({("A", "E"): 1, ("B", "D"): 1}), "A", "D").value == 0
    assert flights(rows({("A", "E"): 1}), "A", "D").reason == "no service of D is held"


@given(PAIRS, st.sampled_from("ABC"), st.sampled_from("DEF"))
def test_it_is_the_same_from_either_side(held: dict[tuple[str, str], int], one: str, other: str) -> None:
    here, there = flights(rows(held), one, other), flights(rows(held), other, one)
    assert (here.value, here.reason is None, here.steps) == (there.value, there.reason is None, there.steps)


def test_of_the_pair_in_2014() -> None:
    found = flights(shipped("people/flights").table.to_pylist(), "IND", "KOR")
    assert (found.value, found.period) == (6, "2014"), "three services, each in both directions"
    assert found.steps["KOR"]["share"] == pytest.approx(6 / sum(
        row["services"] for row in shipped("people/flights").table.to_pylist() if "KOR" in (row["a"], row["b"])))  # fmt: skip

"""Air services between two parties: by hand, by symmetry, and of the pair in 2014."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.measures.people.flights import flights, seats, untapped
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


def test_what_would_be_expected_in_a_world_of_size_and_distance() -> None:
    """Services follow size over distance; of one pair most are taken away, and are found missing."""
    names = [f"P{place:02d}" for place in range(14)]
    held, joins = [], []
    for one, a in enumerate(names):
        for other, b in enumerate(names):
            if a != b:
                apart = 1.0 + abs(one - other) + (one * other) % 5
                joins.append({"exporter": a, "importer": b, "dist": apart, "cntg": int((one + other) % 7 == 0),
                              "lang": int((one + other) % 3 == 0), "clny": int((one * other) % 4 == 1)})  # fmt: skip
                if one < other:
                    many = 4000 * (1 + one % 4) * (1 + other % 4) / apart
                    held.append({"a": a, "b": b, "year": 2014, "services": round(many * (0.3 if other == 1 else 1))})
    found = untapped(held, pa.Table.from_pylist(joins), ("P00", "P01"))
    assert found.value == pytest.approx(0.7, abs=0.03)
    assert "is not held" in (untapped(held, pa.Table.from_pylist(joins), ("P00", "QQQ")).reason or "")


def test_a_pair_without_a_service_is_nil_and_has_no_interval() -> None:
    table = shipped("trade/manufacturing").table
    joins = table.filter(pc.equal(table["year"], 2006))
    rows = [row for row in shipped("people/flights").table.to_pylist() if {row["a"], row["b"]} != {"IND", "KOR"}]
    found = untapped(rows, joins, ("IND", "KOR"))
    assert (found.value, found.low) == (1.0, None)
    assert untapped(shipped("people/flights").table.to_pylist(), joins, ("IND", "KOR")).low is not None


def test_years_of_services_are_never_added() -> None:
    rows = [{"a": "A", "b": "B", "year": year, "services": many} for year, many in ((2013, 9), (2014, 4))]
    found = flights(rows, "A", "B")
    assert (found.value, found.period) == (4, "2014")


def test_seats_are_a_figure_or_a_reason_and_routes_are_none() -> None:
    """By hand: 1,400 a week where it is said; of the shipped routes, whose frequency nobody says, a reason."""
    said: list[dict[str, Any]] = [{"a": "A", "b": "B", "year": 2014, "services": 2, "seats": 1400}]
    assert (seats(said, "B", "A").value, seats(said, "B", "A").period) == (1400, "2014")
    routes = shipped("people/flights").table.to_pylist()
    found = seats(routes, "IND", "KOR")
    assert found.value is None and "types of aircraft and not how often they fly" in str(found.reason)
    assert seats(said, "A", "C").reason == "no service between A and C is held"
    half = [*said, {"a": "A", "b": "B", "year": 2014, "services": 1, "seats": None}]
    assert seats(half, "A", "B").value is None, "a part of the services is no figure of all"

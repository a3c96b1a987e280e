"""Fields: published figures of two portfolios, a table worked by hand, what must hold for any."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from servanda.measures.technology.fields import advantage, completed, correlation, likeness, shares
from tests.measures.shared import SHARED
from tests.properties import examples, given

A, B, WORLD = {"x": 3.0, "y": 1.0}, {"x": 0.0, "y": 4.0}, {"x": 5.0, "y": 15.0}


def test_worked_by_hand() -> None:
    assert shares(A) == {"x": 0.75, "y": 0.25}
    assert advantage(A, WORLD) == pytest.approx({"x": 3.0, "y": 1 / 3})
    assert likeness(A, B) == pytest.approx(1 / 10**0.5)
    made = completed({"A": A, "B": B}, {"A": A, "B": B}, (WORLD, WORLD), {"s": (("x",), ("y",)), "none": ((), ("y",))})
    assert [(one.publishes, one.patents, one.subject) for one in made] == [("A", "B", "s"), ("B", "A", "s")]
    assert made[0].papers == pytest.approx(3) and made[0].patented == pytest.approx(4 / 3)
    assert made[0].both == pytest.approx(2) and made[1].both == 0


def test_two_portfolios_as_published() -> None:
    """Science and Engineering Indicators 2024: fourteen fields, 2022."""
    rows = pq.read_table(SHARED("technology/nsf_sei_country_year_series.parquet")).to_pylist()
    of: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["year"] == 2022 and 9986 <= int(row["table_id"]) <= 9999 and row["value"] is not None:
            of.setdefault(row["country"], {})[row["title"].split(" in ", 1)[1].split(", ")[0]] = row["value"]
    one, other, world = of["India"], of["South Korea"], of["World"]
    assert len(world) == 14
    mine, theirs = advantage(one, world), advantage(other, world)
    assert likeness(one, other) == pytest.approx(0.936, abs=5e-4)
    assert correlation(mine, theirs) == pytest.approx(0.66, abs=5e-3)
    assert mine["computer and information sciences"] == pytest.approx(1.93, abs=5e-3)
    assert theirs["materials science"] == pytest.approx(1.19, abs=5e-3)
    assert theirs["health sciences"] == pytest.approx(0.95, abs=5e-3)


PORTFOLIOS = st.dictionaries(st.sampled_from("uvwxyz"), st.just(0.0) | st.floats(0.01, 1e6), min_size=1)


@examples(60)
@given(PORTFOLIOS, PORTFOLIOS, st.floats(0.01, 100))
def test_what_holds_for_any(one: dict[str, float], other: dict[str, float], scale: float) -> None:
    found = likeness(one, other)
    assert found is None or 0 <= found <= 1
    if found is not None and min(max(one.values()), max(other.values())) > 1e-3:
        assert likeness({field: value * scale for field, value in one.items()}, other) == pytest.approx(found, abs=1e-9)
        assert likeness(one, one) == pytest.approx(1)
    world = {field: one.get(field, 0) + other.get(field, 0) for field in one.keys() | other.keys()}
    mine, every = advantage(one, world), shares(world)
    if mine:
        assert sum(value * every[field] for field, value in mine.items()) == pytest.approx(1), "it averages to one"


def test_nothing_known() -> None:
    assert shares({}) == {} and advantage({}, WORLD) == {} and likeness({}, A) is None
    assert correlation({"x": 1.0}, {"x": 2.0}) is None
    assert correlation({"x": 1.0, "y": 1.0, "z": 1.0}, {"x": 1.0, "y": 2.0, "z": 3.0}) is None

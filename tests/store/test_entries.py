"""Reading the chain: up to an entry, of one case, of one noun, by what was known at a moment."""

from __future__ import annotations

import pytest

from servanda.model.entry import GENESIS, Change, seal_of
from servanda.model.words import Act, Kind
from servanda.register.ledger import remember
from servanda.store import entries, items
from servanda.store.connect import Store

MOMENTS = ("2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", "2026-03-01T00:00:00+00:00")


@pytest.fixture
def told(store: Store) -> Store:
    """Three units of work about two cases: put, changed, withdrawn."""
    put, gone = Act.PUT, Act.WITHDRAW
    units = (
        [Change(put, Kind.EVENT, "E1", "one", {"v": 1}), Change(put, Kind.EVENT, "E2", "two", {"v": 1})],
        [Change(put, Kind.EVENT, "E1", "one", {"v": 2}), Change(put, Kind.FIGURE, "E1", "one", {"v": 9})],
        [Change(gone, Kind.EVENT, "E1", "one", None)],
    )
    for at, changes in zip(MOMENTS, units, strict=True):
        with store.write() as unit:
            remember(unit, changes, at, "a", "b")
    return store


def test_each_entry_hangs_on_the_one_before(told: Store) -> None:
    with told.read() as unit:
        rows = list(entries.read_all(unit))
        assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
        assert [row.before for row in rows] == [GENESIS, *(row.hash for row in rows[:-1])]
        assert all(seal_of(row) == row.hash for row in rows)
        assert entries.head_of(unit) == (5, rows[-1].hash)


def test_reading_in_part(told: Store) -> None:
    with told.read() as unit:
        assert [row.seq for row in entries.read_all(unit, upto=3)] == [1, 2, 3]
        assert [row.seq for row in entries.read_all(unit, case="one")] == [1, 3, 4, 5]
        assert [row.seq for row in entries.read_all(unit, upto=4, case="one")] == [1, 3, 4]
        assert [row.seq for row in entries.of(unit, [("event", "E1"), ("event", "E2")])] == [1, 2, 3, 5]
        assert entries.of(unit, [("event", "E9")]) == []


def test_what_was_known_when(told: Store) -> None:
    with told.read() as unit:
        assert entries.known_by(unit, "2025-12-31T23:59:59+00:00") == 0
        assert [entries.known_by(unit, at) for at in MOMENTS] == [2, 4, 5]
        assert entries.first_at(unit) == MOMENTS[0]


def test_the_present_state_and_every_state_before(told: Store) -> None:
    with told.read() as unit:
        assert items.bodies(unit, "one") == {("figure", "E1"): '{"v":9}'}
        assert items.bodies_at(unit, "one", 1) == {("event", "E1"): '{"v":1}'}
        assert items.bodies_at(unit, "one", 4) == {("event", "E1"): '{"v":2}', ("figure", "E1"): '{"v":9}'}
        # Replayed to the end, the chain gives what the table holds.
        assert items.bodies_at(unit, "one", 5) == items.bodies(unit, "one")
        assert items.case_of(unit, Kind.EVENT, "E2") == "two"
        assert items.case_of(unit, Kind.EVENT, "E1") is None
        assert items.refs(unit, [Kind.EVENT]) == ["E2"]
        assert sorted(items.refs(unit, [Kind.EVENT, Kind.FIGURE])) == ["E1", "E2"]
        assert items.held_by_others(unit, "one", Kind.EVENT, ["E1", "E2"]) == {"E2": "two"}


def test_empty_register(store: Store) -> None:
    with store.read() as unit:
        assert entries.head_of(unit) == (0, GENESIS)
        assert entries.first_at(unit) is None
        assert entries.known_by(unit, "9999") == 0
        assert items.cases(unit) == []


def test_a_long_unit_is_applied_whole(store: Store) -> None:
    # More nouns than a database takes in one list of parameters.
    many = [Change(Act.PUT, Kind.EVENT, f"E{number}", "one", {"v": number}) for number in range(1203)]
    with store.write() as unit:
        remember(unit, many, MOMENTS[0], "a", "b")
    with store.write() as unit:
        remember(unit, [Change(Act.PUT, Kind.EVENT, one.ref, "one", {"v": -1}) for one in many], MOMENTS[1], "a", "b")
    with store.read() as unit:
        assert set(items.bodies(unit, "one").values()) == {'{"v":-1}'}
        assert len(items.bodies(unit, "one")) == 1203

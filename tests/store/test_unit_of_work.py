"""One unit of work: all of it is kept, or nothing; a view does not change while it is read; writers take turns."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from servanda.errors import StoreError
from servanda.model.entry import GENESIS, Change
from servanda.model.words import Act, Kind
from servanda.register.keep import bring_in
from servanda.register.ledger import remember
from servanda.register.verify import verify
from servanda.store import entries, items, search
from servanda.store.connect import Store
from tests.children import command

AT = "2026-11-23T00:00:00+00:00"


def change(name: str, body: dict[str, Any] | None = None) -> Change:
    return Change(Act.PUT, Kind.EVENT, name, "zem-rur", body or {"id": name})


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest) -> Any:
    """The register on each of the two databases."""
    if request.param == "sqlite":
        yield request.getfixturevalue("store")
        return
    opened = Store(request.getfixturevalue("postgres_url"))
    yield opened
    opened.close()


def contents(store: Store) -> tuple[Any, ...]:
    with store.read() as unit:
        return (entries.head_of(unit), list(entries.read_all(unit)), items.all_bodies(unit))


def test_fault_of_any_kind_leaves_nothing(either: Store) -> None:
    with either.write() as unit:
        remember(unit, [change("E1")], AT, "a", "b")
    before = contents(either)
    with pytest.raises(ZeroDivisionError):
        with either.write() as unit:
            remember(unit, [change("E2"), change("E1", {"id": "E1", "event": "changed"})], AT, "a", "b")
            assert contents_within(unit) == 3
            raise ZeroDivisionError
    assert contents(either) == before


def contents_within(unit: Any) -> int:
    return len(list(entries.read_all(unit)))


@pytest.mark.parametrize("step", ["items.apply", "search.index"])
def test_fault_half_way_through_remembering_leaves_nothing(
    either: Store, step: str, monkeypatch: pytest.MonkeyPatch, small_content: Any
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(5, "Input/output error")

    module, name = {"items.apply": (items, "apply"), "search.index": (search, "index")}[step]
    monkeypatch.setattr(module, name, fail)
    with pytest.raises(StoreError, match="Input/output error"):
        bring_in(either, small_content, "a", "b", AT)
    monkeypatch.undo()
    assert contents(either) == ((0, GENESIS), [], {})
    with either.read() as unit:
        assert search.find(unit, search.Query(date(2026, 1, 1))).total == 0
    # The same verb succeeds once the fault is gone.
    bring_in(either, small_content, "a", "b", AT)
    assert verify(either).problems == ()
    with either.read() as unit:
        assert search.find(unit, search.Query(date(2026, 1, 1))).total == 3


def test_a_view_does_not_change_while_it_is_read(either: Store) -> None:
    with either.write() as unit:
        remember(unit, [change("E1")], AT, "a", "b")
    with either.read() as view:
        first = entries.head_of(view)
        with either.write() as unit:
            remember(unit, [change("E2")], AT, "a", "b")
        assert entries.head_of(view) == first
        assert contents_within(view) == 1
    assert contents(either)[0][0] == 2


def test_only_write_commits(either: Store) -> None:
    with either.read() as unit:
        remember(unit, [change("E1")], AT, "a", "b")
        assert contents_within(unit) == 1
    assert contents(either) == ((0, GENESIS), [], {})


def test_nothing_to_remember_makes_no_entry(either: Store) -> None:
    with either.write() as unit:
        assert remember(unit, [], AT, "a", "b") == []
    assert contents(either)[0] == (0, GENESIS)


WRITER = """
import sys
from servanda.model.entry import Change
from servanda.model.words import Act, Kind
from servanda.register.ledger import remember
from servanda.store.connect import Store
store = Store(sys.argv[1])
for number in range(10):
    with store.write() as unit:
        name = f"{sys.argv[2]}-{number}"
        remember(unit, [Change(Act.PUT, Kind.EVENT, name, "c", {"id": name})] * 2, "2026", sys.argv[2], "race")
store.close()
"""


def test_writers_take_turns_from_the_first_moment(request: pytest.FixtureRequest, either: Store, tmp_path: Any) -> None:
    # All of them open an empty place at once: one makes the tables, none loses an entry, the chain has no fork.
    url = either.url
    if url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'race.sqlite'}"
    else:
        with either.write() as unit:
            unit.execute(text("DROP SCHEMA public CASCADE"))
            unit.execute(text("CREATE SCHEMA public"))
    running = [subprocess.Popen(command(WRITER, url, name), stderr=subprocess.PIPE, text=True) for name in "abc"]
    assert [process.communicate(timeout=60)[1] for process in running] == ["", "", ""]
    opened = Store(url)
    verdict = verify(opened)
    with opened.read() as unit:
        writers = [entry.who for entry in entries.read_all(unit)]
    opened.close()
    assert (verdict.entries, verdict.problems) == (60, ())
    assert {name: writers.count(name) for name in "abc"} == {"a": 20, "b": 20, "c": 20}

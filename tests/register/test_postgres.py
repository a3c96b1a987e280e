"""The same register on PostgreSQL: import, find, verify and export answer as on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from servanda.register.keep import bring_in, write_out
from servanda.register.verify import verify
from servanda.settings import shipped_content
from servanda.store import entries, items, search
from servanda.store.connect import Store
from servanda.store.search import Query

pytestmark = pytest.mark.postgres

AT, DAY = "2026-11-23T00:00:00+00:00", date(2026, 11, 23)
QUERIES = [
    Query(DAY),
    Query(date(2015, 6, 1), sort="made"),
    Query(DAY, words="defence"),
    Query(DAY, words="ship build", sort="id"),
    Query(DAY, words="no such words"),
    Query(DAY, words="o'brien & ! | <-> :* \"("),
    Query(DAY, chosen={"area": ("trade", "defence"), "status": ("delivered",)}),
    Query(DAY, overdue=True, sort="due"),
    Query(DAY, sort="due", page=3, size=20),
]


@pytest.fixture
def both(store: Store, postgres_url: str) -> Iterator[tuple[Store, Store]]:
    """The first case in a register on each database."""
    other = Store(postgres_url)
    for one in (store, other):
        (kept,) = bring_in(one, shipped_content(), "a", "b", AT, ["ind-kor"])
        assert kept.put == 1784
    yield store, other
    other.close()


def test_the_same_scenario_gives_the_same_answers(both: tuple[Store, Store], tmp_path: Path) -> None:
    one, other = both
    # The same entries with the same hashes: a register can move from one database to the other and still be checked.
    assert verify(one) == verify(other)
    assert verify(other).problems == ()
    with one.read() as sqlite, other.read() as postgres:
        assert list(entries.read_all(sqlite)) == list(entries.read_all(postgres))
        assert items.all_bodies(sqlite) == items.all_bodies(postgres)
        for query in QUERIES:
            assert search.find(sqlite, query) == search.find(postgres, query), query
        assert search.find(postgres, QUERIES[0]).total == 249
        assert search.find(postgres, QUERIES[2]).total > 0
    write_out(other, tmp_path / "out", words_from=shipped_content())
    shipped = shipped_content() / "cases" / "ind-kor"
    exported = tmp_path / "out" / "cases" / "ind-kor"
    names = sorted(path.relative_to(shipped) for path in shipped.rglob("*.yml"))
    assert sorted(path.relative_to(exported) for path in exported.rglob("*.yml")) == names
    assert all((exported / name).read_bytes() == (shipped / name).read_bytes() for name in names)
    # With its lists of words an export can be brought in by itself.
    assert [kept.put + kept.withdrawn for kept in bring_in(other, tmp_path / "out", "a", "b", AT)] == [0]


def test_tampering_shows_there_too(both: tuple[Store, Store]) -> None:
    _, other = both
    with other.write() as unit:
        unit.execute(text("UPDATE entries SET body = replace(body, 'a', 'b') WHERE seq = 900"))
    problems = verify(other).problems
    assert problems[0].startswith("entry 900 (")
    assert "was altered" in problems[0]

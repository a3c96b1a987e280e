"""A notice is taken in hand by one process only, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from servanda.store import notices
from servanda.store.connect import Store
from servanda.store.notices import Posted

NOON, LATER, BEFORE = "2026-11-23T12:00:00+00:00", "2026-11-23T13:00:00+00:00", "2026-11-23T11:30:00+00:00"
ONE = Posted("k", "zem-rur", "late", "zem-rur.ferry", "owner ZEM", date(2026, 6, 30), NOON)


def take(store: Store, one: Posted = ONE, stale: str = BEFORE) -> bool:
    with store.aside() as unit:
        return notices.claim(unit, one, stale)


def once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        took = list(pool.map(lambda _: take(store), range(16)))
    assert took.count(True) == 1
    with store.read() as unit:
        assert notices.keys(unit, "zem-rur", BEFORE) == {"k"}
        assert notices.keys(unit, "zem-rur", LATER) == set(), "not sent, and nobody holds it any more"
        assert notices.posted(unit, "zem-rur") == []
    assert take(store, replace(ONE, claimed=LATER), LATER), "what was left behind is taken over"
    with store.aside() as unit:
        notices.settle(unit, "k", LATER)
        notices.release(unit, "k")
    assert not take(store, replace(ONE, claimed=LATER), "2027"), "what went is never taken again"
    with store.read() as unit:
        assert notices.keys(unit, "zem-rur") == {"k"}
        assert notices.keys(unit, "other") == set()
        assert notices.posted(unit, "zem-rur") == [replace(ONE, claimed=LATER, sent=LATER)]


def test_on_sqlite(store: Store) -> None:
    once(store)


@pytest.mark.postgres
def test_on_postgres(postgres_url: str) -> None:
    store = Store(postgres_url)
    once(store)
    store.close()


def test_what_is_given_back_may_be_taken_again(store: Store) -> None:
    assert take(store)
    with store.aside() as unit:
        notices.release(unit, "k")
    assert take(store)

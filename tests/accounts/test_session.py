"""Sessions: what is kept of them, and when they end."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from servanda.accounts.session import HALF, IDLE, LONGEST, NOTED, all_of, came, door_token, end_others, sign_out
from servanda.accounts.signin import with_password
from servanda.errors import StoreBusy
from servanda.store.connect import Store
from tests.accounts.conftest import HERE, NOON, PASSWORD


def opened(store: Store, name: str = "anna", later: timedelta = timedelta()) -> str:
    return with_password(store, name, PASSWORD, replace(HERE, moment=NOON + later), secrets.token_bytes).token


def test_without_accounts_nobody_is_asked(register: Store) -> None:
    for token in ("", "x", "\x00", "x" * 9999):
        found = came(register, token, NOON)
        assert not found.guarded and found.signed is None


def test_the_token_is_kept_nowhere(peopled: Store) -> None:
    token = opened(peopled)
    with peopled.read() as unit:
        for table in ("sessions", "accounts", "account_log", "attempts"):
            assert token not in str(unit.execute(text(f"SELECT * FROM {table}")).all())


def test_a_session_that_is_not_used_ends(peopled: Store) -> None:
    token = opened(peopled)
    assert came(peopled, token, NOON + IDLE - timedelta(seconds=1)).signed
    assert came(peopled, token, NOON + 2 * IDLE - timedelta(seconds=2)).signed, "it was used in between"
    assert came(peopled, token, NOON + 4 * IDLE).signed is None


def test_a_session_that_is_used_all_day_ends_as_well(peopled: Store) -> None:
    token, moment = opened(peopled), NOON
    while moment < NOON + LONGEST - timedelta(minutes=59):
        assert came(peopled, token, moment).signed, moment
        moment += timedelta(minutes=59)
    assert came(peopled, token, NOON + LONGEST).signed is None
    opened(peopled, later=LONGEST + timedelta(hours=1))
    with peopled.read() as unit:
        assert unit.execute(text("SELECT count(*) FROM sessions")).scalar() == 1, "the next sign-in sweeps it away"


def test_reading_writes_once_a_minute_at_most(peopled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token, writes = opened(peopled), 0
    aside = peopled.aside

    def counted() -> object:
        nonlocal writes
        writes += 1
        return aside()

    monkeypatch.setattr(peopled, "aside", counted)
    for seconds in range(0, 180, 10):
        assert came(peopled, token, NOON + timedelta(seconds=seconds)).signed
    assert writes == 2 and NOTED.total_seconds() == 60


def test_a_page_is_shown_while_the_register_is_held(peopled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token = opened(peopled)

    def busy() -> None:
        raise StoreBusy("held")

    monkeypatch.setattr(peopled, "aside", busy)
    assert came(peopled, token, NOON + timedelta(minutes=5)).signed


def test_signing_out_ends_this_one_and_others_end_on_demand(peopled: Store) -> None:
    one, two, three, other = opened(peopled), opened(peopled), opened(peopled), opened(peopled, "boris")
    first = came(peopled, one, NOON).signed
    second = came(peopled, two, NOON).signed
    assert first and second and len(all_of(peopled, "anna", NOON)) == 3
    sign_out(peopled, first, NOON)
    assert came(peopled, one, NOON).signed is None and came(peopled, two, NOON).signed
    foreign = all_of(peopled, "boris", NOON)[0].id
    assert end_others(peopled, second, NOON, foreign) == 0, "nobody ends another's session"
    assert end_others(peopled, second, NOON, second.session.id) == 0, "nor their own by that way"
    assert end_others(peopled, second, NOON) == 1
    assert came(peopled, three, NOON).signed is None and came(peopled, two, NOON).signed
    assert came(peopled, other, NOON).signed


def test_the_token_of_forms_is_of_one_session_and_the_same_in_every_process(peopled: Store) -> None:
    one, two = opened(peopled), opened(peopled)
    again = Store(peopled.url)
    first, second, same = (came(*asked, NOON).signed for asked in ((peopled, one), (peopled, two), (again, one)))
    again.close()
    assert first and second and same
    assert first.token == same.token != second.token and one not in first.token
    assert door_token(peopled, "x") != door_token(peopled, "y")
    assert HALF < IDLE

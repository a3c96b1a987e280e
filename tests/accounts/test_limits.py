"""Waits that grow, and attempts that are counted before they are made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta

import pytest

from servanda.accounts.limits import (
    FORGOTTEN,
    FREE_NAME,
    LONGEST_WAIT,
    MustWait,
    give_back,
    limits,
    take,
    wait_after,
)
from servanda.store.connect import Store
from tests.accounts.conftest import NOON

SECRET = b"secret"


def attempt(store: Store, name: str, address: str = "192.0.2.1", later: float = 0) -> None:
    with store.aside() as unit:
        take(unit, limits(SECRET, name, address), NOON + timedelta(seconds=later))


def test_the_wait_doubles_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(count, 5).total_seconds() for count in range(17)]
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    assert wait_after(10**9, 5) == LONGEST_WAIT


def test_a_name_waits_and_another_does_not(register: Store) -> None:
    for _ in range(FREE_NAME):
        attempt(register, "anna")
    with pytest.raises(MustWait, match="wait 1 seconds"):
        attempt(register, "anna")
    attempt(register, "boris")
    attempt(register, "anna", later=1)
    with pytest.raises(MustWait) as waits:
        attempt(register, "anna", later=1)
    assert waits.value.seconds == 2


def test_who_waits_is_not_made_to_wait_longer(register: Store) -> None:
    for _ in range(FREE_NAME):
        attempt(register, "anna")
    for _ in range(30):
        with pytest.raises(MustWait):
            attempt(register, "anna")
    attempt(register, "anna", later=1)


def test_many_names_from_one_address_wait(register: Store) -> None:
    for number in range(50):
        attempt(register, f"name{number}")
    with pytest.raises(MustWait):
        attempt(register, "one more")
    attempt(register, "one more", "192.0.2.2")


def test_whoever_gets_in_starts_anew_and_does_not_free_the_address(register: Store) -> None:
    for number in range(4):
        attempt(register, "anna")
        attempt(register, f"other{number}")
    with register.aside() as unit:
        give_back(unit, *limits(SECRET, "anna", "192.0.2.1"), NOON, whole=True)
    from servanda.store.sessions import attempts_of

    by_name, by_address = limits(SECRET, "anna", "192.0.2.1")
    with register.read() as unit:
        assert attempts_of(unit, by_name.what)[0] == 0
        assert attempts_of(unit, by_address.what)[0] == 7


def test_attempts_are_forgotten_after_a_day_and_no_name_is_kept(register: Store) -> None:
    from sqlalchemy import text

    for _ in range(FREE_NAME + 1):
        with pytest.raises(MustWait) if _ == FREE_NAME else _nothing():
            attempt(register, "anna")
    attempt(register, "boris", later=FORGOTTEN.total_seconds() + 1)
    attempt(register, "anna", later=FORGOTTEN.total_seconds() + 1)
    with register.read() as unit:
        kept = unit.execute(text("SELECT what, count FROM attempts")).all()
    assert sorted(count for _, count in kept) == [1, 1, 2]
    assert not any("anna" in what or "192.0" in what for what, _ in kept)


def test_many_at_once_are_counted_one_by_one(register: Store) -> None:
    def one(_: int) -> bool:
        try:
            attempt(register, "anna")
        except MustWait:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == FREE_NAME


def _nothing() -> AbstractContextManager[None]:
    return nullcontext()

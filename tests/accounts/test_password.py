"""What a password must be, and how it is kept."""

from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher

from servanda.accounts.password import LONGEST, check, fits, hash_of, is_outdated
from servanda.errors import RequestError
from tests.accounts.conftest import PASSWORD


def test_it_is_kept_by_argon2id_and_never_twice_the_same() -> None:
    one, other = hash_of(PASSWORD), hash_of(PASSWORD)
    assert one.startswith("$argon2id$") and one != other and PASSWORD not in one
    assert fits(one, PASSWORD) and not fits(one, PASSWORD + " ") and not fits(one, "")
    assert fits(hash_of("조수와 시인이 만났다 넷"), "조수와 시인이 만났다 넷")


def test_nobody_has_no_password_and_takes_as_long() -> None:
    kept = hash_of(PASSWORD)
    assert not fits(None, "a password that nobody has") and not fits("no hash", PASSWORD)

    def took(against: str | None) -> float:
        spent = []
        for _ in range(5):
            start = time.perf_counter()
            fits(against, "something wrong")
            spent.append(time.perf_counter() - start)
        return min(spent)

    assert took(None) > took(kept) / 2, "as slow for a name that nobody has"


def test_a_very_long_one_is_not_the_same_as_its_beginning() -> None:
    assert not fits(hash_of("x" * LONGEST), "x" * (LONGEST + 1))


def test_what_was_hashed_with_less_care_is_outdated() -> None:
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not is_outdated(hash_of("x"))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("short one", "has 9 characters"), ("x" * 201, "has 201 characters"), ("aaaaaaaaaaaaaaaa", "repeats"),
        ("abababababab", "repeats"), ("password1234", "little more than 'password'"),
        ("anna.lee.2026", "little more than 'anna.lee'"), ("Anna Lee 1999", "little more than 'anna lee'"),
    ],
)  # fmt: skip
def test_what_is_guessed_too_easily_is_refused(said: str, why: str) -> None:
    with pytest.raises(RequestError, match=why):
        check(said, "anna.lee", "Anna Lee")


def test_four_words_will_do() -> None:
    check(PASSWORD, "anna", "Anna Lee")
    check("조수와 시인이 만났다 넷", "anna")

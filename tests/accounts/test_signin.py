"""Who is let in, and that whoever is wrong learns nothing."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from servanda.accounts import own
from servanda.accounts.limits import FREE_NAME, MustWait
from servanda.accounts.session import HALF, came
from servanda.accounts.signin import WRONG, Refused, with_code, with_password
from servanda.errors import RequestError
from servanda.store import accounts
from servanda.store.connect import Store
from tests.accounts.conftest import HERE, NOON, PASSWORD


def enter(store: Store, name: str = "anna", said: str = PASSWORD, seconds: float = 0, earlier: str = "") -> str:
    whence = replace(HERE, moment=NOON + timedelta(seconds=seconds))
    return with_password(store, name, said, whence, secrets.token_bytes, earlier).token


def with_factor(store: Store) -> tuple[str, tuple[str, ...]]:
    """Set up a second factor; its secret and the recovery codes. The first code is used up by it."""
    signed = came(store, enter(store), NOON).signed
    assert signed
    secret = own.begin_factor(store, signed, secrets.token_bytes)
    return secret, own.confirm_factor(store, signed, pyotp.TOTP(secret).at(NOON), HERE, secrets.token_bytes)


def code(store: Store, token: str, said: str, seconds: float) -> str:
    whence = replace(HERE, moment=NOON + timedelta(seconds=seconds))
    return with_code(store, token, said, whence, secrets.token_bytes).token


def test_the_name_may_be_typed_in_any_way(peopled: Store) -> None:
    for name in ("anna", "ANNA", " Anna "):
        found = came(peopled, enter(peopled, name), NOON).signed
        assert found and found.account.name == "anna"


def test_whoever_is_wrong_hears_the_same(peopled: Store) -> None:
    said = set()
    for name, word in (("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("anna", ""), ("x" * 999, "x" * 9999)):
        with pytest.raises(Refused) as refused:
            enter(peopled, name, word)
        said.add(str(refused.value))
    assert said == {WRONG}
    with peopled.read() as unit:
        told = [one for one in accounts.told(unit) if one.what == "sign-in refused"]
    assert [one.about for one in told] == ["anna", "no account", "no account", "anna", "no account"]
    assert "x" * 20 not in str(told), "what was typed for a name may be a password"


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_name_that_is_tried_too_often_waits_whether_or_not_it_is_one(peopled: Store, name: str) -> None:
    for _ in range(FREE_NAME):
        with pytest.raises(Refused):
            enter(peopled, name, "wrong wrong wrong")
    with pytest.raises(MustWait, match="wait 1 seconds"):
        enter(peopled, name, PASSWORD)
    if name == "anna":
        assert came(peopled, enter(peopled, name, seconds=1), NOON).signed
        enter(peopled, name, seconds=1)


def test_a_session_begins_with_a_new_token_and_ends_the_one_before(peopled: Store) -> None:
    first = enter(peopled)
    second = enter(peopled, earlier=first)
    assert first != second
    assert came(peopled, first, NOON).signed is None and came(peopled, second, NOON).signed
    planted = "planted by somebody else"
    assert enter(peopled, earlier=planted) != planted and came(peopled, planted, NOON).signed is None


def test_a_password_hashed_with_less_care_is_hashed_anew(peopled: Store) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with peopled.aside() as unit:
        accounts.change(unit, "anna", password=weak)
    enter(peopled)
    with peopled.read() as unit:
        anna = accounts.by_name(unit, "anna")
    assert anna and anna.password and anna.password != weak and "m=16," in anna.password
    enter(peopled)


def test_between_password_and_code_nobody_is_in(peopled: Store) -> None:
    secret, _ = with_factor(peopled)
    half = enter(peopled, seconds=40)
    assert came(peopled, half, NOON + timedelta(seconds=40)).signed is None
    whole = code(peopled, half, pyotp.TOTP(secret).at(NOON + timedelta(seconds=40)), 40)
    assert whole != half and came(peopled, whole, NOON + timedelta(seconds=40)).signed
    with pytest.raises(Refused, match="too long ago"):
        code(peopled, half, pyotp.TOTP(secret).at(NOON + timedelta(seconds=80)), 80)


def test_a_code_is_used_once(peopled: Store) -> None:
    secret, _ = with_factor(peopled)
    half = enter(peopled, seconds=5)
    with pytest.raises(Refused, match="used before"):
        code(peopled, half, pyotp.TOTP(secret).at(NOON), 5)
    said = pyotp.TOTP(secret).at(NOON + timedelta(seconds=31))
    code(peopled, half, said, 31)
    with pytest.raises(Refused, match="used before"):
        code(peopled, enter(peopled, seconds=32), said, 32)


def test_one_code_given_many_times_at_once_lets_in_once(peopled: Store) -> None:
    secret, _ = with_factor(peopled)
    halves = [enter(peopled, seconds=31) for _ in range(4)]
    said = pyotp.TOTP(secret).at(NOON + timedelta(seconds=31))

    def one(half: str) -> bool:
        try:
            return bool(code(peopled, half, said, 31))
        except RequestError:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, halves)) == 1


def test_a_recovery_code_is_used_once(peopled: Store) -> None:
    _, codes = with_factor(peopled)
    assert came(peopled, code(peopled, enter(peopled), codes[3].upper(), 0), NOON).signed
    half = enter(peopled)
    with pytest.raises(Refused):
        code(peopled, half, codes[3], 0)
    assert code(peopled, half, codes[4], 0)
    with peopled.read() as unit:
        anna = accounts.by_name(unit, "anna")
        told = [one.what for one in accounts.told(unit)]
    assert anna and len(anna.recovery) == 8 and told.count("used a recovery code") == 2


def test_codes_are_not_tried_through(peopled: Store) -> None:
    with_factor(peopled)
    half, tried = enter(peopled), 0
    with pytest.raises(MustWait):
        for number in range(20):
            tried = number
            with pytest.raises(Refused):
                code(peopled, half, f"{number:06}", 0)
    assert tried < FREE_NAME
    with pytest.raises(MustWait):
        enter(peopled)  # giving the password again frees nothing


def test_half_a_session_ends_soon(peopled: Store) -> None:
    secret, _ = with_factor(peopled)
    half, seconds = enter(peopled), HALF.total_seconds()
    with pytest.raises(Refused, match="too long ago"):
        code(peopled, half, pyotp.TOTP(secret).at(NOON + HALF), seconds)
    for nobody in ("", "x", enter(peopled, "boris")):
        with pytest.raises(Refused, match="too long ago"):
            code(peopled, nobody, "123456", 0)


def test_a_register_without_accounts_lets_nobody_in(register: Store) -> None:
    with pytest.raises(Refused, match="no accounts"):
        enter(register)

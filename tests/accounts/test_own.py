"""What a person does to their own account, and what a browser left open cannot."""

from __future__ import annotations

import secrets

import pyotp
import pytest

from servanda.accounts import keep, own
from servanda.accounts.limits import MustWait
from servanda.accounts.session import Signed, came
from servanda.accounts.signin import Refused, with_password
from servanda.errors import RequestError
from servanda.store import accounts
from servanda.store.accounts import Account
from servanda.store.connect import Store
from tests.accounts.conftest import AT, HERE, NOON, PASSWORD

NEW = "another tide, another poet"


def signed_in(store: Store, said: str = PASSWORD) -> tuple[str, Signed]:
    token = with_password(store, "anna", said, HERE, secrets.token_bytes).token
    signed = came(store, token, NOON).signed
    assert signed
    return token, signed


def held(store: Store) -> Account:
    with store.read() as unit:
        found = accounts.by_name(unit, "anna")
    assert found
    return found


def test_another_password_ends_the_other_sessions_and_keeps_this_one(peopled: Store) -> None:
    other, _ = signed_in(peopled)
    this, signed = signed_in(peopled)
    own.change_password(peopled, signed, PASSWORD, NEW, HERE)
    assert came(peopled, this, NOON).signed and came(peopled, other, NOON).signed is None
    with pytest.raises(Refused):
        signed_in(peopled)
    signed_in(peopled, NEW)


def test_whoever_finds_a_browser_open_does_not_guess_the_password_there(peopled: Store) -> None:
    _, signed = signed_in(peopled)
    for number in range(5):
        with pytest.raises(Refused, match="your password is not right"):
            own.change_password(peopled, signed, f"guess number {number}", NEW, HERE)
    with pytest.raises(MustWait):
        own.change_password(peopled, signed, PASSWORD, NEW, HERE)
    signed_in(peopled)  # the owner is not kept out by it


def test_a_weak_password_is_refused_and_the_old_one_stays(peopled: Store) -> None:
    _, signed = signed_in(peopled)
    with pytest.raises(RequestError, match="5 characters"):
        own.change_password(peopled, signed, PASSWORD, "short", HERE)
    signed_in(peopled)


def test_a_factor_is_in_force_with_its_first_code(peopled: Store) -> None:
    other, _ = signed_in(peopled)
    token, signed = signed_in(peopled)
    secret = own.begin_factor(peopled, signed, secrets.token_bytes)
    assert not held(peopled).factor_on
    for wrong in ("000000", "", pyotp.TOTP(pyotp.random_base32()).at(NOON)):
        if wrong != pyotp.TOTP(secret).at(NOON):
            with pytest.raises(RequestError, match="not a code of the secret"):
                own.confirm_factor(peopled, signed, wrong, HERE, secrets.token_bytes)
    codes = own.confirm_factor(peopled, signed, pyotp.TOTP(secret).at(NOON), HERE, secrets.token_bytes)
    assert len(codes) == 10 and not any(code in str(held(peopled).recovery) for code in codes)
    assert came(peopled, token, NOON).signed and came(peopled, other, NOON).signed is None
    with pytest.raises(RequestError, match="take it off first"):
        own.begin_factor(peopled, signed, secrets.token_bytes)
    with pytest.raises(RequestError):
        own.confirm_factor(peopled, signed, pyotp.TOTP(secret).at(NOON), HERE, secrets.token_bytes)


def test_a_factor_is_taken_off_with_the_password_unless_it_is_asked_for(peopled: Store) -> None:
    _, signed = signed_in(peopled)
    secret = own.begin_factor(peopled, signed, secrets.token_bytes)
    own.confirm_factor(peopled, signed, pyotp.TOTP(secret).at(NOON), HERE, secrets.token_bytes)
    with pytest.raises(Refused):
        own.drop_factor(peopled, signed, "wrong", HERE)
    keep.ask_factor(peopled, "anna", "k", AT, required=True, reset=False)
    with pytest.raises(RequestError, match="must have a second factor"):
        own.drop_factor(peopled, signed, PASSWORD, HERE)
    keep.ask_factor(peopled, "anna", "k", AT, required=False, reset=False)
    own.drop_factor(peopled, signed, PASSWORD, HERE)
    assert held(peopled).factor is None and held(peopled).recovery == ()


def test_a_lost_telephone_is_forgotten_and_another_is_due(peopled: Store) -> None:
    token, signed = signed_in(peopled)
    secret = own.begin_factor(peopled, signed, secrets.token_bytes)
    own.confirm_factor(peopled, signed, pyotp.TOTP(secret).at(NOON), HERE, secrets.token_bytes)
    keep.ask_factor(peopled, "anna", "k", AT, required=True, reset=True)
    assert held(peopled).owes_factor and came(peopled, token, NOON).signed is None
    signed_in(peopled)


def test_nothing_is_done_to_an_account_that_was_closed_meanwhile(peopled: Store) -> None:
    _, signed = signed_in(peopled)
    keep.close(peopled, "anna", "k", AT)
    with pytest.raises(Refused):
        own.begin_factor(peopled, signed, secrets.token_bytes)
    with pytest.raises(Refused):
        own.change_password(peopled, signed, PASSWORD, NEW, HERE)
    assert held(peopled).password is None

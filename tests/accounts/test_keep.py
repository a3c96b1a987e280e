"""Accounts as whoever keeps them meets them, on both databases."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from sqlalchemy import text

from servanda.accounts import keep
from servanda.accounts.session import came
from servanda.accounts.signin import Refused, with_password
from servanda.errors import RequestError
from servanda.model.dialogue import Role, Speaker
from servanda.store import accounts, sessions
from servanda.store.connect import Store
from tests.accounts.conftest import ANNA, AT, BORIS, HERE, NOON, PASSWORD


def test_an_account_is_as_it_was_asked_for(peopled: Store) -> None:
    with peopled.read() as unit:
        anna, boris = accounts.every(unit)
    assert anna.speaker == Speaker("Anna Lee", "ZEM", Role.CO_CHAIR)
    assert boris.speaker == Speaker("Boris Rao", "RUR", Role.POLICYMAKER, ("trade",))
    assert anna.active and not anna.owes_factor and anna.made == AT
    assert "argon2" not in repr(anna)


def test_the_secret_comes_with_the_first_and_stays(register: Store) -> None:
    with register.read() as unit:
        assert sessions.secret_of(unit) is None and not accounts.are_held(unit)
    keep.add(register, ANNA, "k", AT, secrets.token_bytes)
    with register.read() as unit:
        first = sessions.secret_of(unit)
    keep.add(register, BORIS, "k", AT, secrets.token_bytes)
    with register.read() as unit:
        assert sessions.secret_of(unit) == first and first and len(first) == 32


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": "Anna Lee"}, "no name to sign in with"), ({"name": ""}, "no name"), ({"name": "a'--"}, "no name"),
        ({"full_name": " "}, "no full name"), ({"full_name": "A\x00"}, "no full name"), ({"full_name": "x" * 201}, "no"),
        ({"password": "short"}, "has 5 characters"), ({"email": "no address"}, "no e-mail address"),
        ({"password": None, "email": None}, "could never sign in"),
        ({"name": "anna"}, "is there already"), ({"full_name": "ANNA  lee"}, "has the full name"),
    ],
)  # fmt: skip
def test_an_account_that_cannot_be_is_refused(peopled: Store, changes: dict[str, str], why: str) -> None:
    wanted = replace(ANNA, **{"name": "dora", "full_name": "Dora Mi", **changes})  # type: ignore[arg-type]
    with pytest.raises(RequestError, match=why):
        keep.add(peopled, wanted, "k", AT, secrets.token_bytes)
    with peopled.read() as unit:
        assert len(accounts.every(unit)) == 2


def test_one_subject_is_one_person(peopled: Store) -> None:
    one = keep.Wanted("dora", "Dora Mi", Role.OBSERVER, subject="https://p s1")
    keep.add(peopled, one, "k", AT, secrets.token_bytes)
    with pytest.raises(RequestError, match="belongs to 'dora'"):
        keep.add(peopled, replace(one, name="dana", full_name="Dana Fa"), "k", AT, secrets.token_bytes)


def test_closing_signs_out_and_forgets_and_leaves_the_pages_closed(peopled: Store) -> None:
    token = with_password(peopled, "anna", PASSWORD, HERE, secrets.token_bytes).token
    assert came(peopled, token, NOON).signed
    keep.close(peopled, "ANNA ", "the keeper", AT)
    assert came(peopled, token, NOON).signed is None
    with pytest.raises(Refused):
        with_password(peopled, "anna", PASSWORD, HERE, secrets.token_bytes)
    with peopled.read() as unit:
        anna = accounts.by_name(unit, "anna")
        rows = str(unit.execute(text("SELECT * FROM accounts WHERE name = 'anna'")).all())
    assert anna and not anna.active and anna.password is None and anna.email is None
    assert "argon2" not in rows and "zembla.example" not in rows
    for closed in (keep.close, keep.change):
        with pytest.raises(RequestError, match="is closed"):
            closed(peopled, "anna", "k", AT)
    with pytest.raises(RequestError, match="already, and is closed"):
        keep.add(peopled, ANNA, "k", AT, secrets.token_bytes)
    keep.close(peopled, "boris", "the keeper", AT)
    assert came(peopled, "", NOON).guarded, "who closes the last account does not open the pages to everybody"


def test_another_password_signs_out(peopled: Store) -> None:
    token = with_password(peopled, "anna", PASSWORD, HERE, secrets.token_bytes).token
    keep.set_password(peopled, "anna", "another tide, another poet", "the keeper", AT)
    assert came(peopled, token, NOON).signed is None
    assert with_password(peopled, "anna", "another tide, another poet", HERE, secrets.token_bytes).whole
    with pytest.raises(RequestError, match="nearest are anna"):
        keep.set_password(peopled, "ana", PASSWORD, "k", AT)


def test_a_change_holds_at_once_in_sessions_that_are_open(peopled: Store) -> None:
    token = with_password(peopled, "boris", PASSWORD, HERE, secrets.token_bytes).token
    keep.change(peopled, "boris", "the keeper", AT, role=Role.OBSERVER, party="", tracks=())
    found = came(peopled, token, NOON).signed
    assert found and found.account.speaker == Speaker("Boris Rao", None, Role.OBSERVER)


def test_the_list_says_who_did_what_and_holds_no_secret(peopled: Store) -> None:
    keep.change(peopled, "boris", "the keeper", AT, role=Role.OBSERVER, email="new@x.example")
    keep.ask_factor(peopled, "anna", "the keeper", AT, required=True, reset=True)
    keep.set_password(peopled, "anna", "another tide, another poet", "the keeper", AT)
    keep.close(peopled, "anna", "the keeper", AT)
    with peopled.read() as unit:
        told = accounts.told(unit)
    assert [(one.who, one.about, one.what) for one in told] == [
        ("the keeper", "anna", "added: co-chair of ZEM"),
        ("the keeper", "boris", "added: policymaker of RUR, tracks trade"),
        ("the keeper", "boris", "changed: policymaker of RUR, tracks trade is now observer of RUR, tracks trade"),
        ("the keeper", "boris", "e-mail address changed"),
        ("the keeper", "anna", "second factor forgotten"),
        ("the keeper", "anna", "second factor asked for"),
        ("the keeper", "anna", "password set"),
        ("the keeper", "anna", "closed"),
    ]
    assert not any(word in str(told) for word in (PASSWORD, "argon2", "@", "another tide"))

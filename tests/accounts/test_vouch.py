"""Whom a provider vouches for, and to whose account it leads."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest

from servanda.accounts import keep
from servanda.accounts.provider import Vouched
from servanda.accounts.session import came
from servanda.accounts.signin import Refused
from servanda.accounts.vouch import with_vouched
from servanda.store import accounts
from servanda.store.connect import Store
from tests.accounts.conftest import ANNA, AT, HERE, NOON

MAIL = "anna@zembla.example"


def enter(store: Store, subject: str, email: str | None = None) -> str:
    opened = with_vouched(store, Vouched(subject, email), HERE, secrets.token_bytes)
    signed = came(store, opened.token, NOON).signed
    assert opened.whole and signed
    return signed.account.name


def test_by_a_verified_address_the_first_time_and_by_subject_ever_after(peopled: Store) -> None:
    assert enter(peopled, "https://p s1", MAIL) == "anna"
    assert enter(peopled, "https://p s1") == "anna"
    assert enter(peopled, "https://p s1", "boris@ruritania.example") == "anna", "the subject decides"
    with pytest.raises(Refused, match="no account here is yours"):
        enter(peopled, "https://p s2", MAIL)
    with peopled.read() as unit:
        assert "provider's subject taken by e-mail address" in [one.what for one in accounts.told(unit)]


@pytest.mark.parametrize("vouched", [("https://p s9", None), ("https://p s9", "x@y.example"), ("", None), ("anna", "")])
def test_the_provider_alone_opens_no_account(peopled: Store, vouched: tuple[str, str | None]) -> None:
    with pytest.raises(Refused, match="no account here is yours"):
        enter(peopled, *vouched)
    with peopled.read() as unit:
        assert len(accounts.every(unit)) == 2


def test_two_accounts_with_one_address_are_not_guessed_between(peopled: Store) -> None:
    keep.add(peopled, replace(ANNA, name="anne", full_name="Anne Li"), "k", AT, secrets.token_bytes)
    with pytest.raises(Refused):
        enter(peopled, "https://p s1", MAIL)


def test_a_closed_account_stays_closed(peopled: Store) -> None:
    enter(peopled, "https://p s1", MAIL)
    keep.close(peopled, "anna", "k", AT)
    with pytest.raises(Refused):
        enter(peopled, "https://p s1", MAIL)


def test_who_has_a_factor_here_still_gives_its_code(peopled: Store) -> None:
    with peopled.aside() as unit:
        accounts.change(unit, "anna", factor="A" * 32, factor_on=True)
    opened = with_vouched(peopled, Vouched("https://p s1", MAIL), HERE, secrets.token_bytes)
    assert not opened.whole and came(peopled, opened.token, NOON).signed is None

"""The verbs of whoever keeps the accounts: add, change, close, set a password, ask for a second factor."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from servanda.accounts import password
from servanda.accounts.token import BYTES, Draw
from servanda.errors import RequestError, nearest
from servanda.model.dialogue import Role
from servanda.store import accounts, sessions
from servanda.store.accounts import Account
from servanda.store.connect import Store, hold

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,78}")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account to be. Without a password it is entered through the provider only."""

    name: str
    full_name: str
    role: Role
    party: str | None = None
    tracks: tuple[str, ...] = ()
    email: str | None = None
    password: str | None = None
    subject: str | None = None
    factor_required: bool = False


def add(store: Store, wanted: Wanted, who: str, at: str, draw: Draw) -> Account:
    """Add an account; with the first one the pages begin to ask who comes. Raises RequestError where it cannot be."""
    wanted = _checked(wanted)
    kept = password.hash_of(wanted.password) if wanted.password else None
    account = Account(
        wanted.name, wanted.full_name, wanted.role, wanted.party, wanted.tracks, wanted.email, kept,
        factor_required=wanted.factor_required, subject=wanted.subject, made=at,
    )  # fmt: skip
    with store.aside() as unit:
        hold(unit, "accounts")
        _check_new(unit, account)
        accounts.put(unit, account)
        if sessions.secret_of(unit) is None:
            sessions.keep_secret(unit, draw(BYTES))
        accounts.tell(unit, at, who, f"added: {_speaks(account)}", account.name)
    return account


def change(
    store: Store, name: str, who: str, at: str, *, role: Role | None = None, party: str | None = None,
    tracks: tuple[str, ...] | None = None, email: str | None = None,
) -> Account:  # fmt: skip
    """Change as what a person speaks, or their e-mail address; an empty word takes party or address away."""
    with store.aside() as unit:
        hold(unit, "accounts")
        before = held(unit, name)
        after = replace(
            before,
            role=role or before.role,
            party=before.party if party is None else party.strip() or None,
            tracks=before.tracks if tracks is None else tuple(one for one in tracks if one),
            email=before.email if email is None else email.strip().casefold() or None,
        )
        accounts.change(
            unit, before.name, role=after.role, party=after.party, tracks=after.tracks, email=after.email
        )  # fmt: skip
        if after.speaker != before.speaker:
            accounts.tell(unit, at, who, f"changed: {_speaks(before)} is now {_speaks(after)}", before.name)
        if after.email != before.email:
            accounts.tell(unit, at, who, "e-mail address changed", before.name)
    return after


def close(store: Store, name: str, who: str, at: str) -> Account:
    """Close an account: its sessions end, and password, second factor and addresses are forgotten.

    The name stays, for the register says who did what, and nobody else may ever have it.
    """
    with store.aside() as unit:
        hold(unit, "accounts")
        account = held(unit, name)
        accounts.change(
            unit, account.name, active=False, email=None, password=None, factor=None, factor_on=False, recovery=(),
            subject=None,
        )  # fmt: skip
        sessions.end_of(unit, account.name)
        accounts.tell(unit, at, who, "closed", account.name)
    return account


def set_password(store: Store, name: str, said: str, who: str, at: str) -> None:
    """Give an account another password; its sessions end."""
    with store.read() as unit:
        account = held(unit, name)
    password.check(said, account.name, account.full_name)
    kept = password.hash_of(said)
    with store.aside() as unit:
        held(unit, name)
        accounts.change(unit, account.name, password=kept)
        sessions.end_of(unit, account.name)
        accounts.tell(unit, at, who, "password set", account.name)


def ask_factor(store: Store, name: str, who: str, at: str, *, required: bool | None, reset: bool) -> Account:
    """Ask a person for a second factor or not; with `reset` the one they had is forgotten, for a telephone is lost."""
    with store.aside() as unit:
        account = held(unit, name)
        if reset:
            accounts.change(unit, account.name, factor=None, factor_on=False, recovery=())
            sessions.end_of(unit, account.name)
            accounts.tell(unit, at, who, "second factor forgotten", account.name)
        if required is not None:
            accounts.change(unit, account.name, factor_required=required)
            words = "second factor asked for" if required else "second factor no longer asked for"
            accounts.tell(unit, at, who, words, account.name)
        return held(unit, name)


def held(unit: Connection, name: str) -> Account:
    """The account of a name that is not closed; raises RequestError with the nearest."""
    account = accounts.by_name(unit, name.strip().casefold())
    if account is None:
        near = nearest(name, [one.name for one in accounts.every(unit)])
        raise RequestError(f"no account '{name}'" + (f"; nearest are {', '.join(near)}" if near else ""))
    if not account.active:
        raise RequestError(f"the account '{account.name}' is closed; add another, with another name")
    return account


def _checked(wanted: Wanted) -> Wanted:
    name, full = wanted.name.strip().casefold(), " ".join(wanted.full_name.split())
    if not _NAME.fullmatch(name):
        raise RequestError(f"'{wanted.name}' is no name to sign in with; write 2 to 79 of a-z 0-9 . _ @ -")
    if not full or len(full) > _LONGEST or not full.isprintable():
        raise RequestError("the account has no full name; it stands beside what the person writes: give one")
    if wanted.password is None and wanted.subject is None and wanted.email is None:
        raise RequestError(f"'{name}' could never sign in: give a password, or a subject or e-mail for the provider")
    if wanted.password is not None:
        password.check(wanted.password, name, full)
    email = (wanted.email or "").strip().casefold() or None
    if email is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise RequestError(f"'{wanted.email}' is no e-mail address; write it as name@ministry.example")
    tracks = tuple(dict.fromkeys(one for one in wanted.tracks if one))
    return replace(wanted, name=name, full_name=full, email=email, tracks=tracks)


def _check_new(unit: Connection, account: Account) -> None:
    for other in accounts.every(unit):
        if other.name == account.name:
            closed = "" if other.active else ", and is closed"
            raise RequestError(f"the account '{account.name}' is there already{closed}; choose another name")
        if other.full_name.casefold() == account.full_name.casefold():
            raise RequestError(f"'{other.name}' has the full name '{other.full_name}' already; tell the two apart")
        if account.subject and other.subject == account.subject:
            raise RequestError(f"the subject belongs to '{other.name}' already; one account a person")


def _speaks(account: Account) -> str:
    tracks = f", tracks {', '.join(account.tracks)}" if account.tracks else ""
    return f"{account.role} of {account.party or 'no party'}{tracks}"

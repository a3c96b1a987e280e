"""Sessions: they begin with a new token, end by themselves, and end at once where an account is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from servanda.accounts.token import Draw, digest, mark, new_token
from servanda.errors import StoreBusy
from servanda.store import accounts, sessions
from servanda.store.accounts import Account
from servanda.store.connect import Store
from servanda.store.sessions import Session

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
HALF = timedelta(minutes=5)
"""From the password to the code."""
NOTED = timedelta(minutes=1)
"""A page that is read writes at most so often that it was read."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in, by which session, and the token that their forms bring back."""

    account: Account
    session: Session
    token: str


@dataclass(frozen=True, slots=True)
class Came:
    """What a token says at a door: whether the register has accounts at all, and who it is, if anybody."""

    guarded: bool
    signed: Signed | None = None


def begin(unit: Connection, account: Account, moment: datetime, draw: Draw, browser: str, *, whole: bool) -> str:
    """Begin a session; its token, which is kept nowhere."""
    sessions.sweep(unit, moment.isoformat())
    token = new_token(draw)
    at, ends = moment.isoformat(), moment + (LONGEST if whole else HALF)
    told = browser.encode("ascii", "replace").decode()[:200]
    sessions.put(
        unit, Session(digest(token), draw(6).hex(), account.name, whole, at, at, ends.isoformat(), told)
    )  # fmt: skip
    return token


def came(store: Store, token: str, moment: datetime) -> Came:
    """Who comes with a token, and note that they came."""
    with store.read() as unit:
        if not accounts.are_held(unit):
            return Came(False)
        held = find(unit, token, moment, whole=True)
        secret = sessions.secret_of(unit)
    if held is None or secret is None:
        return Came(True)
    account, session = held
    if moment - datetime.fromisoformat(session.seen) >= NOTED:
        _note(store, session, moment)
    return Came(True, Signed(account, session, mark(secret, "form", session.digest)))


def find(unit: Connection, token: str, moment: datetime, *, whole: bool) -> tuple[Account, Session] | None:
    """The account and the session of a token, where it still holds."""
    session = sessions.find(unit, digest(token)) if token else None
    if session is None or session.whole is not whole or datetime.fromisoformat(session.ends) <= moment:
        return None
    if moment - datetime.fromisoformat(session.seen) >= IDLE:
        return None
    account = accounts.by_name(unit, session.account)
    return (account, session) if account and account.active else None


def sign_out(store: Store, signed: Signed, moment: datetime) -> None:
    """End the session."""
    with store.aside() as unit:
        sessions.end(unit, signed.session.digest)
        accounts.tell(unit, moment.isoformat(), signed.account.full_name, "signed out", signed.account.name)


def end_others(store: Store, signed: Signed, moment: datetime, name: str | None = None) -> int:
    """End the other sessions of the account, or the one of them with that id; how many there were."""
    with store.aside() as unit:
        ended = sessions.end_of(unit, signed.account.name, name, signed.session.digest)
        if ended:
            accounts.tell(unit, moment.isoformat(), signed.account.full_name, "ended a session", signed.account.name)
        return ended


def _note(store: Store, session: Session, moment: datetime) -> None:
    try:
        with store.aside() as unit:
            sessions.touch(unit, session.digest, moment.isoformat())
    except StoreBusy:
        return  # an import is at work: the page is shown, and its visit noted the next time


def door_token(store: Store, held: str) -> str:
    """The token of the form at the door, for a browser that holds a word of ours and is not signed in yet."""
    return mark(secret_of(store), "door", held)


def secret_of(store: Store) -> bytes:
    """The register's secret; no bytes where it has no accounts."""
    with store.read() as unit:
        return sessions.secret_of(unit) or b""


def all_of(store: Store, account: str, moment: datetime) -> list[Session]:
    """The sessions of an account that still hold, newest first."""
    with store.read() as unit:
        held = [one for one in sessions.of_account(unit, account) if one.whole]
    idle = (moment - IDLE).isoformat()
    return [one for one in held if one.ends > moment.isoformat() and one.seen > idle]

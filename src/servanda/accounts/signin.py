"""The verb that lets somebody in: by password, then by code; the same answer to whoever is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from sqlalchemy import Connection

from servanda.accounts import factor, password
from servanda.accounts.limits import Limit, give_back, limits, take
from servanda.accounts.session import begin, find
from servanda.accounts.token import Draw
from servanda.errors import RequestError
from servanda.store import accounts, sessions
from servanda.store.accounts import Account
from servanda.store.connect import Store, hold

WRONG = "name or password is not right"
WRONG_CODE = "the code is not right, or it was used before; wait for the next one"


class Refused(RequestError):
    """Not let in."""


@dataclass(frozen=True, slots=True)
class Whence:
    """Where an attempt comes from: its address, what the browser says it is, and when."""

    address: str
    browser: str
    moment: datetime

    @property
    def at(self) -> str:
        """The moment as it is written down."""
        return self.moment.isoformat()


@dataclass(frozen=True, slots=True)
class Opened:
    """A session begun. `whole` is False where a code is still due."""

    token: str
    whole: bool


def with_password(store: Store, name: str, said: str, whence: Whence, draw: Draw, earlier: str = "") -> Opened:
    """Let in who knows the password of the name; raises Refused, or MustWait. `earlier` is a token that ends."""
    name = name.strip().casefold()
    with store.aside() as unit:
        counted = limits(_secret(unit), name, whence.address)
        take(unit, counted, whence.moment)
        account = accounts.by_name(unit, name)
    # Outside any unit of work, for it is slow by intent; and as slow for a name that nobody has.
    kept = account.password if account and account.active else None
    right = password.fits(kept, said)
    if not right or account is None or kept is None:
        _refuse(store, account, whence, WRONG)
    newer = password.hash_of(said) if password.is_outdated(kept) else None
    with store.aside() as unit:
        if newer:
            accounts.change(unit, account.name, password=newer)
        return _open(unit, account.name, counted, whence, draw, earlier)


def with_code(store: Store, token: str, code: str, whence: Whence, draw: Draw) -> Opened:
    """Let in who gave the password a moment ago and now gives the code, or a recovery code."""
    with store.aside() as unit:
        held = find(unit, token, whence.moment, whole=False)
        if held is None:
            raise Refused("the password was given too long ago; begin again")
        account = held[0]
        counted = limits(_secret(unit), account.name, whence.address)
        take(unit, counted, whence.moment)
    with store.aside() as unit:
        hold(unit, f"account {account.name}")
        used = _use(unit, account.name, code, whence)
        opened = _enter(unit, used, counted, whence, draw) if used else None
        if opened:
            sessions.end(unit, held[1].digest)
    if opened is None:
        _refuse(store, account, whence, WRONG_CODE)
    return opened


def as_known(store: Store, name: str, whence: Whence, draw: Draw, earlier: str = "") -> Opened:
    """Let in whom the provider vouches for; who has a second factor here still gives its code."""
    with store.aside() as unit:
        return _open(unit, name, limits(_secret(unit), name, whence.address), whence, draw, earlier)


def _open(
    unit: Connection, name: str, counted: tuple[Limit, Limit], whence: Whence, draw: Draw, earlier: str
) -> Opened:
    account = accounts.by_name(unit, name)
    if account is None or not account.active:
        raise Refused(WRONG)
    if earlier:
        held = find(unit, earlier, whence.moment, whole=True) or find(unit, earlier, whence.moment, whole=False)
        if held:
            sessions.end(unit, held[1].digest)
    if account.factor_on:
        give_back(unit, *counted, whence.moment, whole=False)
        return Opened(begin(unit, account, whence.moment, draw, whence.browser, whole=False), False)
    return _enter(unit, account, counted, whence, draw)


def _enter(unit: Connection, account: Account, counted: tuple[Limit, Limit], whence: Whence, draw: Draw) -> Opened:
    give_back(unit, *counted, whence.moment, whole=True)
    accounts.tell(unit, whence.at, account.full_name, "signed in", account.name)
    return Opened(begin(unit, account, whence.moment, draw, whence.browser, whole=True), True)


def _use(unit: Connection, name: str, code: str, whence: Whence) -> Account | None:
    """Use up a code; the account, or None where it is not right."""
    account = accounts.by_name(unit, name)
    if account is None or not account.active or not account.factor_on or account.factor is None:
        return None
    count = factor.count_of(account.factor, code, whence.moment)
    if count is not None:
        return account if accounts.use_count(unit, name, count) else None
    digest = factor.digest_of(code)
    if digest not in account.recovery:
        return None
    accounts.change(unit, name, recovery=tuple(one for one in account.recovery if one != digest))
    accounts.tell(unit, whence.at, account.full_name, "used a recovery code", name)
    return account


def _refuse(store: Store, account: Account | None, whence: Whence, words: str) -> NoReturn:
    # One line whoever was named, so that it takes as long; a name that nobody has may be a password in the wrong field.
    with store.aside() as unit:
        accounts.tell(unit, whence.at, "nobody", "sign-in refused", account.name if account else "no account")
    raise Refused(words)


def _secret(unit: Connection) -> bytes:
    secret = sessions.secret_of(unit)
    if secret is None:
        raise Refused("the register has no accounts; nobody needs to sign in")
    return secret

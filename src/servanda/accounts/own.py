"""What a person does to their own account: another password, a second factor and its recovery codes."""

from __future__ import annotations

from sqlalchemy import Connection

from servanda.accounts import factor, password
from servanda.accounts.limits import limits, take
from servanda.accounts.session import Signed
from servanda.accounts.signin import Refused, Whence
from servanda.accounts.token import Draw
from servanda.errors import RequestError
from servanda.store import accounts, sessions
from servanda.store.accounts import Account
from servanda.store.connect import Store, hold

OWN = "your password is not right; nothing was changed"


def change_password(store: Store, signed: Signed, old: str, new: str, whence: Whence) -> None:
    """Take another password; every other session of the account ends."""
    account = _proven(store, signed, old, whence)
    password.check(new, account.name, account.full_name)
    kept = password.hash_of(new)
    with store.aside() as unit:
        accounts.change(unit, account.name, password=kept)
        sessions.end_of(unit, account.name, but=signed.session.digest)
        accounts.tell(unit, whence.at, account.full_name, "password changed", account.name)


def begin_factor(store: Store, signed: Signed, draw: Draw) -> str:
    """A secret for the telephone; in force once a code of it was given. Raises RequestError where one is in force."""
    with store.aside() as unit:
        account = _held(unit, signed)
        if account.factor_on:
            raise RequestError("a second factor is set up; take it off first, then set up another")
        made = factor.new_secret(draw)
        accounts.change(unit, account.name, factor=made, factor_last=0)
        return made


def confirm_factor(store: Store, signed: Signed, code: str, whence: Whence, draw: Draw) -> tuple[str, ...]:
    """Put the second factor in force by its first code; the recovery codes, which are shown this once."""
    with store.aside() as unit:
        account = _held(unit, signed)
        count = factor.count_of(account.factor, code, whence.moment) if account.factor else None
        if account.factor_on or count is None:
            raise RequestError(
                "that is not a code of the secret shown here; look whether the telephone's clock is right"
            )
        codes = factor.new_codes(draw)
        kept = tuple(factor.digest_of(one) for one in codes)
        accounts.change(unit, account.name, factor_on=True, factor_last=count, recovery=kept)
        sessions.end_of(unit, account.name, but=signed.session.digest)
        accounts.tell(unit, whence.at, account.full_name, "second factor set up", account.name)
        return codes


def drop_factor(store: Store, signed: Signed, said: str, whence: Whence) -> None:
    """Take the second factor off; raises RequestError where it is asked for."""
    account = _proven(store, signed, said, whence)
    if account.factor_required:
        raise RequestError("this account must have a second factor; whoever keeps the accounts can replace a lost one")
    with store.aside() as unit:
        accounts.change(unit, account.name, factor=None, factor_on=False, recovery=())
        accounts.tell(unit, whence.at, account.full_name, "second factor taken off", account.name)


def _proven(store: Store, signed: Signed, said: str, whence: Whence) -> Account:
    """The account, of one who knows its password: a browser left open is not enough. Counted as at the door."""
    with store.aside() as unit:
        secret = sessions.secret_of(unit) or b""
        take(unit, limits(secret, f"own {signed.account.name}", "")[:1], whence.moment)
        account = _held(unit, signed)
    if not password.fits(account.password, said):
        raise Refused(OWN)
    with store.aside() as unit:
        sessions.keep_attempts(unit, limits(secret, f"own {signed.account.name}", "")[0].what, 0, "")
    return account


def _held(unit: Connection, signed: Signed) -> Account:
    hold(unit, f"account {signed.account.name}")
    account = accounts.by_name(unit, signed.account.name)
    if account is None or not account.active:
        raise Refused("this account is closed")
    return account

"""The verb that lets in whom a provider vouches for: by subject, or the first time by an address it has verified."""

from __future__ import annotations

from sqlalchemy import Connection

from servanda.accounts.provider import Vouched
from servanda.accounts.signin import Opened, Refused, Whence, as_known
from servanda.accounts.token import Draw
from servanda.store import accounts
from servanda.store.accounts import Account
from servanda.store.connect import Store, hold

UNKNOWN = "no account here is yours; ask whoever keeps the accounts to add you"


def with_vouched(store: Store, vouched: Vouched, whence: Whence, draw: Draw, earlier: str = "") -> Opened:
    """Let in the account that carries the subject; one that carries none yet takes it by its verified address."""
    with store.aside() as unit:
        hold(unit, "accounts")
        account = accounts.by_subject(unit, vouched.subject) or _bind(unit, vouched, whence)
        known = account is not None and account.active
        if not known:
            accounts.tell(unit, whence.at, "nobody", "sign-in refused", account.name if account else "no account")
    if account is None or not known:
        raise Refused(UNKNOWN)
    return as_known(store, account.name, whence, draw, earlier)


def _bind(unit: Connection, vouched: Vouched, whence: Whence) -> Account | None:
    """Two accounts with one address are told apart by a person, not by chance."""
    found = [one for one in accounts.by_email(unit, vouched.email) if one.active] if vouched.email else []
    if len(found) != 1 or found[0].subject is not None:
        return None
    accounts.change(unit, found[0].name, subject=vouched.subject)
    accounts.tell(unit, whence.at, found[0].full_name, "provider's subject taken by e-mail address", found[0].name)
    return found[0]

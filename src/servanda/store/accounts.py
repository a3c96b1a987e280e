"""Accounts, and the list of what was done to them, which only grows. Nothing here is part of the chain of entries."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from servanda.model.dialogue import Role, Speaker
from servanda.store.tables import account_log, accounts


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. What is secret never shows where an account is printed.

    `factor` is the secret of the second factor, in force where `factor_on`; `factor_last` the count of the last code
    used; `recovery` the digests of codes that stand in for it. `subject` is who the person is to the provider.
    """

    name: str
    full_name: str
    role: Role
    party: str | None = None
    tracks: tuple[str, ...] = ()
    email: str | None = None
    password: str | None = field(default=None, repr=False)
    factor: str | None = field(default=None, repr=False)
    factor_on: bool = False
    factor_required: bool = False
    factor_last: int = 0
    recovery: tuple[str, ...] = field(default=(), repr=False)
    subject: str | None = None
    active: bool = True
    made: str = ""

    @property
    def speaker(self) -> Speaker:
        """The person with the party and role as which they speak."""
        return Speaker(self.full_name, self.party, self.role, self.tracks)

    @property
    def owes_factor(self) -> bool:
        """Whether a second factor is asked of the person and not set up yet."""
        return self.factor_required and not self.factor_on


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the list: who did what, when, to whose account."""

    at: str
    who: str
    what: str
    about: str


def are_held(unit: Connection) -> bool:
    """Whether there ever was an account: from then on the pages ask who comes, even if all are closed."""
    return unit.execute(select(accounts.c.name).limit(1)).first() is not None


def by_name(unit: Connection, name: str) -> Account | None:
    """The account of a name."""
    row = unit.execute(select(accounts).where(accounts.c.name == name)).first()
    return _account(row) if row else None


def by_subject(unit: Connection, subject: str) -> Account | None:
    """The account of a person as the provider knows them."""
    row = unit.execute(select(accounts).where(accounts.c.subject == subject)).first()
    return _account(row) if row else None


def by_email(unit: Connection, email: str) -> list[Account]:
    """The accounts with an e-mail address."""
    return [_account(row) for row in unit.execute(select(accounts).where(accounts.c.email == email))]


def every(unit: Connection) -> list[Account]:
    """All accounts, closed ones as well, by name."""
    return [_account(row) for row in unit.execute(select(accounts).order_by(accounts.c.name))]


def put(unit: Connection, account: Account) -> None:
    """Keep a new account."""
    unit.execute(insert(accounts), _row(asdict(account)))


def change(unit: Connection, name: str, **fields: Any) -> None:
    """Put other values into some fields of an account."""
    unit.execute(update(accounts).where(accounts.c.name == name).values(**_row(fields)))


def use_count(unit: Connection, name: str, count: int) -> bool:
    """Note that the code of this count was used; False where it, or a later one, was used before."""
    fresh = update(accounts).where(accounts.c.name == name, accounts.c.factor_last < count)
    return unit.execute(fresh.values(factor_last=count)).rowcount == 1


def tell(unit: Connection, at: str, who: str, what: str, about: str) -> None:
    """Add a line to the list. No secret belongs in it."""
    unit.execute(insert(account_log), {"at": at, "who": who, "what": what, "about": about})


def told(unit: Connection) -> list[Told]:
    """The list, oldest first."""
    columns = (account_log.c.at, account_log.c.who, account_log.c.what, account_log.c.about)
    return [Told(*row) for row in unit.execute(select(*columns).order_by(account_log.c.seq))]


def _row(fields: dict[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple) else str(value) if isinstance(value, Role) else value

    return {name: plain(value) for name, value in fields.items()}


def _account(row: Row[Any]) -> Account:
    fields = dict(row._mapping)
    several = {name: tuple(fields[name].split("\n")) if fields[name] else () for name in ("tracks", "recovery")}
    return Account(**{**fields, **several, "role": Role(fields["role"])})

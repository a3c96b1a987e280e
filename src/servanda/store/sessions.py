"""Who is signed in, attempts to sign in, and the secret that the processes of one register share."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from servanda.store.tables import attempts, secret, sessions


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of one account. The token itself is nowhere: `digest` is its SHA-256.

    `whole` is False between the password and the code. `id` names it on the page of the account.
    """

    digest: str = field(repr=False)
    id: str
    account: str
    whole: bool
    made: str
    seen: str
    ends: str
    browser: str


def put(unit: Connection, session: Session) -> None:
    """Keep a new session."""
    unit.execute(insert(sessions), asdict(session))


def find(unit: Connection, digest: str) -> Session | None:
    """The session of a token's digest, whether or not its time is over."""
    row = unit.execute(select(sessions).where(sessions.c.digest == digest)).first()
    return _session(row) if row else None


def of_account(unit: Connection, account: str) -> list[Session]:
    """The sessions of an account, newest first."""
    query = select(sessions).where(sessions.c.account == account).order_by(sessions.c.made.desc(), sessions.c.id)
    return [_session(row) for row in unit.execute(query)]


def touch(unit: Connection, digest: str, seen: str) -> None:
    """Note that a session was used."""
    unit.execute(update(sessions).where(sessions.c.digest == digest).values(seen=seen))


def end(unit: Connection, digest: str) -> None:
    """End the session of a token's digest."""
    unit.execute(delete(sessions).where(sessions.c.digest == digest))


def end_of(unit: Connection, account: str, name: str | None = None, but: str | None = None) -> int:
    """End the sessions of an account, or the one with that id, but not the one of a digest; how many there were."""
    query = delete(sessions).where(sessions.c.account == account)
    if name is not None:
        query = query.where(sessions.c.id == name)
    if but is not None:
        query = query.where(sessions.c.digest != but)
    return unit.execute(query).rowcount


def sweep(unit: Connection, moment: str) -> None:
    """Forget the sessions whose time is over."""
    unit.execute(delete(sessions).where(sessions.c.ends <= moment))


def attempts_of(unit: Connection, what: str) -> tuple[int, datetime | None]:
    """How often it was tried, and when last."""
    row = unit.execute(select(attempts.c.count, attempts.c.last).where(attempts.c.what == what)).first()
    return (row[0], datetime.fromisoformat(row[1])) if row else (0, None)


def keep_attempts(unit: Connection, what: str, count: int, last: str) -> None:
    """Note how often it was tried, and when last; nothing is kept of none."""
    unit.execute(delete(attempts).where(attempts.c.what == what))
    if count > 0:
        unit.execute(insert(attempts), {"what": what, "count": count, "last": last})


def forget_attempts(unit: Connection, before: str) -> None:
    """Forget what was last tried before a moment."""
    unit.execute(delete(attempts).where(attempts.c.last < before))


def secret_of(unit: Connection) -> bytes | None:
    """The register's secret; None before the first account."""
    return unit.execute(select(secret.c.value)).scalar()


def keep_secret(unit: Connection, value: bytes) -> None:
    """Keep the register's secret, once."""
    unit.execute(insert(secret), {"one": 1, "value": value})


def _session(row: Row[Any]) -> Session:
    return Session(**row._mapping)

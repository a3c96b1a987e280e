"""Which notice went to whom and when, so that none goes twice. Not a part of the chain: it says nothing of promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from servanda.store.tables import notices


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice that went, or is on its way where `sent` is None. Known by its key."""

    key: str
    case: str
    rule: str
    thread: str
    recipient: str
    due: date
    claimed: str
    sent: str | None = None


def claim(unit: Connection, one: Posted, stale: str) -> bool:
    """Take a notice in hand before it is sent; False where it went already or another process has it in hand.

    A claim made before the moment `stale` was left behind by a process that died, and is taken over.
    """
    left = delete(notices).where(notices.c.key == one.key, notices.c.sent.is_(None), notices.c.claimed < stale)
    unit.execute(left)
    if unit.execute(select(notices.c.key).where(notices.c.key == one.key)).first():
        return False
    row = {
        "key": one.key, "case_id": one.case, "rule": one.rule, "thread": one.thread, "recipient": one.recipient,
        "due": one.due, "claimed": one.claimed, "sent": one.sent,
    }  # fmt: skip
    try:
        with unit.begin_nested():
            unit.execute(notices.insert(), [row])
    except IntegrityError:
        return False  # another process was quicker
    return True


def settle(unit: Connection, key: str, sent: str) -> None:
    """The server took it."""
    unit.execute(update(notices).where(notices.c.key == key).values(sent=sent))


def release(unit: Connection, key: str) -> None:
    """It was not sent; it may be tried again."""
    unit.execute(delete(notices).where(notices.c.key == key, notices.c.sent.is_(None)))


def keys(unit: Connection, case: str, stale: str = "") -> set[str]:
    """The keys of what went, and of what is in hand since the moment `stale`."""
    held = or_(notices.c.sent.is_not(None), notices.c.claimed >= stale)
    return set(unit.execute(select(notices.c.key).where(notices.c.case_id == case, held)).scalars())


def posted(unit: Connection, case: str) -> list[Posted]:
    """What went, oldest first."""
    query = select(notices).where(notices.c.case_id == case, notices.c.sent.is_not(None))
    return [Posted(*row) for row in unit.execute(query.order_by(notices.c.sent, notices.c.key))]

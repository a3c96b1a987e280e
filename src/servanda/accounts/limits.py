"""How often one may try: waits that grow, by name and by address, kept in the register for all its processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from servanda.accounts.token import mark
from servanda.errors import RequestError
from servanda.store import sessions
from servanda.store.connect import hold

FREE_NAME, FREE_ADDRESS = 5, 50
"""Attempts without a wait. Many people sit behind one address."""
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)


class MustWait(RequestError):
    """Tried too often. `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"tried too often; wait {seconds} seconds, then try again. Nothing was changed")


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that is counted, under a keyed hash: neither names nor addresses are kept."""

    what: str
    free: int


def limits(secret: bytes, name: str, address: str) -> tuple[Limit, Limit]:
    """What an attempt counts for: the name typed, whether or not there is such an account, and whence it came."""
    return (
        Limit("name " + mark(secret, "attempt by name", name), FREE_NAME),
        Limit("address " + mark(secret, "attempt from address", address), FREE_ADDRESS),
    )


def wait_after(count: int, free: int) -> timedelta:
    """How long to wait after so many attempts that failed: 1 second, 2, 4, up to a quarter of an hour."""
    if count < free:
        return timedelta()
    return min(timedelta(seconds=2.0 ** min(count - free, 20)), LONGEST_WAIT)


def take(unit: Connection, of: Sequence[Limit], moment: datetime) -> None:
    """Count an attempt before it is made, so that none gets past by being one of many at once.

    Raises MustWait, and then counts nothing: who waits as told is not made to wait longer.
    """
    for one in of:
        hold(unit, one.what)
    counts = [_count(unit, one, moment) for one in of]
    ends = [last + wait_after(count, one.free) for one, (count, last) in zip(of, counts, strict=True)]
    if max(ends) > moment:
        raise MustWait(max(1, int((max(ends) - moment).total_seconds())))
    for one, (count, _) in zip(of, counts, strict=True):
        sessions.keep_attempts(unit, one.what, count + 1, moment.isoformat())
    sessions.forget_attempts(unit, (moment - FORGOTTEN).isoformat())


def give_back(unit: Connection, by_name: Limit, by_address: Limit, moment: datetime, *, whole: bool) -> None:
    """The attempt was right: it does not count for the address, and once somebody is in nothing counts for the name."""
    hold(unit, by_name.what)
    hold(unit, by_address.what)
    if whole:
        sessions.keep_attempts(unit, by_name.what, 0, "")
    count, last = sessions.attempts_of(unit, by_address.what)
    sessions.keep_attempts(unit, by_address.what, count - 1, (last or moment).isoformat())


def _count(unit: Connection, limit: Limit, moment: datetime) -> tuple[int, datetime]:
    count, last = sessions.attempts_of(unit, limit.what)
    if last is None or moment - last > FORGOTTEN:
        return 0, moment - FORGOTTEN
    return count, last

"""A thread as the review lists it: what is owed, by whom, how late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from servanda.model.case import Record
from servanda.model.period import When
from servanda.model.words import Area
from servanda.register.ledger import BOTH, THIRD, owed_by
from servanda.register.threads import Strand


@dataclass(frozen=True, slots=True)
class Item:
    """One thread on the day of the review. `due` is the date in force, `first_due` the first ever promised.

    `known` is False where nothing bears on it, or where its date has passed and nothing later than the date does.
    """

    thread: str
    title: str
    says: str
    area: Area
    owed_by: str
    owner: str
    status: str
    rule: str
    because: str
    known: bool
    first_promised: When
    times: int
    age_days: int
    commitments: tuple[str, ...]
    latest: str
    first_due: date | None
    due: date | None
    days_overdue: int
    done_on: When | None
    days_late: int | None
    last_evidence: date | None
    at_event: bool


def items(record: Record, found: Iterable[Strand], day: date) -> tuple[Item, ...]:
    """Every thread as an item, the most overdue first, then the oldest."""
    made = []
    for strand in found:
        ruling, latest = strand.ruling, strand.latest
        made.append(
            Item(
                thread=strand.thread,
                title=record.threads[strand.thread].title,
                says=latest.says,
                area=latest.area,
                owed_by=owed_by(latest),
                owner=latest.owner,
                status=str(ruling.status),
                rule=ruling.rule,
                because=ruling.because,
                known=ruling.status.is_known and not strand.is_silent,
                first_promised=strand.dates[0],
                times=len(strand.members),
                age_days=(day - strand.made[0]).days,
                commitments=tuple(one.id for one in strand.members),
                latest=latest.id,
                first_due=strand.first_due,
                due=ruling.due,
                days_overdue=ruling.days_overdue if ruling.status.is_open else 0,
                done_on=ruling.done_when or (strand.dates[-1] if ruling.done_on else None),
                days_late=ruling.days_late,
                last_evidence=strand.last_shown,
                at_event=strand.is_at_event,
            )
        )
    return tuple(sorted(made, key=lambda item: (-item.days_overdue, -item.age_days, item.thread)))


def owners(parties: Iterable[str]) -> tuple[str, ...]:
    """Who can owe: each party alone, both, a third body."""
    return (*parties, BOTH, THIRD)

"""Follow-up: what each owner still owes, by when, what was last heard, and where they report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from servanda.model.case import Record
from servanda.model.evidence import Evidence
from servanda.model.words import Publisher, Shown
from servanda.pages.dialogue import Speaking, deeds, names
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.register.ledger import owed_by
from servanda.register.threads import Strand


@dataclass(frozen=True, slots=True)
class Owing:
    """An open thread with its owner, its date, and the last that was heard of it."""

    strand: Strand
    title: str
    owner: str
    due: date | None
    days: int | None
    latest: Evidence | None
    signed: bool


@dataclass(frozen=True, slots=True)
class FollowPage:
    """What is owed by each side, dated things first. `signed` rows were resolved at a meeting of the dialogue."""

    title: str
    case: str
    owed: dict[str, tuple[Owing, ...]]
    headings: dict[str, str]
    names: dict[str, str]
    deeds: frozenset[str]
    speaking: Speaking
    shown: tuple[str, ...]
    publishers: tuple[str, ...]
    problem: str
    typed: Mapping[str, tuple[str, ...]]


def followup(
    library: Library, ask: Ask, said: Speaking, problem: str = "", typed: Mapping[str, tuple[str, ...]] | None = None
) -> FollowPage:
    """The page of what is owed in a case."""
    record = library.record(ask.case or "", ask.as_of)
    every = [
        _owing(record, one, ask.as_of)
        for one in library.strands(record, ask.as_of).values()
        if one.ruling.status.is_open
    ]
    shown_to = names(library, record.case.parties)
    headings = {"both": "Both sides", **shown_to, "third body": "Third bodies"}
    owed = {
        owner: tuple(sorted((one for one in every if owed_by(one.strand.latest) == owner), key=_order))
        for owner in headings
    }
    return FollowPage(
        f"Follow-up of {record.case.title}", record.case.id, {owner: rows for owner, rows in owed.items() if rows},
        headings, shown_to, deeds(said, record.case.parties), said, tuple(Shown), tuple(Publisher), problem,
        typed or {},
    )  # fmt: skip


def _owing(record: Record, strand: Strand, as_of: date) -> Owing:
    due = strand.ruling.due
    held = record.evidence_on()
    rows = [row for one in strand.members for row in held[one.id] if row.date and row.date.first <= as_of]
    latest = max(rows, key=lambda row: (row.date.last if row.date else date.min, row.id), default=None)
    signed = any(meeting.document == strand.latest.document for meeting in record.meetings.values())
    return Owing(
        strand, record.threads[strand.thread].title, strand.latest.owner, due, (due - as_of).days if due else None,
        latest, signed,
    )  # fmt: skip


def _order(one: Owing) -> tuple[int, int, str]:
    """What can still be in time, soonest first; then what is past, latest first; then what has no date."""
    if one.days is None:
        return 2, 0, one.title
    return (0, one.days, one.title) if one.days >= 0 else (1, -one.days, one.title)

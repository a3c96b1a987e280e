"""Threads: the same promise over the years, ruled once, with its life line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.evidence import Evidence
from servanda.model.period import Deadline, When
from servanda.model.words import Shown, Undertaking
from servanda.register.rule import Promise, Ruling, Showing, binding, is_target, rule, showing

_FINAL = (Shown.COMPLETED, Shown.ENDED)
_SETTLES = (Shown.COMPLETED, Shown.ENDED, Shown.REPLACED, Shown.MISSED)


@dataclass(frozen=True, slots=True)
class Turn:
    """One promise in a thread's life: what changed against the one before."""

    commitment: str
    day: date
    change: str
    detail: str


@dataclass(frozen=True, slots=True)
class Strand:
    """A thread on a day: its members so far, oldest first, its ruling, and what it waits for.

    `first_due` is the first date ever promised; the ruling's `due` the date in force. `last_shown` is the latest day
    of which evidence says something that bears on it. `made` are the first days that the documents' `dates` can mean.
    """

    thread: str
    members: tuple[Commitment, ...]
    made: tuple[date, ...]
    ruling: Ruling
    first_due: date | None
    turns: tuple[Turn, ...]
    last_shown: date | None
    dates: tuple[When, ...] = ()

    @property
    def is_silent(self) -> bool:
        """True where it is open, its date has passed, and nothing later than the date bears on it."""
        due = self.ruling.due
        past = self.ruling.status.is_open and self.ruling.days_overdue > 0
        known = self.ruling.status.is_known and self.last_shown is not None
        return past and due is not None and (not known or (self.last_shown or due) <= due)

    @property
    def latest(self) -> Commitment:
        """The promise in force: the last one made."""
        return self.members[-1]

    @property
    def is_at_event(self) -> bool:
        """True where every promise of the thread was an instrument completed at the event itself."""
        return all(one.kind is Undertaking.AT_EVENT for one in self.members)

    @property
    def parties(self) -> tuple[str, ...]:
        """The states that owe the promise in force."""
        return self.latest.parties


def strands(record: Record, day: date) -> dict[str, Strand]:
    """Every thread of the record as it stood on `day`; threads not yet begun are left out."""
    members: dict[str, list[Commitment]] = {}
    for one in record.commitments.values():
        if record.documents[one.document].date.first <= day:
            members.setdefault(one.thread, []).append(one)
    evidence = record.evidence_on()
    return {thread: _of(record, thread, held, evidence, day) for thread, held in members.items()}


def strand_of(record: Record, thread: str, day: date) -> Strand:
    """One thread of the record as it stood on `day`; KeyError where it had not begun."""
    held = [one for one in record.commitments.values() if one.thread == thread]
    held = [one for one in held if record.documents[one.document].date.first <= day]
    if not held:
        raise KeyError(thread)
    return _of(record, thread, held, record.evidence_on(), day)


def _of(
    record: Record, thread: str, held: Sequence[Commitment], evidence: dict[str, list[Evidence]], day: date
) -> Strand:
    pairs = sorted(
        ((record.documents[one.document].date.first, one) for one in held), key=lambda pair: (pair[0], pair[1].id)
    )
    shown = {one.id: [showing(row, record.searched_on(row.search)) for row in evidence[one.id]] for _, one in pairs}
    dates = tuple(record.documents[one.document].date for _, one in pairs)
    return _strand(thread, pairs, dates, shown, day)


# What settled an earlier promise settles the thread only where nothing was promised since; a date once missed and
# promised anew is late, not lapsed.
def _strand(
    thread: str,
    pairs: Sequence[tuple[date, Commitment]],
    dates: tuple[When, ...],
    shown: dict[str, list[Showing]],
    day: date,
) -> Strand:
    last_made = pairs[-1][0]
    newest = {one.id for made, one in pairs if made == last_made}
    dated = [one for _, one in pairs if binding(one)]
    made = Promise(
        last_made,
        _in_force(dated),
        all(one.kind is Undertaking.AT_EVENT for _, one in pairs if one.id in newest),
        bool(dated) and is_target(dated[-1]),
    )
    counted = [
        row
        for name, rows in shown.items()
        for row in rows
        if row.shows not in _SETTLES or name in newest or (row.shows in _FINAL and row.end > last_made)
    ]
    return Strand(
        thread,
        tuple(one for _, one in pairs),
        tuple(when for when, _ in pairs),
        rule(made, counted, day),
        next((bound.due(when) for when, one in pairs if (bound := binding(one))), None),
        tuple(_turn(pairs, place) for place in range(len(pairs))),
        _last_shown(shown, day),
        dates,
    )


def _last_shown(shown: dict[str, list[Showing]], day: date) -> date | None:
    rows = [row for rows in shown.values() for row in rows]
    return max(
        (min(row.end, day) for row in rows if row.day and row.seen <= day and row.shows is not Shown.NO_BEARING),
        default=None,
    )


def _in_force(dated: Sequence[Commitment]) -> Deadline | None:
    """The date last promised stands until another is promised: silence does not withdraw it."""
    return binding(dated[-1]) if dated else None


def _turn(pairs: Sequence[tuple[date, Commitment]], place: int) -> Turn:
    day, one = pairs[place]
    if place == 0:
        return Turn(one.id, day, "first promised", _terms(one))
    earlier = [older for _, older in pairs[:place]]
    before_due = next((older.deadline for older in reversed(earlier) if older.deadline), None)
    before_target = next((older.target for older in reversed(earlier) if older.target), None)
    if one.deadline and before_due and one.deadline != before_due:
        return Turn(one.id, day, "re-dated", f"{before_due} became {one.deadline}" + _also(one))
    if one.target and before_target and one.target.unit == before_target.unit and one.target != before_target:
        word = "raised" if one.target.value > before_target.value else "lowered"
        return Turn(one.id, day, word, f"{before_target.value:g} became {one.target.value:g} {one.target.unit}")
    if one.deadline and not before_due:
        return Turn(one.id, day, "dated", f"a date for the first time: {one.deadline}")
    return Turn(one.id, day, "repeated", _terms(one))


def _terms(one: Commitment) -> str:
    terms = [f"by {one.deadline}" if one.deadline and one.deadline.when else str(one.deadline or "")]
    if one.target:
        terms.append(f"{one.target.value:g} {one.target.unit}")
    return ", ".join(term for term in terms if term) or "no date, no number"


def _also(one: Commitment) -> str:
    return f", {one.target.value:g} {one.target.unit}" if one.target else ""

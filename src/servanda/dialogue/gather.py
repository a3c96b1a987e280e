"""What the record says should be spoken of: overdue, due, stalled, silent, undated, changed, barriers, carried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from servanda.dialogue.around import around
from servanda.dialogue.weigh import Rules, weigh
from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.dialogue import Item, ItemState
from servanda.model.evidence import Evidence
from servanda.model.status import Status
from servanda.register.ledger import BOTH, THIRD, owed_by
from servanda.register.threads import Strand
from servanda.register.words import Words
from servanda.review.wording import count, day, either, years

TOLD = 3
"""So many changes around the pair are told in a sentence each."""
STALLED = (Status.BEHIND, Status.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Drafted:
    """One thing to speak of. `days_overdue` is 0 where no date is past; `parts` are the points that gave its place."""

    sort: str
    title: str
    reason: str
    commitments: tuple[str, ...]
    days_overdue: int
    evidence: tuple[Evidence, ...]
    parts: dict[str, float]
    area: str | None = None
    owed_by: str | None = None
    due: date | None = None
    status: str | None = None
    barriers: tuple[str, ...] = ()
    carried: str | None = None
    minutes: int = 0

    @property
    def weight(self) -> float:
        """All points together."""
        return round(sum(self.parts.values()), 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What an agenda is drafted from: the record on a day, since when it asks what changed, and how far it looks."""

    record: Record
    words: Words
    held: Rules
    as_of: date
    since: date | None
    horizon: int
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    threads: dict[str, Strand] = field(default_factory=dict)

    def owed(self, one: Commitment) -> str:
        """Who owes a commitment, in words."""
        who = owed_by(one)
        if who == THIRD:
            return one.owner
        return "both sides" if who == BOTH else self.words.named(who).short

    def shown(self, members: Sequence[Commitment]) -> tuple[Evidence, ...]:
        """The evidence on some commitments by the day, newest first."""
        return shown(members, self.evidence, self.as_of)


def shown(members: Sequence[Commitment], held: Mapping[str, Sequence[Evidence]], as_of: date) -> tuple[Evidence, ...]:
    """The evidence on some commitments by a day, newest first; one claim of one source, put to several, once."""
    rows = [row for one in members for row in held.get(one.id, ()) if _by(row, as_of)]
    rows.sort(key=lambda row: (row.date.last if row.date else date.min, row.id), reverse=True)
    return tuple({(row.claim, str(row.date), row.source.url): row for row in reversed(rows)}.values())[::-1]


def gather(ground: Ground, carried: Sequence[Item] = ()) -> list[Drafted]:
    """Everything that should be spoken of, in no order yet. What is carried over is not named twice."""
    found = [_carried(ground, one) for one in carried]
    named = {name for one in found for name in one.commitments}
    held = [
        one for one in ground.threads.values()
        if not named & {member.id for member in one.members} and one.ruling.status.is_open and not one.is_at_event
    ]  # fmt: skip
    found += [made for strand in held if not strand.is_silent and (made := _thread(ground, strand))]
    found += _questions(ground, [strand for strand in held if strand.is_silent])
    found += _barriers(ground)
    found += _changed(ground)
    return found


def _carried(ground: Ground, item: Item) -> Drafted:
    members = tuple(ground.record.commitments[name] for name in item.commitments)
    late = max((_late(ground, name) for name in item.commitments), default=0)
    deferred = f" It was deferred to {item.until}." if item.state is ItemState.DEFERRED and item.until else ""
    return Drafted(
        "carried", item.title, f"Carried over from {item.meeting}: {item.reason}{deferred}", item.commitments, late,
        ground.shown(members), weigh(ground.held, "carried", ground.record, members, late), barriers=item.barriers,
        carried=item.id,
    )  # fmt: skip


def _late(ground: Ground, name: str) -> int:
    strand = ground.threads.get(ground.record.commitments[name].thread)
    return strand.ruling.days_overdue if strand and strand.ruling.status.is_open else 0


def _thread(ground: Ground, strand: Strand) -> Drafted | None:
    """The thread as something to speak of; None where there is no need."""
    ruling, held = strand.ruling, ground.held
    ahead = (ruling.due - ground.as_of).days if ruling.due else None
    if ruling.days_overdue:
        sort, reason = "overdue", _overdue(ground, strand)
    elif ahead is not None and 0 <= ahead <= ground.horizon:
        sort, reason = "due", _due(ground, strand, ahead)
    elif ruling.status in STALLED:
        sort, reason = "stalled", f"{ruling.because} {_promised(ground, strand)} Owed by {ground.owed(strand.latest)}."
    elif len(strand.members) >= held.undated_after and not any(one.deadline for one in strand.members):
        sort, reason = "undated", _undated(ground, strand)
    else:
        return None
    return Drafted(
        sort, ground.record.threads[strand.thread].title, reason, tuple(one.id for one in strand.members),
        ruling.days_overdue, ground.shown(strand.members),
        weigh(held, sort, ground.record, strand.members, ruling.days_overdue), str(strand.latest.area),
        owed_by(strand.latest), ruling.due, str(ruling.status),
    )  # fmt: skip


def _promised(ground: Ground, strand: Strand) -> str:
    last = ground.record.documents[strand.latest.document]
    many = len(strand.members)
    if many == 1:
        return f"Promised in {last.title} ({last.date})."
    return f"Promised {many} times since {strand.dates[0]}, last in {last.title} ({last.date})."


def _overdue(ground: Ground, strand: Strand) -> str:
    due, late = strand.ruling.due, strand.ruling.days_overdue
    assert due is not None
    shown = [row for row in ground.shown(strand.members) if row.date and row.date.last > due]
    later = f" {_said(shown[0])}" if shown else ""
    return (
        f"{_promised(ground, strand)} It was due by {day(due)}, {count(late, 'day')} ago, and is not complete: "
        f"{strand.ruling.because}{later} Owed by {ground.owed(strand.latest)}."
    )


def _said(row: Evidence) -> str:
    claim = row.claim.rstrip(". ")
    return f"Latest on record ({row.date}, {row.source.publisher}): {claim}."


def _questions(ground: Ground, silent: Sequence[Strand]) -> Iterator[Drafted]:
    """The promises of an area whose date is past and of which nothing was found later: one item, latest date first."""
    for area in dict.fromkeys(str(one.latest.area) for one in silent):
        its = [one for one in silent if str(one.latest.area) == area]
        its.sort(key=lambda one: (one.ruling.days_overdue, one.thread))
        members = tuple(member for one in its for member in one.members)
        late = max(one.ruling.days_overdue for one in its)
        many = len(its)
        told = "; ".join(_asked(ground, one) for one in its)
        reason = (
            f"The date promised has passed and the search found nothing later, either way: {told}. A question to the "
            "owner, not a finding: what became of it?"
            if many == 1
            else f"The dates promised have passed and the search found nothing later, either way: {told}. Questions to "
            "the owners, not findings: what became of each?"
        )
        yield Drafted(
            "question", _asking(ground, area, its), reason,
            tuple(one.id for one in members), late, ground.shown(members),
            weigh(ground.held, "question", ground.record, its[0].members, its[0].ruling.days_overdue), area,
            due=its[0].ruling.due, status=str(its[0].ruling.status),
        )  # fmt: skip


def _asking(ground: Ground, area: str, its: Sequence[Strand]) -> str:
    if len(its) == 1:
        return f"{ground.record.threads[its[0].thread].title}: what became of it?"
    return f"{area.capitalize()}: {count(len(its), 'dated promise')} with nothing found since"


def _asked(ground: Ground, strand: Strand) -> str:
    due = strand.ruling.due
    assert due is not None
    title = ground.record.threads[strand.thread].title
    return f"'{title}', due by {day(due)}, owed by {ground.owed(strand.latest)}"


def _due(ground: Ground, strand: Strand, ahead: int) -> str:
    due = strand.ruling.due
    assert due is not None
    return (
        f"{_promised(ground, strand)} It falls due on {day(due)}, in {count(ahead, 'day')}; its status is "
        f"'{strand.ruling.status}'. Owed by {ground.owed(strand.latest)}."
    )


def _undated(ground: Ground, strand: Strand) -> str:
    return f"{_promised(ground, strand)} No document gives it a date. Agree on one, and on who answers for it."


def _barriers(ground: Ground) -> Iterator[Drafted]:
    """For each side, by the same rule, the barriers in force that it maintains and the other side's firms meet."""
    for code in ground.record.case.parties:
        held = [
            one for one in ground.record.barriers.values()
            if one.imposed_by == (code,) and one.status == "in force"
            and (one.reported is None or one.reported.first <= ground.as_of)
        ]  # fmt: skip
        if not held:
            continue
        name = ground.words.named(code).short
        kinds = sorted({one.kind for one in held}, key=lambda kind: (-sum(one.kind == kind for one in held), kind))
        promised = sum(one.promised_fix is not None for one in held)
        latest = max((one.reported for one in held if one.reported), key=lambda when: when.last, default=None)
        reason = (
            f"{count(len(held), 'barrier')} that {name} maintains and exporters of the other side report "
            f"{'is' if len(held) == 1 else 'are'} on record as in force, most often of the kind '{kinds[0]}'"
            f"{f', the latest reported {latest}' if latest else ''}. For {promised} a remedy was promised."
        )
        yield Drafted(
            "barriers", f"Barriers at the border of {name}", reason, (), 0, (),
            weigh(ground.held, "barriers", ground.record, ()), "trade", code, barriers=tuple(one.id for one in held),
        )  # fmt: skip


def _changed(ground: Ground) -> Iterator[Drafted]:
    """What was found since the last meeting, in one item."""
    if ground.since is None:
        return
    after = ground.since + timedelta(days=1)
    rows = [
        row for held in ground.evidence.values() for row in held
        if row.date and row.date.first >= after and _by(row, ground.as_of)
    ]  # fmt: skip
    happened = [one for one in ground.record.events.values() if after <= one.date.first <= ground.as_of]
    moved = around(ground.record.case.parties, ground.words, ground.since, ground.as_of)
    if not rows and not happened and not moved:
        return
    names = tuple(dict.fromkeys(row.commitment for row in sorted(rows, key=lambda row: row.id)))
    said = (
        [count(len(rows), "piece of evidence", "pieces of evidence") + f" on {count(len(names), 'commitment')}"]
        if rows
        else []
    )
    said += [count(len(happened), "event")] if happened else []
    latest = max(happened, key=lambda one: (one.date.last, one.id), default=None)
    told = f" The latest: {latest.event.rstrip('. ')} ({latest.date})." if latest else ""
    told += f" Around the two: {' '.join(one.text for one in moved[:TOLD])}" if moved else ""
    more = len(moved) - TOLD
    told += f" {count(more, 'more stands', 'more stand')} in the chapter on the region." if more > 0 else ""
    found = f"The record holds {either(said)} of" if said else "The record holds nothing of"
    yield Drafted(
        "changed", f"What changed since {day(ground.since)}",
        f"{found} the {years((ground.as_of - ground.since).days)} since then.{told}",
        names, 0,
        tuple(sorted(rows, key=lambda row: (row.date.last if row.date else date.min, row.id), reverse=True)),
        weigh(ground.held, "changed", ground.record, ()),
    )  # fmt: skip


def _by(row: Evidence, as_of: date) -> bool:
    return row.date is None or row.date.first <= as_of

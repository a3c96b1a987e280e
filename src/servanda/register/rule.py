"""The written rule that turns evidence into a status. docs/explanation/status.md says it in words.

The rule sees dates and what evidence shows, never who the parties are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.model.commitment import Commitment
from servanda.model.evidence import Evidence
from servanda.model.period import Deadline, When
from servanda.model.status import Status
from servanda.model.words import Shown, Undertaking

VERSION = "status-1"
QUIET = timedelta(days=730)
"""Without a deadline, work counts as on schedule for two years after its last dated step."""

_CLOSING = (Shown.ENDED, Shown.REPLACED, Shown.MISSED)


@dataclass(frozen=True, slots=True)
class Showing:
    """What one piece of evidence shows, and when: `day` it happened, `seen` from which day it can count."""

    shows: Shown
    day: date | None
    end: date
    seen: date
    evidence: str
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What the rule needs of a commitment or a thread.

    `since`: the day it was made. `at_event`: an act completed at the event itself. `is_target`: an amount by a date,
    where the date is part of what was promised.
    """

    since: date
    deadline: Deadline | None
    at_event: bool = False
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """The status on a day, the rule that gave it, and the evidence that carried it.

    `due` is the last day in time; `days_overdue` is 0 unless something open is past it. `done_on` is the
    first day that the delivery can mean, `done_when` its date as the source gives it.
    """

    status: Status
    rule: str
    because: str
    carried_by: tuple[str, ...] = ()
    due: date | None = None
    days_overdue: int = 0
    done_on: date | None = None
    days_late: int | None = None
    done_when: When | None = None


def showing(row: Evidence, searched: date) -> Showing:
    """Evidence as the rule sees it: it can count once its date is over, at the latest when it was found."""
    if row.date is None:
        return Showing(row.shows, None, searched, searched, row.id)
    return Showing(row.shows, row.date.first, row.date.last, min(row.date.last, searched), row.id, row.date)


def promise(commitment: Commitment, made: date) -> Promise:
    """A commitment as the rule sees it; `made` is the first day its document can mean."""
    return Promise(made, binding(commitment), commitment.kind is Undertaking.AT_EVENT, is_target(commitment))


def binding(commitment: Commitment) -> Deadline | None:
    """The deadline by which the act is owed. The date of open-ended work is the term of its paper, not a deadline."""
    return None if commitment.kind is Undertaking.OPEN_ENDED else commitment.deadline


def is_target(commitment: Commitment) -> bool:
    """True for an amount to be reached by a date: reached later, it was not kept."""
    return (
        commitment.kind is Undertaking.TARGET
        and commitment.deadline is not None
        and commitment.deadline.when is not None
    )


def rule(made: Promise, shown: Sequence[Showing], day: date) -> Ruling:
    """The status on `day`: the first of the six steps that applies."""
    seen = sorted((one for one in shown if one.seen <= day), key=lambda one: (one.end, one.evidence))
    due = _due(made, seen)
    return (
        _delivered(made, seen, due)
        or _closed(seen, due, day)
        or _under_way(made, seen, due, day)
        or Ruling(
            Status.NO_EVIDENCE,
            "6 nothing found",
            "Nothing found shows what became of it; that says what was searched, not what was done.",
            due=due,
            days_overdue=_overdue(due, day),
        )
    )


def _due(made: Promise, seen: Sequence[Showing]) -> date | None:
    if made.deadline is None:
        return None
    held = [one.end for one in seen if one.shows in (Shown.PARTLY, Shown.COMPLETED)]
    return made.deadline.due(max([made.since, *held]) if made.deadline.months else made.since)


def _overdue(due: date | None, day: date) -> int:
    return max(0, (day - due).days) if due else 0


def _delivered(made: Promise, seen: Sequence[Showing], due: date | None) -> Ruling | None:
    done = [one for one in seen if one.shows is Shown.COMPLETED]
    ended = [one for one in seen if one.shows is Shown.ENDED]
    if not done and not made.at_event:
        return None
    first = done[0] if done else None
    last_done = done[-1].end if done else made.since
    if ended and ended[-1].end > last_done:
        return None
    done_on = made.since if made.at_event or first is None else first.day
    late = None
    if due and done_on:
        late = max(0, (done_on - due).days)
    carried = tuple(one.evidence for one in done)
    if made.is_target and late:
        because = f"The amount was reached {late} days after its date, and the date was part of the promise."
        return Ruling(Status.LAPSED, "2 closed", because, carried, due)
    if made.at_event:
        because = "It was completed at the event itself, as the document reports."
    elif late:
        because = f"The act is shown to be done, {late} days after the date promised."
    else:
        because = "The act is shown to be done."
    when = None if made.at_event or first is None else first.when
    return Ruling(Status.DELIVERED, "1 done", because, carried, due, 0, done_on, late, when)


def _closed(seen: Sequence[Showing], due: date | None, day: date) -> Ruling | None:
    closing = [
        one for one in seen if one.shows in _CLOSING and (one.shows is not Shown.MISSED or due is None or due < day)
    ]
    if not closing:
        return None
    last = closing[-1]
    carried = tuple(one.evidence for one in closing)
    if last.shows is Shown.REPLACED:
        return Ruling(Status.SUPERSEDED, "2 closed", "A later promise took its place.", carried, due)
    words = "It was given up." if last.shows is Shown.ENDED else "The date or target passed and was not met."
    return Ruling(Status.LAPSED, "2 closed", words, carried, due)


def _under_way(made: Promise, seen: Sequence[Showing], due: date | None, day: date) -> Ruling | None:
    overdue = _overdue(due, day)
    parts = [one for one in seen if one.shows is Shown.PARTLY]
    if parts:
        carried = tuple(one.evidence for one in parts)
        if (
            overdue
            and not made.is_target
            and made.deadline
            and made.deadline.when
            and parts[0].end <= made.deadline.when.last
        ):
            because = "A part of it was shown to be done by the date promised."
            return Ruling(Status.PARTLY, "3 part done", because, carried, due)
        return Ruling(Status.PARTLY, "3 part done", "A part of it is shown to be done.", carried, due, overdue)
    steps = [one for one in seen if one.shows is Shown.STEP]
    if steps:
        carried = tuple(one.evidence for one in steps)
        return _in_progress(made, steps, carried, due, day)
    idle = tuple(one.evidence for one in seen if one.shows is Shown.NOT_BEGUN)
    if idle:
        return Ruling(Status.NOT_STARTED, "5 not begun", "A source says that it had not begun.", idle, due, overdue)
    return None


def _in_progress(
    made: Promise, steps: Sequence[Showing], carried: tuple[str, ...], due: date | None, day: date
) -> Ruling:
    if due:
        if due < day:
            because = "Steps are shown, and the date promised has passed."
            return Ruling(Status.BEHIND, "4 under way", because, carried, due, (day - due).days)
        return Ruling(Status.ON_SCHEDULE, "4 under way", "Steps are shown, and the date is still ahead.", carried, due)
    last = max((one.end for one in steps if one.day), default=made.since)
    if day - last > QUIET:
        because = f"No date was promised; the last dated step is of {last.isoformat()}, more than two years before."
        return Ruling(Status.BEHIND, "4 under way", because, carried)
    because = f"No date was promised; the last dated step is of {last.isoformat()}, within two years."
    return Ruling(Status.ON_SCHEDULE, "4 under way", because, carried)


@dataclass(frozen=True, slots=True)
class Standing:
    """A status that holds from `start` up to but not including `stop`, and the date by which it is owed meanwhile.

    `due` is None once an open promise was met in part by its date: it is then no longer late.
    """

    start: date
    stop: date
    status: Status
    due: date | None


def standings(made: Promise, shown: Sequence[Showing]) -> list[Standing]:
    """The status on every day since the promise, as the stretches on which it does not change."""
    days = sorted(day for day in set(_turns(made, shown)) if made.since <= day < date.max)
    found: list[Standing] = []
    for day, stop in zip(days, [*days[1:], date.max], strict=True):
        ruling = rule(made, shown, day)
        met = ruling.status.is_open and ruling.due is not None and ruling.due < day and not ruling.days_overdue
        due = None if met else ruling.due
        same = found and (found[-1].status, found[-1].due) == (ruling.status, due)
        start = found.pop().start if same else day
        found.append(Standing(start, stop, ruling.status, due))
    return found


def _turns(made: Promise, shown: Iterable[Showing]) -> Iterable[date]:
    """The days on which the status may change."""
    yield made.since
    one_day = timedelta(days=1)
    held = [made.since]
    for one in shown:
        yield one.seen
        yield max(one.seen, _later(one.end, QUIET + one_day))
        held.append(one.end)
    yield _later(made.since, QUIET + one_day)
    if made.deadline:
        for since in held:
            yield _later(made.deadline.due(since), one_day)


def _later(day: date, span: timedelta) -> date:
    """The day that much later, or the last day there is: a deadline may be written 9999."""
    return day + span if date.max - day > span else date.max

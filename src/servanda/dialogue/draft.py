"""The verb: an agenda drafted from the record. What is weightiest comes first; time boxes fit the hours.

Nothing is dropped in silence: what does not fit the hours is listed apart, for an answer in writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from servanda.dialogue.gather import Drafted, Ground, gather
from servanda.dialogue.weigh import Rules, rules
from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.dialogue import Item, ItemState, MeetingState, Rhythm
from servanda.register.recall import known_on, recall, which_case
from servanda.register.threads import strands
from servanda.register.words import Words, words
from servanda.store.connect import Store

HOURS = 180
STEP = 5
MEETS = ("summit", "minister")
"""The levels of documents that count as a meeting where no meeting of a series has been held yet."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An agenda in the making. `in_writing` does not fit the hours; `since` is the day of the last meeting."""

    case: str
    title: str
    parties: tuple[str, str]
    as_of: date
    entries: int
    since: date | None
    since_what: str
    minutes: int
    items: tuple[Drafted, ...]
    in_writing: tuple[Drafted, ...]


def draft(
    store: Store, content: Path, said: Sequence[str], as_of: date, minutes: int = HOURS, series: str | None = None
) -> Draft:
    """The draft of an agenda of the pair that the two names say, as the register knew it on the day.

    Raises RequestError with the nearest names for a country or a pair that is not there.
    """
    lists = words(content)
    codes = [lists.party(one).code for one in said]
    with store.read() as unit:
        upto = known_on(unit, as_of)
        record = recall(unit, which_case(unit, codes, upto), upto)
    return build(record, lists, rules(content), as_of, minutes, series)


def build(
    record: Record, lists: Words, held: Rules, as_of: date, minutes: int = HOURS, series: str | None = None
) -> Draft:
    """The draft from a record: no store, no clock."""
    if minutes < STEP:
        raise RequestError(f"a meeting of {minutes} minutes has no agenda; give at least {STEP}")
    since, what = last_meeting(record, as_of, series)
    rhythm = record.series[series].rhythm if series and series in record.series else Rhythm.YEARLY
    ground = Ground(record, lists, held, as_of, since, held.horizon_days[str(rhythm)], record.evidence_on(),
                    strands(record, as_of))  # fmt: skip
    found = sorted(gather(ground, open_items(record, series)), key=_order)
    fits, rest = _fit(found, held, minutes)
    return Draft(
        record.case.id, record.case.title, record.case.parties, as_of, record.entries, since, what, minutes,
        tuple(fits), tuple(rest),
    )  # fmt: skip


def last_meeting(record: Record, as_of: date, series: str | None = None) -> tuple[date | None, str]:
    """The day of the last meeting before the given one, and what it was.

    A meeting of the series that was held; where there is none, the last document of leaders or ministers.
    """
    met = [
        one for one in record.meetings.values()
        if one.state in (MeetingState.HELD, MeetingState.CLOSED) and one.date.last <= as_of
        and series in (None, one.series)
    ]  # fmt: skip
    if met:
        last = max(met, key=lambda one: (one.date.last, one.id))
        return last.date.last, f"meeting {last.number} of {record.series[last.series].title}"
    papers = [one for one in record.documents.values() if one.level in MEETS and one.date.last <= as_of]
    if not papers:
        return None, "no meeting and no document of leaders or ministers is on record"
    paper = max(papers, key=lambda one: (one.date.last, one.id))
    return paper.date.last, f"{paper.title} ({paper.date}), the last document of leaders or ministers on record"


def open_items(record: Record, series: str | None) -> list[Item]:
    """What earlier meetings of a series left open or deferred, and no later item continues."""
    if series is None:
        return []
    continued = {one.carried for one in record.agenda.values() if one.carried}
    return [
        one for one in record.agenda.values()
        if (meeting := record.meetings.get(one.meeting)) is not None and meeting.series == series
        and meeting.state is MeetingState.CLOSED and one.state in (ItemState.OPEN, ItemState.DEFERRED)
        and one.id not in continued
    ]  # fmt: skip


def _order(one: Drafted) -> tuple[float, int, str]:
    return -one.weight, -one.days_overdue, one.title


def _fit(found: Sequence[Drafted], held: Rules, minutes: int) -> tuple[list[Drafted], list[Drafted]]:
    """Those that fit the hours at their least time, weightiest first; then what is left of the hours, by weight.

    Time boxes are whole steps; they add up to no more than the hours.
    """
    fits: list[Drafted] = []
    rest: list[Drafted] = []
    free = minutes - minutes % STEP
    for one in found:
        least = held.sorts[one.sort].least
        if least <= free:
            fits.append(replace(one, minutes=least))
            free -= least
        else:
            rest.append(one)
    # What is left goes in steps to the item that has least time for its weight.
    while free >= STEP and fits:
        place = min(range(len(fits)), key=lambda place: (fits[place].minutes / max(fits[place].weight, 1.0), place))
        fits[place] = replace(fits[place], minutes=fits[place].minutes + STEP)
        free -= STEP
    return fits, rest

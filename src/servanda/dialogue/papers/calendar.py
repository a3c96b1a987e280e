"""Calendar feeds: a meeting, and for each owner what is due. A month is not a day, and no clock is asked.

The stamp of an entry is the moment at which the register took it in; ids do not change, so that a calendar that asks
again replaces what it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Todo, vDatetime, vUri
from sqlalchemy import Connection

from servanda.dialogue.papers.excerpt import is_named
from servanda.dialogue.papers.phrases import by, flat, name_of, names_of, on, said
from servanda.dialogue.papers.points import deadline_of
from servanda.dialogue.post.remind import state_of
from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.dialogue import Item, Meeting
from servanda.model.status import Status
from servanda.model.words import Kind
from servanda.register.rule import VERSION
from servanda.register.threads import Strand, strands
from servanda.register.words import Words
from servanda.review.wording import day
from servanda.store import entries

MADE_BY = "-//Servanda//dialogue//EN"
MEDIA = "text/calendar; charset=utf-8; method=PUBLISH"
_STATUS = {Status.PARTLY: "IN-PROCESS", Status.ON_SCHEDULE: "IN-PROCESS", Status.BEHIND: "IN-PROCESS"}


def stamps(unit: Connection, kind: Kind, refs: Iterable[str]) -> dict[str, str]:
    """When the register last took in each noun, as its entries say."""
    return {one.ref: one.at for one in entries.of(unit, [(str(kind), ref) for ref in refs])}


def meeting_feed(meeting: Meeting, items: Sequence[Item], words: Words, at: str, series: str | None = None) -> bytes:
    """A feed with one meeting. `at` is the moment of its last entry, `series` the title of its series."""
    event = Event()
    _about(event, f"{meeting.id}@servanda", at)
    dated = "" if meeting.date.precision == "day" else f" ({said(meeting.date)}; the day is not set)"
    event.add("summary", flat(f"Meeting {meeting.number} of {series or meeting.series}{dated}"))
    _span(event, meeting.date.first, meeting.date.last)
    event.add("status", "CONFIRMED" if meeting.date.precision == "day" else "TENTATIVE")
    event.add("transp", "OPAQUE" if meeting.date.precision == "day" else "TRANSPARENT")
    host = f"host {name_of(words, meeting.host)}"
    event.add("location", flat(f"{meeting.place}, {host}" if meeting.place else host))
    listed = [f"{one.place}. {flat(one.title)} ({one.minutes} minutes)" for one in sorted(items, key=_place)]
    event.add("description", "\n".join([f"{meeting.minutes} minutes.", *listed]))
    return _feed(f"Meeting {meeting.id}", [event])


def due_feed(
    record: Record, owner: str, words: Words, as_of: date, at: Mapping[str, str], as_events: bool = False
) -> bytes:
    """A feed of what is open and dated for an owner: the code of a party, or a body named in the record.

    Tasks (VTODO), or with `as_events` whole days, for calendars that show no tasks. `at` gives the moment of the last
    entry of each commitment.
    """
    # The written rules of reminders say the same: what was met in part by its date is owed by no date any more.
    rows = [one for one in strands(record, as_of).values() if state_of(one, as_of)]
    rows = [one for one in rows if owner in one.parties or _is_named(one, owner)]
    made = [
        _task(record, words, one, at, as_events)
        for one in sorted(rows, key=lambda one: (one.ruling.due or as_of, one.thread))
    ]
    return _feed(f"Due: {name_of(words, owner)}, {record.case.title}", made)


def _place(one: Item) -> tuple[int, str]:
    return one.place, one.id


def _is_named(strand: Strand, owner: str) -> bool:
    return owner in strand.latest.bodies or is_named(strand.latest.owner, owner)


def _task(record: Record, words: Words, strand: Strand, at: Mapping[str, str], as_event: bool) -> Any:
    one, ruling, deadline = strand.latest, strand.ruling, deadline_of(strand)
    due = ruling.due
    if one.id not in at:
        raise RequestError(f"no entry of the register says when {one.id} was taken in; give its moment")
    if due is None or deadline is None:
        raise RequestError(f"{one.id} has no date; a calendar cannot hold it")
    made = Event() if as_event else Todo()
    _about(made, f"{strand.thread}.{'day' if as_event else 'task'}@servanda", at[one.id])
    # A thread keeps its id when its date moves: the calendar moves what it has.
    made.add("summary", flat(f"{record.threads[strand.thread].title}: due {by(deadline)}"))
    is_day = deadline.when is None or deadline.when.precision == "day"
    first = due if is_day or deadline.when is None else deadline.when.first
    if as_event:
        _span(made, first, due)
        made.add("transp", "TRANSPARENT")
    else:
        if first < due:
            made.add("dtstart", first)
        made.add("due", due)
        made.add("status", _STATUS.get(ruling.status, "NEEDS-ACTION"))
    made.add("description", _told(record, words, strand, due, is_day))
    made.add("categories", [str(one.area)])
    if one.source.url and _is_web(one.source.url):
        made.add("url", vUri(one.source.url))
    return made


def _told(record: Record, words: Words, strand: Strand, due: date, is_day: bool) -> str:
    one, document = strand.latest, record.documents[strand.latest.document]
    lines = [
        f"{flat(one.says)} ({one.id})",
        f"Promised {on(document.date)}: {flat(document.title)}",
        f"Owed by {names_of(words, one.parties) or 'neither state itself'}; responsible: {flat(one.owner)}",
        f"Status by the written rule {VERSION}: {strand.ruling.status}. {strand.ruling.because}",
    ]
    if not is_day:
        lines.append(f"No day was promised: {day(due)} is the last day that is in time.")
    if strand.ruling.status is Status.NO_EVIDENCE or strand.is_silent:
        lines.append("Nothing was found on what came of it, which is a question and not a reproach.")
    return "\n".join(lines)


def _about(made: Any, name: str, at: str) -> None:
    moment = datetime.fromisoformat(at)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    made.add("uid", flat(name))
    made.add("dtstamp", vDatetime(moment))
    made.add("last-modified", vDatetime(moment))


def _span(made: Any, first: date, last: date) -> None:
    """Whole days, from the first to the last; the end is the day after, as the standard wants it."""
    made.add("dtstart", first)
    made.add("dtend", last + timedelta(days=1) if last < date.max else last)


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https") and url.isprintable() and " " not in url
    except ValueError:  # no address at all, such as http://[
        return False


def _feed(name: str, parts: Iterable[Any]) -> bytes:
    made = Calendar()
    made.add("prodid", MADE_BY)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", flat(name))
    for one in parts:
        made.add_component(one)
    return bytes(made.to_ical())

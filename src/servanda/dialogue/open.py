"""The verbs that open a series of meetings, and its next meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servanda.dialogue.may import Deed
from servanda.dialogue.work import Work, begin, begin_at
from servanda.errors import RequestError
from servanda.model.dialogue import Meeting, Participant, Rhythm, Role, Series, Speaker, Track
from servanda.model.period import When, add_months
from servanda.model.words import Kind
from servanda.store.connect import Store

MOST_MINUTES = 24 * 60
FARTHEST_YEARS = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """What is said of a meeting when it is opened. Without a host, the other capital than last time."""

    date: str
    host: str | None = None
    minutes: int = 180
    place: str | None = None
    participants: tuple[Participant, ...] = ()


def open_series(
    store: Store, case: str, title: str, rhythm: Rhythm, tracks: Sequence[Track], speaker: Speaker, at: str
) -> Series:
    """Open a series; raises RequestError where it is there already or a track is named twice."""
    title = " ".join(title.split())
    if not title:
        raise RequestError("the series has no title; write one, such as Strategic dialogue")
    with store.write() as unit:
        work = begin(unit, case, speaker, at)
        work.must(Deed.OPEN)
        name = f"{case}.{_slug(title)}"
        if name in work.record.series:
            raise RequestError(f"there is a series '{name}' already; open its next meeting instead")
        names = [track.id for track in tracks]
        if len(set(names)) < len(names) or any(not re.fullmatch(r"[a-z][a-z0-9-]*", one) for one in names):
            raise RequestError(f"tracks need ids of their own of small letters and hyphens, not {', '.join(names)}")
        series = Series(name, case, title, rhythm, tuple(tracks))
        work.put(Kind.SERIES, series)
        work.done(f"series opened: {title}")
        return series


def open_meeting(store: Store, series: str, opening: Opening, speaker: Speaker, at: str) -> Meeting:
    """Open the next meeting of a series; raises RequestError for a date or a host that cannot be."""
    with store.write() as unit:
        work = begin_at(unit, Kind.SERIES, series, speaker, at)
        work.must(Deed.OPEN)
        meeting = next_meeting(work, work.series(series), opening)
        work.put_meeting(meeting)
        work.done(f"meeting {meeting.number} opened")
        return meeting


def next_meeting(work: Work, series: Series, opening: Opening) -> Meeting:
    """The next meeting of a series as the opening says it."""
    held = sorted((one for one in work.record.meetings.values() if one.series == series.id), key=lambda one: one.number)
    last = held[-1] if held else None
    day = When.parse(opening.date.strip())
    if last and day.first < last.date.first:
        raise RequestError(f"the last meeting is of {last.date}; the next cannot be of {day}, before it")
    if day.last.year > int(work.at[:4]) + FARTHEST_YEARS:
        raise RequestError(f"a meeting on {day} is too far ahead; open one within {FARTHEST_YEARS} years")
    host = opening.host or other(work.parties, last.host if last else None)
    if host not in work.parties:
        raise RequestError(f"'{host}' is not of the pair; the host is {' or '.join(work.parties)}")
    if not 0 < opening.minutes <= MOST_MINUTES:
        raise RequestError(f"a meeting lasts between 1 and {MOST_MINUTES} minutes, not {opening.minutes}")
    _check(work, series, opening.participants)
    number = (last.number if last else 0) + 1
    return Meeting(
        f"{series.id}.{number}", series.case, series.id, number, day, host, opening.minutes, opening.place or None,
        opening.participants,
    )  # fmt: skip


def other(parties: Sequence[str], host: str | None) -> str:
    """The capital whose turn it is: not the one that had the last meeting; the first named where there was none."""
    return next(one for one in parties if one != host)


def when_next(meeting: Meeting, rhythm: Rhythm) -> date:
    """The day on which the rhythm has the next meeting."""
    return add_months(meeting.date.last, rhythm.months)


def _check(work: Work, series: Series, participants: Sequence[Participant]) -> None:
    tracks = {track.id for track in series.tracks}
    for one in participants:
        if not one.name.strip():
            raise RequestError("a participant has no name; write it, or leave the line out")
        if one.party is not None and one.party not in work.parties:
            raise RequestError(f"{one.name} is of '{one.party}', which is not of the pair {', '.join(work.parties)}")
        if one.role in (Role.CO_CHAIR, Role.POLICYMAKER) and one.party is None:
            raise RequestError(f"{one.name} is {one.role} of no party; say of which")
        if one.track is not None and one.track not in tracks:
            raise RequestError(
                f"{one.name} is on track '{one.track}'; the tracks are {', '.join(sorted(tracks)) or 'none'}"
            )
    chairs = [one.party for one in participants if one.role is Role.CO_CHAIR]
    if len(set(chairs)) < len(chairs):
        raise RequestError("a party has two co-chairs; one signs for each party")


def _slug(title: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    if not found:
        raise RequestError(f"'{title}' has no Latin letter from which an address could be made; add one")
    return found[:40].strip("-")

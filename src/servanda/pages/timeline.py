"""Documents, meetings and events of a pair, on one line of time."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.source import Source
from servanda.pages.frame import Ask
from servanda.pages.library import Library


@dataclass(frozen=True, slots=True)
class Point:
    """One dated thing: a document with its commitments, or an event."""

    id: str
    date: str
    year: int
    sort: str
    kind: str
    title: str
    place: str | None
    detail: str | None
    commitments: tuple[str, ...]
    source: Source
    confidence: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The line, newest year first; an event that only repeats a document is left to the document."""

    title: str
    kind: str
    kinds: dict[str, int]
    total: int
    years: dict[int, tuple[Point, ...]]


def timeline(library: Library, ask: Ask) -> TimelinePage:
    """The line up to the day, of one kind or of all."""
    record = library.record(ask.case or "", ask.as_of)
    promised: dict[str, list[str]] = {}
    for one in record.commitments.values():
        promised.setdefault(one.document, []).append(one.id)
    points = [
        Point(
            one.id,
            str(one.date),
            one.date.first.year,
            str(one.date.first),
            one.type,
            one.title,
            one.place,
            one.note,
            tuple(promised.get(one.id, ())),
            one.source,
            one.confidence,
        )
        for one in record.documents.values()
        if one.date.first <= ask.as_of
    ]
    points += [
        Point(
            one.id,
            str(one.date),
            one.date.first.year,
            str(one.date.first),
            one.kind,
            one.event,
            None,
            one.detail,
            (),
            one.source,
            one.confidence,
        )
        for one in record.events.values()
        if one.date.first <= ask.as_of and not one.documents
    ]
    kinds: dict[str, int] = {}
    for point in points:
        kinds[point.kind] = kinds.get(point.kind, 0) + 1
    kind = ask.one("kind")
    shown = sorted(
        (point for point in points if not kind or point.kind == kind),
        key=lambda point: (point.sort, point.id),
        reverse=True,
    )
    years: dict[int, tuple[Point, ...]] = {}
    for point in shown:
        years[point.year] = (*years.get(point.year, ()), point)
    order = dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))
    return TimelinePage(f"Time line: {record.case.title}", kind, order, len(shown), years)

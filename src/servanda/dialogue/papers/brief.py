"""The brief for a meeting: for one side, or joint. Facts with their sources, and what not to claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servanda.dialogue.papers.cautions import avoid
from servanda.dialogue.papers.concerns import barriers, concerns
from servanda.dialogue.papers.phrases import flat, names_of, on
from servanda.dialogue.papers.points import Point, View, facts, reported
from servanda.dialogue.papers.questions import questions
from servanda.errors import RequestError
from servanda.model.case import Conflict, Record
from servanda.model.dialogue import Item, Meeting
from servanda.model.source import Source
from servanda.register.threads import Strand, strand_of
from servanda.register.words import Words


@dataclass(frozen=True, slots=True)
class Talk:
    """One item of the agenda as a speaker needs it."""

    item: str
    place: int
    title: str
    reason: str
    minutes: int
    proposed_by: str
    points: tuple[Point, ...]
    concerns: tuple[Point, ...]
    avoid: tuple[Point, ...]
    questions: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief. `side` is None where it is joint; then it has no private notes. `sources` are numbered from 1."""

    case: str
    title: str
    meeting: str
    heading: str
    held: str
    side: str | None
    reader: str
    as_of: date
    entries: int
    talks: tuple[Talk, ...]
    sources: tuple[Source, ...]
    conflicts: tuple[Conflict, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...] = ()


def brief(
    record: Record,
    words: Words,
    meeting: Meeting,
    items: Sequence[Item],
    side: str | None,
    as_of: date,
    notes: Sequence[object] = (),
) -> Brief:
    """The brief of a meeting for one side, or for both where `side` is None.

    `notes` are words, or nouns that say them. Raises RequestError for a side that is no party of the case, and for
    private notes in a joint brief.
    """
    parties = record.case.parties
    if side is not None and side not in parties:
        raise RequestError(f"'{side}' is no party of {record.case.title}; the sides are {' and '.join(parties)}")
    if side is None and notes:
        raise RequestError("a joint brief holds nothing private; leave the notes out, or ask for the brief of one side")
    view = View(record, words, as_of, side)
    talks = tuple(_talk(view, one) for one in sorted(items, key=lambda one: (one.place, one.id)))
    series = record.series.get(meeting.series)
    return Brief(
        case=record.case.id,
        title=record.case.title,
        meeting=meeting.id,
        heading=f"{flat(series.title) if series else meeting.series}: meeting {meeting.number}",
        held=_held(words, meeting),
        side=side,
        reader=words.named(side).short if side else names_of(words, parties),
        as_of=as_of,
        entries=record.entries,
        talks=talks,
        sources=tuple(view.sources),
        conflicts=record.case.conflicts,
        warnings=record.case.warnings,
        notes=tuple(str(getattr(one, "says", one)) for one in notes),
    )


def _held(words: Words, meeting: Meeting) -> str:
    place = f", {flat(meeting.place)}" if meeting.place else ""
    return f"{on(meeting.date)}, host {names_of(words, (meeting.host,))}{place}; {meeting.minutes} minutes"


def _talk(view: View, item: Item) -> Talk:
    strands, apart = _strands(view, item)
    points = [point for strand in strands for point in facts(view, strand, len(strands) == 1)]
    held = barriers(view, item)
    points += reported(view, [one for one in held if view.side not in one.imposed_by])
    points += apart
    if not points and held:
        points.append(Point("The item rests on barriers that the reader’s own side imposes; they stand below."))
    elif not points:
        points.append(Point("The item rests on no promise and no barrier of the record."))
    return Talk(
        item=item.id,
        place=item.place,
        title=flat(item.title),
        reason=flat(item.reason),
        minutes=item.minutes,
        proposed_by=_proposer(view, item),
        points=tuple(points),
        concerns=tuple(concerns(view, item, strands)),
        avoid=tuple(avoid(view, strands)),
        questions=tuple(questions(view, strands)),
    )


def _proposer(view: View, item: Item) -> str:
    if item.proposed_by == "record":
        return "drafted from the record"
    if item.proposed_by in view.record.case.parties:
        return f"proposed by {view.name(item.proposed_by)}"
    return f"proposed by {flat(item.proposed_by)}"


def _strands(view: View, item: Item) -> tuple[list[Strand], list[Point]]:
    """The threads of an item's commitments as they stood on the day; what is left out, and why."""
    found: dict[str, Strand] = {}
    apart = []
    for name in item.commitments:
        one = view.record.commitments.get(name)
        if one is None:
            apart.append(Point(f"The record holds no commitment {flat(name)}.", (), name))
            continue
        document = view.record.documents[one.document]
        if document.date.first > view.as_of:
            apart.append(Point(f"{name} was promised {on(document.date)}, after the day of this brief.", (), name))
        elif one.thread not in found:
            found[one.thread] = strand_of(view.record, one.thread, view.as_of)
    return list(found.values()), apart

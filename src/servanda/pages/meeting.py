"""One meeting: its agenda, the two keys, the minutes, and what stands between it and its close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.dialogue.agenda import minutes_left
from servanda.dialogue.close import waits
from servanda.dialogue.may import Deed
from servanda.dialogue.papers.excerpt import owners
from servanda.dialogue.seals import agenda_seal, minutes_seal, turned
from servanda.dialogue.work import agenda
from servanda.errors import PageMissing, nearest
from servanda.model.case import Record
from servanda.model.dialogue import Item, Meeting, MeetingState, Series, Signature, Track
from servanda.model.words import Kind
from servanda.pages.dialogue import Speaking, deeds, names
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.store import items as shelf
from servanda.store.notes import Note

STEPS = ("planned", "agreed", "held", "closed")


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the agenda lists it; `seen` is the entry that an edit of it stands upon."""

    item: Item
    seen: int
    days_overdue: int
    may_edit: bool
    may_settle: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with its agenda. `keys` are those over the agenda, or over the minutes once it is held.

    `tracks` are those on which the visitor may propose.
    """

    title: str
    case: str
    meeting: Meeting
    series: Series
    steps: tuple[str, ...]
    rows: tuple[Row, ...]
    left: int
    keys: dict[str, Signature | None]
    seal: str
    waits: tuple[str, ...]
    owners: tuple[str, ...]
    names: dict[str, str]
    deeds: frozenset[str]
    tracks: tuple[Track, ...]
    speaking: Speaking
    notes: tuple[Note, ...]
    problem: str
    typed: Mapping[str, tuple[str, ...]]


def meeting_of(record: Record, name: str) -> Meeting:
    """A meeting of a record by its id; raises PageMissing with the nearest."""
    if name not in record.meetings:
        near = nearest(name, record.meetings)
        raise PageMissing(f"no meeting '{name}' here" + (f"; nearest are {', '.join(near)}" if near else ""))
    return record.meetings[name]


def meeting(
    library: Library, ask: Ask, name: str, said: Speaking, notes: tuple[Note, ...] = (), problem: str = "",
    typed: Mapping[str, tuple[str, ...]] | None = None,
) -> MeetingPage:  # fmt: skip
    """The page of a meeting. `notes` are the private ones of the visitor's own party."""
    record = library.record(ask.case or "", ask.as_of)
    held = meeting_of(record, name)
    series, items = record.series[held.series], agenda(record, name)
    is_held = held.state in (MeetingState.HELD, MeetingState.CLOSED)
    seal = minutes_seal(held, items) if is_held else agenda_seal(held, items)
    owed = owners(items, library.words) if is_held else ()
    called = names(library, record.case.parties)
    tracks = tuple(one for one in series.tracks if said.may(Deed.PROPOSE, tuple(record.case.parties), one.id))
    late = {thread: one.ruling.days_overdue for thread, one in library.strands(record, ask.as_of).items()}
    with library.store.read() as unit:
        seen = shelf.last_entries(unit, Kind.ITEM, f"{name}.")
    rows = tuple(Row(one, seen.get(one.id, 0), _late(record, late, one), *_may(said, record, one)) for one in items)
    return MeetingPage(
        f"{series.title}, meeting {held.number}", record.case.id, held, series, STEPS, rows, minutes_left(held, items),
        turned(held.signed if is_held else held.agreed, seal, record.case.parties), seal,
        waits(held, items, record.case.parties, owed, called).reasons if held.state is MeetingState.HELD else (), owed,
        called, _deeds(said, record, tracks), tracks, said, notes, problem, typed or {},
    )  # fmt: skip


def _deeds(said: Speaking, record: Record, tracks: tuple[Track, ...]) -> frozenset[str]:
    """What the visitor may do here; who is bound to tracks may propose on those."""
    found = deeds(said, record.case.parties)
    return found | {Deed.PROPOSE.name} if tracks else found


def _late(record: Record, late: Mapping[str, int], item: Item) -> int:
    threads = {record.commitments[name].thread for name in item.commitments if name in record.commitments}
    return max((late.get(thread, 0) for thread in threads), default=0)


def _may(said: Speaking, record: Record, item: Item) -> tuple[bool, bool]:
    found = deeds(said, record.case.parties, item.track)
    return "EDIT" in found, "SETTLE" in found

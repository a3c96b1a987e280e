"""One unit of work of the dialogue: the record as it is, the changes of one verb, the merge of two people's edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection

from servanda.dialogue.may import Deed, must
from servanda.errors import RequestError, nearest
from servanda.model.case import Record, Search
from servanda.model.dialogue import Item, Meeting, MeetingState, Series, Speaker
from servanda.model.entry import Change
from servanda.model.period import When
from servanda.model.plain import reader, to_plain
from servanda.model.words import Act, Kind
from servanda.register.ledger import remember
from servanda.store import entries, items

Noun = TypeVar("Noun", Meeting, Item)
_OF = {Kind.SERIES: "series", Kind.MEETING: "meeting", Kind.ITEM: "item", Kind.COMMITMENT: "commitment"}


class Clash(RequestError):
    """Two people changed the same field of the same noun: both values, for the second to choose.

    `changed` are all the fields that the second changed: what they left alone is the first's to say.
    """

    def __init__(
        self, ref: str, theirs: Mapping[str, Any], mine: Mapping[str, Any], seen: int, changed: frozenset[str]
    ) -> None:
        self.ref, self.theirs, self.mine, self.seen, self.changed = ref, dict(theirs), dict(mine), seen, changed
        told = "; ".join(f"{name}: theirs '{theirs[name]}', yours '{mine[name]}'" for name in sorted(theirs))
        super().__init__(f"{ref} was changed by somebody else since you opened it ({told}); choose, and save again")


@dataclass(slots=True)
class Work:
    """The record of a case within a unit of work, and what a verb changes in it."""

    unit: Connection
    record: Record
    speaker: Speaker
    at: str
    changes: list[Change] = field(default_factory=list)

    @property
    def parties(self) -> tuple[str, ...]:
        """The two parties."""
        return self.record.case.parties

    def must(self, deed: Deed, track: str | None = None) -> None:
        """Raises NotAllowed unless the speaker may."""
        must(self.speaker, deed, self.parties, track)

    def put(self, kind: Kind, noun: Any) -> None:
        """Remember a noun as it now is."""
        self.changes.append(Change(Act.PUT, kind, noun.id, self.record.case.id, to_plain(noun)))

    def put_meeting(self, meeting: Meeting) -> None:
        """Remember a meeting, and see it so from here on."""
        self.record.meetings[meeting.id] = meeting
        self.put(Kind.MEETING, meeting)

    def put_item(self, item: Item) -> None:
        """Remember an item, and see it so from here on."""
        self.record.agenda[item.id] = item
        self.put(Kind.ITEM, item)

    def series(self, name: str) -> Series:
        """A series by its id."""
        found: Series = _held(self.record.series, name, "series of meetings")
        return found

    def meeting(self, name: str) -> Meeting:
        """A meeting by its id."""
        found: Meeting = _held(self.record.meetings, name, "meeting")
        return found

    def item(self, name: str) -> tuple[Item, Meeting]:
        """An item by its id, with its meeting."""
        one = _held(self.record.agenda, name, "item")
        return one, self.record.meetings[one.meeting]

    def agenda(self, meeting: str) -> list[Item]:
        """The items of a meeting in their places."""
        return agenda(self.record, meeting)

    def searched(self, name: str, where: str) -> str:
        """The pass of that name, noted in the case where it is new: what is told at a meeting was found there."""
        case = self.record.case
        if all(one.id != name for one in case.searches):
            day = When.on(date.fromisoformat(self.at[:10]))
            case = replace(case, searches=(*case.searches, Search(name, self.speaker.name, day, where)))
            self.changes.insert(0, Change(Act.PUT, Kind.CASE, case.id, case.id, to_plain(case)))
            self.record = replace(self.record, case=case)
        return name

    def done(self, why: str) -> None:
        """Make entries of the changes."""
        if self.changes:
            remember(self.unit, self.changes, self.at, self.speaker.name, why)


def begin(unit: Connection, case: str, speaker: Speaker, at: str) -> Work:
    """The work of a verb on a case; raises RequestError with the nearest where there is none."""
    held = items.cases(unit)
    if case not in held:
        near = nearest(case, held) or held
        raise RequestError(f"no case '{case}'; the register holds {', '.join(near) or 'none yet'}")
    return Work(unit, items.record(items.bodies(unit, case), entries.head_of(unit)[0]), speaker, at)


def begin_at(unit: Connection, kind: Kind, ref: str, speaker: Speaker, at: str) -> Work:
    """The work of a verb on the case that holds a noun."""
    case = items.case_of(unit, kind, ref)
    if case is None:
        near = nearest(ref, items.refs(unit, [kind]))
        raise RequestError(f"no {_OF[kind]} '{ref}'" + (f"; nearest are {', '.join(near)}" if near else ""))
    return begin(unit, case, speaker, at)


def agenda(record: Record, meeting: str) -> list[Item]:
    """The items of a meeting in their places."""
    return sorted(
        (one for one in record.agenda.values() if one.meeting == meeting), key=lambda one: (one.place, one.id)
    )


def seen_of(unit: Connection, kind: Kind, ref: str) -> int:
    """The number of the last entry about a noun: what an editor sees when they open it."""
    found = entries.of(unit, [(str(kind), ref)])
    return found[-1].seq if found else 0


def merged(unit: Connection, kind: Kind, now: Noun, wanted: Mapping[str, Any], seen: int) -> Noun:
    """The noun with the wanted fields, over what others changed since entry `seen`.

    Fields that others changed and this editor did not are kept; a field that both changed to different values is a
    Clash, and nothing is written.
    """
    found = entries.of(unit, [(str(kind), now.id)])
    last = found[-1].seq if found else 0
    old = next((entry for entry in found if entry.seq == seen), None)
    if old is None:
        raise RequestError(f"{now.id} is not known as of entry {seen}; open the page again")
    base = reader(type(now)).validate_json(old.body)
    mine = {name: value for name, value in wanted.items() if value != getattr(base, name)}
    theirs = (
        {one.name for one in fields(now) if getattr(base, one.name) != getattr(now, one.name)}
        if last != seen
        else set()
    )
    both = {name for name in mine if name in theirs and mine[name] != getattr(now, name)}
    if both:
        theirs_now, told = {name: getattr(now, name) for name in both}, {name: mine[name] for name in both}
        raise Clash(now.id, theirs_now, told, last, frozenset(mine))
    return replace(now, **mine)


def reopened(meeting: Meeting) -> Meeting:
    """The meeting after its agenda or minutes changed: keys turned over other words no longer hold."""
    if meeting.state is MeetingState.CLOSED:
        raise RequestError(f"{meeting.id} is closed and signed; what follows belongs to the next meeting")
    state = MeetingState.PLANNED if meeting.state is MeetingState.AGREED else meeting.state
    return replace(meeting, state=state, agreed=() if state is MeetingState.PLANNED else meeting.agreed, signed=())


def _held(shelf: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in shelf:
        near = nearest(name, shelf)
        raise RequestError(f"no {what} '{name}'" + (f"; nearest are {', '.join(near)}" if near else ""))
    return shelf[name]

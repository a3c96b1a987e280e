"""Minutes that come back: every change is seen, compared with what was sent and with the record, and taken or not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from servanda.dialogue.papers.cells import OF_ITEM, put, resolution_of, tidy, value_of
from servanda.dialogue.papers.differences import Difference, Sheet, aligned, compare
from servanda.dialogue.papers.filled import Came, Comment, came, is_seal
from servanda.dialogue.papers.opened import Opened, open_minutes
from servanda.dialogue.papers.word import SEALED, lines_of, seal_of
from servanda.errors import RequestError
from servanda.model.dialogue import Item, ItemState, Meeting
from servanda.model.plain import from_plain
from servanda.model.words import Kind
from servanda.register.undertake import next_id
from servanda.register.words import Words

NO_MEMORY = (
    "The program that saved it left out what was sent, and the record has changed since. The file is compared with "
    "the record as it is now; whether a difference was written there or in the record cannot be told."
)
TAMPERED = "What the file says was sent does not match its seal. It is compared with the record as it is now."


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: the differences in the order of the file, comments, and what a reader should know.

    `sent` are the items as they went out. `remembers` is False where the file could not say.
    """

    meeting: Meeting
    sent: tuple[Item, ...]
    differences: tuple[Difference, ...]
    comments: tuple[Comment, ...] = ()
    remarks: tuple[str, ...] = ()
    remembers: bool = True


def changes(raw: bytes, meeting: Meeting, items: Sequence[Item], words: Words | None = None) -> Returned:
    """Every difference between the minutes that came back and those that were sent. `items` are the record's, now.

    Raises TextUnreadable for a file that cannot be taken, RequestError for the minutes of another meeting.
    """
    opened = open_minutes(raw)
    held = came(opened)
    sent, lines, doubt = _remembered(opened, held, meeting, items, words)
    remarks = [doubt] if doubt else []
    known = {code for code in (meeting.host, *(one.party for one in meeting.participants)) if code}
    known |= {code for one in (*sent, *items) for made in one.resolutions for code in made.parties}
    sheet = Sheet({one.id: one for one in items}, known if len(known) > 1 else (), doubt is not None)
    compare(sheet, sent, held.items)
    for extra in (Counter(held.outside) - Counter(map(tidy, lines))).elements():
        if not is_seal(extra, SEALED):
            sheet.add(None, "paragraph", "", extra, problem="outside the tables; write it into a cell to have it taken")
    if held.tracked:
        remarks.append(f"Tracked changes of {', '.join(held.tracked)} were taken as proposed.")
    if held.pictures:
        remarks.append(f"{held.pictures} pictures or drawings were left out.")
    return Returned(meeting, sent, tuple(sheet.found), tuple(held.comments), tuple(remarks), doubt is None)


def _remembered(
    opened: Opened, held: Came, meeting: Meeting, items: Sequence[Item], words: Words | None
) -> tuple[tuple[Item, ...], list[str], str | None]:
    """The items as they were sent, the form's own lines, and why it is in doubt what was sent."""
    if opened.sent is not None:
        try:
            plain = json.loads(opened.sent)
            whose, lines = str(plain["meeting"]), [str(one) for one in plain["lines"]]
            sent = tuple(from_plain(Kind.ITEM, one) for one in plain["items"])
        except (ValueError, KeyError, TypeError, RecursionError):  # pydantic's error is a ValueError
            whose, lines, sent = "", [], ()
        if whose and whose != meeting.id:
            raise RequestError(f"these are the minutes of {whose}, not of {meeting.id}; choose that meeting")
        if whose and seal_of(whose, sent) == opened.seal:
            return sent, lines, None
    now = tuple(sorted(items, key=lambda one: (one.place, one.id)))
    lines = lines_of(meeting, now, words)
    if opened.sent is not None:
        return now, lines, TAMPERED
    return now, lines, None if tidy(f"{SEALED}{seal_of(meeting.id, now)}") in held.outside else NO_MEMORY


def apply(
    items: Sequence[Item], returned: Returned, accepted: Collection[int], proposed_by: str = "record"
) -> list[Item]:
    """The record's items with the accepted differences and no others; what changed there meanwhile stays.

    Raises RequestError for a number that is none, and for a difference that cannot be taken; then nothing is done.
    """
    chosen = _chosen(returned, accepted)
    held = {one.id: one for one in items}
    fresh: dict[str, str] = {}
    gone: dict[str, set[int]] = {}
    sent = {one.id: one for one in returned.sent}
    places = {
        name: aligned(one.resolutions, held[name].resolutions if name in held else ()) for name, one in sent.items()
    }
    for one in chosen:
        name = fresh.get(one.item or "", one.item or "")
        if one.field == "item":
            name = next_id(returned.meeting.case, held) if held else f"{returned.meeting.id}.01"
            held[name] = _made(one, name, returned.meeting, held, proposed_by)
            fresh[one.item or ""] = name
        elif name not in held:
            raise RequestError(f"difference {one.number} belongs to an item that is not taken; accept that as well")
        elif one.field == "undertaking" and one.resolution is None:
            more = resolution_of(dict(one.cells))
            held[name] = replace(held[name], resolutions=(*held[name].resolutions, more))
        elif one.resolution is not None:
            place = places[name][one.resolution - 1]
            if place is None:
                raise RequestError(
                    f"difference {one.number}: the record no longer holds that undertaking; read it anew"
                )
            if one.field == "undertaking":
                gone.setdefault(name, set()).add(place)
            else:
                held[name] = _with(held[name], place, one)
        else:
            held[name] = put(held[name], one.field, one.after or "")
    return [_without(one, gone.get(name, set())) for name, one in held.items()]


def _chosen(returned: Returned, accepted: Collection[int]) -> list[Difference]:
    """The accepted differences in the order of the file."""
    by_number = {one.number: one for one in returned.differences}
    unknown = sorted(set(accepted) - set(by_number))
    if unknown:
        raise RequestError(f"there is no difference {unknown[0]}; they count from 1 to {len(by_number)}")
    chosen = [by_number[number] for number in sorted(set(accepted))]
    for one in chosen:
        if one.problem:
            raise RequestError(f"difference {one.number} ({one.field}) cannot be taken: {one.problem}")
    return chosen


def _with(item: Item, place: int, one: Difference) -> Item:
    """The item with one field of one undertaking as it came back."""
    made = list(item.resolutions)
    made[place] = put(made[place], one.field, one.after or "")
    return replace(item, resolutions=tuple(made))


def _without(item: Item, gone: Collection[int]) -> Item:
    if not gone:
        return item
    kept = tuple(made for place, made in enumerate(item.resolutions) if place not in gone)
    return replace(item, resolutions=kept)


def _made(one: Difference, name: str, meeting: Meeting, held: dict[str, Item], proposed_by: str) -> Item:
    """A new item from its cells; it took place, so that no time is set aside for it."""
    cells = {"state": str(ItemState.OPEN), **{key: words for key, words in one.cells if words}}
    fields = {key: value_of(key, cells.get(key, "")) for key in OF_ITEM}
    place = max((other.place for other in held.values()), default=0) + 1
    reason = "Written into the minutes that came back."
    return Item(
        id=name, case=meeting.case, meeting=meeting.id, place=place, reason=reason, minutes=0,
        proposed_by=proposed_by, **fields,
    )  # fmt: skip

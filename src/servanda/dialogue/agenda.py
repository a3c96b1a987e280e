"""The verbs of an agenda: take the draft, propose, edit, order, agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from servanda.dialogue.draft import HOURS, build
from servanda.dialogue.gather import Drafted
from servanda.dialogue.may import Deed
from servanda.dialogue.seals import agenda_seal, both
from servanda.dialogue.weigh import rules
from servanda.dialogue.work import Work, begin_at, merged, reopened
from servanda.errors import RequestError, nearest
from servanda.model.dialogue import Item, Meeting, MeetingState, Signature, Speaker
from servanda.model.words import Kind
from servanda.register.words import words
from servanda.store import entries
from servanda.store.connect import Store

EDITABLE = ("title", "reason", "minutes", "track", "commitments", "barriers", "place")


def take_draft(store: Store, content: Path, meeting: str, speaker: Speaker, at: str) -> list[Item]:
    """Put what the record says should be spoken of onto the agenda; what stands on it already is left as it is."""
    lists = words(content)
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.EDIT)
        held = _planned(work, meeting)
        made = build(
            work.record,
            lists,
            rules(content),
            min(date.fromisoformat(at[:10]), held.date.last),
            held.minutes or HOURS,
            held.series,
        )
        there = {(one.title, one.commitments) for one in work.agenda(meeting)}
        carried = {one.carried for one in work.agenda(meeting)}
        new = [
            one for one in made.items
            if (one.title, one.commitments) not in there and (one.carried is None or one.carried not in carried)
        ]  # fmt: skip
        items = [_drafted(work, held, one) for one in new]
        if items:
            work.put_meeting(reopened(held))
        work.done(f"{len(items)} items drafted from the record")
        return items


def _drafted(work: Work, meeting: Meeting, one: Drafted) -> Item:
    item = Item(
        next_id(work, meeting), meeting.case, meeting.id, _last_place(work, meeting) + 1, one.title, one.reason,
        one.minutes, "record", _track(work, meeting, one.area), one.commitments, one.barriers, carried=one.carried,
    )  # fmt: skip
    work.put_item(item)
    return item


def _track(work: Work, meeting: Meeting, area: str | None) -> str | None:
    """The track of the series that an area belongs to."""
    tracks = work.record.series[meeting.series].tracks
    return next((track.id for track in tracks if area in [str(one) for one in track.areas]), None)


def next_id(work: Work, meeting: Meeting) -> str:
    """The id of a new item: the meeting's and a number that no item of it ever had."""
    used = [ref for ref in entries.refs(work.unit, meeting.case, Kind.ITEM) if ref.startswith(f"{meeting.id}.")]
    used += [one.id for one in work.record.agenda.values() if one.meeting == meeting.id]
    return f"{meeting.id}.{max((int(ref.rsplit('.', 1)[1]) for ref in used), default=0) + 1:02}"


def _last_place(work: Work, meeting: Meeting) -> int:
    return max((one.place for one in work.agenda(meeting.id)), default=0)


def propose(store: Store, meeting: str, given: Mapping[str, Any], speaker: Speaker, at: str) -> Item:
    """A side, or a track, proposes an item; also at the table, while the meeting is held."""
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        held = work.meeting(meeting)
        track = given.get("track") or (speaker.tracks[0] if len(speaker.tracks) == 1 else None)
        work.must(Deed.PROPOSE, track)
        made = Item(
            next_id(work, held), held.case, meeting, _last_place(work, held) + 1, "", "", 10,
            speaker.party or track or str(speaker.role), track,
        )  # fmt: skip
        item = replace(made, **_fields(work, held, {"minutes": 10, **given, "track": track}))
        if not item.reason:
            raise RequestError("say why it should be spoken of: one sentence that both sides can read")
        work.put_item(item)
        work.put_meeting(reopened(held))
        work.done(f"item proposed: {item.title}")
        return item


def edit(store: Store, item: str, given: Mapping[str, Any], seen: int, speaker: Speaker, at: str) -> Item:
    """Change an item of the agenda; what others changed meanwhile is kept, and a clash is told (work.Clash)."""
    with store.write() as unit:
        work = begin_at(unit, Kind.ITEM, item, speaker, at)
        now, meeting = work.item(item)
        work.must(Deed.EDIT, now.track)
        wanted = _fields(work, meeting, given)
        if "track" in wanted:
            work.must(Deed.EDIT, wanted["track"])
        made = merged(unit, Kind.ITEM, now, wanted, seen)
        if made != now:
            work.put_item(made)
            work.put_meeting(reopened(meeting))
        work.done(f"item edited: {made.title}")
        return made


def order(store: Store, meeting: str, names: Sequence[str], speaker: Speaker, at: str) -> list[Item]:
    """Put the items of a meeting into an order; every item is named once."""
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.EDIT)
        held = _planned(work, meeting)
        now = {one.id: one for one in work.agenda(meeting)}
        if sorted(names) != sorted(now):
            raise RequestError(
                f"the order names {len(names)} items and the agenda has {len(now)}; somebody has added or removed one: "
                "open the page again"
            )
        for place, name in enumerate(names, 1):
            if now[name].place != place:
                work.put_item(replace(now[name], place=place))
        if work.changes:
            work.put_meeting(reopened(held))
        work.done("agenda put in order")
        return work.agenda(meeting)


def agree(store: Store, meeting: str, speaker: Speaker, at: str, seal: str | None = None) -> Meeting:
    """Turn a party's key over the agenda as it stands; agreed once both keys are turned over the same words.

    `seal` is that of the agenda that the speaker saw.
    """
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.AGREE)
        held = _planned(work, meeting)
        items = work.agenda(meeting)
        if not items:
            raise RequestError("the agenda is empty; take the draft or propose an item first")
        now = agenda_seal(held, items)
        if seal not in (None, now):
            raise RequestError("the agenda was changed since you opened it; nothing was agreed: look it over again")
        assert speaker.party is not None
        keys = [one for one in held.agreed if one.party != speaker.party and one.seal == now]
        made = replace(held, agreed=(*keys, Signature(speaker.party, speaker.name, at, now)))
        if both(made.agreed, now, work.parties):
            made = replace(made, state=MeetingState.AGREED)
        work.put_meeting(made)
        work.done(f"agenda agreed by {speaker.party}")
        return made


def _planned(work: Work, name: str) -> Meeting:
    meeting = work.meeting(name)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.AGREED):
        raise RequestError(f"{name} is {meeting.state}: its agenda stands; propose an item at the table instead")
    return meeting


def _fields(work: Work, meeting: Meeting, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an item as somebody gives them; raises RequestError for what cannot be."""
    unknown = [name for name in given if name not in EDITABLE]
    if unknown:
        raise RequestError(f"an item has no field {', '.join(unknown)} to edit; it has {', '.join(EDITABLE)}")
    made = dict(given)
    for name in ("title", "reason"):
        if name in made:
            made[name] = " ".join(str(made[name]).split())
    if "title" in made and not made["title"]:
        raise RequestError("an item needs a title")
    if "minutes" in made and not 0 < int(made["minutes"]) <= meeting.minutes:
        raise RequestError(f"an item lasts between 1 and {meeting.minutes} minutes, not {made['minutes']}")
    tracks = [track.id for track in work.record.series[meeting.series].tracks]
    if made.get("track") and made["track"] not in tracks:
        raise RequestError(f"no track '{made['track']}'; the tracks are {', '.join(tracks) or 'none'}")
    if "track" in made:
        made["track"] = made["track"] or None
    for name, shelf in (("commitments", work.record.commitments), ("barriers", work.record.barriers)):
        made |= {name: _known(shelf, made[name], name)} if name in made else {}
    return made


def _known(shelf: Mapping[str, Any], names: Sequence[str], what: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    for name in found:
        if name not in shelf:
            near = nearest(name, shelf)
            raise RequestError(f"no '{name}' among the {what}" + (f"; nearest are {', '.join(near)}" if near else ""))
    return found


def minutes_left(meeting: Meeting, items: Sequence[Item]) -> int:
    """Minutes of the meeting that no item takes; less than 0 where the agenda is too long."""
    return meeting.minutes - sum(one.minutes for one in items)

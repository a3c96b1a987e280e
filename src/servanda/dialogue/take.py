"""The verb that takes edited minutes back: the accepted differences and no others, over what the record holds now."""

from __future__ import annotations

from collections.abc import Collection

from servanda.dialogue.may import Deed
from servanda.dialogue.papers.back import Returned, apply, changes
from servanda.dialogue.work import Work, begin_at, reopened
from servanda.errors import RequestError
from servanda.model.dialogue import Item, ItemState, Meeting, MeetingState, Speaker
from servanda.model.words import Kind
from servanda.register.words import Words
from servanda.store.connect import Store


def look(store: Store, words: Words, meeting: str, raw: bytes, speaker: Speaker, at: str) -> Returned:
    """Every difference in a file that came back; nothing is written."""
    with store.read() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.SETTLE)
        return changes(raw, work.meeting(meeting), work.agenda(meeting), words)


def take(
    store: Store, words: Words, meeting: str, raw: bytes, accepted: Collection[int], speaker: Speaker, at: str
) -> list[Item]:
    """Take the accepted differences, known by their numbers; raises RequestError where one cannot be taken."""
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.SETTLE)
        held = work.meeting(meeting)
        if held.state is not MeetingState.HELD:
            raise RequestError(f"{meeting} is {held.state}; minutes are taken back while it is held")
        now = work.agenda(meeting)
        found = changes(raw, held, now, words)
        changed = _changed(work, held, now, apply(now, found, accepted, speaker.party or "record"))
        if changed:
            work.put_meeting(reopened(held))
        work.done(f"{len(accepted)} of {len(found.differences)} changes taken from Word")
        return changed


def _changed(work: Work, meeting: Meeting, now: list[Item], made: list[Item]) -> list[Item]:
    before = {one.id: one for one in now}
    changed = [one for one in made if before.get(one.id) != one]
    for one in changed:
        work.must(Deed.SETTLE, one.track)
        if one.state is not ItemState.OPEN and not one.is_settled:
            raise RequestError(
                f"{one.id} would be {one.state} without its words or its date; accept those as well, or leave it open"
            )
        if one.minutes > meeting.minutes:
            raise RequestError(f"{one.id} would last longer than the meeting")
        work.put_item(one)
    return changed

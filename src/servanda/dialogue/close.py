"""The verbs that end a meeting: sign, hand out excerpts, close. Resolutions become commitments; what is open moves on.

No meeting closes over an item that is not decided, deferred with a date or dropped with a reason; and none by one key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from servanda.dialogue.agenda import next_id
from servanda.dialogue.may import Deed
from servanda.dialogue.open import Opening, next_meeting, when_next
from servanda.dialogue.papers.excerpt import excerpt, owners
from servanda.dialogue.seals import both, minutes_seal, turned
from servanda.dialogue.table import unsettled
from servanda.dialogue.work import Work, begin_at
from servanda.errors import RequestError
from servanda.model.commitment import Commitment, Thread
from servanda.model.dialogue import Excerpt, Item, ItemState, Meeting, MeetingState, Resolution, Signature, Speaker
from servanda.model.document import Document
from servanda.model.source import Source
from servanda.model.words import Instrument, Kind, Publisher, Undertaking
from servanda.register.words import Words
from servanda.store import items as shelf
from servanda.store.connect import Store

CONFIDENCE = "signed by both parties"
WHERE = "Minutes of the meeting, signed by both co-chairs."


@dataclass(frozen=True, slots=True)
class Waits:
    """What stands between a meeting and its close, in words; empty where it may close."""

    reasons: tuple[str, ...]


def waits(
    meeting: Meeting,
    items: Sequence[Item],
    parties: Sequence[str],
    owed: Sequence[str],
    names: Mapping[str, str] | None = None,
) -> Waits:
    """What a meeting waits for before it may close. `names` by the codes of the parties."""
    called = names or {}
    found = []
    if meeting.state is not MeetingState.HELD:
        found.append(f"the meeting is {meeting.state}")
    found += [f"{one.id} '{one.title}' is {one.state}" + (" without its words" if one.state != "open" else "")
              for one in unsettled(items)]  # fmt: skip
    seal = minutes_seal(meeting, items)
    found += [
        f"{called.get(party, party)} has not signed these minutes"
        for party, key in turned(meeting.signed, seal, parties).items()
        if not key
    ]
    given = {one.owner for one in meeting.excerpts}
    found += [f"{called.get(owner, owner)} has no excerpt yet" for owner in owed if owner not in given]
    return Waits(tuple(found))


def sign(store: Store, meeting: str, speaker: Speaker, at: str, seal: str | None = None) -> Meeting:
    """Turn a party's key over the minutes as they stand. `seal` is that of the minutes that the speaker saw."""
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.SIGN)
        held, items = work.meeting(meeting), work.agenda(meeting)
        if held.state is not MeetingState.HELD:
            raise RequestError(f"{meeting} is {held.state}; minutes are signed while it is held")
        left = unsettled(items)
        if left:
            raise RequestError(f"not settled yet: {', '.join(f'{one.id} {one.title}' for one in left)}")
        now = minutes_seal(held, items)
        if seal not in (None, now):
            raise RequestError(
                "the minutes were changed since you opened them; nothing was signed: look them over again"
            )
        assert speaker.party is not None
        keys = [one for one in held.signed if one.party != speaker.party and one.seal == now]
        made = replace(held, signed=(*keys, Signature(speaker.party, speaker.name, at, now)))
        work.put_meeting(made)
        work.done(f"minutes signed by {speaker.party}")
        return made


def hand_out(store: Store, words: Words, meeting: str, speaker: Speaker, at: str) -> tuple[Excerpt, ...]:
    """Note that every owner has been given its excerpt of minutes that both have signed."""
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.CLOSE)
        held, items = work.meeting(meeting), work.agenda(meeting)
        if held.state is not MeetingState.HELD or not both(held.signed, minutes_seal(held, items), work.parties):
            raise RequestError(f"{meeting}: excerpts are of minutes that both co-chairs have signed; sign first")
        made = tuple(Excerpt(one, excerpt(held, items, one, words).sha256, at) for one in owners(items, words))
        work.put_meeting(replace(held, excerpts=made))
        work.done(f"excerpts handed to {len(made)} owners")
        return made


def close(store: Store, words: Words, meeting: str, speaker: Speaker, at: str) -> Meeting:
    """Close a meeting: the minutes become a document, resolutions become commitments, and what is open moves on.

    Raises RequestError with all that it still waits for.
    """
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.CLOSE)
        held, items = work.meeting(meeting), work.agenda(meeting)
        reasons = waits(held, items, work.parties, owners(items, words)).reasons
        if reasons:
            raise RequestError(f"{meeting} cannot close yet: {'; '.join(reasons)}")
        search = work.searched(f"minutes of {meeting}", WHERE)
        paper = _paper(work, held, search)
        for item in items:
            _keep(work, item, paper, search)
        made = replace(held, state=MeetingState.CLOSED, document=paper.id)
        work.put_meeting(made)
        _carry(work, made, items)
        work.done(f"meeting {held.number} closed")
        return made


def _paper(work: Work, meeting: Meeting, search: str) -> Document:
    """The minutes as a document of the case."""
    series = work.record.series[meeting.series]
    title = f"Agreed minutes of meeting {meeting.number} of {series.title}"
    stem = re.sub(r"[^A-Z0-9]+", "-", f"{meeting.id}".upper()).strip("-")
    level = "minister" if any(str(one.role) == "co-chair" for one in meeting.participants) else "official"
    source = Source(title, Publisher.OFFICIAL, None, meeting.date)
    paper = Document(
        f"D-{meeting.date.first.year}-{stem}", meeting.case, meeting.date, "agreed minutes", title, level, source,
        CONFIDENCE, meeting.place, search=search,
    )  # fmt: skip
    work.record.documents[paper.id] = paper
    work.put(Kind.DOCUMENT, paper)
    return paper


def _keep(work: Work, item: Item, paper: Document, search: str) -> None:
    """The resolutions of an item as commitments; the item says which each became."""
    if not item.resolutions:
        return
    kept = tuple(replace(one, commitment=_commitment(work, item, one, paper, search).id) for one in item.resolutions)
    work.put_item(replace(item, resolutions=kept))


def _commitment(work: Work, item: Item, one: Resolution, paper: Document, search: str) -> Commitment:
    case = work.record.case.id
    name = _name(work)
    thread = one.thread or _thread(work, item)
    if thread is None:
        slug = re.sub(r"[^a-z0-9]+", "-", one.deliverable.lower()).strip("-")[:50] or name.lower()
        thread = f"{case}.{slug}" if f"{case}.{slug}" not in work.record.threads else f"{case}.{slug}-{name.lower()}"
        made = Thread(thread, case, one.deliverable[:1].upper() + one.deliverable[1:])
        work.record.threads[thread] = made
        work.put(Kind.THREAD, made)
    kind = Undertaking.TARGET if one.target else Undertaking.NAMED
    kept = Commitment(
        name, case, paper.id, thread, one.says, one.area, one.parties, one.owner, one.action, Instrument.STATEMENT,
        kind, paper.source, CONFIDENCE, "full text", (one.owner,), one.deliverable, one.deadline, one.target,
        one.mechanism, note=f"Resolved on item {item.id}, {item.title}.", search=search,
    )  # fmt: skip
    work.record.commitments[name] = kept
    work.put(Kind.COMMITMENT, kept)
    return kept


def _thread(work: Work, item: Item) -> str | None:
    """The thread that an item is about, where it is about one only."""
    held = {work.record.commitments[name].thread for name in item.commitments}
    return held.pop() if len(held) == 1 else None


def _name(work: Work) -> str:
    """The next id of a commitment: the letters of the case's ids and the next number in the whole register."""
    own = [one for one in work.record.commitments if re.fullmatch(r".*?\d+", one)]
    stem = re.sub(r"\d+$", "", own[0]) if own else f"{work.record.case.id.upper()}-C"
    used = [*shelf.refs(work.unit, [Kind.COMMITMENT]), *work.record.commitments]
    numbers = [int(match[1]) for one in used if (match := re.fullmatch(re.escape(stem) + r"(\d+)", one))]
    return f"{stem}{max(numbers, default=0) + 1:03}"


def _carry(work: Work, meeting: Meeting, items: Sequence[Item]) -> None:
    """Open the next meeting where there is none, and put what was deferred onto its agenda."""
    series = work.record.series[meeting.series]
    later = [one for one in work.record.meetings.values() if one.series == series.id and one.number > meeting.number]
    after = min(later, key=lambda one: one.number, default=None)
    if after is None:
        day = when_next(meeting, series.rhythm).isoformat()
        after = next_meeting(work, series, Opening(day, None, meeting.minutes, None, meeting.participants))
        work.put_meeting(after)
    for place, item in enumerate((one for one in items if one.state is ItemState.DEFERRED), 1):
        moved = replace(
            item, id=next_id(work, after), meeting=after.id, place=place, state=ItemState.OPEN, decision=None,
            until=None, resolutions=(), carried=item.id,
        )  # fmt: skip
        work.put_item(moved)

"""The end of a meeting: signed by both, handed to every owner, and what is open moves on by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.dialogue.agenda import agree, propose
from servanda.dialogue.close import close, hand_out, sign
from servanda.dialogue.may import NotAllowed
from servanda.dialogue.papers.excerpt import excerpt
from servanda.dialogue.seals import minutes_seal
from servanda.dialogue.table import hold, resolution, settle
from servanda.dialogue.work import agenda
from servanda.errors import RequestError
from servanda.model.dialogue import Item, ItemState, Meeting, MeetingState
from servanda.model.words import Instrument, Kind
from servanda.register.keep import bring_in, write_out
from servanda.register.threads import strand_of
from servanda.register.verify import verify
from servanda.register.words import Words
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.dialogue.conftest import ANNA, AT, BORIS, EMIL, FEDOR, opened, record, seen
from tests.dialogue.test_table import TYPED

LATER = "2026-12-10T15:00:00+00:00"


def held(store: Store) -> tuple[Meeting, list[Item]]:
    """A meeting that is held, with three items."""
    meeting = opened(store)
    rows = [("Ferry", ("Z003",)), ("Poets", ("Z002",)), ("Nets", ())]
    items = [
        propose(store, meeting.id, {"title": title, "reason": "It is late.", "commitments": names}, ANNA, AT)
        for title, names in rows
    ]
    for chair in (ANNA, BORIS):
        agree(store, meeting.id, chair, AT)
    return hold(store, meeting.id, ANNA, LATER), items


def settled(store: Store, items: list[Item]) -> None:
    ferry, poets, nets = items
    put(store, ferry, ItemState.DECIDED, decision="The ferry opens.", resolutions=(resolution(TYPED),))
    put(store, poets, ItemState.DEFERRED, until="2027-06")
    put(store, nets, ItemState.DROPPED, decision="Nobody fishes any more.")


def put(store: Store, item: Item, state: ItemState, **given: object) -> None:
    settle(store, item.id, state, given, seen(store, Kind.ITEM, item.id), ANNA, LATER)


def signed(store: Store, meeting: Meeting) -> None:
    for chair in (ANNA, BORIS):
        sign(store, meeting.id, chair, LATER)


def test_what_is_resolved_becomes_a_commitment_and_what_is_open_moves_on(either: Store, lists: Words) -> None:
    meeting, items = held(either)
    settled(either, items)
    signed(either, meeting)
    given = hand_out(either, lists, meeting.id, BORIS, LATER)
    assert {one.owner for one in given} == {"ZEM", "Harbour Office"}
    made = close(either, lists, meeting.id, ANNA, LATER)
    now = record(either)
    assert (made.state, made.document) == (MeetingState.CLOSED, "D-2026-ZEM-RUR-COAST-TALKS-1")
    paper = now.documents["D-2026-ZEM-RUR-COAST-TALKS-1"]
    assert (paper.type, paper.level, paper.confidence) == ("agreed minutes", "minister", "signed by both parties")
    kept = now.commitments["Z004"]
    assert (kept.says, kept.parties, kept.owner) == ("Open the ferry line", ("ZEM",), "Harbour Office")
    assert (str(kept.deadline), kept.deliverable, kept.instrument) == ("2027-09", "a ferry line", Instrument.STATEMENT)
    assert kept.thread == "zem-rur.ferry", "an item about one thread continues it"
    assert now.agenda[items[0].id].resolutions[0].commitment == "Z004"
    assert strand_of(now, "zem-rur.ferry", paper.date.last).latest.id == "Z004"
    after = now.meetings["zem-rur.coast-talks.2"]
    assert (str(after.date), after.host, after.state) == ("2027-12-10", "ZEM", MeetingState.PLANNED)
    (moved,) = agenda(now, after.id)
    assert (moved.title, moved.state, moved.carried, moved.commitments) == (
        "Poets",
        ItemState.OPEN,
        items[1].id,
        ("Z002",),
    )
    assert verify(either).problems == ()


def test_it_says_all_that_it_waits_for(small: Store, lists: Words) -> None:
    meeting, items = held(small)
    with pytest.raises(RequestError) as fault:
        close(small, lists, meeting.id, ANNA, LATER)
    for said in ("01 'Ferry' is open", "02 'Poets' is open", "ZEM has not signed", "RUR has not signed"):
        assert said in str(fault.value)
    with pytest.raises(RequestError, match="not settled yet"):
        sign(small, meeting.id, ANNA, LATER)
    settled(small, items)
    sign(small, meeting.id, ANNA, LATER)
    with pytest.raises(RequestError, match="both co-chairs have signed; sign first"):
        hand_out(small, lists, meeting.id, ANNA, LATER)
    with pytest.raises(RequestError, match=r"RUR has not signed these minutes; ZEM has no excerpt yet; Harbour Office"):
        close(small, lists, meeting.id, ANNA, LATER)
    assert record(small).meetings[meeting.id].state is MeetingState.HELD


def test_a_signature_holds_over_the_words_that_were_signed(small: Store, lists: Words) -> None:
    meeting, items = held(small)
    settled(small, items)
    signed(small, meeting)
    put(small, items[2], ItemState.DROPPED, decision="Nobody fishes at all.")
    assert record(small).meetings[meeting.id].signed == ()
    with pytest.raises(RequestError, match="ZEM has not signed these minutes; RUR has not signed"):
        close(small, lists, meeting.id, ANNA, LATER)
    seal = minutes_seal(meeting, items)
    with pytest.raises(RequestError, match="were changed since you opened them; nothing was signed"):
        sign(small, meeting.id, ANNA, LATER, seal)
    for speaker in (EMIL, FEDOR):
        with pytest.raises(NotAllowed):
            sign(small, meeting.id, speaker, LATER)


def test_a_closed_meeting_stays_as_it_was_signed(small: Store, lists: Words) -> None:
    meeting, items = held(small)
    settled(small, items)
    signed(small, meeting)
    hand_out(small, lists, meeting.id, ANNA, LATER)
    close(small, lists, meeting.id, ANNA, LATER)
    head = verify(small)
    with pytest.raises(RequestError, match="minutes are taken while a meeting is held"):
        put(small, items[0], ItemState.OPEN)
    for verb in (sign, agree):
        with pytest.raises(RequestError, match="is closed"):
            verb(small, meeting.id, ANNA, LATER)
    with pytest.raises(RequestError, match="is closed"):
        close(small, lists, meeting.id, ANNA, LATER)
    with pytest.raises(RequestError, match="is closed and signed; what follows belongs to the next meeting"):
        propose(small, meeting.id, {"title": "More", "reason": "We forgot."}, ANNA, LATER)
    assert verify(small) == head


def test_what_an_owner_was_given_can_be_counted_again(small: Store, lists: Words) -> None:
    meeting, items = held(small)
    settled(small, items)
    signed(small, meeting)
    given = {one.owner: one.sha256 for one in hand_out(small, lists, meeting.id, ANNA, LATER)}
    now = record(small)
    again = excerpt(now.meetings[meeting.id], agenda(now, meeting.id), "ZEM", lists)
    assert again.sha256 == given["ZEM"] and any("Open the ferry line" in line for line in again.lines)


def test_a_closed_meeting_travels_as_yaml(small: Store, lists: Words, content: Path, tmp_path: Path) -> None:
    meeting, items = held(small)
    settled(small, items)
    signed(small, meeting)
    hand_out(small, lists, meeting.id, ANNA, LATER)
    close(small, lists, meeting.id, ANNA, LATER)
    write_out(small, tmp_path / "out", words_from=content)
    other = Store(store_url(str(tmp_path / "other.sqlite")))
    bring_in(other, tmp_path / "out", "a", "b", LATER)
    assert record(other).meetings == record(small).meetings and record(other).agenda == record(small).agenda
    assert record(other).commitments == record(small).commitments
    other.close()

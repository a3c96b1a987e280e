"""The agenda: drafted, proposed, edited by two at once, put in order, agreed by two keys over the same words."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from servanda.dialogue.agenda import agree, edit, minutes_left, order, propose, take_draft
from servanda.dialogue.may import NotAllowed
from servanda.dialogue.open import Opening, open_meeting, open_series
from servanda.dialogue.seals import agenda_seal, both
from servanda.dialogue.work import Clash, agenda
from servanda.errors import RequestError, ValueProblem
from servanda.model.dialogue import Meeting, MeetingState, Participant, Rhythm, Role, Speaker, Track
from servanda.model.words import Area, Kind
from servanda.register.verify import verify
from servanda.store.connect import Store
from tests.dialogue.conftest import ANNA, AT, BORIS, DORA, EMIL, FEDOR, TABLE, TRACKS, opened, record, seen

PROPOSED = {"title": "Nets", "reason": "Fishermen of both coasts ask for it.", "minutes": 15, "commitments": ("Z001",)}


def test_a_series_and_its_meeting_are_opened_on_either_database(either: Store) -> None:
    made = opened(either)
    assert (made.id, made.number, made.host, made.state) == ("zem-rur.coast-talks.1", 1, "RUR", MeetingState.PLANNED)
    held = record(either)
    assert held.series["zem-rur.coast-talks"].tracks == TRACKS and held.meetings[made.id] == made
    assert verify(either).problems == ()
    second = open_meeting(either, made.series, Opening("2027-12-10"), BORIS, AT)
    assert (second.number, second.host) == (2, "ZEM"), "the other capital"


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        (Opening("2026-13-01"), "not a date"),
        (Opening("2026-12-10", "USA"), "'USA' is not of the pair"),
        (Opening("2026-12-10", minutes=0), "between 1 and 1440 minutes"),
        (Opening("2026-12-10", participants=(Participant("X", Role.CO_CHAIR),)), "co-chair of no party"),
        (Opening("2026-12-10", participants=(Participant("X", Role.BUSINESS, "USA"),)), "is of 'USA'"),
        (Opening("2026-12-10", participants=(Participant("X", Role.BUSINESS, "ZEM", "moon"),)), "on track 'moon'"),
        (Opening("2026-12-10", participants=(TABLE[0], TABLE[0])), "two co-chairs"),
        (Opening("2026-12-10", participants=(Participant(" ", Role.OBSERVER),)), "has no name"),
    ],
)
def test_what_cannot_be_opened_is_said(small: Store, opening: Opening, said: str) -> None:
    series = open_series(small, "zem-rur", "Coast talks", Rhythm.YEARLY, TRACKS, ANNA, AT)
    head = verify(small)
    with pytest.raises((RequestError, ValueProblem), match=said):
        open_meeting(small, series.id, opening, ANNA, AT)
    assert verify(small) == head


def test_a_series_is_opened_once_and_by_who_may(small: Store) -> None:
    open_series(small, "zem-rur", "Coast talks", Rhythm.YEARLY, (), ANNA, AT)
    with pytest.raises(RequestError, match=r"there is a series 'zem-rur\.coast-talks' already"):
        open_series(small, "zem-rur", "Coast  talks", Rhythm.YEARLY, (), BORIS, AT)
    with pytest.raises(NotAllowed, match="as observer you may not open"):
        open_series(small, "zem-rur", "Other", Rhythm.YEARLY, (), EMIL, AT)
    with pytest.raises(RequestError, match="the register holds zem-rur"):
        open_series(small, "zem-ruz", "Other", Rhythm.YEARLY, (), ANNA, AT)
    with pytest.raises(RequestError, match="tracks need ids of their own"):
        twice = (Track("a", "A", (Area.TRADE,)), Track("a", "B", ()))
        open_series(small, "zem-rur", "Other", Rhythm.YEARLY, twice, ANNA, AT)


def test_the_draft_is_taken_once(small: Store, content: Path, meeting: Meeting) -> None:
    items = take_draft(small, content, meeting.id, ANNA, AT)
    assert [one.id for one in items] == [f"{meeting.id}.{number:02}" for number in range(1, len(items) + 1)]
    assert sum(one.minutes for one in items) == meeting.minutes
    assert {one.track for one in items if "Z002" in one.commitments} == {"verse"}
    assert take_draft(small, content, meeting.id, ANNA, AT) == []
    assert minutes_left(meeting, items) == 0


def test_sides_and_tracks_propose(small: Store, meeting: Meeting) -> None:
    one = propose(small, meeting.id, PROPOSED, ANNA, AT)
    assert (one.proposed_by, one.place, one.commitments) == ("ZEM", 1, ("Z001",))
    other = propose(small, meeting.id, {**PROPOSED, "title": "Ports"}, DORA, AT)
    assert (other.track, other.place) == ("sea", 2), "who belongs to one track proposes there"
    with pytest.raises(NotAllowed, match="on track verse"):
        propose(small, meeting.id, {**PROPOSED, "track": "verse"}, DORA, AT)
    with pytest.raises(NotAllowed):
        propose(small, meeting.id, PROPOSED, EMIL, AT)
    for off, said in (
        ({"commitments": ("Z0O1",)}, "no 'Z0O1' among the commitments; nearest are Z001"), ({"minutes": 500}, "not 500"),
        ({"title": " "}, "needs a title"), ({"reason": ""}, "say why"), ({"state": "decided"}, "no field state"),
        ({"track": "moon"}, "no track 'moon'"),
    ):  # fmt: skip
        with pytest.raises(RequestError, match=said):
            propose(small, meeting.id, {**PROPOSED, **off}, ANNA, AT)


def test_two_people_edit_one_item_and_nothing_is_lost(small: Store, meeting: Meeting) -> None:
    item = propose(small, meeting.id, PROPOSED, ANNA, AT)
    at = seen(small, Kind.ITEM, item.id)
    edit(small, item.id, {"minutes": 30}, at, ANNA, AT)
    made = edit(small, item.id, {"title": "Nets and lines", "minutes": 15}, at, BORIS, AT)
    assert (made.title, made.minutes) == ("Nets and lines", 30), "what the other changed is kept"
    with pytest.raises(Clash) as fault:
        edit(small, item.id, {"title": "Hooks"}, at, FEDOR_FREE, AT)
    assert (fault.value.theirs, fault.value.mine) == ({"title": "Nets and lines"}, {"title": "Hooks"})
    assert "theirs 'Nets and lines', yours 'Hooks'" in str(fault.value)
    assert edit(small, item.id, {"title": "Hooks"}, fault.value.seen, FEDOR_FREE, AT).title == "Hooks"
    with pytest.raises(RequestError, match="not known as of entry 1;"):
        edit(small, item.id, {"title": "X"}, 1, ANNA, AT)


FEDOR_FREE = dataclasses.replace(FEDOR, tracks=())


def test_who_belongs_to_a_track_edits_there_only(small: Store, meeting: Meeting) -> None:
    item = propose(small, meeting.id, {**PROPOSED, "track": "sea"}, ANNA, AT)
    with pytest.raises(NotAllowed, match="on track sea"):
        edit(small, item.id, {"minutes": 5}, seen(small, Kind.ITEM, item.id), FEDOR, AT)
    edit(small, item.id, {"track": "verse"}, seen(small, Kind.ITEM, item.id), ANNA, AT)
    edit(small, item.id, {"minutes": 5}, seen(small, Kind.ITEM, item.id), FEDOR, AT)
    with pytest.raises(NotAllowed):
        edit(small, item.id, {"track": "sea"}, seen(small, Kind.ITEM, item.id), FEDOR, AT)


def test_an_order_names_every_item_once(small: Store, content: Path, meeting: Meeting) -> None:
    names = [one.id for one in take_draft(small, content, meeting.id, ANNA, AT)]
    assert [one.id for one in order(small, meeting.id, names[::-1], BORIS, AT)] == names[::-1]
    for off in (names[1:], [*names, names[0]], [*names[1:], "x"]):
        with pytest.raises(RequestError, match="open the page again"):
            order(small, meeting.id, off, ANNA, AT)


def test_it_is_agreed_by_two_keys_over_the_same_words(small: Store, meeting: Meeting) -> None:
    with pytest.raises(RequestError, match="the agenda is empty"):
        agree(small, meeting.id, ANNA, AT)
    item = propose(small, meeting.id, PROPOSED, ANNA, AT)
    assert agree(small, meeting.id, ANNA, AT).state is MeetingState.PLANNED
    assert agree(small, meeting.id, ANNA, AT).state is MeetingState.PLANNED, "one key twice is one key"
    edit(small, item.id, {"minutes": 20}, seen(small, Kind.ITEM, item.id), BORIS, AT)
    assert record(small).meetings[meeting.id].agreed == (), "over other words a key does not hold"
    assert agree(small, meeting.id, BORIS, AT).state is MeetingState.PLANNED
    now = record(small)
    seal = agenda_seal(now.meetings[meeting.id], agenda(now, meeting.id))
    made = agree(small, meeting.id, ANNA, AT, seal)
    assert made.state is MeetingState.AGREED and both(made.agreed, seal, ("ZEM", "RUR"))
    edit(small, item.id, {"minutes": 25}, seen(small, Kind.ITEM, item.id), BORIS, AT)
    assert record(small).meetings[meeting.id].state is MeetingState.PLANNED
    with pytest.raises(RequestError, match="was changed since you opened it; nothing was agreed"):
        agree(small, meeting.id, ANNA, AT, seal)
    with pytest.raises(NotAllowed):
        agree(small, meeting.id, FEDOR_FREE, AT)
    with pytest.raises(NotAllowed):
        agree(small, meeting.id, Speaker("Mallory", "USA", Role.CO_CHAIR), AT)

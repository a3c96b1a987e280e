"""At the table: who, by when, how will we know; decided, deferred or dropped, and nothing by halves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from servanda.dialogue.agenda import agree, propose
from servanda.dialogue.may import NotAllowed
from servanda.dialogue.table import hold, open_questions, resolution, score, settle
from servanda.dialogue.work import Clash
from servanda.errors import RequestError
from servanda.model.dialogue import Item, ItemState, Meeting, MeetingState
from servanda.model.words import Kind
from servanda.store.connect import Store
from tests.dialogue.conftest import ANNA, AT, BORIS, DORA, EMIL, record, seen

TYPED = {
    "says": "Open the ferry line", "owner": "Harbour Office", "deadline": "2027-09", "deliverable": "a ferry line",
    "area": "trade", "action": "specific", "parties": ("ZEM",), "mechanism": "Joint Harbour Committee",
    "target_value": "2", "target_unit": "ships",
}  # fmt: skip


@pytest.fixture
def item(small: Store, meeting: Meeting) -> Item:
    """An item of a meeting that is held."""
    made = propose(small, meeting.id, {"title": "Ferry", "reason": "It is late.", "commitments": ("Z003",)}, ANNA, AT)
    with pytest.raises(RequestError, match="is planned; both co-chairs agree to its agenda before it is held"):
        hold(small, meeting.id, ANNA, AT)
    for chair in (ANNA, BORIS):
        agree(small, meeting.id, chair, AT)
    assert hold(small, meeting.id, ANNA, AT).state is MeetingState.HELD
    return made


def put(store: Store, item: Item, state: ItemState, speaker: Any = ANNA, **given: Any) -> Item:
    return settle(store, item.id, state, given, seen(store, Kind.ITEM, item.id), speaker, AT)


def test_a_decision_with_its_undertaking(small: Store, item: Item) -> None:
    made = put(small, item, ItemState.DECIDED, decision="The ferry opens.", resolutions=(resolution(TYPED),))
    assert made.is_settled and made.resolutions[0].owner == "Harbour Office"
    assert made.resolutions[0].target is not None and made.resolutions[0].target.value == 2
    assert record(small).agenda[item.id] == made
    again = put(small, item, ItemState.OPEN, BORIS)
    assert not again.is_settled and again.resolutions == () and again.decision is None


@pytest.mark.parametrize(
    ("state", "given", "said"),
    [
        (ItemState.DECIDED, {}, "write in a sentence what was decided"),
        (ItemState.DECIDED, {"decision": "  "}, "write in a sentence"),
        (ItemState.DEFERRED, {}, "write the day to which it is deferred"),
        (ItemState.DEFERRED, {"until": "soon"}, "'soon' is not a date"),
        (ItemState.DEFERRED, {"until": "2026-11-24"}, "is not ahead"),
        (ItemState.DROPPED, {}, "write the reason for which it is dropped"),
    ],
)
def test_nothing_is_settled_by_halves(
    small: Store, item: Item, state: ItemState, given: Mapping[str, Any], said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        put(small, item, state, **given)
    assert record(small).agenda[item.id].state is ItemState.OPEN


def test_the_questions_are_asked_before_it_is_saved() -> None:
    with pytest.raises(RequestError, match=r"by when\? · how will we know\?"):
        resolution({**TYPED, "deadline": "", "deliverable": " "})
    assert open_questions({**TYPED, "owner": ""}) == ["who answers for it?"]
    for off, said in (
        ({"deadline": "soon"}, "by when. 'soon' is not a date"), ({"area": "poetry"}, "'poetry' is no area"),
        ({"target_value": "two"}, "'two' is no number"), ({"target_unit": ""}, "a number and its unit"),
        ({"target_value": "nan"}, "a number and its unit"), ({"target_value": "1e999"}, "a number and its unit"),
    ):  # fmt: skip
        with pytest.raises(RequestError, match=said):
            resolution({**TYPED, **off})


def test_the_score_moves_with_every_answer() -> None:
    typed: dict[str, Any] = {"says": TYPED["says"], "action": "specific", "parties": ("ZEM",)}
    points = [score(typed)[0]]
    for name in ("deliverable", "deadline", "owner", "mechanism"):
        typed[name] = TYPED[name]
        points.append(score(typed)[0])
    typed |= {"target_value": "2", "target_unit": "ships"}
    points.append(score(typed)[0])
    assert points == sorted(points) and points[-1] > points[0] + 30, points
    assert score({**typed, "deadline": "soon"})[0] < points[-1]


def test_undertakings_are_of_the_pair_and_of_threads_that_are_there(small: Store, item: Item) -> None:
    for off, said in (
        ({"parties": ("USA",)}, "'USA' is not of the pair"),
        ({"thread": "zem-rur.fery"}, "nearest are zem-rur.ferry"),
    ):
        with pytest.raises(RequestError, match=said):
            put(small, item, ItemState.DECIDED, decision="It is so.", resolutions=(resolution({**TYPED, **off}),))


def test_two_at_the_table_do_not_overwrite_each_other(small: Store, item: Item) -> None:
    at = seen(small, Kind.ITEM, item.id)
    settle(small, item.id, ItemState.DECIDED, {"decision": "The ferry opens."}, at, ANNA, AT)
    with pytest.raises(Clash, match=r"yours 'The ferry stays closed\.'"):
        settle(small, item.id, ItemState.DECIDED, {"decision": "The ferry stays closed."}, at, BORIS, AT)
    assert record(small).agenda[item.id].decision == "The ferry opens."


def test_who_may_put_it_down(small: Store, item: Item) -> None:
    for speaker in (DORA, EMIL):
        with pytest.raises(NotAllowed):
            put(small, item, ItemState.DROPPED, speaker, decision="No more.")


def test_minutes_are_taken_while_a_meeting_is_held(small: Store, meeting: Meeting) -> None:
    made = propose(small, meeting.id, {"title": "Ferry", "reason": "It is late."}, ANNA, AT)
    with pytest.raises(RequestError, match="minutes are taken while a meeting is held"):
        put(small, made, ItemState.DROPPED, decision="No more.")

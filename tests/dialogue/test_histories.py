"""Any history of a meeting: no path closes over an undecided item, loses an item, or lets one key make it agreed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from servanda.dialogue.agenda import agree, edit, order, propose, take_draft
from servanda.dialogue.assess import assess, keys
from servanda.dialogue.close import close, hand_out, sign
from servanda.dialogue.seals import agenda_seal, minutes_seal
from servanda.dialogue.table import hold, resolution, settle
from servanda.dialogue.work import agenda
from servanda.errors import ServandaError
from servanda.model.case import Record
from servanda.model.dialogue import ItemState, MeetingState, Speaker
from servanda.model.words import Kind
from servanda.register.keep import bring_in
from servanda.register.verify import verify
from servanda.register.words import Words, words
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.dialogue.conftest import ANNA, AT, BORIS, CLARA, DORA, EMIL, FEDOR, opened, record, seen, whole
from tests.dialogue.test_table import TYPED
from tests.properties import examples, given

PEOPLE = (ANNA, BORIS, ANNA, BORIS, CLARA, DORA, EMIL, FEDOR)
DEEDS = (
    "draft", "propose", "edit", "order", "agree", "agree", "hold", "decide", "decide", "defer", "drop", "reopen", "sign",
    "sign", "hand out", "close", "assess",
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.sampled_from(PEOPLE), st.integers(0, 5), st.booleans()),
    min_size=5,
    max_size=45,
)


def deed(store: Store, content: Path, lists: Words, what: str, who: Speaker, number: int, stale: bool) -> None:
    """Try something; what is refused is refused with a sentence."""
    now = record(store)
    meetings = sorted(now.meetings.values(), key=lambda one: one.number)
    meeting = meetings[number % len(meetings)]
    items = agenda(now, meeting.id)
    item = items[number % len(items)] if items else None
    seal = ("0" * 64) if stale else None
    at = seen(store, Kind.ITEM, item.id) - (1 if stale else 0) if item else 0
    does: dict[str, Any] = {
        "draft": lambda: take_draft(store, content, meeting.id, who, AT),
        "propose": lambda: propose(store, meeting.id, {"title": f"Item {number}", "reason": "Why not."}, who, AT),
        "order": lambda: order(store, meeting.id, [one.id for one in reversed(items)], who, AT),
        "agree": lambda: agree(store, meeting.id, who, AT, seal),
        "hold": lambda: hold(store, meeting.id, who, AT),
        "sign": lambda: sign(store, meeting.id, who, AT, seal),
        "hand out": lambda: hand_out(store, lists, meeting.id, who, AT),
        "close": lambda: close(store, lists, meeting.id, who, AT),
        "assess": lambda: assess(store, lists, "Z001", ("delivered", "lapsed")[number % 2], "Seen.", who, AT),
    }
    if item:
        made = (resolution(TYPED),) if number % 2 else ()
        does |= {
            "edit": lambda: edit(store, item.id, {"title": f"Title {number}"}, at, who, AT),
            "decide": lambda: settle(
                store, item.id, ItemState.DECIDED, {"decision": "So.", "resolutions": made}, at, who, AT
            ),
            "defer": lambda: settle(store, item.id, ItemState.DEFERRED, {"until": "2027-06"}, at, who, AT),
            "drop": lambda: settle(store, item.id, ItemState.DROPPED, {"decision": "No."}, at, who, AT),
            "reopen": lambda: settle(store, item.id, ItemState.OPEN, {}, at, who, AT),
        }
    if what in does:
        try:
            does[what]()
        except ServandaError as fault:
            assert str(fault)


def holds(before: Record, now: Record) -> None:
    """What no step may break."""
    assert set(before.agenda) <= set(now.agenda), "no item is lost"
    assert set(before.meetings) <= set(now.meetings) and set(before.assessments) <= set(now.assessments)
    for meeting in now.meetings.values():
        items = agenda(now, meeting.id)
        if meeting.state is MeetingState.AGREED:
            assert {one.party for one in meeting.agreed if one.seal == agenda_seal(meeting, items)} == {"ZEM", "RUR"}
            assert len({one.by for one in meeting.agreed}) == 2
        was = before.meetings.get(meeting.id)
        if meeting.state is MeetingState.CLOSED:
            seal = minutes_seal(meeting, items)
            assert {one.party for one in meeting.signed if one.seal == seal} == {"ZEM", "RUR"}, (
                "signed as it now stands"
            )
            assert all(one.is_settled for one in items), "nothing undecided lies in it"
            deferred = {one.id for one in items if one.state is ItemState.DEFERRED}
            assert deferred == {one.carried for one in now.agenda.values() if one.carried in deferred}, "all moved on"
            for one in items:
                assert all(made.commitment in now.commitments for made in one.resolutions)
            if was is not None and was.state is MeetingState.CLOSED:
                assert (was, agenda(before, was.id)) == (meeting, items), "and it stays so"
    both = keys(now, "Z001")
    if both.agreed:
        assert {one.assessment.verdict for one in both.columns[:2] if one.assessment} == {both.agreed}
        assert all(one.assessment for one in both.columns[:2])


@examples(60)
@given(STEPS)
def test_no_path_breaks_what_must_hold(steps: list[tuple[str, Speaker, int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = whole(Path(folder) / "whole")
        store = Store(store_url(str(Path(folder) / "r.sqlite")))
        try:
            bring_in(store, content, "a", "b", AT)
            opened(store)
            lists = words(content)
            before = record(store)
            # A beginning that leads to the table, so that generated steps also fall upon a held meeting.
            if len(steps) % 2:
                for one in ("propose", "propose", "propose"):
                    deed(store, content, lists, one, ANNA, len(steps) % 5, False)
                for chair in (ANNA, BORIS):
                    deed(store, content, lists, "agree", chair, 0, False)
                deed(store, content, lists, "hold", ANNA, 0, False)
            for what, who, number, stale in steps:
                deed(store, content, lists, what, who, number, stale and number == 5)
                now = record(store)
                holds(before, now)
                before = now
            assert verify(store).problems == ()
        finally:
            store.close()


def test_a_history_reaches_the_close(tmp_path: Path) -> None:
    """The generated steps above can lead there: this one does, so that what is said of a closed meeting is tested."""
    content = whole(tmp_path / "whole")
    store = Store(store_url(str(tmp_path / "r.sqlite")))
    bring_in(store, content, "a", "b", AT)
    opened(store)
    lists = words(content)
    plan = [("propose", ANNA, 0), ("propose", BORIS, 0), ("agree", ANNA, 0), ("agree", BORIS, 0), ("hold", ANNA, 0),
            ("decide", ANNA, 1), ("defer", BORIS, 0), ("sign", ANNA, 0), ("sign", BORIS, 0), ("hand out", ANNA, 0),
            ("close", BORIS, 0)]  # fmt: skip
    for what, who, number in plan:
        before = record(store)
        deed(store, content, lists, what, who, number, False)
        holds(before, record(store))
    assert record(store).meetings["zem-rur.coast-talks.1"].state is MeetingState.CLOSED
    store.close()

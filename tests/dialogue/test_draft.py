"""The agenda from the record: what is weightiest first, within the hours, by one rule for both."""

from __future__ import annotations

import dataclasses
import tempfile
from datetime import date
from pathlib import Path

import pytest

from servanda.dialogue.draft import Draft, build, draft, last_meeting
from servanda.dialogue.weigh import rules
from servanda.errors import ContentError, RequestError
from servanda.model.case import Record
from servanda.model.party import Party
from servanda.model.words import Shown
from servanda.register.content import read_case
from servanda.register.recall import recall
from servanda.register.threads import strands
from servanda.register.words import Words, words
from servanda.settings import shipped_content
from servanda.store.connect import Store
from tests import strategies
from tests.dialogue.conftest import whole
from tests.properties import examples, given

DAY = date(2021, 6, 30)


def drafted(content: Path, lists: Words, day: date = DAY, minutes: int = 180) -> Draft:
    return build(read_case(content, "zem-rur"), lists, rules(content), day, minutes)


def test_what_is_late_stands_with_its_days_and_what_is_delivered_does_not(content: Path, lists: Words) -> None:
    record = read_case(content, "zem-rur")
    rows = {
        name: dataclasses.replace(row, shows=Shown.STEP) if row.commitment == "Z003" else row
        for name, row in record.evidence.items()
    }
    under_way = dataclasses.replace(record, evidence=rows)
    late = build(under_way, lists, rules(content), DAY).items[0]
    assert (late.sort, late.commitments, late.days_overdue) == ("overdue", ("Z001", "Z003"), 91)
    assert "Promised 2 times since 2018-05-02, last in Memorandum on the ferry (2020-03-09)." in late.reason
    assert "It was due by 31 March 2021, 91 days ago, and is not complete" in late.reason
    assert "Latest on record (2021-04-20, press): The first ferry sailed." in late.reason
    assert late.reason.endswith("Owed by Ruritania.")
    assert [row.claim for row in late.evidence] == ["The first ferry sailed", "The pier was built"]
    after = drafted(content, lists)
    assert not any("Z003" in one.commitments for one in after.items if one.sort in ("overdue", "question", "due"))


def test_where_nothing_was_found_it_is_a_question(content: Path, lists: Words) -> None:
    made = drafted(content, lists, date(2020, 6, 1))
    asked = next(one for one in made.items if "Z002" in one.commitments)
    assert asked.sort == "question" and asked.title == "Poets who stay a year: what became of it?"
    assert "A question to the owner, not a finding: what became of it?" in asked.reason
    assert asked.days_overdue == (date(2020, 6, 1) - date(2019, 5, 2)).days


def test_barriers_of_each_side_and_what_changed_are_spoken_of(content: Path, lists: Words) -> None:
    made = drafted(content, lists)
    barrier = next(one for one in made.items if one.sort == "barriers")
    assert (barrier.barriers, barrier.owed_by) == (("ZB1",), "RUR")
    assert "1 barrier that Ruritania maintains" in barrier.reason
    assert made.since == date(2020, 3, 9) and "Memorandum on the ferry" in made.since_what
    changed = next(one for one in made.items if one.sort == "changed")
    assert "1 piece of evidence on 1 commitment" in changed.reason and changed.commitments == ("Z003",)


@pytest.mark.parametrize("minutes", [5, 10, 15, 30, 60, 180, 480])
def test_time_boxes_fit_the_hours_and_nothing_is_dropped_in_silence(content: Path, lists: Words, minutes: int) -> None:
    made, long = drafted(content, lists, minutes=minutes), drafted(content, lists, minutes=1000)
    assert sum(one.minutes for one in made.items) <= minutes
    assert all(one.minutes >= 5 for one in made.items) and all(one.minutes == 0 for one in made.in_writing)
    assert sorted(one.title for one in (*made.items, *made.in_writing)) == sorted(one.title for one in long.items)
    weights = [one.weight for one in made.items]
    assert weights == sorted(weights, reverse=True)
    if made.items and not made.in_writing:
        assert sum(one.minutes for one in made.items) == minutes - minutes % 5


def test_a_meeting_without_time_has_no_agenda(content: Path, lists: Words) -> None:
    with pytest.raises(RequestError, match="4 minutes has no agenda"):
        drafted(content, lists, minutes=4)


@examples(60)
@given(strategies.records())
def test_any_record_gives_an_agenda_that_holds(record: Record) -> None:
    held = rules(shipped_content())
    lists = words(shipped_content())
    lists = Words({**lists.parties, **PARTIES}, lists.lists)
    made = build(record, lists, held, date(2026, 11, 25), 240)
    assert sum(one.minutes for one in made.items) <= 240
    every = (*made.items, *made.in_writing)
    due = {one.thread: one for one in strands(record, date(2026, 11, 25)).values()}
    late = {
        member.id for one in due.values() if one.ruling.status.is_open and one.ruling.days_overdue and not one.is_at_event
        for member in one.members
    }  # fmt: skip
    named = [name for one in every if one.sort not in ("changed",) for name in one.commitments]
    assert late <= set(named), "everything late is spoken of"
    assert len(named) == len(set(named)), "nothing is spoken of twice"
    for one in every:
        assert one.reason and one.title and set(one.commitments) <= set(record.commitments)


def _invented() -> dict[str, Party]:
    with tempfile.TemporaryDirectory() as folder:
        return words(whole(Path(folder) / "c")).parties


PARTIES = _invented()


def exchanged(record: Record) -> Record:
    """The same record with the two parties exchanged."""
    other = {"ZEM": "RUR", "RUR": "ZEM"}

    def turn(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(other[code] for code in codes)

    return dataclasses.replace(
        record,
        case=dataclasses.replace(record.case, parties=(record.case.parties[1], record.case.parties[0])),
        commitments={
            name: dataclasses.replace(one, parties=turn(one.parties)) for name, one in record.commitments.items()
        },
        barriers={
            name: dataclasses.replace(one, imposed_by=turn(one.imposed_by), affects=turn(one.affects))
            for name, one in record.barriers.items()
        },
    )


@examples(40)
@given(strategies.records())
def test_both_parties_are_treated_by_the_same_rule(record: Record) -> None:
    held, lists = rules(shipped_content()), words(shipped_content())
    lists = Words({**lists.parties, **PARTIES}, lists.lists)
    one = build(record, lists, held, date(2026, 11, 25))
    two = build(exchanged(record), lists, held, date(2026, 11, 25))

    def shape(made: Draft) -> list[tuple[object, ...]]:
        return [(item.sort, item.commitments, item.days_overdue, item.minutes, item.parts) for item in made.items]

    assert shape(one) == shape(two)


def test_the_shipped_case_as_the_reader_sees_it(seeded: Path) -> None:
    store = Store(f"sqlite:///file:{seeded}?mode=ro&uri=true")
    made = draft(store, shipped_content(), ["india", "KOR"], date(2026, 11, 25))
    with store.read() as unit:
        record = recall(unit, "ind-kor", made.entries)
    store.close()
    assert made.case == "ind-kor" and sum(one.minutes for one in made.items) == 180
    late = {one.thread: one for one in strands(record, date(2026, 11, 25)).values() if one.ruling.days_overdue}
    for item in made.items:
        if item.sort == "overdue":
            thread = record.commitments[item.commitments[0]].thread
            assert item.days_overdue == late[thread].ruling.days_overdue and item.evidence
    assert {"overdue", "barriers", "changed", "question"} <= {one.sort for one in made.items}
    assert all(one.evidence for one in made.items if one.sort in ("overdue", "stalled"))


def test_since_when_is_the_last_meeting(content: Path) -> None:
    record = read_case(content, "zem-rur")
    assert last_meeting(record, date(2019, 1, 1))[0] is None
    assert last_meeting(record, date(2026, 1, 1)) == (
        date(2020, 3, 9), "Memorandum on the ferry (2020-03-09), the last document of leaders or ministers on record",
    )  # fmt: skip


def test_rules_that_are_off_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "dialogue"
    folder.mkdir()
    text = (shipped_content() / "dialogue" / "agenda.yml").read_text(encoding="utf-8")
    (folder / "agenda.yml").write_text(text.replace("undated_after: 3", "undated_after: often"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"dialogue/agenda\.yml: undated_after"):
        rules(tmp_path)

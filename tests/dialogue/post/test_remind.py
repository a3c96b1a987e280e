"""Reminders: written rules, the same for both, each notice once; nothing found is a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st

from servanda.dialogue.post.remind import Notice, To, Where, due_notices, reminders, state_of
from servanda.errors import ContentError
from servanda.model.case import Record
from servanda.model.words import Shown
from servanda.register.threads import strands
from servanda.settings import shipped_content
from tests.dialogue.papers.drawn import WORDS
from tests.properties import examples, given
from tests.review.made import Said, record_of
from tests.strategies import records

RULES = reminders(shipped_content())
DUE = date(2026, 6, 30)


def ask(*said: Said, on: date, already: tuple[str, ...] = ()) -> list[Notice]:
    return due_notices(record_of(*said), WORDS, on, RULES, already)


def rules_of(found: list[Notice]) -> list[tuple[str, str]]:
    return [(one.rule, one.recipient) for one in found]


SILENT = Said("ferry", "2025-01-01", "2026-06", deliverable="a ferry", parties=("ZEM",))
LATE = replace(SILENT, shown=((Shown.STEP, "2026-07-01"),))


@pytest.mark.parametrize(
    ("said", "days", "expected"),
    [
        (SILENT, -61, []),
        (SILENT, -60, [("ahead", "owner ZEM")]),
        (SILENT, -14, [("near", "owner ZEM")]),
        (SILENT, 0, [("near", "owner ZEM")]),
        (SILENT, 1, []),
        (SILENT, 14, [("asked", "owner ZEM")]),
        (SILENT, 90, [("asked-again", "owner ZEM"), ("asked-again", "coordinator ZEM")]),
        (SILENT, 180, [("asked-again", "owner ZEM"), ("asked-again", "coordinator ZEM"), ("question-on-agenda", "next agenda")]),
        (LATE, 1, [("late", "owner ZEM")]),
        (LATE, 30, [("late-month", "owner ZEM"), ("late-month", "coordinator ZEM")]),
        (LATE, 90, [("late-month", "owner ZEM"), ("late-month", "coordinator ZEM"), ("late-quarter", "co-chairs ZEM"),
                    ("late-quarter", "co-chairs RUR"), ("late-quarter", "next agenda")]),
    ],
)  # fmt: skip
def test_each_rule_waits_for_its_day(said: Said, days: int, expected: list[tuple[str, str]]) -> None:
    # The co-chairs of both hear of what one of them owes, by the same rule.
    assert rules_of(ask(said, on=DUE + timedelta(days=days))) == expected


def test_where_nothing_was_found_it_asks_and_does_not_reproach() -> None:
    one = ask(SILENT, on=DUE + timedelta(days=20))[0]
    assert one.is_question
    assert one.says.endswith("What came of it, and where can it be read?")
    assert "It may well have been done." in one.says
    assert "the end of June 2026, 20 days ago" in one.says
    assert not {"late", "failed", "not delivered"} & set(one.says.split())


def test_what_is_settled_or_undated_or_met_in_part_in_time_gets_none() -> None:
    later = DUE + timedelta(days=400)
    assert not ask(replace(SILENT, shown=((Shown.COMPLETED, "2026-05"),)), on=later)
    assert not ask(replace(SILENT, shown=((Shown.ENDED, "2026-05"),)), on=later)
    assert not ask(replace(SILENT, shown=((Shown.PARTLY, "2026-05"),)), on=later)
    assert not ask(replace(SILENT, deadline=None), on=later)


def test_each_goes_once_and_a_new_date_begins_anew() -> None:
    first = ask(LATE, on=DUE + timedelta(days=40))
    keys = tuple(one.key for one in first)
    assert not ask(LATE, on=DUE + timedelta(days=41), already=keys)
    again = replace(LATE, deadline="2026-07")
    assert {one.key for one in ask(again, on=DUE + timedelta(days=70))}.isdisjoint(keys)


def test_a_step_that_was_passed_over_does_not_come_after_a_later_one() -> None:
    late = ask(LATE, on=DUE + timedelta(days=200))
    assert ("late", "owner ZEM") not in rules_of(late)
    assert not ask(LATE, on=DUE + timedelta(days=201), already=tuple(one.key for one in late))


def test_a_third_body_is_asked_through_both() -> None:
    found = ask(replace(LATE, parties=()), on=DUE + timedelta(days=31))
    assert rules_of(found) == [
        ("late-month", "owner"), ("late-month", "coordinator ZEM"), ("late-month", "coordinator RUR"),
    ]  # fmt: skip


def exchanged(record: Record) -> Record:
    other = {"ZEM": "RUR", "RUR": "ZEM"}
    turned = {
        name: replace(one, parties=tuple(other.get(code, code) for code in one.parties))
        for name, one in record.commitments.items()
    }
    return replace(record, commitments=turned)


@given(records(), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
@examples(60)
def test_by_the_same_rule_for_both_and_only_what_the_status_rule_says(record: Record, day: date) -> None:
    found = due_notices(record, WORDS, day, RULES)
    assert len({one.key for one in found}) == len(found)
    turned = due_notices(exchanged(record), WORDS, day, RULES)
    other = {"ZEM": "RUR", "RUR": "ZEM", None: None}
    assert sorted((one.rule, one.thread, one.to, str(other[one.party])) for one in found) == sorted(
        (one.rule, one.thread, one.to, str(one.party)) for one in turned
    )
    held = strands(record, day)
    for one in found:
        ruling = held[one.thread].ruling
        assert ruling.status.is_open
        assert (one.days > 0) == (ruling.days_overdue > 0)
        assert one.is_question == (state_of(held[one.thread], day) is Where.SILENT)
        assert "\n" not in one.says and "\n" not in one.subject
    assert not due_notices(record, WORDS, day, RULES, {one.key for one in found})


def test_the_shipped_rules_say_why_and_treat_all_alike() -> None:
    assert {one.where for one in RULES} == set(Where)
    assert {to for one in RULES for to in one.to} == set(To)
    assert all(one.because for one in RULES)


GOOD = "{id: a, days: 3, of: after, where: shown late, to: [owner], says: 'x {title}', because: y}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"- {GOOD}\n- {GOOD}", "'a' stands twice"),
        (f"- {GOOD.replace('days: 3', 'days: -3')}", "-3 is below zero"),
        (f"- {GOOD.replace('days: 3', 'days: soon')}", "[0].days"),
        (f"- {GOOD.replace('[owner]', '[]')}", "nobody is told"),
        (f"- {GOOD.replace('[owner]', '[mayor]')}", "unknown word 'mayor'"),
        (f"- {GOOD.replace('shown late', 'open')}", "'open' cannot be after the date"),
        (f"- {GOOD.replace('{title}', '{title.upper}')}", "unknown place"),
        (f"- {GOOD.replace('{title}', '{0}')}", "unknown place"),
        (f"- {GOOD.replace('{title}', '{title!r}')}", "a form of its own"),
        (f"- {GOOD.replace('{title}', '{title')}", "braces do not match"),
        (f"- {GOOD.replace('because: y', 'because: y, mood: z')}", "unknown field"),
        (f"- {GOOD.replace(', because: y', '')}", "because: missing"),
        (f"- {GOOD.replace('id: a', 'id: A b')}", "is no id"),
        ("nothing: here", "expected a list"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "dialogue").mkdir()
    (tmp_path / "dialogue" / "escalation.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        reminders(tmp_path)
    assert says in str(caught.value)
    assert "dialogue/escalation.yml" in str(caught.value)

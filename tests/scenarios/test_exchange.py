"""Roadmaps out and in again: tables and calendars give back what went in, whatever the words; moved dates come first."""

from __future__ import annotations

from typing import Any

import pytest

from servanda.errors import ContentError, RequestError
from servanda.model.plain import reader, to_plain
from servanda.model.roadmap import Roadmap
from servanda.scenarios.exchange import changed, from_calendar, from_table, to_calendar, to_table
from tests.properties import examples, given
from tests.scenarios.test_roadmap import roadmap, step
from tests.strategies import roadmaps


def again(plain: dict[str, Any], like: Roadmap) -> Roadmap:
    made = reader(Roadmap).validate_python({**plain, "id": like.id, "case": like.case})
    assert isinstance(made, Roadmap)
    return made


@given(one=roadmaps())
@examples(60)
def test_a_table_gives_back_what_went_in(one: Roadmap) -> None:
    assert again(from_table(to_table(one), "t.csv"), one) == one


@given(one=roadmaps())
@examples(60)
def test_a_calendar_gives_back_what_went_in(one: Roadmap) -> None:
    for as_events in (False, True):
        assert again(from_calendar(to_calendar(one, as_events), "t.ics"), one) == one


def test_a_cell_that_a_spreadsheet_would_run_stays_text() -> None:
    one = roadmap(step("a", "2027", note='=HYPERLINK("x")'))
    assert "'=HYPERLINK" in to_table(one)


def test_a_date_that_was_moved_in_a_calendar_comes_back_moved() -> None:
    one = roadmap(step("a", "2027-06"), step("b", "2028", "a"))
    raw = to_calendar(one).replace(b"DUE;VALUE=DATE:20270630", b"DUE;VALUE=DATE:20270815")
    raw = raw.replace(b"SUMMARY:Do b", b"SUMMARY:Do b at last")
    made = again(from_calendar(raw, "t.ics"), one)
    assert changed(one, made.milestones) == (
        ("a", "due", "2027-06", "2027-08-15"), ("b", "title", "Do b", "Do b at last"),
    )  # fmt: skip
    assert to_plain(made.milestones[1])["due"] == "2028"


def test_steps_that_came_and_went_are_named() -> None:
    before, after = roadmap(step("a", "2027")), roadmap(step("b", "2027"))
    assert changed(before, after.milestones) == (("a", "step", "there", "none"), ("b", "step", "none", "there"))


def test_a_calendar_of_another_program_names_what_it_lacks() -> None:
    raw = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:1@else\r\nSUMMARY:Meet\r\n"
    raw += b"DUE;VALUE=DATE:20270101\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    made = from_calendar(raw, "t.ics")
    assert made["milestones"] == [{"id": "step-1", "title": "Meet", "due": "2027-01-01"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "row 1: no column kind, id, title, owner, due"),
        ("kind,id,title,owner,due\nstap,a,A,x,2027\n", "row 2: kind 'stap' is none of roadmap, step and risk"),
        ("kind,id,title,owner,due\nstep,a,A,x,2027,more\n", "row 2: more cells than columns"),
    ],
)
def test_a_table_that_is_off_is_told_with_its_row(text: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        from_table(text, "t.csv")


def test_what_is_no_calendar_is_told() -> None:
    for raw in (b"nothing", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"):
        with pytest.raises(RequestError, match=r"t\.ics"):
            from_calendar(raw, "t.ics")

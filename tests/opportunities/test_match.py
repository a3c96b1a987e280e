"""The answer as a whole: order, reasons, closing dates, gaps, feeds, saved searches, Word."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from servanda.model.case import Record
from servanda.model.period import When
from servanda.model.programme import Programme, Recurs, Requires, State
from servanda.opportunities.asking import profile, read
from servanda.opportunities.check import check, dead_end
from servanda.opportunities.feed import feed
from servanda.opportunities.gaps import gaps, promises
from servanda.opportunities.match import Contribution, closing_of, contribute
from servanda.opportunities.programmes import held
from servanda.opportunities.saved import as_search, new_since, save, split
from servanda.pages.offer import offer_docx, offer_html
from servanda.register.content import read_case
from servanda.settings import shipped_content
from tests.opportunities.invented import book, programme, rule

CONTENT, DAY = shipped_content(), date(2026, 11, 26)


@pytest.fixture(scope="module")
def record() -> Record:
    return read_case(CONTENT, "ind-kor")


@pytest.fixture(scope="module")
def made(record: Record) -> Contribution:
    plain = {"country": "IND", "towards": "KOR", "level": "phd", "skills": ["battery materials"],
             "wants": ["research project", "fellowship"], "gender": "female"}  # fmt: skip
    return contribute(profile(plain, CONTENT), CONTENT, [record], DAY)


def test_every_rule_is_said(made: Contribution) -> None:
    assert [one.score for one in made.matches] == sorted((one.score for one in made.matches), reverse=True)
    assert {"Brain Pool", "Brain Pool Plus"} <= {one.title for one in made.matches[:6]}
    for one in (*made.matches, *made.not_met):
        assert one.reasons
        assert {"origin", "host", "applicant", "level", "field"} <= {reason.on for reason in one.reasons}
        assert any(reason.holds == "not met" for reason in one.reasons) is (one in made.not_met)
        assert one.closes
        assert one.known
    assert made.notes[0] == "not used: gender"


def test_a_dead_end_is_offered_to_nobody_of_a_pair(record: Record) -> None:
    for here, there in (("IND", "KOR"), ("KOR", "IND")):
        asks = profile({"country": here, "towards": there, "wants": "exchange", "level": "bachelor"}, CONTENT)
        found = contribute(asks, CONTENT, [record], DAY)
        assert not [one for one in found.matches if "ASEM-DUO" in one.title]
        assert sum("ASEM-DUO" in one.title for one in found.not_met) == 2


def test_both_directions_have_matches(record: Record) -> None:
    back = contribute(
        profile({"country": "KOR", "towards": "IND", "wants": "language"}, CONTENT), CONTENT, [record], DAY
    )
    assert back.matches[0].title in ("Indian Cultural Centre Seoul classes", "Hindi and Indian studies places")


@given(st.permutations(["battery materials", "ships", "poetry"]))
def test_the_order_of_what_is_said_changes_nothing(skills: list[str]) -> None:
    found = contribute(profile({"country": "IND", "skills": skills}, CONTENT), CONTENT, [], DAY)
    again = contribute(profile({"country": "IND", "skills": sorted(skills)}, CONTENT), CONTENT, [], DAY)
    assert [one.id for one in found.matches] == [one.id for one in again.matches]


# --- gaps and promises


def test_a_gap_is_open_joinable_and_served_by_no_open_programme(made: Contribution, record: Record) -> None:
    known, served = promises([record], DAY), {name for one in held(CONTENT).programmes.values() for name in one.serves}
    assert served <= set(known), "serves names what is not in the register"
    names = {one.thread for one in made.gaps}
    assert {"startup-fund", "joint-research-fund"} <= names
    assert not names & {"king-sejong-institutes", "research-innovation-centre"}
    by = {one.thread: one for one in made.gaps}
    assert by["joint-research-fund"].closed
    assert by["joint-research-fund"].why.startswith("only closed calls serve it: ")
    assert not [one for one in made.gaps if one.status in ("delivered", "lapsed", "superseded")]


def test_where_nobody_searched_no_gap_is_said(record: Record) -> None:
    other = read_case(CONTENT, "ind-jpn")
    asks = profile({"country": "IND", "towards": "JPN"}, CONTENT)
    found = contribute(asks, CONTENT, [record, other], DAY)
    assert found.gaps == ()
    assert any("no programmes were looked for" in one for one in found.notes)


def test_before_the_search_there_was_no_gap(record: Record) -> None:
    assert gaps([record], held(CONTENT), ("research",), date(2026, 1, 1)) == ()


def test_an_earlier_day_says_that_the_list_is_later(record: Record) -> None:
    asks = profile({"country": "IND", "wants": "degree"}, CONTENT)
    before, now = (contribute(asks, CONTENT, [record], day) for day in (date(2020, 1, 1), DAY))
    assert any("54 of the programmes were looked at later" in one for one in before.notes)
    assert not any("looked at later" in one for one in now.notes)
    assert before.gaps == ()


# --- closing dates


@pytest.mark.parametrize(
    ("more", "says", "when", "announced"),
    [
        ({"closes": When.parse("2026-12-01")}, "2026-12-01, as announced", "2026-12-01", True),
        ({"closes": When.parse("2026-11")}, "2026-11, as announced", "2026-11", True),
        ({"closes": When.parse("2026-11-25"), "state": State.CLOSED}, "closed; last known closing 2026-11-25", None, False),
        ({"months": (11,)}, "usually by 2026-11, reckoned", "2026-11", False),
        ({"months": (2, 3)}, "usually by 2027-03, reckoned", "2027-03", False),
        ({"state": State.ROLLING}, "no closing date", None, False),
        ({"recurs": Recurs.UNKNOWN}, "unknown; ask the host", None, False),
        ({}, "yearly, no date known; ask the host", None, False),
    ],
)  # fmt: skip
def test_when_it_closes_with_its_precision(
    more: dict[str, object], says: str, when: str | None, announced: bool
) -> None:
    found = closing_of(programme(**more), DAY)
    assert found.says.startswith(says)
    assert (str(found.when) if found.when else None, found.announced) == (when, announced)


def test_a_feed_holds_what_is_to_come_and_nothing_of_the_profile(made: Contribution) -> None:
    raw = feed(made.matches, DAY)
    events = list(Calendar.from_ical(raw).walk("VEVENT"))
    dated = [one for one in made.matches if one.closing.when]
    assert len(events) == len(dated) > 0
    for event, one in zip(events, dated, strict=True):
        assert one.closing.when
        assert event.decoded("dtstart") == one.closing.when.first
        assert str(event["status"]) == ("CONFIRMED" if one.closing.announced else "TENTATIVE")
    assert b"battery" not in raw
    assert feed(made.matches, DAY) == raw
    assert not list(Calendar.from_ical(feed(made.matches, date(2099, 1, 1))).walk("VEVENT"))


# --- the checker


def flags(one: Programme) -> set[str]:
    return {flag.sort for flag in check(book(one), (("IND", "KOR"),), DAY, {"ind-kor/a"})}


def test_the_checker_flags_what_is_stale_dead_or_lost() -> None:
    fresh = programme()
    assert flags(fresh) == set()
    assert flags(programme(state=State.OPEN, closes=When.parse("2026-10-01"))) == {"stale deadline"}
    assert flags(programme(state=State.OPEN)) == {"no deadline"}
    assert flags(programme(checked=When.parse("2025-06"))) == {"not checked"}
    assert flags(programme(known=When.parse("2024"))) == {"old knowledge"}
    assert flags(programme(known=When.parse("2024"), state=State.CLOSED)) == set()
    assert flags(programme(serves=("ind-kor/a", "ind-kor/b"))) == {"serves nothing"}
    assert flags(programme(rule(Requires.ORIGIN, "JPN"))) == {"dead end"}


def test_a_dead_end_is_one_for_both_directions_of_every_pair() -> None:
    pairs = (("IND", "KOR"), ("IND", "JPN"))
    assert not dead_end(programme(rule(Requires.HOST, "SEAS")), book(), pairs)
    assert dead_end(programme(rule(Requires.HOST, "SEAS")), book(), pairs[:1])
    assert dead_end(programme(rule(Requires.PARTNER, "SEAS")), book(), pairs[:1])
    assert not dead_end(programme(rule(Requires.PARTNER, "IND", "KOR")), book(), pairs[:1])


def test_of_the_shipped_list_only_the_programmes_with_europe_are_dead_ends() -> None:
    known = held(CONTENT)
    dead = [one.title for one in known.programmes.values() if dead_end(one, known, (("IND", "KOR"),))]
    assert dead == ["ASEM-DUO (DUO-Korea)", "ASEM-DUO (DUO-India)"]


# --- kept and printed, where that is asked for


def test_a_saved_search_finds_the_same_and_says_what_is_new(made: Contribution, tmp_path: Path, record: Record) -> None:
    file = tmp_path / "search.yml"
    save(file, made)
    rest, seen, day = split(read(file))
    assert day == "2026-11-26"
    assert seen is not None
    assert set(seen) == {one.id for one in made.matches}
    again = contribute(profile(rest, CONTENT), CONTENT, [record], DAY)
    assert [one.id for one in again.matches] == [one.id for one in made.matches]
    assert new_since(again, seen) == ()
    assert new_since(again, seen - {"P09"}) == ("P09",)
    assert "gender" not in as_search(made)


def test_a_word_file_says_every_match_and_why(made: Contribution) -> None:
    data = offer_docx(made)
    text = "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
    for one in made.matches:
        assert one.title in text
        assert all(f"{reason.holds}: {reason.says}" in text for reason in one.reasons)
    assert all(gap.title in text for gap in made.gaps)
    assert data == offer_docx(made)


def test_a_page_of_its_own_says_the_same_and_leads_to_nowhere_on_this_machine(made: Contribution) -> None:
    text = html.unescape(offer_html(made).decode())
    for one in made.matches:
        assert one.title in text
        assert all(f"<b>{reason.holds}</b>: {reason.says}" in text for reason in one.reasons)
    assert all(gap.title in text for gap in made.gaps)
    assert not re.search(r'(href|src)="(?!https?://)', text), "no link needs the program"
    assert "<script" not in text and "None" not in text
    assert "battery" not in text.partition("<ol")[0], "nothing of who asks"
    assert offer_html(made) == offer_html(made)

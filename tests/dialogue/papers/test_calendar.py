"""Feeds read back by the library: dates with their precision, ids that stay, stamps from the entries, no clock."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from servanda.dialogue.papers.calendar import due_feed, meeting_feed, stamps
from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.dialogue import Item
from servanda.model.period import Deadline, When
from servanda.model.words import Kind
from servanda.register.keep import seed
from servanda.register.recall import recall
from servanda.register.words import words
from servanda.store import entries
from servanda.store.connect import Store
from tests.dialogue.papers.drawn import FERRY, ITEMS, MEETING, WORDS, agendas
from tests.properties import examples, given
from tests.strategies import records

AT = "2021-05-01T08:30:00+00:00"
DAY = date(2021, 3, 1)


@pytest.fixture
def small(store: Store, small_content: Path) -> Record:
    seed(store, small_content, "2021-07-01T08:00:00+00:00")
    with store.read() as unit:
        return recall(unit, "zem-rur", entries.head_of(unit)[0])


def feed(raw: bytes) -> Calendar:
    lines = raw.replace(b"\r\n ", b"").split(b"\r\n")
    # A whole day says that it is one: a reader that goes by the standard takes it for a moment else, and fails.
    for line in lines:
        if line.startswith((b"DTSTART", b"DTEND", b"DUE")):
            assert re.fullmatch(rb"(DTSTART|DTEND|DUE);VALUE=DATE:\d{8}", line), line
    made = Calendar.from_ical(raw)
    assert isinstance(made, Calendar)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    return made


def test_a_meeting_on_a_day() -> None:
    one = feed(meeting_feed(replace(MEETING, place="Old Hall, 2; the pier"), ITEMS, WORDS, AT)).walk("VEVENT")[0]
    assert (one["UID"], one.decoded("DTSTART"), one.decoded("DTEND")) == (
        "zem-rur.talks.1@servanda", date(2021, 6, 10), date(2021, 6, 11),
    )  # fmt: skip
    assert one.decoded("DTSTAMP") == datetime(2021, 5, 1, 8, 30, tzinfo=UTC)
    assert one["LOCATION"] == "Old Hall, 2; the pier, host Zembla"
    assert one["STATUS"] == "CONFIRMED"
    assert "2. The levy on amber (20 minutes)" in str(one["DESCRIPTION"])


def test_a_month_is_not_a_day() -> None:
    one = feed(meeting_feed(replace(MEETING, date=When.parse("2021-06")), [], WORDS, AT)).walk("VEVENT")[0]
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (date(2021, 6, 1), date(2021, 7, 1))
    assert (one["STATUS"], one["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    assert "June 2021; the day is not set" in str(one["SUMMARY"])


def test_what_an_owner_owes(small: Record) -> None:
    at = dict.fromkeys(small.commitments, AT)
    found = feed(due_feed(small, "RUR", WORDS, date(2021, 3, 1), at)).walk("VTODO")
    assert [one["UID"] for one in found] == ["zem-rur.ferry.task@servanda"]
    ferry = found[0]
    assert (ferry.decoded("DTSTART"), ferry.decoded("DUE")) == (date(2021, 3, 1), date(2021, 3, 31))
    assert ferry["SUMMARY"] == "A ferry between the two coasts: due by the end of March 2021"
    assert "No day was promised: 31 March 2021 is the last day that is in time." in str(ferry["DESCRIPTION"])
    assert ferry["STATUS"] == "IN-PROCESS"
    assert feed(due_feed(small, "Ruritania", WORDS, date(2021, 3, 1), at)).walk("VTODO")
    assert not feed(due_feed(small, "Navy", WORDS, date(2021, 3, 1), at)).walk("VTODO")
    assert not feed(due_feed(small, "RUR", WORDS, date(2021, 6, 30), at)).walk("VTODO"), "it was delivered by then"
    event = feed(due_feed(small, "RUR", WORDS, date(2021, 3, 1), at, as_events=True)).walk("VEVENT")[0]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2021, 3, 1), date(2021, 4, 1))


def test_a_rhythm_and_a_day_stand_on_their_day(small: Record) -> None:
    poets = feed(due_feed(small, "ZEM", WORDS, date(2019, 3, 1), dict.fromkeys(small.commitments, AT))).walk("VTODO")
    yearly = next(one for one in poets if "poets" in str(one["UID"]))
    assert yearly.decoded("DUE") == date(2019, 5, 2)
    assert "DTSTART" not in yearly
    assert "Nothing was found on what came of it, which is a question and not a reproach." in str(yearly["DESCRIPTION"])
    dated = {**small.commitments, "Z003": replace(small.commitments["Z003"], deadline=Deadline.parse("2021-03-09"))}
    moved = replace(small, commitments=dated)
    one = feed(due_feed(moved, "RUR", WORDS, DAY, dict.fromkeys(dated, AT))).walk("VTODO")[0]
    assert one.decoded("DUE") == date(2021, 3, 9)
    assert one["UID"] == "zem-rur.ferry.task@servanda", "its id stays when its date moves"
    assert "No day was promised" not in str(one["DESCRIPTION"])


def test_stamps_are_those_of_the_last_entries(store: Store, small: Record) -> None:
    with store.read() as unit:
        found = stamps(unit, Kind.COMMITMENT, small.commitments)
    assert set(found) == set(small.commitments)
    assert set(found.values()) == {"2021-07-01T08:00:00+00:00"}
    with pytest.raises(RequestError, match="no entry of the register says when Z003"):
        due_feed(small, "RUR", WORDS, date(2021, 3, 1), {})


def test_it_is_the_same_for_the_same_record(small: Record) -> None:
    at = dict.fromkeys(small.commitments, AT)
    assert due_feed(small, "ZEM", WORDS, DAY, at) == due_feed(small, "ZEM", WORDS, DAY, at)
    assert meeting_feed(MEETING, ITEMS, WORDS, AT) == meeting_feed(MEETING, ITEMS[::-1], WORDS, AT)


@given(agendas())
@examples(40)
def test_no_words_become_a_line_of_their_own(items: list[Item]) -> None:
    title = f"{items[0].title}\r\nATTACH:evil\nEND:VEVENT"
    raw = meeting_feed(MEETING, [replace(items[0], title=title), *items[1:]], WORDS, AT)
    made = feed(raw)
    assert [part.name for part in made.walk()] == ["VCALENDAR", "VEVENT"]
    assert "ATTACH" not in made.walk("VEVENT")[0]
    assert str(made.walk("VEVENT")[0]["DESCRIPTION"]).count("\n") == len(items)


@given(records())
@examples(40)
def test_any_record_gives_a_feed_that_reads_back(record: Record) -> None:
    at = dict.fromkeys(record.commitments, AT)
    for owner in ("ZEM", "RUR"):
        for as_events in (False, True):
            made = feed(due_feed(record, owner, WORDS, date(2026, 11, 23), at, as_events))
            names = [str(one["UID"]) for one in made.walk("VTODO" if not as_events else "VEVENT")]
            assert len(set(names)) == len(names)


def test_shipped_lists_name_the_host(small_content: Path) -> None:
    lists = words(small_content)
    assert b"host Zembla" in meeting_feed(MEETING, [FERRY], lists, AT)

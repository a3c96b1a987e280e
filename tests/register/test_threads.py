"""The same promise over the years: counted once, with its life line, ruled by the promise in force."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import strategies as st

from servanda.model.case import Case, Record, Search
from servanda.model.commitment import Commitment, Target, Thread
from servanda.model.document import Document
from servanda.model.evidence import Evidence
from servanda.model.period import Deadline, When
from servanda.model.source import Source
from servanda.model.status import Status
from servanda.model.words import Action, Area, Instrument, Publisher, Shown, Undertaking
from servanda.register.content import read_case
from servanda.register.threads import Strand, Turn, strands
from servanda.settings import shipped_content
from tests.properties import examples, given
from tests.strategies import records

PAPER = Source("Gazette", Publisher.OFFICIAL)
TODAY = date(2026, 11, 23)
NAMED, TARGET, OPEN = Undertaking.NAMED, Undertaking.TARGET, Undertaking.OPEN_ENDED


@dataclasses.dataclass
class Said:
    """One promise of a thread, and what is shown of it."""

    made: str
    deadline: str | None = None
    target: float | None = None
    unit: str = "USD bn"
    kind: Undertaking = NAMED
    shown: tuple[tuple[Shown, str], ...] = ()
    thread: str = "c.t"


def record_of(*said: Said) -> Record:
    documents, commitments, evidence, threads = {}, {}, {}, {}
    for place, one in enumerate(said):
        paper, name = f"D{place}", f"C{place}"
        threads[one.thread] = Thread(one.thread, "c", one.thread)
        documents[paper] = Document(paper, "c", When.parse(one.made), "t", "t", "l", PAPER, "high")
        commitments[name] = Commitment(
            name, "c", paper, one.thread, "says", Area.TRADE, ("ZEM",), "o", Action.SPECIFIC, Instrument.STATEMENT,
            one.kind, PAPER, "high", "full", deadline=Deadline.parse(one.deadline) if one.deadline else None,
            target=Target(one.target, one.unit) if one.target is not None else None,
        )  # fmt: skip
        for number, (shows, when) in enumerate(one.shown):
            row = Evidence(f"{name}-{number}", "c", name, "claim", shows, PAPER, "high", "p", When.parse(when))
            evidence[row.id] = row
    searches = (Search("first", "a", When.parse("2026-11-23"), "w"),)
    case = Case("c", "t", ("ZEM", "RUR"), searches)
    return Record(case, documents, threads, commitments, evidence, {}, {}, {}, {}, 0)


def strand_of(*said: Said, day: date = TODAY) -> Strand:
    (strand,) = strands(record_of(*said), day).values()
    return strand


def changes(strand: Strand) -> list[str]:
    return [turn.change for turn in strand.turns]


def test_a_promise_made_thrice_is_counted_once() -> None:
    found = strands(record_of(Said("2010"), Said("2014"), Said("2018"), Said("2018", thread="c.other")), TODAY)
    assert {name: len(strand.members) for name, strand in found.items()} == {"c.t": 3, "c.other": 1}
    assert found["c.t"].latest.id == "C2"


def test_life_line() -> None:
    strand = strand_of(
        Said("2010-01-25", target=10),
        Said("2012-05-01", deadline="2014", target=10),
        Said("2014-01-16", deadline="2015", target=10),
        Said("2016-05-01", deadline="2015", target=20),
        Said("2018-07-10", deadline="2015", target=15),
        Said("2020-01-01"),
    )
    assert changes(strand) == ["first promised", "dated", "re-dated", "raised", "lowered", "repeated"]
    assert [turn.detail for turn in strand.turns] == [
        "10 USD bn",
        "a date for the first time: 2014",
        "2014 became 2015, 10 USD bn",
        "10 became 20 USD bn",
        "20 became 15 USD bn",
        "no date, no number",
    ]
    assert strand.turns[2] == Turn("C2", date(2014, 1, 16), "re-dated", "2014 became 2015, 10 USD bn")


def test_numbers_in_other_units_are_not_compared() -> None:
    strand = strand_of(Said("2010", target=10), Said("2012", target=900, unit="students"))
    assert changes(strand) == ["first promised", "repeated"]


def test_silence_does_not_withdraw_a_date() -> None:
    strand = strand_of(Said("2010", deadline="2014"), Said("2016"))
    assert strand.ruling.due == strand.first_due == date(2014, 12, 31)
    assert strand.ruling.days_overdue > 0


def test_term_of_open_ended_work_is_no_deadline() -> None:
    strand = strand_of(Said("2010", deadline="2014", kind=OPEN))
    assert (strand.ruling.due, strand.first_due, strand.ruling.days_overdue) == (None, None, 0)


@pytest.mark.parametrize("shows", [Shown.MISSED, Shown.REPLACED, Shown.ENDED])
def test_what_befell_an_earlier_promise_does_not_settle_the_new_one(shows: Shown) -> None:
    old = Said("2010", deadline="2014", shown=((shows, "2015-06-01"),))
    assert strand_of(old).ruling.status in (Status.LAPSED, Status.SUPERSEDED)
    strand = strand_of(old, Said("2018-07-10", deadline="2030"))
    assert strand.ruling.status is Status.NO_EVIDENCE
    assert strand.ruling.days_overdue == 0


def test_a_miss_followed_by_a_new_promise_is_late_and_not_lapsed() -> None:
    missed = Said("2010-01-25", deadline="2014", kind=TARGET, target=30, shown=((Shown.MISSED, "2015-01-31"),))
    anew = Said("2015-05-18", deadline="2030", kind=TARGET, target=50, shown=((Shown.STEP, "2025-01-01"),))
    strand = strand_of(missed, anew)
    assert strand.ruling.status is Status.ON_SCHEDULE
    assert (strand.first_due, strand.ruling.due) == (date(2014, 12, 31), date(2030, 12, 31))
    assert changes(strand) == ["first promised", "re-dated"]
    # Between the miss and the new promise it was lapsed, and the record still says so.
    assert strand_of(missed, anew, day=date(2015, 3, 1)).ruling.status is Status.LAPSED
    assert strand_of(missed, anew, day=date(2031, 1, 1)).ruling.status is Status.BEHIND


def test_a_step_towards_an_earlier_promise_still_counts() -> None:
    strand = strand_of(Said("2024-01-01", shown=((Shown.STEP, "2025-06-01"),)), Said("2026-01-01"))
    assert strand.ruling.status is Status.ON_SCHEDULE
    assert strand.ruling.carried_by == ("C0-0",)


def test_a_first_promise_kept_after_the_second_was_made_keeps_both() -> None:
    strand = strand_of(Said("2010", shown=((Shown.COMPLETED, "2020-06-01"),)), Said("2018"))
    assert strand.ruling.status is Status.DELIVERED


def test_a_first_promise_kept_before_the_second_was_made_does_not_keep_the_second() -> None:
    strand = strand_of(Said("2010", shown=((Shown.COMPLETED, "2012-06-01"),)), Said("2018"))
    assert strand.ruling.status is Status.NO_EVIDENCE


def test_on_an_earlier_day_later_promises_are_not_there() -> None:
    record = record_of(Said("2010", deadline="2014"), Said("2018", deadline="2030"))
    assert strands(record, date(2009, 12, 31)) == {}
    early = strands(record, date(2011, 1, 1))["c.t"]
    assert ([one.id for one in early.members], early.ruling.due) == (["C0"], date(2014, 12, 31))


def test_papers_signed_at_the_event() -> None:
    signed = Said("2018-07-10", kind=Undertaking.AT_EVENT)
    assert strand_of(signed).is_at_event
    assert strand_of(signed).ruling.status is Status.DELIVERED
    both = strand_of(signed, Said("2020"))
    assert not both.is_at_event
    assert both.ruling.status is Status.NO_EVIDENCE


@examples(40)
@given(records(), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_every_commitment_stands_in_exactly_one_thread(record: Record, day: date) -> None:
    found = strands(record, day)
    held = sorted(one.id for strand in found.values() for one in strand.members)
    begun = sorted(one.id for one in record.commitments.values() if record.documents[one.document].date.first <= day)
    assert held == begun
    for strand in found.values():
        assert list(strand.made) == sorted(strand.made)
        assert len(strand.turns) == len(strand.members)
        assert strand.turns[0].change == "first promised"


def test_every_thread_of_the_first_case_has_begun_and_some_were_re_dated() -> None:
    record = read_case(shipped_content(), "ind-kor")
    found = strands(record, TODAY)
    assert set(found) == set(record.threads)
    assert sum(len(strand.members) for strand in found.values()) == 249
    assert any("re-dated" in changes(strand) for strand in found.values())

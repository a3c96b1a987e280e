"""From terms to the fields of a commitment: what no field can hold stays in its own words."""

from __future__ import annotations

import pytest

from servanda.model.document import Document
from servanda.model.period import When
from servanda.model.proposal import Terms
from servanda.model.source import Source
from servanda.model.words import Action, Area, Instrument, Publisher, Undertaking
from servanda.register.undertake import (
    deadline_of,
    instrument_of,
    next_id,
    note_of,
    slug,
    target_of,
    undertaking_of,
    worded,
)


def terms(**fields: str | None) -> Terms:
    return Terms(("ZEM",), Action.SPECIFIC, Area.TRADE, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deadline", "due", "held", "note"),
    [
        ("by 2030", "2030", "2030", None),
        ("by the end of 2025", "2025-12", "2025-12", None),
        ("by fall of 2025", "2025-09/2025-11", "2025-11", "by when, in its words: by fall of 2025"),
        ("every year", "recurring", "yearly", None),
        ("annual", "recurring", "yearly", None),
        ("once every two years", "recurring", "every two years", None),
        ("biennially", "recurring", "every two years", None),
        ("semi-annual", "recurring", "half-yearly", None),
        ("every quarter", "recurring", "quarterly", None),
        ("monthly", "recurring", "monthly", None),
        ("regularly", "recurring", None, "by when, in its words: regularly"),
        ("before the next summit", None, None, "by when, in its words: before the next summit"),
        ("by some day", "not a date", None, "by when, in its words: by some day"),
        (None, None, None, None),
    ],
)
def test_by_when(deadline: str | None, due: str | None, held: str | None, note: str | None) -> None:
    one = terms(deadline=deadline, due=due)
    found = deadline_of(one)
    assert (str(found) if found else None) == held
    assert note_of(one, found, None, ()) == note


@pytest.mark.parametrize(
    ("quantity", "value", "unit"),
    [
        ("$40 million", 40e6, "$"),
        ("500 billion dollars", 500e9, "dollars"),
        ("12 boats", 12, "boats"),
        ("up to 1,200 fellowships a year", 1200, "up to fellowships a year"),
        ("10%", 10, "%"),
        ("30", 30, "in all"),
        ("double", None, None),
        (None, None, None),
    ],
)
def test_how_much(quantity: str | None, value: float | None, unit: str | None) -> None:
    one = terms(quantity=quantity)
    found = target_of(one)
    assert (found.value, found.unit) == (value, unit) if found else value is None
    kept = note_of(one, None, found, ())
    assert (kept is None) == (quantity is None or bool(found and found.unit != "in all"))


def test_what_sort_of_promise() -> None:
    paper, memorandum = Instrument.STATEMENT, Instrument.MEMORANDUM
    dated, amount = terms(due="2030", deadline="by 2030"), terms(quantity="12 boats")
    assert undertaking_of(amount, paper, deadline_of(dated), target_of(amount)) is Undertaking.TARGET
    assert undertaking_of(amount, paper, deadline_of(terms(due="recurring", deadline="yearly")), target_of(amount)) is (
        Undertaking.NAMED
    )
    assert undertaking_of(terms(deliverable="a pier"), paper, None, None) is Undertaking.NAMED
    assert undertaking_of(terms(), paper, None, None) is Undertaking.AIM
    assert undertaking_of(terms(), memorandum, None, None) is Undertaking.OPEN_ENDED


@pytest.mark.parametrize(
    ("kind", "rung"),
    [
        ("joint statement", Instrument.STATEMENT), ("Memorandum of Understanding", Instrument.MEMORANDUM),
        ("MoU", Instrument.MEMORANDUM), ("agreement", Instrument.STATEMENT),
        ("agreement in force", Instrument.AGREEMENT), ("contract", Instrument.CONTRACT),
        ("term sheet", Instrument.TERM_SHEET), ("moustache", Instrument.STATEMENT),
    ],
)  # fmt: skip
def test_only_what_says_so_stands_higher(kind: str, rung: Instrument) -> None:
    paper = Document("D", "c", When.parse("2026"), kind, "t", "l", Source("t", Publisher.PRESS), "high")
    assert instrument_of(paper) is rung


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        ("- hold an annual\n  dialogue;", "Hold an annual dialogue"),
        ("3. They will meet.", "They will meet."),
        ("(iv) open a pier,", "Open a pier"),
        ("**Science**", "Science"),
        ("## 2. Trade", "Trade"),
        ("1.", "1."),
        ("A" * 500, "A" * 238 + " …"),
    ],
)
def test_words_as_one_line(exact: str, said: str) -> None:
    assert worded(exact) == said
    assert worded(worded(exact)) == worded(exact)


def test_ids_go_on_as_the_case_counts() -> None:
    assert next_id("ind-kor", ["C001", "C249", "X9"]) == "C250"
    assert next_id("kor-vnm", ["VNM-C176", "VNM-C175"]) == "VNM-C177"
    assert next_id("a-b", ["Z9", "Z99"]) == "Z100"
    assert next_id("fra-ind", []) == "FRA-IND-C001"
    assert next_id("fra-ind", ["no number"]) == "FRA-IND-C001"


def test_slugs_can_be_read_and_are_not_taken() -> None:
    assert slug("c", "A pier on the Northern Coast", "z1", set()) == "c.pier-northern-coast"
    assert slug("c", "A pier", "z1", {"c.pier", "c.pier-2"}) == "c.pier-3"
    assert slug("c", "조수", "Z001", set()) == "c.z001"

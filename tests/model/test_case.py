"""What a record, a commitment and a figure can say of themselves."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from servanda.model.commitment import COMPONENTS
from servanda.model.figure import Figure
from servanda.model.words import Instrument
from servanda.register.content import read_case


def test_withdrawn_evidence_is_left_out_and_the_undated_stands_last(small_content: Path) -> None:
    record = read_case(small_content, "zem-rur")
    pier = next(row for row in record.evidence.values() if row.claim == "The pier was built")
    undated = dataclasses.replace(pier, id="Z001-aaaaaaaa", date=None)
    wrong = dataclasses.replace(pier, id="Z001-bbbbbbbb")
    correction = dataclasses.replace(pier, id="Z001-cccccccc", withdraws=wrong.id)
    rows = {row.id: row for row in (undated, wrong, correction, pier)}
    found = dataclasses.replace(record, evidence=rows).evidence_on()
    assert set(found) == set(record.commitments)
    assert [row.id for row in found["Z001"]] == [*sorted((pier.id, correction.id)), undated.id]


def test_search_day_is_the_last_it_can_mean(small_content: Path) -> None:
    assert read_case(small_content, "zem-rur").searched_on("second") == date(2021, 6, 30)


def test_parts_of_a_concrete_promise(small_content: Path) -> None:
    record = read_case(small_content, "zem-rur")
    ferry, poets = record.commitments["Z001"], record.commitments["Z002"]
    assert tuple(ferry.components()) == COMPONENTS
    assert [name for name, has in ferry.components().items() if has] == ["owner", "deliverable", "deadline"]
    assert [name for name, has in poets.components().items() if has] == ["deadline", "measure", "instrument"]
    assert (ferry.is_concrete, poets.is_concrete) == (True, False)
    # A deliverable with neither date nor number binds nobody.
    assert not dataclasses.replace(ferry, deadline=None).is_concrete
    assert not dataclasses.replace(ferry, instrument=Instrument.STATEMENT).components()["instrument"]


@pytest.mark.parametrize(
    ("period", "year", "fiscal"),
    [
        ("2020", 2020, False),
        ("FY2021-22", 2021, True),
        ("2021 Jan-Jun", None, False),
        ("to Sep 2019", None, False),
        ("2006-2008", None, False),
    ],
)
def test_year_of_a_figure(period: str, year: int | None, fiscal: bool) -> None:
    figure = Figure("F", "c", "trade", "USD", period, "high")
    assert (figure.year, figure.is_fiscal) == (year, fiscal)

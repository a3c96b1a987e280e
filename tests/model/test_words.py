"""Closed lists: every word has its meaning in the content, and every status its neighbours on other scales."""

from __future__ import annotations

from enum import StrEnum

import pytest

from servanda.model.plain import NOUNS
from servanda.model.status import ELSEWHERE, Status
from servanda.model.words import Action, Area, Instrument, Kind, Publisher, Shown
from servanda.register.words import words
from servanda.settings import shipped_content


@pytest.mark.parametrize(
    ("name", "closed"),
    [
        ("areas", Area),
        ("actions", Action),
        ("instruments", Instrument),
        ("publishers", Publisher),
        ("shown", Shown),
        ("statuses", Status),
    ],
)
def test_list_and_code_hold_the_same_words_in_the_same_order(name: str, closed: type[StrEnum]) -> None:
    held = words(shipped_content()).lists[name]
    assert list(held) == [str(word) for word in closed]
    assert all(meaning.strip() for meaning in held.values())


def test_every_status_has_words_elsewhere() -> None:
    assert set(ELSEWHERE) == set(Status)
    for status in Status:
        assert status.elsewhere.g20 in (-1, 0, 1, None)
        assert status.elsewhere.ogp in ("Complete", "Substantial", "Limited", "Not started", "No evidence available")


def test_only_what_is_done_scores_as_done_elsewhere() -> None:
    assert [status for status in Status if status.elsewhere.g20 == 1] == [Status.DELIVERED]
    assert [status for status in Status if status.elsewhere.ogp == "Complete"] == [Status.DELIVERED]


def test_a_missing_search_result_is_no_score() -> None:
    # "No evidence found" judges the search; a scale that can only judge the parties must stay silent.
    nothing = Status.NO_EVIDENCE
    assert (nothing.elsewhere.g20, nothing.elsewhere.iati, nothing.is_known, nothing.is_open) == (
        None,
        None,
        False,
        True,
    )


def test_what_is_over_is_not_open() -> None:
    assert {status for status in Status if not status.is_open} == {Status.DELIVERED, Status.LAPSED, Status.SUPERSEDED}


def test_ladder_of_instruments_rises() -> None:
    assert [one.rung for one in Instrument] == [0, 1, 2, 3, 4]
    assert Instrument.STATEMENT.rung < Instrument.MEMORANDUM.rung < Instrument.CONTRACT.rung < Instrument.AGREEMENT.rung


def test_every_kind_has_its_noun() -> None:
    assert set(NOUNS) == set(Kind)

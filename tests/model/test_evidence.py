"""Ids of evidence are made from what it says, and can be read aloud."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from servanda.model.evidence import evidence_id
from servanda.model.words import Shown, Stance
from tests.properties import given
from tests.strategies import NASTY, anything, date_texts, maybe_text

SAID = st.tuples(st.sampled_from(("C1", "C-2018-004")), st.none() | date_texts, anything, maybe_text)


def test_id_never_changes_between_versions() -> None:
    # Written down by hand: an id stands in references that others have printed.
    assert evidence_id("C018", "2012-06-18", "Instruments exchanged", "https://a.example/b") == "C018-d67cdrpp"


@given(SAID)
def test_id_is_readable_aloud(said: tuple[str, str | None, str, str | None]) -> None:
    made = evidence_id(*said)
    assert re.fullmatch(re.escape(said[0]) + "-[abcdefghjkmnpqrstuvwxyz2-9]{8}", made)
    assert made == evidence_id(*said)


@given(SAID, SAID)
def test_other_words_give_another_id(
    one: tuple[str, str | None, str, str | None], other: tuple[str, str | None, str, str | None]
) -> None:
    assume(one != other)
    assert evidence_id(*one) != evidence_id(*other)


def test_parts_do_not_run_into_each_other() -> None:
    # The same letters, cut elsewhere, are another claim; so is "no date" against a date that reads "None".
    assert evidence_id("C1", None, "ab", "c") != evidence_id("C1", None, "a", "bc")
    assert evidence_id("C1", None, "a", None) != evidence_id("C1", "None", "a", None)
    assert len({evidence_id("C1", None, text, None) for text in NASTY}) == len(NASTY)


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        (Stance.SUPPORTS, {Shown.COMPLETED, Shown.PARTLY, Shown.STEP}),
        (Stance.CONTRADICTS, {Shown.NOT_BEGUN, Shown.MISSED, Shown.ENDED, Shown.REPLACED}),
        (Stance.MENTIONS, {Shown.NO_BEARING}),
    ],
)
def test_every_word_has_its_stance(stance: Stance, words: set[Shown]) -> None:
    assert {word for word in Shown if word.stance is stance} == words

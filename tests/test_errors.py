"""Hints that name what was meant, and errors that say how much must be mended."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from servanda.errors import ContentError, nearest
from tests.properties import examples, given

IDS = [f"C{number:03}" for number in range(1, 250)]


@pytest.mark.parametrize(
    ("word", "words", "first"),
    [
        ("C18", IDS, "C018"),
        ("c18", IDS, "C018"),
        ("C0018", IDS, "C018"),
        ("c018", IDS, "C018"),
        ("vnm-c5", [*IDS, "VNM-C005", "VNM-C050"], "VNM-C005"),
        ("D-2010-PRIS", ["D-2010-PRISM", "D-2010-pris"], "D-2010-pris"),
        # A zero inside a number or at its end is a digit like any other.
        ("C100", ["C010", "C1", "C100"], "C100"),
        ("INDIA", ["Indonesia", "India"], "India"),
    ],
)
def test_what_differs_only_in_case_or_leading_zeros_comes_first(word: str, words: list[str], first: str) -> None:
    assert nearest(word, words)[0] == first


def test_zeros_that_do_not_lead_make_another_word() -> None:
    assert nearest("A0", ["A", "B7"], 1) != ["B7"]
    assert nearest("C10", ["C1", "C010"], 1) == ["C010"]


def test_nothing_near_gives_nothing() -> None:
    assert nearest("Xyzzy", ["India", "Japan"]) == []


@examples(100)
@given(st.text("abcC018-", max_size=6), st.lists(st.text("abcC018-", min_size=1, max_size=6), max_size=8))
def test_hints_are_known_words_none_twice_and_no_more_than_asked(word: str, words: list[str]) -> None:
    found = nearest(word, words)
    assert len(found) <= 3
    assert set(found) <= set(words)
    assert len({one.casefold() for one in found}) == len(found)


def test_five_problems_are_shown_and_all_are_counted() -> None:
    fault = ContentError(f"f{number}.yml: wrong" for number in range(7))
    assert str(fault).startswith("7 problems in the content; nothing was changed:\n  f0.yml: wrong\n")
    assert "f4.yml" in str(fault)
    assert "f5.yml" not in str(fault)
    assert str(fault).endswith("and 2 more")
    assert len(fault.problems) == 7

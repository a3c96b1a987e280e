"""Words broken at the ends of lines: whole again, while a compound keeps its hyphen."""

from __future__ import annotations

import pytest

from servanda.texts.extract.hyphens import Known, joined, known_of


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["a govern-", "ment"], "a government"),
        (["the certi-", "fication of"], "the certification of"),
        (["a long-", "term plan"], "a long-term plan"),
        (["people-to-", "people ties"], "people-to-people ties"),
        (["people-", "to-people ties"], "people-to-people ties"),
        (["a state-", "owned firm"], "a state-owned firm"),
        (["the Indo-", "Pacific"], "the Indo-Pacific"),
        (["COVID-", "19"], "COVID-19"),
        (["a 21-", "day visit"], "a 21-day visit"),
        (["U.S.-", "led talks"], "U.S.-led talks"),
        (["short-", "and long-term"], "short- and long-term"),
        (["AGREE-", "MENT"], "AGREEMENT"),
        (["non-", "proliferation"], "non-proliferation"),
        (["co\u00ad", "operation"], "cooperation"),
        (["from 2025–", "2030"], "from 2025–2030"),
        (["the world—", "and more"], "the world—and more"),
        (["the world", "—and more"], "the world—and more"),
        (["trade –", "and more"], "trade – and more"),
        (["and/", "or"], "and/or"),
        (["see https://mfa.example/", "statement.html today"], "see https://mfa.example/statement.html today"),
        (["二〇三一年までに", "開設する"], "二〇三一年までに開設する"),
        (["one", "", "two"], "one two"),
        ([], ""),
    ],
)
def test_the_end_of_a_line_is_undone(lines: list[str], wanted: str) -> None:
    assert joined(lines, Known()) == wanted


def test_the_document_itself_tells_first() -> None:
    assert joined(["wide-", "ranging"], known_of(["a wideranging plan"])) == "wideranging"
    assert joined(["co-", "operation"], known_of(["their co-operation grows", "the govern-", "ment"])) == "co-operation"
    assert joined(["Bren-", "land"], known_of(["in Brenland"])) == "Brenland"


def test_a_document_that_breaks_no_words_keeps_its_hyphens() -> None:
    whole = known_of(["a long-", "term plan for well-", "being"])
    assert not whole.breaks
    assert joined(["a multi-", "stakeholder group"], whole) == "a multi-stakeholder group"
    assert known_of(["the certi-", "fication"]).breaks


def test_a_broken_half_is_no_word_of_the_document() -> None:
    assert "fication" not in known_of(["the certi-", "fication of"]).words
    assert {"the", "of"} <= known_of(["the certi-", "fication of"]).words


def test_korean_goes_by_the_spaces_at_the_ends_of_lines() -> None:
    lines = ["양측은 공동 ", "사무", "소를 2031", "년까지 연다."]
    assert joined(lines, known_of(lines)) == "양측은 공동 사무소를 2031년까지 연다."
    without = ["공동 사무", "소를 연다"]
    assert joined(without, known_of(without)) == "공동 사무 소를 연다"
    assert joined(without, known_of([*without, "새 사무소를"])) == "공동 사무소를 연다"

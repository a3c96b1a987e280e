"""Subwords: whole where known, else the longest known parts; case, accents and the way of writing do not count."""

from hypothesis import strategies as some

from servanda.texts.subwords import UNKNOWN, Subwords, words
from tests.properties import given

KNOWN = Subwords(
    {
        subword: number
        for number, subword in enumerate(
            [
                UNKNOWN,
                "[CLS]",
                "[SEP]",
                "start",
                "##up",
                "##s",
                "s",
                "u",
                "p",
                "##t",
                "##a",
                ",",
                "-",
                "cafe",
                "韓",
                "国",
            ]
        )
    }
)


def said(text: str) -> list[str]:
    names = {number: subword for subword, number in KNOWN.numbers.items()}
    return [names[number] for number in KNOWN.of(text)]


def test_the_longest_known_parts_from_the_left() -> None:
    assert said("Startups, start-u") == ["start", "##up", "##s", ",", "start", "-", "u"]


def test_accents_case_and_kinds_of_space_do_not_count() -> None:
    assert said("Café\u00a0CAFÉ\tcafe\n") == ["cafe"] * 3


def test_each_han_character_stands_alone() -> None:
    assert words("韓国と") == ["韓", "国", "と"]
    assert said("韓国") == ["韓", "国"]


def test_a_word_with_a_part_that_is_not_known_is_unknown_as_a_whole() -> None:
    assert said("startx stx s") == [UNKNOWN, UNKNOWN, "s"]


def test_a_run_of_a_thousand_letters_is_no_word() -> None:
    assert said("s" * 1000) == [UNKNOWN]


@given(some.text())
def test_any_text_has_pieces_and_the_same_each_time(text: str) -> None:
    found = KNOWN.of(text)
    assert found == KNOWN.of(text) == Subwords(dict(KNOWN.numbers)).of(text)
    assert len(found) >= len(words(text))
    assert all(number in KNOWN.numbers.values() for number in found)


@given(some.text(some.characters(max_codepoint=127)))
def test_plain_letters_are_cut_as_all_others_are(text: str) -> None:
    beside = "é"  # which sends the whole text the longer way
    assert words(text) == words(f"{text} {beside}")[:-1]

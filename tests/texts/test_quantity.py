"""Amounts: their words and their number. Sentences are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from servanda.texts.quantity import amounts, quantity, value


@pytest.mark.parametrize(
    ("said", "words", "number"),
    [
        ("They will raise trade to $500 billion.", "$500 billion", 500e9),
        ("It will give A$1.5bn for ports.", "A$1.5bn", 1.5e9),
        ("It will cut the duty to 18%.", "18%", 18),
        ("It will cut the duty to 19 percent.", "19 percent", 19),
        ("They will award 100 fellowships.", "100 fellowships", 100),
        ("It will offer 1,000 places per year.", "1,000 places per year", 1000),
        ("It will send 10,000 metric tons of wheat.", "10,000 metric tons", 10000),
        ("They aim to double trade.", "double", None),
        ("They will reach net zero emissions.", "net zero emissions", None),
        ("It will provide up to ₩20 billion.", "up to ₩20 billion", 20e9),
        ("It pledges a new $30M for wells.", "$30M", 30e6),
        ("It will lend $NZ7 million.", "$NZ7 million", 7e6),
        ("It will open chairs in six Universities.", "six Universities", None),
        ("It will build two fast river patrol vessels.", "two fast river patrol vessels", None),
        ("It will lift 12 percentage points of the duty.", "12 percentage points", 12),
        ("They will store one quarter of the grain.", "one quarter of the", None),
        ("It will apply zero duties to barley.", "zero duties", None),
        ("It will host at least 2.5 million.", "at least 2.5 million", 2.5e6),
        ("It will send hundreds of water pumps.", "hundreds of water pumps", None),
        ("It will ship 40 bcm.", "40 bcm", 40),
    ],
)
def test_words_and_number(said: str, words: str, number: float | None) -> None:
    found = quantity(said)
    assert found is not None
    assert found.said == words
    assert found.value == (pytest.approx(number) if number is not None else None)


@pytest.mark.parametrize(
    "said",
    [
        "The two countries will meet.",
        "They will work on 5G and 6G.",
        "They will apply Executive Order 14257.",
        "They will meet in 2027.",
        "The 1.5 track dialogue will be held.",
        "They will increase two-way exchanges of bakers.",
        "They will double down on their work.",
        "They will talk about double taxation.",
        "They will bind our two countries together.",
        "They will meet in the latter half of 2027.",
        "They will attend the 2031 Bakers Exchanges.",
    ],
)
def test_names_and_years_are_no_amount(said: str) -> None:
    assert quantity(said) is None


@given(some.integers(1, 999), some.sampled_from(["million", "billion", "trillion"]))
def test_a_sum_that_is_written_is_read_back(number: int, scale: str) -> None:
    said = f"${number} {scale}"
    assert value(said) == pytest.approx(number * {"million": 1e6, "billion": 1e9, "trillion": 1e12}[scale])


@given(some.text(max_size=200))
def test_any_text_is_read_without_fault(said: str) -> None:
    for found in amounts(said):
        assert said[found.start : found.end] == found.said

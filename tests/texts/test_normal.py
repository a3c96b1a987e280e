"""For whom a person stands: as the text says, and the one head of government of whom it does not say so, by elimination."""

from datetime import date

import pytest

from servanda.model.passage import Passage
from servanda.texts.lexicon import lexicon
from servanda.texts.normal import people_of
from servanda.texts.observe import observe
from servanda.texts.read import read

PAIR = ("JPN", "KOR")


def stands(text: str, parties: tuple[str, ...] = PAIR) -> dict[str, str]:
    return people_of(text, parties, lexicon())


def test_as_the_text_says() -> None:
    found = stands("Prime Minister Ayako Sato of Japan met President Han of the Republic of Korea.")
    assert found["Sato"] == "JPN"
    assert found["Han"] == "KOR"


def test_the_other_head_of_government_is_the_other_partys() -> None:
    found = stands("President Moru received Prime Minister Sato of Japan. President Moru announced a fund.")
    assert found["Moru"] == "KOR"


def test_of_three_parties_it_must_be_the_last_of_whom_nobody_is_known() -> None:
    said = "Prime Minister Sato of Japan, President Han of the Republic of Korea and President Moru met. President Moru spoke."
    assert stands(said, ("JPN", "KOR", "USA"))["Moru"] == "USA"
    assert "Moru" not in stands(said, ("JPN", "KOR", "USA", "AUS"))


def test_where_several_are_named_about_as_often_nobody_is_taken_for_a_partys() -> None:
    said = "Prime Minister Sato of Japan met President Moru and President Lind. President Moru spoke."
    assert not {"Moru", "Lind"} & set(stands(said))


def test_where_nobody_is_known_nobody_is_guessed() -> None:
    assert stands("President Moru met Prime Minister Lind. President Moru spoke.") == {}


def test_a_minister_and_a_deputy_are_not_heads_of_government() -> None:
    said = "Prime Minister Sato of Japan met Trade Minister Moru, Vice President Lind and Deputy Prime Minister Berg."
    assert not {"Moru", "Lind", "Berg"} & set(stands(said))


def test_the_end_of_a_title_is_no_part_of_a_name() -> None:
    text = "The Prime Minister of Japan, Ayako Sato, and President Moru met in Seoul. President Moru will open a fund."
    passages = read(text, PAIR, date(2026, 3, 3), "Joint Statement with Prime Minister Sato")
    terms = passages[-1].terms
    assert terms is not None
    assert terms.parties == ("KOR",)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("The Japanese side confirmed that it will open a consulate in Busan.", "JPN"),
        (
            "The Japanese Prime Minister stated that his Government intends to expand its programme of assistance.",
            "JPN",
        ),
        ("The leaders announced that they will open a consulate in Busan.", None),
        ("In Japan, it was agreed that a consulate will be opened.", None),
    ],
)
def test_a_word_that_stands_for_the_party_before_means_that_party(said: str, who: str | None) -> None:
    place = observe((Passage(0, len(said), said, 1),), said, PAIR, date(2026, 3, 3))
    assert place.undertakers(0) == ((who,) if who else PAIR)

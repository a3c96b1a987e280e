"""A text into passages: nothing lost, offsets exact, structure kept. All texts here are invented."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.texts.split import split


def said(text: str) -> list[str]:
    return [" ".join(passage.text.split()) for passage in split(text)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_every_letter_lies_in_exactly_one_passage(text: str) -> None:
    passages = split(text)
    assert [text[one.start : one.end] for one in passages] == [one.text for one in passages]
    assert all(before.end <= after.start for before, after in pairwise(passages))
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(one.text for one in passages))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Mr. Pym met the U.S. envoy. They agreed to build a bridge.",
            ["Mr. Pym met the U.S. envoy.", "They agreed to build a bridge."],
        ),
        ("Trade rose to 1.5 billion. It fell later.", ["Trade rose to 1.5 billion.", "It fell later."]),
        (
            "The Rt. Hon. J. B. Vane spoke at No. 4 Dock St. in Port Elm.",
            ["The Rt. Hon. J. B. Vane spoke at No. 4 Dock St. in Port Elm."],
        ),
        ("“We will open the port.” The ministers then left.", ["“We will open the port.”", "The ministers then left."]),
        ("Will it hold? It will! So they said.", ["Will it hold?", "It will!", "So they said."]),
        ("협정을 체결한다. 회의를 연다.", ["협정을 체결한다.", "회의를 연다."]),
    ],
)
def test_sentences_end_where_they_end(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


def test_a_list_item_knows_its_heading_and_its_lead_in() -> None:
    text = "## Trade\n\nThe two sides will:\n\n- open a joint office;\n- publish a yearly report.\n\nThey met twice.\n"
    passages = split(text)
    heading, lead, first, second, after = passages
    assert heading.is_heading
    assert (lead.heading, lead.lead_in) == ("Trade", None)
    assert first.is_item and second.is_item
    assert (first.heading, first.lead_in) == ("Trade", "The two sides will:")
    assert second.lead_in == "The two sides will:"
    assert (after.lead_in, after.heading, after.is_item) == (None, "Trade", False)


def test_the_number_of_a_paragraph_is_no_part_of_its_sentence() -> None:
    assert said("1. The sides will meet.\n\n2. The sides will trade.") == [
        "1.",
        "The sides will meet.",
        "2.",
        "The sides will trade.",
    ]


def test_a_scanned_page_with_a_blank_line_after_every_line_is_read_in_sentences() -> None:
    lines = [
        "The ministers of the two islands met in the capital and",
        "reviewed the state of the ferry, the lighthouse and the",
        "Harbour Office. They agreed that the",
        "Harbour Office should be opened before the next",
        "season and that its cost should be borne in equal",
        "parts. The Prime Minister thanked the people of the",
        "northern island for the welcome that they had shown to",
        "Mrs. Vane and to the delegation.",
    ]
    first, second, third = said("\n\n".join(lines))
    assert first.startswith("The ministers of the two islands")
    assert first.endswith("the lighthouse and the Harbour Office.")
    assert second.startswith("They agreed that the Harbour Office should be opened before the next season")
    assert second.endswith("in equal parts.")
    assert third.endswith("for the welcome that they had shown to Mrs. Vane and to the delegation.")


def test_headings_of_a_plain_text_are_headings() -> None:
    passages = split("JOINT STATEMENT\n\nEnergy and Climate\n\nThe sides will share data.\n")
    assert [one.is_heading for one in passages] == [True, True, False]
    assert passages[2].heading == "Energy and Climate"


def test_an_empty_text_has_no_passages() -> None:
    assert split("") == split(" \n\t\n") == []

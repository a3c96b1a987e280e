"""Rules of who may join: met, not met, and unknown where a source or a profile is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.programme import Applicant, Holds, Profile, Requires
from servanda.model.source import Source
from servanda.opportunities.eligibility import ASKED, eligibility
from tests.opportunities.invented import ASKS, LISTS, book, programme, rule

MET, NOT, UNKNOWN = Holds.MET, Holds.NOT_MET, Holds.UNKNOWN


def first(profile: Profile, *rules: object) -> tuple[Holds, str]:
    made = eligibility(programme(*rules), profile, book(), LISTS)[0]  # type: ignore[arg-type]
    return made.holds, made.says


@pytest.mark.parametrize(
    ("on", "codes", "profile", "holds", "says"),
    [
        (Requires.ORIGIN, ("IND",), ASKS, MET, "you are from India"),
        (Requires.ORIGIN, ("KOR",), ASKS, NOT, "you are from India"),
        (Requires.ORIGIN, ("any",), Profile(), MET, "open to all"),
        (Requires.ORIGIN, ("IND",), Profile(), UNKNOWN, "say where you belong"),
        (Requires.ORIGIN, ("SEAS",), Profile(party="VNM"), MET, "Viet Nam"),
        (Requires.ORIGIN, ("SEAS",), ASKS, NOT, "India"),
        (Requires.ORIGIN, (), ASKS, UNKNOWN, "for you to check"),
        (Requires.HOST, ("KOR",), ASKS, MET, "you look towards Korea"),
        (Requires.HOST, ("JPN",), ASKS, NOT, "you look towards Korea"),
        (Requires.HOST, ("KOR",), Profile(party="IND"), UNKNOWN, "say where you want to go"),
        (Requires.APPLICANT, ("company",), replace(ASKS, applicant=Applicant.PERSON), NOT, "you gave person"),
        (Requires.LEVEL, ("6", "7"), replace(ASKS, level="7"), MET, "master's"),
        (Requires.LEVEL, ("6", "7"), replace(ASKS, level="3"), NOT, "upper secondary"),
        (Requires.LEVEL, ("6", "7"), replace(ASKS, level="8"), UNKNOWN, "more than is asked"),
        (Requires.FIELD, ("07",), replace(ASKS, fields=("07", "02")), MET, "engineering"),
        (Requires.FIELD, ("07",), replace(ASKS, fields=("02",)), NOT, "arts"),
        (Requires.FIELD, ("07",), replace(ASKS, near=("07",)), MET, "engineering"),
        (Requires.FIELD, ("07",), replace(ASKS, near=("02",)), UNKNOWN, "say your field"),
        (Requires.PARTNER, ("IND", "KOR"), replace(ASKS, partners=("KOR",)), MET, "you have one in Korea"),
        (Requires.PARTNER, ("IND", "KOR"), ASKS, UNKNOWN, "find one in Korea"),
        (Requires.PARTNER, ("IND", "SEAS"), ASKS, NOT, "you look towards Korea"),
        (Requires.PARTNER, ("SEAS",), replace(ASKS, towards=None), UNKNOWN, "find one in states at sea"),
        (Requires.OTHER, (), ASKS, UNKNOWN, "for you to check"),
    ],
)  # fmt: skip
def test_a_rule_is_held_to_a_profile(
    on: Requires, codes: tuple[str, ...], profile: Profile, holds: Holds, says: str
) -> None:
    found, words = first(profile, rule(on, *codes))
    assert (found, says in words) == (holds, True), words


@pytest.mark.parametrize(("age", "holds"), [(39, MET), (40, NOT), (None, UNKNOWN)])
def test_under_forty_is_under_forty(age: int | None, holds: Holds) -> None:
    assert first(replace(ASKS, age=age), rule(Requires.AGE, below=40))[0] is holds


def test_what_would_do_instead_leaves_a_rule_open() -> None:
    low = replace(ASKS, level="6")
    assert first(low, rule(Requires.LEVEL, "8"))[0] is NOT
    found, words = first(low, rule(Requires.LEVEL, "8", instead="five years at sea"))
    assert found is UNKNOWN
    assert "five years at sea would do instead" in words


def test_silence_of_the_source_is_unknown_and_a_rule_keeps_its_own_source() -> None:
    other = Source("Guide", "press", "https://guide.example/")  # type: ignore[arg-type]
    made = eligibility(programme(rule(Requires.AGE, below=30, source=other)), ASKS, book(), LISTS)
    assert made[0].source == other
    assert {one.on for one in made[1:]} == {str(on) for on in ASKED}
    assert all(one.holds is UNKNOWN and "the source does not say" in one.says for one in made[1:])


CODES = st.lists(st.sampled_from(["IND", "KOR", "JPN", "SEAS", "any"]), max_size=3).map(tuple)


@given(CODES, st.sampled_from(["IND", "KOR", "JPN", "VNM", None]), st.sampled_from(["IND", "KOR", "JPN", "VNM", None]))
def test_both_parties_are_judged_by_the_same_rule(
    codes: tuple[str, ...], party: str | None, towards: str | None
) -> None:
    """Swap India and Korea everywhere and nothing changes."""
    turn = {"IND": "KOR", "KOR": "IND"}
    for on in (Requires.ORIGIN, Requires.HOST, Requires.PARTNER):
        here = first(Profile(party=party, towards=towards), rule(on, *codes))[0]
        there = first(
            Profile(party=turn.get(party or "", party), towards=turn.get(towards or "", towards)),
            rule(on, *(turn.get(code, code) for code in codes)),
        )[0]
        assert here is there

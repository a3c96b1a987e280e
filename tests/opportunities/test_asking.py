"""What a profile says, understood; what is not understood, named; who somebody is, left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.model.programme import Applicant, Want
from servanda.opportunities.asking import LONGEST, asking, profile, read, without
from servanda.settings import shipped_content

CONTENT = shipped_content()
UNUSED = sorted(asking(CONTENT).unused)


def test_a_profile_in_the_words_of_its_owner() -> None:
    made = profile(
        {"country": "India", "towards": "South Korea", "level": "PhD student", "skills": "robotics; machine learning",
         "wants": ["joint research", "postdoc", "a quiet life"], "age": 31, "shoe size": 43, "about": None},
        CONTENT,
    )  # fmt: skip
    assert (made.party, made.towards, made.level, made.age) == ("IND", "KOR", "8", 31)
    assert made.wants == (Want.RESEARCH, Want.FELLOWSHIP)
    assert made.skills == ("robotics", "machine learning")
    assert made.near == ("07", "06")
    assert made.fields == ()
    assert made.applicant is Applicant.PERSON, "who has a level is a person"
    assert made.unused == ("shoe size", "wants: a quiet life")
    assert "a quiet life" in made.about, "what is no kind is still compared by meaning"


def test_north_korea_is_not_korea() -> None:
    assert profile({"country": "North Korea"}, CONTENT).party == "PRK"
    assert profile({"country": "Korea, Republic of"}, CONTENT).party == "KOR"


@pytest.mark.parametrize("said", ["8", 8, "doctorate", "Ph.D.", "doctoral candidate", "Postdoctoral researcher"])
def test_levels_by_any_name(said: object) -> None:
    assert profile({"level": said}, CONTENT).level == "8"


def test_of_several_levels_the_highest_counts() -> None:
    assert profile({"level": ["bachelor", "master"]}, CONTENT).level == "7"


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"country": "Indai"}, "unknown country 'Indai'; nearest are India"),
        ({"age": "old"}, "age 'old' cannot be; write whole years"),
        ({"age": 3}, "age '3' cannot be"),
        ({"about": "x" * (LONGEST + 1)}, "'about' of the profile is longer than 2000 characters"),
    ],
)
def test_what_cannot_be_is_one_clear_sentence(plain: dict[str, object], said: str) -> None:
    with pytest.raises(RequestError, match=r".*") as fault:
        profile(plain, CONTENT)
    assert said in str(fault.value)


def test_files_that_are_no_profile(tmp_path: Path) -> None:
    file = tmp_path / "me.yml"
    for text, said in (("- a\n", "is no profile"), ("a: [\n", "not YAML"), ("a: 1\na: 2\n", "written twice")):
        file.write_text(text)
        with pytest.raises(RequestError) as fault:
            read(file)
        assert said in str(fault.value)
    with pytest.raises(RequestError, match="cannot be read"):
        read(tmp_path / "none.yml")


WORDS = st.lists(st.sampled_from(["battery", "materials", "poetry", "ships", "port law"]), min_size=1, max_size=4)


@given(WORDS, st.lists(st.sampled_from(UNUSED), max_size=4), st.integers(0, 4), st.booleans())
def test_who_somebody_is_changes_nothing(skills: list[str], who: list[str], place: int, in_about: bool) -> None:
    """Words of gender and community, anywhere in what is said and in any case, leave the same profile."""
    clean: dict[str, object] = {"country": "IND", "skills": skills, "about": "I build quiet ships"}
    words = " ".join(one.title() for one in who)
    dirty = dict(clean)
    if in_about:
        dirty["about"] = f"{words} I build quiet ships {words}"
    else:
        at = place % len(skills)
        dirty["skills"] = [*skills[:at], f"{words} {skills[at]}".strip(), *skills[at + 1 :]]
    assert profile(dirty, CONTENT) == profile(clean, CONTENT)


@pytest.mark.parametrize("words", ["a Muslim woman", "from a scheduled tribe", "I am a Dalit man", "Hindu, male,"])
def test_the_small_words_that_lead_to_them_go_too(words: str) -> None:
    assert without(f"{words} I build ships", frozenset(UNUSED)) == "I build ships"


def test_lines_on_who_somebody_is_are_named_and_not_used() -> None:
    plain = {"country": "KOR", "skills": ["ships"]}
    made = profile({**plain, "gender": "woman", "religion": "any", "caste": "x", "name": "A. Person"}, CONTENT)
    assert made.unused == ("gender", "religion", "caste", "name")
    assert (made.party, made.skills, made.about) == ("KOR", ("ships",), "")

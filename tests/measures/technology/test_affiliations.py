"""Affiliations: traps that were met in real tables, what must hold for any text, and that silence is an answer."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import strategies as st

from servanda.measures.technology.affiliations import Answer, affiliations, name
from servanda.measures.technology.names.known import Known, known, places
from servanda.measures.technology.names.weigh import Weights
from servanda.measures.technology.names.words import key, near, words
from servanda.sources.registry import learned, spellings, where
from tests.properties import examples, given

ROWS = [
    ("kaist", "Korea Advanced Institute of Science and Technology", "KAIST|한국과학기술원", "KR", "Daejeon"),
    ("kist", "Korea Institute of Science and Technology", "KIST|한국과학기술연구원", "KR", "Seoul"),
    ("gist", "Gwangju Institute of Science and Technology", "GIST|K-JIST", "KR", "Gwangju"),
    ("dgist", "Daegu Gyeongbuk Institute of Science and Technology", "DGIST", "KR", "Daegu"),
    ("unist", "Ulsan National Institute of Science and Technology", "UNIST", "KR", "Ulsan"),
    ("ku", "Korea University", "고려대학교", "KR", "Seoul"),
    ("koreatech", "Korea University of Technology and Education", "KOREATECH", "KR", "Cheonan"),
    ("bhu", "Banaras Hindu University", "BHU|Benares Hindu University", "IN", "Varanasi"),
    ("iitbhu", "Indian Institute of Technology BHU", "IIT BHU|IIT Varanasi", "IN", "Varanasi"),
    ("iitbbs", "Indian Institute of Technology Bhubaneswar", "IIT Bhubaneswar|IITBBS", "IN", "Bhubaneswar"),
    ("iitd", "Indian Institute of Technology Delhi", "IIT Delhi|IITD", "IN", "New Delhi"),
    ("iitb", "Indian Institute of Technology Bombay", "IIT Bombay|IITB", "IN", "Mumbai"),
    ("nitc", "National Institute of Technology Calicut", "NIT Calicut|NITC", "IN", "Kozhikode"),
    ("iisc", "Indian Institute of Science Bangalore", "IISc", "IN", "Bengaluru"),
    ("firmkr", "Hanbit Electronics (South Korea)", "Hanbit Electronics", "KR", "Suwon-si"),
    ("firmin", "Hanbit Electronics (India)", "Hanbit Electronics", "IN", "Bengaluru"),
]


@lru_cache(maxsize=2)
def registry(without: frozenset[str] = frozenset()) -> Known:
    same = spellings()
    names = ("ror", "name", "aliases", "cc", "city")
    rows = [dict(zip(names, row, strict=True)) for row in ROWS if row[0] not in without]
    return known(rows, places(*where(), same), same)


def named(said: str, held: Known | None = None, least: float = 0.5) -> Answer:
    given_weights = learned()
    return name(said, held or registry(), Weights(given_weights.seen, given_weights.answer), least)


@pytest.mark.parametrize(
    "said",
    [
        "Korea Advanced Institute of Science and Technology, Daejeon, Korea",
        "KAIST, Daejeon, South Korea",
        "Korea Advanced Institute of Science and Technology (KAIST)",
        "School of Computing, Korea Advanced Institute of Science and Technology (KAIST), Daejeon, Republic of Korea",
        "Dept. of EE, Korea Adv. Inst. of Sci. & Technol., Daejeon, Korea",
        "Graduate School of AI, Korea Advanced Institute of Science & Technology, Seoul, Korea",
    ],
)
def test_spellings_of_one_institute(said: str) -> None:
    answer = named(said, least=learned().least)
    assert (answer.ror, answer.party) == ("kaist", "KR")


def test_institutes_of_science_and_technology_are_kept_apart() -> None:
    for row in ROWS[:5]:
        ror, whole, letters, _, town = row
        for said in (f"{whole}, {town}, Korea", f"{letters.split('|')[0]}, {town}, Republic of Korea"):
            answer = named(said, least=0.3)
            assert answer.ror == ror, f"{said}: {answer}"


def test_an_institute_of_one_party_is_not_taken_for_another_partys_of_nearly_its_name() -> None:
    answer = named("Department of Electronics, Kumoh National Institute of Technology, Gumi, Korea")
    assert answer == Answer(None, "KR", None), "it is not in this registry, and it is in Korea all the same"
    assert named("National Institute of Technology Calicut, Kozhikode, India").ror == "nitc"


def test_letters_in_brackets_are_no_beginning_of_a_town() -> None:
    for said in ("IIT (BHU), Varanasi, India", "Indian Institute of Technology (BHU) Varanasi, India"):
        assert named(said).ror == "iitbhu", said
    without = registry(frozenset({"iitbhu"}))
    assert named("IIT (BHU) Varanasi, India", without).ror != "iitbbs"
    assert named("Indian Institute of Technology Bhubaneswar, Odisha, India").ror == "iitbbs"


def test_a_name_that_goes_on_is_another_name() -> None:
    assert (
        named("School of Mechatronics, Korea University of Technology and Education, Cheonan, Korea").ror == "koreatech"
    )
    assert named("Department of Physics, Korea University, Seoul, Korea").ror == "ku"
    without = registry(frozenset({"koreatech"}))
    assert named("Korea University of Technology and Education, Cheonan, Korea", without, 0.9).ror is None


def test_a_firm_in_two_parties_counts_where_the_text_says() -> None:
    assert named("Hanbit Electronics, Suwon, Korea", least=0.2).ror == "firmkr"
    assert named("Hanbit Electronics, Bangalore, India", least=0.2).ror == "firmin"
    assert named("Hanbit Electronics", least=0.9) == Answer(None, None, None), "which of the two is not known"
    only = registry(frozenset({"firmin"}))
    assert named("Hanbit Electronics, Bengaluru, India", only) == Answer(None, "IN", None)


def test_a_campus_abroad_is_abroad() -> None:
    answer = named("IIT Delhi - Abu Dhabi, Abu Dhabi, United Arab Emirates", least=0.9)
    assert answer == Answer(None, "AE", None)


def test_a_town_after_a_comma_belongs_to_the_name() -> None:
    assert named("Department of Mathematics, Indian Institute of Technology, Bombay, Mumbai, India").ror == "iitb"
    assert named("Indian Institute of Technology, India", least=0.7).ror is None, "which of them is not said"
    assert named("Indian Institute of Science, Bengaluru, India").ror == "iisc"


@pytest.mark.parametrize("said", ["", " ", "-", "Independent researcher", "Department of Physics", "Seoul", "12345"])
def test_nothing_is_made_of_nothing(said: str) -> None:
    assert named(said, least=0.5).ror is None


def test_a_table_keeps_its_order_and_says_nothing_of_what_it_does_not_know() -> None:
    said = ["KAIST, Daejeon, Korea", "nobody", "KAIST, Daejeon, Korea"]
    weights = learned()
    made = affiliations(said, registry(), Weights(weights.seen, weights.answer), 0.5).to_pylist()
    assert [row["affiliation"] for row in made] == said
    assert [row["ror"] for row in made] == ["kaist", None, "kaist"]
    assert made[1]["probability"] is None and made[1]["country"] is None
    assert made[0] == made[2]


TEXTS = st.lists(
    st.sampled_from([*(row[1] for row in ROWS), *(row[4] for row in ROWS), "Department of Physics", "India", "Korea",
                     "Japan", "&", "(", "x.y", "ß", "한국과학기술원", "University of", "\u0000", "Ltd"]),
    max_size=5,
)  # fmt: skip


@examples(60)
@given(TEXTS, st.floats(0, 1))
def test_what_holds_for_any_text(parts: list[str], least: float) -> None:
    answer = named(", ".join(parts), least=least)
    assert (answer.ror is None) == (answer.probability is None)
    if answer.probability is not None:
        assert least <= answer.probability <= 1
        row = next(row for row in ROWS if row[0] == answer.ror)
        assert answer.party == row[3]
    assert answer == named(" ,  ".join(parts), least=least), "blanks do not matter"


def test_words_meet_across_spellings() -> None:
    same = spellings()
    assert key("Natl. Inst. of Technol.", same) == key("National Institutes of Technology", same)
    assert key("Université de Paris", same) == key("University of Paris", same)
    assert [one.segment for one in words("A, B (C); D", same)] == [0, 1, 2, 3]
    assert near("technology", "tecnology") and near("seoul", "seuol") and not near("seoul", "suwon")

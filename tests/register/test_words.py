"""Countries by any name that people write; no guess where a guess goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import ContentError, RequestError
from servanda.register.words import Words, words
from servanda.settings import shipped_content


@pytest.fixture(scope="module")
def lists() -> Words:
    return words(shipped_content())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("KOR", "KOR"), ("kor", "KOR"), ("Korea", "KOR"), ("South Korea", "KOR"), ("south korea", "KOR"),
        ("ROK", "KOR"), ("Republic of Korea", "KOR"), ("Korea, Republic of", "KOR"), ("대한민국", "KOR"),
        ("PRK", "PRK"), ("North Korea", "PRK"), ("DPRK", "PRK"), ("Democratic People's Republic of Korea", "PRK"),
        ("IND", "IND"), ("india", "IND"), (" India ", "IND"), ("Bharat", "IND"), ("Republic of India", "IND"),
        ("Vietnam", "VNM"), ("Viet Nam", "VNM"), ("日本", "JPN"), ("US", "USA"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_each_of_its_names(lists: Words, said: str, code: str) -> None:
    assert lists.party(said).code == code


@pytest.mark.parametrize(
    ("said", "code", "short"),
    [
        ("France", "FRA", "France"), ("fra", "FRA", "France"), ("French Republic", "FRA", "France"),
        ("Taiwan", "TWN", "Taiwan"), ("Bolivia", "BOL", "Bolivia"),
        ("Bolivia, Plurinational State of", "BOL", "Bolivia"),
    ],
)  # fmt: skip
def test_a_country_that_no_case_holds_is_known_by_its_iso_name(lists: Words, said: str, code: str, short: str) -> None:
    party = lists.party(said)
    assert code not in lists.parties
    assert (party.code, party.short) == (code, short)


@pytest.mark.parametrize(
    ("said", "near"),
    [("Indai", "India"), ("Jpan", "Japan"), ("Sout Korea", "South Korea"), ("North Koera", "North Korea")],
)
def test_a_misspelt_country_is_not_guessed_but_named(lists: Words, said: str, near: str) -> None:
    with pytest.raises(RequestError, match=f"unknown country '{said}'; nearest are {near}"):
        lists.party(said)


@pytest.mark.parametrize("said", ["", "Zzyzx", "Qwfp", "1234567"])
def test_nonsense_is_told_what_to_write(lists: Words, said: str) -> None:
    with pytest.raises(RequestError, match="write a country's name or its three-letter code, such as IND"):
        lists.party(said)


def test_no_two_parties_share_a_name(lists: Words) -> None:
    held: dict[str, str] = {}
    for party in lists.parties.values():
        for name in {name.casefold() for name in (party.code, party.name, party.short, *party.aliases)}:
            assert held.setdefault(name, party.code) == party.code, name


def test_the_lists_of_a_folder(small_content: Path) -> None:
    held = words(small_content)
    assert list(held.parties) == ["ZEM", "RUR"]
    assert held.party("nova zembla").code == "ZEM"
    assert set(held.lists) == {"confidence", "verdicts", "barriers"}
    assert held.lists["verdicts"]["not started"] == "Not begun."


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("parties.yml", "- {code: ZEM, name: Z, short: Z, of: Z, king: K}\n", r"\[0\].king: unknown field"),
        ("parties.yml", "- {code: ZEM, name: Z, of: Z}\n", r"words/parties.yml: \[0\].short: missing"),
        ("verdicts.yml", "delivered: 1\n", "words/verdicts.yml: delivered: expected words, found 1"),
    ],
)  # fmt: skip
def test_a_faulty_list_is_refused_with_file_and_place(small_content: Path, file: str, text: str, said: str) -> None:
    (small_content / "words" / file).write_text(text)
    with pytest.raises(ContentError, match=said):
        words(small_content)

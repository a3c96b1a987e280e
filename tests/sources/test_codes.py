"""Whom a code or a name means: exactly, both ways, and never by guess."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import RequestError, SourceFault
from servanda.sources.codes import Sort, codes

LISTS = ("comtrade", "numeric", "iso2", "iso3", "worldbank")
STATES = [one.alpha_3 for one in pycountry.countries]


@pytest.mark.parametrize("name", LISTS)
def test_every_state_has_one_code_and_it_leads_back(name: str) -> None:
    held = codes(name)
    without = {party for party in STATES if party not in held.of}
    assert without == ({"MCO"} if name == "comtrade" else set())  # France and Monaco are one there; 492 is a group
    for party in set(STATES) - without:
        found = held.find(held.code(party))
        assert found is not None and (found.code, found.sort) == (party, Sort.PARTY), party


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("KOREA RP", "KOR"), ("KOREA DP RP", "PRK"), ("Korea, Republic of", "KOR"), ("Korea, Rep.", "KOR"), ("Korea, Dem. Rep.", "PRK"),
        ("Korea, Democratic People's Republic of", "PRK"), ("  korea   rp ", "KOR"), ("NIGER", "NER"), ("NIGERIA", "NGA"), ("GUINEA", "GIN"),
        ("GUINEA BISSAU", "GNB"), ("CONGO D. REP.", "COD"), ("CONGO P REP", "COG"), ("Viet Nam", "VNM"), ("DOMINICA", "DMA"),
    ],
)  # fmt: skip
def test_names_of_publishers_and_of_iso(said: str, party: str) -> None:
    """The northern neighbour is not the Republic of Korea, which a library takes it for; nor Niger Nigeria."""
    found = codes("names").find(said)
    assert found is not None and found.code == party


@pytest.mark.parametrize("said", ["Korea", "KOREA", "Korea P RP", "Congo", "ROK", "Guinea Bisau", "", "nan", "None"])
def test_what_could_be_two_is_none(said: str) -> None:
    """'Congo' names the one that ISO calls so; what is no name of any list is nobody."""
    found = codes("names").find(said)
    assert found is None or (said == "Congo" and found.code == "COG")


def test_na_is_namibia() -> None:
    found = codes("iso2").find("NA")
    assert found is not None and found.code == "NAM"


@pytest.mark.parametrize(
    ("old", "now"), [("ROM", "ROU"), ("ZAR", "COD"), ("TMP", "TLS"), ("PAL", "PSE"), ("YUG", "SRB")]
)
def test_codes_of_before_are_read_and_never_written(old: str, now: str) -> None:
    found = codes("iso3").find(old)
    assert found is not None and found.code == now and codes("iso3").code(now) == now


@pytest.mark.parametrize("said", ["004", "4", 4, "4.0"])
def test_a_number_is_the_same_however_it_is_written(said: object) -> None:
    found = codes("numeric").find(said)
    assert found is not None and found.code == "AFG"


def test_groups_of_the_world_bank_are_groups() -> None:
    held = codes("worldbank")
    sorts = {code: held.find(code) for code in ("IND", "WLD", "EUU", "AFE", "XKX", "CHI")}
    assert {code: str(one.sort) for code, one in sorts.items() if one} == {
        "IND": "party", "WLD": "group", "EUU": "group", "AFE": "group", "XKX": "party", "CHI": "former",
    }  # fmt: skip


def test_unknown_ones_are_named_with_their_rows() -> None:
    with pytest.raises(SourceFault) as fault:
        codes("names").column(
            ["India", "Korea", "Atlantis", "Korea", *[f"no {place}" for place in range(9)]], "t.csv", 2
        )
    said = str(fault.value)
    assert "t.csv: 11 names are not known ('Korea' in row 3 and 1 more; 'Atlantis' in row 4; " in said
    assert said.count(" in row ") == 5 and "content/codes/names.yml" in said


def test_a_party_without_a_code_and_a_list_that_is_not_there() -> None:
    with pytest.raises(RequestError, match="'INX' has no code in the list 'iso2'; nearest is "):
        codes("iso2").code("INX")
    with pytest.raises(RequestError, match="no list of codes 'isic'"):
        codes("isic")


@given(st.text(max_size=12))
def test_nothing_is_ever_half_known(said: str) -> None:
    """A name is found only where it is one, blanks and case aside."""
    held = codes("names")
    found = held.find(said)
    assert (found is not None) == (" ".join(said.split()).casefold() in held.known)

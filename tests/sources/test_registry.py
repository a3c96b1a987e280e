"""A registry is read in each of its forms and says the same; what it cannot be read from is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from servanda.errors import RequestError
from servanda.sources.registry import learned, registry, spellings, where

FIRST = {
    "id": "https://ror.org/01", "name": "Institute of Tests", "aliases": ["Tests Institute"], "acronyms": ["IOT"],
    "labels": [{"label": "Institut", "iso639": "fr"}], "country": {"country_code": "FR"},
    "addresses": [{"city": "Paris"}], "status": "active",
}  # fmt: skip
SECOND = {
    "id": "https://ror.org/01", "status": "active",
    "names": [{"value": "Tests Institute", "types": ["alias"]}, {"value": "Institute of Tests", "types": ["label", "ror_display"]},
              {"value": "IOT", "types": ["acronym"]}, {"value": "Institut", "types": ["label"]}],
    "locations": [{"geonames_details": {"country_code": "FR", "name": "Paris"}}],
}  # fmt: skip
GONE = {**FIRST, "id": "https://ror.org/02", "status": "withdrawn"}
RIGHT = [{"ror": "https://ror.org/01", "name": "Institute of Tests", "aliases": "Tests Institute|IOT|Institut",
          "cc": "FR", "city": "Paris"}]  # fmt: skip
FLAT = (
    "id,names.types.acronym,names.types.alias,names.types.label,names.types.ror_display,"
    "locations.geonames_details.country_code,locations.geonames_details.name,status\n"
    "https://ror.org/01,IOT,Tests Institute,fr: Institut,en: Institute of Tests,FR,Paris,active\n"
)


def test_every_form_says_the_same(tmp_path: Path) -> None:
    mine = "ror,name,aliases,cc,city\nhttps://ror.org/01,Institute of Tests,Tests Institute|IOT|Institut,FR,Paris\n"
    for name, text in (
        ("first.json", json.dumps([FIRST, GONE])), ("second.json", json.dumps([SECOND])),
        ("page.json", json.dumps({"items": [SECOND]})), ("flat.csv", FLAT), ("mine.csv", mine),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        (row,) = registry(tmp_path / name)
        assert {**row, "aliases": sorted((row["aliases"] or "").split("|"))} == {
            **RIGHT[0], "aliases": ["IOT", "Institut", "Tests Institute"]}, name  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", "{", "is not JSON"),
        ("a.json", '[{"id": 1}]', "1 records are in neither form of the registry (records 0)"),
        ("a.json", json.dumps([GONE]), "holds no institution"),
        ("a.csv", "ror,name\n1,\n", "'name' is empty in 1 row: row 2"),
        ("a.csv", "ror,name\n1,a\n1,b\n", "1 of ror stand twice"),
        ("a.csv", "id,title\n1,a\n", "no column 'ror'"),
    ],
)
def test_what_is_no_registry_is_named(name: str, text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as fault:
        registry(tmp_path / name)
    assert told in str(fault.value)
    with pytest.raises(RequestError, match="there is no file"):
        registry(tmp_path / "none.json")


def test_what_comes_with_the_program() -> None:
    same, (parties, towns), given = spellings(), where(), learned()
    assert same["univ"] == "university" and not set(same) & set(same.values()), "no spelling leads to another"
    assert parties["Korea"] == {"KR"} and parties["india"] == {"IN"} and towns["Abu Dhabi"] == {"AE"}
    assert 0.5 <= given.least < 1 and set(given.answer) == {"one", "best", "gap"}

"""Passport Index: three vintages of codes, each read as the word that it stood for."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from servanda.sources.tidy.passports import requirement
from tests.sources.pieces import tidied

HEAD = "Passport,Destination,Requirement\n"


@pytest.mark.parametrize(
    ("codes", "word"),
    [
        (("0", "VR", "visa required"), "visa required"),
        (("1", "VOA", "visa on arrival"), "visa on arrival"),
        (("2", "ETA", "eta"), "travel authority"),
        (("3", "VF", "visa free", "90", "4", "360"), "visa free"),
        (("covid ban",), "pandemic ban"),
        (("e-visa",), "e-visa"),
    ],
)
def test_codes_that_changed_mean_one_thing(codes: tuple[str, ...], word: str) -> None:
    assert {requirement(code)[0] for code in codes} == {word}


def test_days_are_kept_and_three_is_no_day() -> None:
    assert requirement("90") == ("visa free", 90)
    assert requirement("3") == ("visa free", None)
    for bad in ("367", "", "4.5", "visa"):
        with pytest.raises(ValueError, match=f"^{bad}$"):
            requirement(bad)


def test_a_snapshot_becomes_a_table_without_the_passport_at_home(tmp_path: Path) -> None:
    made = tidied(tmp_path, "passportindex", ("p.csv", HEAD + "IND,IND,-1\nIND,KOR,e-visa\nKOR,IND,60\n"))
    assert made.table.to_pylist() == [
        {"passport": "IND", "destination": "KOR", "requirement": "e-visa", "days": None},
        {"passport": "KOR", "destination": "IND", "requirement": "visa free", "days": 60},
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "IND,KOR,sometimes\n", "'Requirement' is no code that is known in 1 row: row 2: 'sometimes'"),
        ("Passport,Destination\nIND,KOR\n", "no column Requirement"),
        (HEAD + "IND,KOR,90\nIND,KOR,60\n", "twice"),
    ],
)
def test_what_is_off_is_named_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceFault) as fault:
        tidied(tmp_path, "passportindex", ("p.csv", text))
    assert said in str(fault.value)

"""Energy of Our World in Data: fuels by party and year, groups left out, a gap kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from tests.sources.pieces import tidied

HEAD = "country,year,iso_code,oil_production,oil_consumption,gas_production,gas_consumption,coal_production,coal_consumption\n"


def test_a_row_a_fuel_and_groups_are_counted(tmp_path: Path) -> None:
    made = tidied(tmp_path, "owidenergy", ("e.csv", HEAD + "India,2020,IND,400,2500,,600,,\nAsia,2020,,1,2,3,4,5,6\n"))
    assert [tuple(row.values()) for row in made.table.to_pylist()] == [
        ("IND", "oil", 2020, 400.0, 2500.0), ("IND", "gas", 2020, None, 600.0),
    ]  # fmt: skip
    assert made.left_out == {"no party": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("country,year,iso_code\nIndia,2020,IND\n", "no oil_production"),
        (HEAD + "India,2020,IND,much,2500,,600,,\n", "'oil_production' is no number in 1 row: row 2: 'much'"),
        (HEAD + "India,2020,IND,-4,2500,,600,,\n", "less than 0"),
        (HEAD + 2 * "India,2020,IND,400,2500,,600,,\n", "twice"),
    ],
)
def test_what_is_off_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceFault) as fault:
        tidied(tmp_path, "owidenergy", ("e.csv", text))
    assert said in str(fault.value)

"""The index of geopolitical risk: months as publishers write them, countries by their columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied

HEAD = "month,GPR,GPRT,GPRC_IND,GPRC_XYZ,var_name\n"


def test_a_row_a_party_and_month_and_the_world_by_its_own_code(tmp_path: Path) -> None:
    made = tidied(
        tmp_path, "gpr", ("g.csv", HEAD + "2020-01-01,101.5,99,0.25,9,GPR\n2020M2,90,99,,9,\n,,,,,end of notes\n")
    )
    assert [tuple(row.values()) for row in made.table.to_pylist()] == [
        ("WLD", 2020, 1, 101.5), ("IND", 2020, 1, 0.25), ("WLD", 2020, 2, 90.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "spring,101,99,0.25,9,\n", "'month' is no month in 1 row: row 2: 'spring'"),
        (HEAD + "2020-01,many,99,0.25,9,\n", "'GPR' is no number"),
        (HEAD + "2020-13,1,99,0.25,9,\n", "more than 12"),
        (HEAD + "2020-01,1,99,0.25,9,\n2020-01,1,99,0.25,9,\n", "twice"),
        ("month,GPR\n2020-01,1\n", "no month, GPR and GPRC_"),
        (b"\xd0\xcf\x11\xe0 and more", "is a workbook; save it as CSV"),
    ],
)
def test_what_is_off_is_named(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(SourceFault) as fault:
        tidied(tmp_path, "gpr", ("g.csv", text))
    assert said in str(fault.value)


def test_the_published_file_is_read_whole(tmp_path: Path) -> None:
    made = tidied(tmp_path, "gpr", ("g.csv", SHARED("region/gpr_monthly_countries.csv").read_bytes()))
    assert made.table.num_rows == 496 * 45
    last = {row["party"]: row["value"] for row in made.table.to_pylist() if (row["year"], row["month"]) == (2026, 4)}
    assert last["IND"] == pytest.approx(0.58484, abs=1e-5) and last["WLD"] == pytest.approx(230.77, abs=0.01)

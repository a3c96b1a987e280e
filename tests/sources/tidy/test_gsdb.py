"""The Global Sanctions Data Base: who sanctions whom, names with commas, bodies by their own word."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied

HEAD = "case_id,sanctioned_state,sanctioning_state,begin,end,trade,descr_trade,arms,military,financial,travel,other,objective\n"


def test_a_cell_of_several_is_read_as_several_and_one_name_with_a_comma_is_one(tmp_path: Path) -> None:
    text = HEAD + '1,"Korea, South","EU, Norway",2015,2022,1,imp_part,0,0,1,0,0,other\n'
    text += "2,Nepal,India,2015,2016,0,,0,0,0,0,0,\n"
    made = tidied(tmp_path, "gsdb", ("s.csv", text)).table.to_pylist()
    assert [(row["target"], row["sender"], row["kinds"]) for row in made] == [
        ("KOR", "EU", ["trade", "financial"]), ("KOR", "NOR", ["trade", "financial"]), ("NPL", "IND", []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "1,Nepal,India,soon,2016,0,,0,0,0,0,0,\n", "'begin' or 'end' is no year in 1 row: row 2: 'soon 2016'"),
        (HEAD + "1,Nepal,India,1066,2016,0,,0,0,0,0,0,\n", "less than 1900"),
        ("case_id,begin\n1,2000\n", "no sanctioned_state"),
    ],
)
def test_what_is_off_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceFault) as fault:
        tidied(tmp_path, "gsdb", ("s.csv", text))
    assert said in str(fault.value)


def test_the_published_file_is_read_whole(tmp_path: Path) -> None:
    rows = tidied(
        tmp_path, "gsdb", ("s.csv", SHARED("region/gsdb_v3_partial_588cases.csv").read_bytes())
    ).table.to_pylist()
    assert len({row["case"] for row in rows}) == 588
    own = [row for row in rows if row["sender"] == "KOR"]
    assert {row["target"] for row in own} == {"CAN", "PRK", "IRN", "BLR", "RUS"}

"""The index of capacity to influence: few columns of many, rows without an index left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from tests.sources.pieces import tidied

HEAD = "countrya,iso3a,iso3b,year,fbic,bandwidth,dependence,ln_aidaballaidb_ma\n"


def test_few_columns_are_read_and_a_row_without_an_index_is_counted(tmp_path: Path) -> None:
    made = tidied(
        tmp_path, "fbic", ("f.csv", HEAD + "India,IND,KOR,2020,0.1,0.4,0.2,0.03\nIndia,IND,JPN,2020,,0.4,,\n")
    )
    assert [tuple(row.values()) for row in made.table.to_pylist()] == [("IND", "KOR", 2020, 0.1, 0.4, 0.2, 0.03)]
    assert made.left_out == {"no index": 1} and made.cautions == ()


def test_a_file_without_the_parts_says_so(tmp_path: Path) -> None:
    made = tidied(tmp_path, "fbic", ("f.csv", "iso3a,iso3b,year,fbic,bandwidth,dependence\nIND,KOR,2020,0.1,0.4,0.2\n"))
    assert made.table["ln_aid_share"].to_pylist() == [None] and "cannot be told apart" in made.cautions[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("iso3a,year\nIND,2020\n", "no iso3b, fbic"),
        (HEAD + "India,IND,KOR,2020,high,0.4,0.2,0\n", "not as it is known to be"),
        (HEAD + "India,IND,KOR,2020,17,0.4,0.2,0\n", "more than 1.0001"),
        (HEAD + 2 * "India,IND,KOR,2020,0.1,0.4,0.2,0\n", "twice"),
    ],
)
def test_what_is_off_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceFault) as fault:
        tidied(tmp_path, "fbic", ("f.csv", text))
    assert said in str(fault.value)

"""A table of papers that somebody added: pieces as one, each row once, faults with their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.sources.table import TableFault
from tests.sources.pieces import tidied

HEAD = "paper,institution,country,year"


def test_pieces_are_one_table_and_a_row_in_both_counts_once(tmp_path: Path) -> None:
    one = f"{HEAD},topic\n1,A,India,2000,chips\n1,B,,2000,\n"
    other = f"{HEAD},topic\n1,A,India,2000,chips\n2,C,Korea,2001,ships\n"
    made = tidied(tmp_path, "papers", ("a.csv", one), ("b.csv", other))
    assert made.table.column_names == [*HEAD.split(","), "topic"]
    assert [row["institution"] for row in made.table.to_pylist()] == ["A", "B", "C"]
    assert made.left_out == {"rows that stand twice": 1}
    bare = tidied(tmp_path, "papers", ("a.csv", one), ("c.csv", f"{HEAD}\n3,D,India,2002\n"))
    assert bare.table.column_names == HEAD.split(","), "only what every piece has"


def test_a_fault_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(TableFault, match=r"'year' is not a whole number in 1 row: row 2: 'soon'"):
        tidied(tmp_path, "papers", ("a.csv", f"{HEAD}\n1,A,India,soon\n"))

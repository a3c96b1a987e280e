"""Yearly totals of arms transfers: the flow by what is said and never by the name of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from tests.sources.pieces import tidied

ROWS = "some words\n,2022,2023\nZembla,0,12\nTotal,100,200\n"


def test_the_flow_is_what_was_said_and_else_what_the_title_says(tmp_path: Path) -> None:
    made = tidied(tmp_path, "sipritotals", ("export.csv", "TIV of arms imports\n" + ROWS)).table.to_pylist()
    assert {(row["flow"], row["party"]) for row in made} == {("import", "Zembla"), ("import", "World")}
    assert [row["is_under_half"] for row in made if row["party"] == "Zembla"] == [True, False]
    said = tidied(tmp_path, "sipritotals", ("export.csv", ROWS), flow="exports").table["flow"].to_pylist()
    assert set(said) == {"export"}


def test_a_file_that_does_not_say_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match="add it with --set flow=import"):
        tidied(tmp_path, "sipritotals", ("export.csv", ROWS))
    with pytest.raises(SourceFault, match="twice"):
        tidied(tmp_path, "sipritotals", ("a.csv", "imports\n" + ROWS), ("b.csv", "imports\n" + ROWS))

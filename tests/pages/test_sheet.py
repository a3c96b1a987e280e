"""Rows for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from servanda.pages.sheet import sheet


def back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert back(sheet(("a", "b"), [(cell, "x")])) == [["a", "b"], [f"'{cell}", "x"]]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (-1.5, "-1.5"),
        (0, "0"),
        (None, ""),
        ("", ""),
        ("a=b", "a=b"),
        ('say "x", y\nz', 'say "x", y\nz'),
        ("조선", "조선"),
    ],
)
def test_all_else_comes_through(cell: Any, shown: str) -> None:
    assert back(sheet(("a", "b"), [(cell, "x")]))[1] == [shown, "x"]


def test_no_rows_leave_the_columns() -> None:
    assert back(sheet(("a", "=b"), [])) == [["a", "'=b"]]

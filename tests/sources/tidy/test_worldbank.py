"""World Bank indicators: groups out, gaps stay gaps, pages of one update."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from servanda.errors import SourceFault
from tests.sources.pieces import tidied


def row(code: str = "IND", date: str = "2019", value: Any = 1.5, iso2: str = "IN") -> dict[str, Any]:
    return {"indicator": {"id": "SP.POP.TOTL", "value": "Population, total"}, "country": {"id": iso2, "value": "?"}, "countryiso3code": code,
            "date": date, "value": value, "unit": "", "obs_status": "", "decimal": 0}  # fmt: skip


def page(*rows: dict[str, Any], updated: str = "2026-07-13") -> list[Any]:
    return [
        {"page": 1, "pages": 1, "per_page": 1000, "total": len(rows), "sourceid": "2", "lastupdated": updated},
        list(rows),
    ]


def test_groups_are_left_out_and_namibia_is_none_of_them(tmp_path: Path) -> None:
    rows = [
        row(),
        row("NAM", iso2="NA"),
        row("EUU", iso2="EU"),
        row("WLD", iso2="1W"),
        row("", iso2="XC"),
        row("XKX", iso2="XK"),
    ]
    made = tidied(tmp_path, "worldbank", ("p.json", page(*rows)))
    assert made.table["party"].to_pylist() == ["IND", "NAM", "XKX"] and made.left_out == {"groups of economies": 3}


def test_what_was_not_reported_is_a_gap_and_nil_is_nil(tmp_path: Path) -> None:
    made = tidied(tmp_path, "worldbank", ("p.json", page(row(value=None), row(date="2018", value=0))))
    assert made.table["value"].to_pylist() == [None, 0.0] and made.cautions == ()


def test_pages_of_two_updates_are_said(tmp_path: Path) -> None:
    made = tidied(tmp_path, "worldbank", ("1.json", page(row())), ("2.json", page(row("KOR"), updated="2026-08-01")))
    assert made.cautions == ("pages are of several updates (2026-07-13, 2026-08-01); fetch them anew",)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (row(date="2019Q1"), "'date' is no year in 1 row: row 2: '2019Q1'"),
        (row(value="many"), "'value' is no number in 1 row: row 2: 'many'"),
        (row(date="1066"), "'year' is less than 1950 in 1 row: row 2: '1066'"),
        (row(), "1 reports of party, indicator, year stand twice: IND, SP.POP.TOTL, 2019"),
    ],
)
def test_what_is_off_is_named(other: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "worldbank", ("p.json", page(row(), other)))


def test_an_empty_page_is_no_fault(tmp_path: Path) -> None:
    assert tidied(tmp_path, "worldbank", ("p.json", [{"page": 1, "pages": 1, "total": 0}, None])).table.num_rows == 0

"""The workbook of migrants, as Excel writes it: three blocks of years, groups among countries, a 0 that is no figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from servanda.errors import SourceFault
from servanda.measures.people.residents import residents, restated
from servanda.sources.snapshots import load
from servanda.sources.tidy.read import tidy
from tests.sources.pieces import tidied
from tests.sources.test_fetch import DAY, Bench
from tests.sources.test_sheet import Rows, workbook

HEAD = ["Index", "Region, development group, country or area of destination", "Location code of destination",
        "Region, development group, country or area of origin", "Location code  of origin",
        "2015", "2020", "2015", "2020", "2015", "2020"]  # fmt: skip
Row = list[str]


def book(*rows: Row, head: Row | None = HEAD, sheet: str = "Table 1") -> bytes:
    """A workbook with a sheet of notes before the table."""

    def held(said: str) -> str | float | None:
        return float(said) if said.replace(".", "", 1).isdigit() else said or None

    every = [["United Nations"], [], *([head] if head else []), *rows]
    notes: Rows = [["Notes"]] * 40
    return workbook(**{"CONTENTS": notes, sheet: [[held(said) for said in row] for row in every]})


def row(there: str, here: str, *years: str) -> Row:
    return ["1", "there", there, "here", here, *years]


def test_the_first_block_of_years_alone_is_read(tmp_path: Path) -> None:
    body = book(row("410", "356", "4505", "6172", "3000", "4000", "1505", "2172"))
    assert tidied(tmp_path, "undesa", ("a.xlsx", body)).table.to_pylist() == [
        {"origin": "IND", "destination": "KOR", "year": 2015, "persons": 4505},
        {"origin": "IND", "destination": "KOR", "year": 2020, "persons": 6172},
    ]


def test_nil_is_not_reported_and_the_world_is_not_kosovo(tmp_path: Path) -> None:
    rows = [row("356", "410", "0", ".."), row("900", "410", "5", "6"), row("410", "1834", "5", "6"),
            row("410", "408", "5", "6"), row("410", "830", "5", "6"), ["", "a note at the foot"]]  # fmt: skip
    made = tidied(tmp_path, "undesa", ("a.xlsx", book(*rows)))
    assert {(one["origin"], one["destination"]) for one in made.table.to_pylist()} == {("PRK", "KOR")}
    assert made.left_out == {"0 or nothing, which is not reported": 2, "rows of regions and groups": 2,
                             "rows of places without a code": 1}  # fmt: skip
    assert made.cautions == ("codes that the list does not know: 830",)
    assert residents(made.table.to_pylist(), "KOR", "IND").value is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (book(row("410", "356", "many")), "the stock of 2015 is no number in 1 row: row 4: 'many'"),
        (book(row("410", "356", "1"), row("410", "356", "2")), "stand twice"),
        (book(row("KOR", "356", "1")), "a location code is no number in 1 row: row 4: 'KOR, 356'"),
        (book(row("410", "356", "1"), head=None), "has the columns location code of destination"),
        (book(sheet="Table 2"), "there is no sheet 'Table 1'"),
        (b"no workbook", "is no spreadsheet that can be read"),
    ],
)
def test_what_is_off_is_named(body: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "undesa", ("a.xlsx", body))


def test_two_revisions_are_two_days_and_never_one_line(tmp_path: Path, httpserver: HTTPServer) -> None:
    bench = Bench(tmp_path, httpserver, "undesa")
    for year, many in (("2020", "4505"), ("2024", "5000")):
        name = f"undesa_pd_{year}_ims_stock_by_sex_destination_and_origin.xlsx"
        where = f"/development/desa/pd/sites/www.un.org.development.desa.pd/files/{name}"
        httpserver.expect_request(where).respond_with_data(
            book(row("410", "356", many)), content_type="application/zip"
        )
    bench.fetch("stock")
    bench.fetch("stock-2024", day="2026-11-24")
    paths = []
    for day in (DAY, "2026-11-24"):
        table = tidy(load(bench.root, "undesa", day), bench.source, bench.root).table.to_pylist()
        paths.append(residents(table, "IND", "KOR").steps["path"])
    assert restated(*paths) == {2015: (4505, 5000)}
    bench.fetch("stock-2024")
    with pytest.raises(SourceFault, match="revisions are never joined"):
        tidy(load(bench.root, "undesa", DAY), bench.source, bench.root)

"""UIS bulk files, as documented: labels that name the origin, magnitudes that make a 0 a figure or none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from servanda.errors import SourceFault
from servanda.faces.cli.app import program
from servanda.measures.people.students import multiple, students
from servanda.sources.snapshots import load
from servanda.sources.tidy.read import tidy
from tests.sources.pieces import tidied
from tests.sources.test_fetch import DAY, Bench

LABELS = """INDICATOR_ID,INDICATOR_LABEL_EN
1,"Inbound internationally mobile students from Asia: Students from the Republic of Korea, both sexes (number)"
2,"Inbound internationally mobile students from Asia: Students from India, both sexes (number)"
3,"Inbound internationally mobile students from Asia: Students from India, female (number)"
4,"Inbound internationally mobile students from Asia, both sexes (number)"
5,"Inbound internationally mobile students from Asia: Students from unknown countries, both sexes (number)"
6,"Inbound internationally mobile students from Asia: Students from Atlantis, both sexes (number)"
7,"Inbound internationally mobile students from Asia: Students from the Democratic People's Republic of Korea, both sexes (number)"
"""
HEAD = "INDICATOR_ID,COUNTRY_ID,YEAR,VALUE,MAGNITUDE,QUALIFIER\n"


def opri(
    rows: str, labels: str = LABELS, names: tuple[str, str] = ("OPRI_LABEL.csv", "OPRI_DATA_NATIONAL.csv")
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as held:
        held.writestr(names[0], labels)
        held.writestr(names[1], HEAD + rows)
        held.writestr("OPRI_README.md", "what it is")
    return made.getvalue()


def test_each_origin_by_its_label_and_nobody_twice(tmp_path: Path) -> None:
    rows = "1,IND,2020,171,,\n2,KOR,2017,775,,UIS_EST\n3,KOR,2017,300,,\n4,KOR,2017,9000,,\n5,KOR,2017,4,,\n7,IND,2020,5,,\n"
    made = tidied(tmp_path, "uis", ("OPRI.zip", opri(rows)))
    assert made.table.to_pylist() == [
        {"origin": "KOR", "destination": "IND", "year": 2020, "students": 171},
        {"origin": "IND", "destination": "KOR", "year": 2017, "students": 775},
        {"origin": "PRK", "destination": "IND", "year": 2020, "students": 5},
    ]
    assert made.cautions == ("names that the list does not know, left out: Atlantis",)


def test_a_zero_is_a_figure_only_where_it_was_reported(tmp_path: Path) -> None:
    rows = (
        "1,IND,2018,0,NIL,\n1,IND,2019,0,NA,\n1,IND,2020,,SUPP,\n1,IND,2021,,INCLUDED,\n1,IND,2022,,,\n1,KOR,2020,7,,\n"
    )
    made = tidied(tmp_path, "uis", ("OPRI.zip", opri(rows)))
    assert [(row["year"], row["students"]) for row in made.table.to_pylist()] == [(2018, 0)]
    assert made.left_out == {"0 that means not applicable": 1, "suppressed by who reports": 1, "included elsewhere": 1,
                             "blank": 1, "a party at home": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (opri("1,IND,2020,many,,\n"), "'VALUE' or 'YEAR' is no number in 1 row: row 2: 'many, 2020'"),
        (opri("1,IND,2020,1,,\n1,IND,2020,2,,\n"), "stand twice"),
        (opri("1,IND,1066,1,,\n"), "'year' is less than 1970"),
        (opri("", labels="INDICATOR_ID,INDICATOR_LABEL_EN\n1,Completion rate\n"), "is it the OPRI file"),
        (opri("", names=("OPRI_LABEL.csv", "SDG.csv")), r"expected one file \*_DATA_NATIONAL\.csv in it and found 0"),
        (opri("", labels="ID,NAME\n"), "has no column INDICATOR_ID, INDICATOR_LABEL_EN"),
    ],
)
def test_what_is_off_is_named(body: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "uis", ("OPRI.zip", body))


def test_from_the_publisher_to_the_measure_and_a_copy_that_counts_twice(tmp_path: Path, httpserver: HTTPServer) -> None:
    rows = "".join(f"2,KOR,{year},{many},,\n" for year, many in ((2013, 585), (2014, 665), (2015, 745)))
    httpserver.expect_request("/bdds/202509/OPRI.zip").respond_with_data(opri(rows), content_type="application/zip")
    bench = Bench(tmp_path, httpserver, "uis")
    made = bench.fetch("bulk", release=["202509"])
    again = bench.fetch("bulk", release=["202509"])
    assert len(httpserver.log) == 1 and again.pieces == made.pieces, "what is held is not asked again"
    table = tidy(load(bench.root, "uis", DAY), bench.source, bench.root).table.to_pylist()
    assert students(table, "IND", "KOR").steps["path"] == {2013: 585, 2014: 665, 2015: 745}
    cells = {(row["origin"], row["destination"], row["year"]): float(row["students"]) for row in table}
    assert multiple({cell: 2 * many for cell, many in cells.items()}, cells) == 2


def test_no_zip_is_kept_of_a_page_that_says_sorry(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/bdds/209901/OPRI.zip").respond_with_data("<html>sorry", content_type="text/html")
    bench = Bench(tmp_path, httpserver, "uis")
    with pytest.raises(SourceFault, match="expected a zip file"):
        bench.fetch("bulk", release=["209901"])
    assert not load(bench.root, "uis", DAY).pieces


def test_a_dry_run_asks_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(["fetch", "uis", "--set", "release=202509", "--dry-run", "--data", str(tmp_path)], standalone_mode=False)
    assert "https://download.uis.unesco.org/bdds/202509/OPRI.zip" in capsys.readouterr().out

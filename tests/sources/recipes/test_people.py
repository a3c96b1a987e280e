"""The shipped tables of people are what their recipe makes of what the publishers hand out."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.settings import shipped_content
from servanda.sources.recipes.people import RECIPES, build
from servanda.sources.shipped import shipped
from tests.measures.shared import SHARED

HANDED = Path(__file__).parent / "handed"
"""Rows of the parties as their publishers have them, where no other folder holds the file."""


@pytest.mark.parametrize("name", list(RECIPES))
def test_the_recipe_gives_the_shipped_table(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "from"
    folder.mkdir()
    for path in (*SHARED("people/openflights_country_pairs_2014.csv").parents[1].rglob("*.*"), *HANDED.iterdir()):
        if path.suffix in (".csv", ".parquet"):
            (folder / path.name).symlink_to(path)
    assert build(folder, tmp_path, [name]) == {name: shipped(name).card.rows}
    made, held = (pq.read_table(root / "tables" / f"{name}.parquet") for root in (tmp_path, shipped_content()))
    assert made.equals(held)


def test_nil_is_left_out_and_north_korea_is_not_korea(tmp_path: Path) -> None:
    rows = [("India", "South Korea", 2020, 9), ("South Korea", "India", 2020, 0), ("North Korea", "India", 2020, 5)]
    names = ("origin", "dest", "year", "n")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    table = pa.table({"measure": ["stock_un2020"] * 3, **columns})
    pq.write_table(table, tmp_path / "un_migrant_stock_2020rev_and_estimated_flows.parquet")
    build(tmp_path, tmp_path, ["people/residents"])
    made = pq.read_table(tmp_path / "tables" / "people" / "residents.parquet").to_pylist()
    assert made == [{"origin": "IND", "destination": "KOR", "year": 2020, "persons": 9}]


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"there is no openflights_country_pairs_2014\.csv"):
        build(tmp_path, tmp_path, ["people/flights"])


def test_two_files_of_students_that_differ_stop_the_kitchen(tmp_path: Path) -> None:
    def write(sent: float) -> None:
        (tmp_path / "uis_students_origins_by_destination_1998_2021.csv").write_text(
            "year,dest_country_name,origin_country_lumped,value_lumped\n2017,India,Nepal,9\n2017,India,Other countries,12\n"
        )
        rows = [(2017, "Nepal", "India", sent), (2017, "Republic of Korea", "India", 3.0), (2017, "North Korea", "India", 4.0),
                (2017, "Nepal", "Other countries", 7.0)]  # fmt: skip
        names = ("year", "origin_country_name", "dest_country_lumped", "value_lumped")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        pq.write_table(pa.table(columns), tmp_path / "uis_students_destinations_by_origin.parquet")

    write(9.0)
    build(tmp_path, tmp_path, ["people/students"])
    made = pq.read_table(tmp_path / "tables" / "people" / "students.parquet").to_pylist()
    assert [(row["origin"], row["students"]) for row in made] == [("KOR", 3), ("NPL", 9), ("OTH", 5)], (
        "of 12 lumped 7 have a name"
    )
    write(10.0)
    with pytest.raises(RequestError, match="differ for NPL in IND in 2017"):
        build(tmp_path, tmp_path, ["people/students"])


def test_more_named_than_lumped_stops_the_kitchen(tmp_path: Path) -> None:
    (tmp_path / "uis_students_origins_by_destination_1998_2021.csv").write_text(
        "year,dest_country_name,origin_country_lumped,value_lumped\n2017,India,Other countries,2\n"
    )
    columns = {
        "year": [2017],
        "origin_country_name": ["Nepal"],
        "dest_country_lumped": ["India"],
        "value_lumped": [4.0],
    }
    pq.write_table(pa.table(columns), tmp_path / "uis_students_destinations_by_origin.parquet")
    with pytest.raises(RequestError, match="names more of India in 2017 than is lumped there"):
        build(tmp_path, tmp_path, ["people/students"])

"""Students: published figures, three reasons for none, and copies that count twice."""

from __future__ import annotations

import csv

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.measures.people.students import multiple, students
from servanda.sources.shipped import shipped
from tests.measures.shared import SHARED

CELLS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("cd"), st.integers(2000, 2003)), st.integers(1, 999), min_size=3
)


def test_the_published_path_of_indians_in_korea() -> None:
    found = students(shipped("people/students").table.to_pylist(), "IND", "KOR")
    path = found.steps["path"]
    assert [path[year] for year in range(2013, 2018)] == [585, 665, 745, 764, 775]
    assert path[1999] == 25


def test_koreans_in_india_are_lumped_and_no_nil_and_no_north_koreans() -> None:
    rows = shipped("people/students").table.to_pylist()
    found = students(rows, "KOR", "IND")
    assert found.value is None
    assert "lumped with other small origins" in (found.reason or "")
    assert not [row for row in rows if "PRK" in (row["origin"], row["destination"])]


def test_reasons_by_hand() -> None:
    rows = [
        {"origin": "A", "destination": "Z", "year": 2001, "students": 5},
        {"origin": "OTH", "destination": "Y", "year": 2001, "students": 9},
    ]
    assert students(rows, "A", "Z").value == 5
    assert students(rows, "B", "Z").reason == "Z reports other origins and not this one"
    assert "reports no students from abroad" in (students(rows, "A", "X").reason or "")
    assert "lumped" in (students(rows, "A", "Y").reason or "")
    assert students(rows, "A", "Z", upto=2000).value is None, "nothing later than the day is told"


@given(CELLS, st.integers(2, 5))
def test_an_exact_multiple_is_told_and_one_cell_off_is_none(cells: dict[tuple[str, str, int], int], times: int) -> None:
    copy = {cell: times * value for cell, value in cells.items()}
    assert multiple(copy, cells) == times
    assert multiple(cells, cells) is None
    off = dict(copy)
    off[next(iter(off))] += 1
    assert multiple(off, cells) is None


def test_the_copy_in_circulation_is_exactly_twice_the_source() -> None:
    with SHARED("people/uis_students_origins_by_destination_1998_2021.csv").open(encoding="utf-8") as file:
        source = {("IND", "KOR", int(row["year"])): float(row["value_lumped"]) for row in csv.DictReader(file)
                  if (row["origin_country_lumped"], row["dest_country_name"]) == ("India", "Republic of Korea")}  # fmt: skip
    rows = pq.read_table(SHARED("people/oecd_students_2013_2019_DOUBLECOUNTED.parquet")).to_pylist()
    copy = {("IND", "KOR", int(row["YEAR"])): float(row["TOTAL_INTL_STUDENTS"]) for row in rows
            if (row["COUNTRY_OF_ORIGIN"], row["COUNTRY_OF_SCHOOL"]) == ("India", "South Korea")}  # fmt: skip
    assert multiple(copy, source) == pytest.approx(2.0)

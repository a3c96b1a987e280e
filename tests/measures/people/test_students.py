"""Students: published figures, three reasons for none, and copies that count twice."""

from __future__ import annotations

import csv
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.measures.people.students import multiple, students, untapped
from servanda.sources.shipped import shipped
from tests.measures.people.test_residents import world
from tests.measures.shared import SHARED

CELLS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("cd"), st.integers(2000, 2003)), st.integers(1, 999), min_size=3
)


def test_the_published_path_of_indians_in_korea() -> None:
    found = students(shipped("people/students").table.to_pylist(), "IND", "KOR")
    path = found.steps["path"]
    assert [path[year] for year in range(2013, 2018)] == [585, 665, 745, 764, 775]
    assert path[1999] == 25


def test_koreans_in_india_have_a_name_in_the_file_by_origin_alone_and_are_no_north_koreans() -> None:
    rows = shipped("people/students").table.to_pylist()
    found = students(rows, "KOR", "IND")
    assert found.steps["path"] == {2001: 90, 2020: 171}
    assert found.caveats == ("missing_years",)
    assert not [row for row in rows if "PRK" in (row["origin"], row["destination"])]
    assert "lumped with other small origins" in (students(rows, "BRA", "KOR").reason or "")


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


def taught(missing: float = 0.0) -> tuple[list[dict[str, Any]], pa.Table]:
    """The stocks of a world that is known (test_residents) as students of 2017, and a lump that must not count."""
    rows, joins = world(missing)
    made = [{"origin": row["origin"], "destination": row["destination"], "year": 2017, "students": row["persons"]}
            for row in rows]  # fmt: skip
    return [*made, {"origin": "OTH", "destination": "P00", "year": 2017, "students": 9_999_999}], joins


@pytest.mark.parametrize("missing", [0.0, 0.6])
def test_what_is_missing_is_found_again_and_a_lump_is_nobody(missing: float) -> None:
    rows, joins = taught(missing)
    found = untapped(rows, joins, ("P00", "P01"), 2015, 2020)
    assert found.value == pytest.approx(missing, abs=0.02) and found.period == "2017"


def test_the_last_figure_of_a_direction_counts_and_no_sum_of_years() -> None:
    rows, joins = taught()
    older = [{**row, "year": 2015, "students": 10 * row["students"]} for row in rows]
    later = [{**row, "year": 2021, "students": 10 * row["students"]} for row in rows]
    one, other = (untapped(some, joins, ("P00", "P01"), 2015, 2020) for some in (rows, [*later, *older, *rows]))
    assert one.value == other.value and one.steps == other.steps


def test_origins_without_a_name_are_few_and_not_none_so_that_both_bounds_hold() -> None:
    rows, joins = taught()
    small = sorted(row["students"] for row in rows)[len(rows) // 4]
    held = [row for row in rows if row["students"] > small or {row["origin"], row["destination"]} == {"P00", "P01"}]
    found = untapped(held, joins, ("P00", "P01"), 2015, 2020, (("P02", "P03"),))
    assert found.steps["expected_if_nil"] < found.steps["expected"]
    whole = untapped(rows, joins, ("P00", "P01"), 2015, 2020, (("P02", "P03"),))
    assert found.low is not None and found.high is not None and whole.value is not None
    assert found.low < whole.value < found.high


def test_without_figures_of_the_pair_there_is_a_reason() -> None:
    rows, joins = taught()
    theirs = [row for row in rows if {row["origin"], row["destination"]} != {"P00", "P01"}]
    assert "no row between P00 and P01" in (untapped(theirs, joins, ("P00", "P01"), 2015, 2020).reason or "")
    assert "is not held" in (untapped(rows, joins, ("P00", "QQQ"), 2015, 2020).reason or "")

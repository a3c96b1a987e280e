"""The shipped tables of the region are what the measures make of the roll calls."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.review.recipes.region import agreements, papers, points, students
from servanda.sources.recipes.rebuild import Rows
from servanda.sources.shipped import shipped
from tests.measures.shared import SHARED


def test_the_recipe_gives_the_shipped_table() -> None:
    folder = SHARED("region/un_rollcall_matrix_1946_2021.parquet").parent
    made, held = agreements(folder), shipped("region/agreement").table
    assert made.cast(held.schema).equals(held)


def invented(folder: Path) -> None:
    """Two sessions; the code 2 and 750 never agree, 732 always abstains; the last roll call is on a paragraph."""
    votes = {"rcid": [1, 2, 3, 4], "2": [1, 3, 1, 1], "750": [3, 1, 3, 1], "732": [2, 2, 2, 2], "999": [1, 1, 3, 3]}
    pq.write_table(pa.table(votes), folder / "un_rollcall_matrix_1946_2021.parquet")
    about = {"rcid": [1, 2, 3, 4], "session": [46, 46, 47, 47], "para": [None, 0.0, None, 1.0],
             "amend": [None, None, 0.0, None], "resid": [11, 12, 11, 13]}  # fmt: skip
    pq.write_table(pa.table(about), folder / "un_rollcall_meta_1946_2021.parquet")


def test_members_that_are_not_named_are_left_out_and_sets_kept_apart(tmp_path: Path) -> None:
    invented(tmp_path)
    rows = agreements(tmp_path).to_pylist()
    assert {(row["a"], row["b"]) for row in rows} == {("IND", "USA"), ("KOR", "USA"), ("IND", "KOR")}
    counts = {(row["votes_of"], row["session"]): row["votes"] for row in rows if (row["a"], row["b"]) == ("IND", "USA")}
    assert counts == {("all", 46): 2, ("all", 47): 2, ("final", 46): 2, ("final", 47): 1}
    (never,) = [
        row for row in rows if (row["a"], row["b"], row["session"], row["votes_of"]) == ("IND", "USA", 46, "all")
    ]
    assert (never["half"], never["strict"], never["s"]) == (0.0, 0.0, -1.0)


def test_positions_have_their_interval_and_the_anchor_lies_above_nil(tmp_path: Path) -> None:
    invented(tmp_path)
    rows = points(tmp_path).to_pylist()
    assert {row["member"] for row in rows} == {"USA", "IND", "KOR"}
    assert all(row["low"] < row["point"] < row["high"] for row in rows)
    own = [row["point"] for row in rows if row["member"] == "USA" and row["votes_of"] == "all"]
    assert sum(own) > 0


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no un_rollcall_matrix"):
        agreements(tmp_path)


@pytest.mark.parametrize(("name", "recipe"), [("region/papers", papers), ("region/students", students)])
def test_whom_each_leans_on_is_what_the_recipe_gives(name: str, recipe: Rows) -> None:
    folder = SHARED("people/uis_students_destinations_by_origin.parquet").parents[1]
    held = shipped(name).table
    assert recipe(folder).cast(held.schema).equals(held)


def test_papers_stand_once_for_each_of_the_parties_and_places_that_are_none_go_nowhere(tmp_path: Path) -> None:
    rows = {
        "year": [2020, 2020, 1999, 2020],
        "a": ["IN", "FR", "IN", "IN"],
        "b": ["KR", "KR", "FR", "??"],
        "n": [7, 3, 9, 4],
    }
    pq.write_table(pa.table(rows), tmp_path / "openalex_country_coauthorship_1990_2023.parquet")
    assert [tuple(row.values()) for row in papers(tmp_path).to_pylist()] == [
        ("IND", "KOR", 2020, 7), ("KOR", "FRA", 2020, 3), ("KOR", "IND", 2020, 7),
    ]  # fmt: skip


def test_destinations_that_are_lumped_or_no_party_are_one_lump(tmp_path: Path) -> None:
    rows = {"year": [2018] * 4, "origin_country_name": ["India", "India", "India", "France"],
            "dest_country_lumped": ["Australia", "Other countries", "Atlantis", "Japan"],
            "value_lumped": [50.0, 20.4, 10.0, 9.0]}  # fmt: skip
    pq.write_table(pa.table(rows), tmp_path / "uis_students_destinations_by_origin.parquet")
    assert [tuple(row.values()) for row in students(tmp_path).to_pylist()] == [
        ("IND", "AUS", 2018, 50), ("IND", "OTH", 2018, 30),
    ]  # fmt: skip

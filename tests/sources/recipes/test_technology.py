"""The shipped tables of technology are what their recipe makes of what the cards name."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.settings import shipped_content
from servanda.sources.recipes.technology import RECIPES, build
from servanda.sources.shipped import shipped
from tests.measures.shared import SHARED


@pytest.mark.parametrize("name", list(RECIPES))
def test_the_recipe_gives_the_shipped_table(name: str, tmp_path: Path) -> None:
    SHARED("trade/cepii_geodist_dyads.parquet")
    folder = SHARED("technology/openalex_country_intl_totals_1990_2023.parquet").parents[1]
    assert build(folder, tmp_path, [name]) == {name: shipped(name).card.rows}
    made, held = (pq.read_table(root / "tables" / f"{name}.parquet") for root in (tmp_path, shipped_content()))
    assert made.equals(held)


def test_figures_as_published_stand_in_the_tables() -> None:
    """By hand, from the Science and Engineering Indicators and from OpenAlex of August 2024."""
    index = {(row["a"], row["b"], row["year"]): row for row in shipped("technology/index").table.to_pylist()}
    assert (index["IND", "KOR", 2022]["papers"], round(index["IND", "KOR", 2022]["index"], 2)) == (4780, 2.0)
    assert [index["IND", "KOR", year]["papers"] for year in (1996, 2003, 2018, 2020)] == [44, 244, 2252, 2955]
    pairs = {(row["a"], row["b"], row["year"]): row["papers"] for row in shipped("technology/pairs").table.to_pylist()}
    assert [pairs["IND", "KOR", year] for year in (2003, 2013, 2022, 2023)] == [164, 1273, 5058, 5774]
    cites = {
        (row["citing"], row["cited"], row["field"]): row["index"]
        for row in shipped("technology/citations").table.to_pylist()
    }
    assert [round(cites[(*way, "all fields")], 2) for way in (("IND", "KOR"), ("KOR", "IND"))] == [0.93, 0.63]


def test_a_missing_file_says_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="the cards in content/tables/technology say where it comes from"):
        build(tmp_path, tmp_path, ["technology/totals"])

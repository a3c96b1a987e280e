"""The shipped tables are what their recipe makes of what the publishers hand out."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.settings import shipped_content
from servanda.sources.recipes.trade import RECIPES, build
from servanda.sources.shipped import shipped
from tests.measures.shared import SHARED


@pytest.mark.parametrize("name", list(RECIPES))
def test_the_recipe_gives_the_shipped_table(name: str, tmp_path: Path) -> None:
    folder = SHARED("trade/agtpa_applications.parquet").parent
    assert build(folder, tmp_path, [name]) == {name: shipped(name).card.rows}
    made, held = (pq.read_table(root / "tables" / f"{name}.parquet") for root in (tmp_path, shipped_content()))
    assert made.equals(held)


def invented(folder: Path) -> None:
    """Files in the shape of the publishers'; every number made up."""
    flows = [
        (1995, "IND", "c1", "ROM", 3.0, 1.0), (1995, "IND", "c2", "ROM", 2.0, -5.0), (1995, "ROM", "c1", "RoW", 7.0, 0.0),
        (1996, "IND", "c1", "IND", 9.0, 1.0),
    ]  # fmt: skip
    names = ("year", "exporter", "sector", "importer", "intermediate", "final")
    columns = list(zip(*flows, strict=True))
    pq.write_table(
        pa.table(dict(zip(names, map(list, columns), strict=True))),
        folder / "wiod2013_bilateral_sector_1995_2011.parquet",
    )
    dyads = {
        "iso_o": ["IND", "ROM"],
        "iso_d": ["ROM", "IND"],
        "dist": [4.5, 4.5],
        "contig": [0.0, 0.0],
        "comlang_off": [1.0, 1.0],
        "colony": [0.0, 0.0],
    }
    pq.write_table(pa.table(dyads), folder / "cepii_geodist_dyads.parquet")


def test_nil_is_written_codes_are_of_today_and_gaps_stay_gaps(tmp_path: Path) -> None:
    """By hand: three sellers, three buyers, two years; India sells 1 to Romania, for inventories take 3 from 4."""
    invented(tmp_path)
    build(tmp_path, tmp_path, ["trade/economies", "trade/exports"])
    table = pq.read_table(tmp_path / "tables" / "trade" / "economies.parquet")
    assert table.num_rows == 2 * 2 * 2  # RoW buys and never sells here: who sells makes the cube
    row = table.filter(
        (pc.field("exporter") == "IND") & (pc.field("importer") == "ROU") & (pc.field("year") == 1995)
    ).to_pylist()[0]
    assert (row["trade"], row["dist"], row["lang"]) == (1, 4.5, 1)
    empty = table.filter(
        (pc.field("exporter") == "ROU") & (pc.field("importer") == "ROU") & (pc.field("year") == 1996)
    ).to_pylist()[0]
    assert (empty["trade"], empty["dist"]) == (0, None)
    sold = pq.read_table(tmp_path / "tables" / "trade" / "exports.parquet").to_pylist()
    assert sold == [
        {"exporter": "IND", "product": "c1", "year": 1995, "value": 4}, {"exporter": "IND", "product": "c2", "year": 1995, "value": -3},
        {"exporter": "ROU", "product": "c1", "year": 1995, "value": 7},
    ]  # fmt: skip


def test_indicators_come_from_a_snapshot_where_there_is_one(tmp_path: Path) -> None:
    """The road from the live source: fetched, made tidy, built; a gap and what is before 1990 are left out."""
    rows = {
        "party": ["KOR", "IND", "IND", "IND"],
        "indicator": ["SP.POP.TOTL"] * 4,
        "year": [2020, 2021, 2020, 1989],
        "value": [51.8, None, 1396.4, 8.0],
    }
    pq.write_table(pa.table(rows), tmp_path / "worldbank.parquet")
    assert build(tmp_path, tmp_path, ["trade/indicators"]) == {"trade/indicators": 2}
    made = pq.read_table(tmp_path / "tables" / "trade" / "indicators.parquet").to_pylist()
    assert [(one["party"], one["year"], one["value"]) for one in made] == [("IND", 2020, 1396.4), ("KOR", 2020, 51.8)]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        RequestError, match=r"there is no agtpa_applications\.parquet in .*; the cards in content/tables/trade"
    ):
        build(tmp_path, tmp_path, ["trade/manufacturing"])

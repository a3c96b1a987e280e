"""Every shipped table is what its card says: columns, units, licence, bounds, rows, size."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from servanda.errors import ContentError, RequestError
from servanda.settings import shipped_content
from servanda.sources.declared import source, sources
from servanda.sources.shipped import TYPES, cards, shipped
from servanda.sources.table import Column, Sort, read

TABLES = shipped_content() / "tables"
ALL = sorted(path.relative_to(TABLES).with_suffix("").as_posix() for path in TABLES.glob("*/*.parquet"))
MOST_BYTES, MOST_TOGETHER = 1_000_000, 1_500_000


def test_every_table_has_its_card_and_every_card_its_table() -> None:
    assert sorted(cards()) == ALL and ALL


def test_those_of_an_area_and_all_together_are_small() -> None:
    sizes = {name: (TABLES / f"{name}.parquet").stat().st_size for name in ALL}
    for area in {name.partition("/")[0] for name in ALL}:
        assert sum(size for name, size in sizes.items() if name.startswith(f"{area}/")) < MOST_BYTES
    assert sum(sizes.values()) < MOST_TOGETHER


@pytest.mark.parametrize("name", ALL)
def test_columns_rows_and_sorts_are_those_of_the_card(name: str) -> None:
    one = shipped(name)
    assert one.table.column_names == [column.name for column in one.card.columns]
    assert [one.table.schema.field(column.name).type for column in one.card.columns] == [
        TYPES[column.sort] for column in one.card.columns
    ]
    assert pq.read_schema(TABLES / f"{name}.parquet").names == one.table.column_names  # nothing that no card tells of
    assert one.table.num_rows == one.card.rows


@pytest.mark.parametrize("name", ALL)
def test_values_are_within_bounds_and_keys_once(name: str) -> None:
    """By the reader of tables that somebody hands in, which knows nothing of cards."""
    card = shipped(name).card
    sorts = {"code": Sort.CODE, "words": Sort.WORDS, "number": Sort.NUMBER, "whole": Sort.WHOLE}
    columns = [Column(one.name, sorts[one.sort], one.least, one.most, one.gaps) for one in card.columns]
    made = read(TABLES / f"{name}.parquet", columns, card.key)
    assert made.num_rows == card.rows
    for one in card.columns:
        if not one.gaps and one.sort == "number":
            assert not pc.any(pc.is_nan(made[one.name])).as_py()


@pytest.mark.parametrize("name", ALL)
def test_every_column_is_of_an_open_source_and_every_measure_has_a_unit(name: str) -> None:
    card = shipped(name).card
    for one in card.columns:
        assert source(one.source).licence.is_open, f"{name}.{one.name}: {one.source} is not open"
        if one.sort == "number":
            assert one.unit, f"{name}.{one.name} has no unit"


@pytest.mark.parametrize("name", ALL)
def test_codes_have_words_and_words_have_codes(name: str) -> None:
    """A code of a sector or an indicator that no word explains is of no use to a reader."""
    one = shipped(name)
    held = {
        code
        for column in one.card.columns
        if column.sort == "code"
        for code in pc.unique(one.table[column.name]).to_pylist()
    }
    assert set(one.card.words) <= held
    for column in ("product", "indicator"):
        if column in one.table.column_names:
            assert set(pc.unique(one.table[column]).to_pylist()) <= set(one.card.words)


@pytest.mark.parametrize("name", ALL)
def test_parties_are_those_of_iso_or_explained(name: str) -> None:
    import pycountry

    one = shipped(name)
    known = {country.alpha_3 for country in pycountry.countries} | {"XKX"} | set(one.card.words)
    for column in ("exporter", "importer", "party", "member", "a", "b"):
        if column in one.table.column_names:
            assert set(pc.unique(one.table[column]).to_pylist()) <= known


@pytest.mark.parametrize("name", ALL)
def test_the_recipe_of_the_card_is_one_that_there_is(name: str) -> None:
    found = re.fullmatch(r"python -m (servanda\.\w+\.recipes\.\w+) --from FOLDER --only (\S+)", cards()[name].recipe)
    assert found and found[2] == name
    assert name in import_module(found[1]).RECIPES


def test_cubes_are_full() -> None:
    for name, years in (("trade/manufacturing", 6), ("trade/economies", 17)):
        table = shipped(name).table
        sellers = len(pc.unique(table["exporter"]))
        assert table.num_rows == sellers * sellers * years
        assert sorted(pc.unique(table["exporter"]).to_pylist()) == sorted(pc.unique(table["importer"]).to_pylist())


def test_tables_of_one_source_agree_with_each_other() -> None:
    """What each sells abroad by sector adds up to what the full matrix says; two recipes, one number."""
    economies, sold = shipped("trade/economies").table, shipped("trade/exports").table
    abroad = economies.filter(pc.not_equal(economies["exporter"], economies["importer"]))
    total = (
        abroad.group_by(["exporter", "year"])
        .aggregate([("trade", "sum")])
        .sort_by([("exporter", "ascending"), ("year", "ascending")])
    )
    parts = (
        sold.group_by(["exporter", "year"])
        .aggregate([("value", "sum")])
        .sort_by([("exporter", "ascending"), ("year", "ascending")])
    )
    assert total["trade_sum"].to_pylist() == parts["value_sum"].to_pylist()


def test_inventories_make_flows_of_sectors_negative_and_never_a_total() -> None:
    """Known of the source, and said on the cards: rounding to millions, and changes of inventories below zero."""
    assert pc.min(shipped("trade/economies").table["trade"]).as_py() == 0
    assert pc.min(shipped("trade/imports").table["value"]).as_py() >= 0
    for name in ("trade/sectors", "trade/exports"):
        one = shipped(name)
        below = pc.sum(pc.less(one.table["value"], 0)).as_py()
        assert 0 < below < one.card.rows / 200 and any("negative" in words for words in one.card.caveats)


def test_the_pair_of_the_first_case_is_there() -> None:
    """By hand from the source: the Republic of Korea to India in 2011, USD 6.7 billion where customs saw 12.7."""
    table = shipped("trade/economies").table
    row = table.filter(
        (pc.field("exporter") == "KOR") & (pc.field("importer") == "IND") & (pc.field("year") == 2011)
    ).to_pylist()
    assert len(row) == 1 and 6_600 < row[0]["trade"] < 6_800
    assert row[0]["dist"] == pytest.approx(4692.672, rel=1e-6) and (row[0]["cntg"], row[0]["lang"]) == (0, 0)


def test_no_shipped_treaty_hides_the_one_in_question() -> None:
    """Four older treaties join India and the Republic of Korea: their own agreement is known by its number."""
    table = shipped("trade/agreements").table.to_pylist()
    both = {row["number"] for row in table if row["party"] == "IND"} & {
        row["number"] for row in table if row["party"] == "KOR"
    }
    treaties = {
        row["base_treaty"]: row["in_force"] for row in table if row["number"] in both and row["entry"] == "base_treaty"
    }
    assert treaties == {62: 2006, 100: 1976, 461: 1989, 489: 2010, 647: 1973}


def test_an_unknown_table_names_the_nearest() -> None:
    with pytest.raises(RequestError, match="no shipped table 'trade/economy'; nearest is trade/econom"):
        shipped("trade/economy")
    with pytest.raises(RequestError, match="no source 'wood'; nearest is wiod"):
        source("wood")


def test_a_card_that_is_off_is_named_with_file_and_place(tmp_path: Path) -> None:
    folder = tmp_path / "tables" / "trade"
    folder.mkdir(parents=True)
    text = (TABLES / "trade" / "economies.yml").read_text(encoding="utf-8")
    (folder / "economies.yml").write_text(text.replace("rows: 28577", "rows: many\nrow: 3"), encoding="utf-8")
    with pytest.raises(ContentError) as fault:
        cards(tmp_path)
    assert "tables/trade/economies.yml: rows: " in str(fault.value) and "unknown field; did you mean rows?" in str(
        fault.value
    )


def test_a_source_is_called_as_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    text = (shipped_content() / "sources" / "wiod.yml").read_text(encoding="utf-8")
    (folder / "wood.yml").write_text(text, encoding="utf-8")
    with pytest.raises(
        ContentError, match=r"sources/wood\.yml: id: expected 'wood', as the file is called, found 'wiod'"
    ):
        sources(tmp_path)


def test_what_is_held_small_on_disk_is_whole_in_memory() -> None:
    assert shipped("trade/manufacturing").table.schema.field("trade").type == pa.float64()

"""UN Comtrade: its codes, levels, groups, statuses, and what is off in an answer."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from servanda.errors import SourceFault
from servanda.sources.codes import codes
from servanda.sources.tidy.rows import at_level, total
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied


def row(**other: Any) -> dict[str, Any]:
    """A row as the API sends it, its descriptions empty; numbers made up."""
    return {
        "typeCode": "C", "freqCode": "A", "refYear": 2019, "period": "2019", "reporterCode": 699, "reporterISO": None,
        "flowCode": "X", "partnerCode": 410, "partnerISO": None, "partner2Code": 0, "classificationCode": "H5",
        "cmdCode": "TOTAL", "aggrLevel": 0, "customsCode": "C00", "motCode": 0, "netWgt": None, "cifvalue": None,
        "fobvalue": 5.0, "primaryValue": 5.0, "legacyEstimationFlag": 0, "isReported": True, "isAggregate": False,
    } | other  # fmt: skip


def answer(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"elapsedTime": "0 secs", "count": len(rows), "data": list(rows), "error": ""}


def test_india_is_699_here_and_356_elsewhere(tmp_path: Path) -> None:
    made = tidied(tmp_path, "comtrade", ("a.json", answer(row()))).table.to_pylist()[0]
    assert (made["reporter"], made["partner"], made["valuation"], made["unit"]) == ("IND", "KOR", "FOB", "USD")
    assert codes("comtrade").code("IND") == "699" and codes("numeric").code("IND") == "356"
    found = codes("comtrade").find(356)
    assert found is not None and found.sort == "former"


def test_356_in_comtrade_is_the_india_of_before_1974_and_not_taken_for_it(tmp_path: Path) -> None:
    made = tidied(tmp_path, "comtrade", ("a.json", answer(row(reporterCode=356), row())))
    assert made.table.num_rows == 1 and made.left_out == {"reporter is no party of today": 1}


@pytest.mark.parametrize(
    ("party", "number"),
    [
        ("USA", "842"),
        ("FRA", "251"),
        ("NOR", "579"),
        ("CHE", "757"),
        ("TWN", "490"),
        ("ITA", "380"),
        ("KOR", "410"),
        ("PRK", "408"),
        ("NAM", "516"),
        ("AFG", "4"),
    ],
)
def test_codes_go_both_ways(party: str, number: str) -> None:
    found = codes("comtrade").find(number)
    assert codes("comtrade").code(party) == number and found is not None and found.code == party


def test_world_union_and_areas_nes_are_groups_and_never_added_to_parties(tmp_path: Path) -> None:
    rows = [row(partnerCode=code) for code in (0, 97, 899, 410)]
    made = tidied(tmp_path, "comtrade", ("a.json", answer(*rows))).table
    assert dict(zip(made["partner"].to_pylist(), made["partner_is"].to_pylist(), strict=True)) == {
        "0": "group",
        "97": "group",
        "899": "group",
        "KOR": "party",
    }
    with pytest.raises(SourceFault, match=r"'partner_is' is mixed \(group, party\): a sum would count twice"):
        total(made)


def test_levels_in_one_file_are_told_apart_and_never_added(tmp_path: Path) -> None:
    rows = [row(), row(cmdCode="01", aggrLevel=2), row(cmdCode="0101", aggrLevel=4), row(cmdCode="010121", aggrLevel=6)]
    made = tidied(tmp_path, "comtrade", ("a.json", answer(*rows))).table
    assert made["level"].to_pylist() == [0, 2, 4, 6]
    with pytest.raises(SourceFault, match=r"'level' is mixed \(0, 2, 4, 6\)"):
        total(made)
    assert total(at_level(made, 2)) == 5.0
    with pytest.raises(SourceFault, match=r"no row has products of 5 digits; the levels are 0, 2, 4, 6"):
        at_level(made, 5)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            {"cmdCode": 101, "aggrLevel": 4},
            r"a product is a number, so that a zero at its head is lost; codes are text in 1 row: row 2: '101'",
        ),
        ({"cmdCode": "101", "aggrLevel": 4}, r"a product has lost the zero at its head in 1 row: row 2: '101'"),
        ({"cmdCode": "1", "aggrLevel": 2}, r"a product has lost the zero at its head"),
        ({"flowCode": "Y"}, r"'flowCode' is none of M, X, RM, RX, .* in 1 row: row 2: 'Y'"),
        ({"period": "19"}, r"'period' is no year and no month in 1 row: row 2: '19'"),
        ({"primaryValue": "many"}, r"'primaryValue' or 'netWgt' is no number in 1 row: row 2: 'many'"),
        ({"primaryValue": -3}, r"'value' is less than 0 in 1 row: row 2: '-3.0'"),
        (
            {"reporterCode": 998},
            r"1 codes are not known \('998' in row 2\); nothing is guessed: add them to content/codes/comtrade.yml",
        ),
        ({}, r"1 reports of reporter, .* stand twice: IND, KOR, export, TOTAL, 2019, 2019"),
    ],
)
def test_what_is_off_is_named_with_its_row(other: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "comtrade", ("a.json", answer(row(), row(**other))))


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match="no primaryValue in its rows"):
        tidied(
            tmp_path,
            "comtrade",
            ("a.json", answer({name: value for name, value in row().items() if name != "primaryValue"})),
        )


def test_nil_is_a_value_and_a_gap_is_none(tmp_path: Path) -> None:
    rows = [row(primaryValue=0), row(flowCode="M", primaryValue=None)]
    made = tidied(tmp_path, "comtrade", ("a.json", answer(*rows))).table
    assert made["value"].to_pylist() == [0.0, None] and made["valuation"].to_pylist() == ["FOB", "CIF"]


def test_the_flag_of_estimated_weights_says_nothing_of_the_value(tmp_path: Path) -> None:
    rows = [row(legacyEstimationFlag=4), row(flowCode="M", legacyEstimationFlag=0, isReported=False, isAggregate=True)]
    assert tidied(tmp_path, "comtrade", ("a.json", answer(*rows))).table["status"].to_pylist() == [
        "reported",
        "added up by the source",
    ]


def test_rows_by_transport_and_second_partner_are_not_counted_again(tmp_path: Path) -> None:
    rows = [row(), row(motCode=1000), row(partner2Code=392), row(customsCode="C05")]
    made = tidied(tmp_path, "comtrade", ("a.json", answer(*rows)))
    assert made.table.num_rows == 1 and made.left_out == {"broken down by second partner, customs or transport": 3}


def test_a_bulk_file_and_a_saved_page_are_the_same_table(tmp_path: Path) -> None:
    """Tabs under gzip and commas, both with the names of the API; a list of files beside them is no table."""
    names = list(row())
    cells = ["" if value is None else str(value) for value in row(cmdCode="0101", aggrLevel=4).values()]
    tabs, commas = ("\n".join([mark.join(names), mark.join(cells)]) for mark in ("\t", ","))
    files = ("files.json", answer({"fileUrl": "https://www.example.org/1", "reporterCode": 699}))
    bulk = tidied(tmp_path, "comtrade", ("bulk_699_f.json", gzip.compress(tabs.encode())), files).table
    assert bulk.equals(tidied(tmp_path, "comtrade", ("page.csv", commas)).table)
    assert bulk.to_pylist()[0]["product"] == "0101" and bulk.to_pylist()[0]["status"] == "reported"


def test_vintages_that_are_mixed_are_named(tmp_path: Path) -> None:
    made = tidied(tmp_path, "comtrade", ("a.json", answer(row(), row(flowCode="M", classificationCode="H4"))))
    assert made.cautions == ("products are of several vintages (H4, H5): one code can be two products",)


def test_months(tmp_path: Path) -> None:
    made = tidied(tmp_path, "comtrade", ("a.json", answer(row(period="201901", freqCode="M")))).table.to_pylist()[0]
    assert (made["year"], made["month"], made["period"]) == (2019, 1, "201901")


def test_a_reporter_that_was_asked_for_and_is_not_there_is_named(tmp_path: Path) -> None:
    """The denominator without China: a world of those who reported is not the world."""
    made = tidied(tmp_path, "comtrade", ("a.json", answer(row())), reporter="699,156,410")
    assert made.cautions == ("no row of CHN, KOR, which was asked for: not reported is not nil",)


def published(name: str) -> list[dict[str, Any]]:
    """A copy of Comtrade as rows with the names of the API."""
    import pyarrow.parquet as pq

    path = SHARED(f"trade/{name}")
    rows: list[dict[str, Any]] = (
        pq.read_table(path).to_pylist()
        if path.suffix == ".parquet"
        else list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    )
    return [
        {"period": str(one["year"]), "reporterCode": one["reporter_code"], "partnerCode": one["partner_code"], "flowCode": one["flow"],
         "cmdCode": one["cmd_code"], "classificationCode": one["classification"], "aggrLevel": one["agg_level"], "primaryValue": one["value_usd"], "netWgt": one["netweight_kg"]}
        for one in rows
    ]  # fmt: skip


def test_each_level_of_a_real_file_adds_up_to_the_same(tmp_path: Path) -> None:
    made = tidied(
        tmp_path, "comtrade", ("a.json", answer(*published("comtrade_2018_india_exports_hs0_hs6.parquet")))
    ).table
    sums = {level: total(at_level(made, level)) for level in (2, 4, 6)}
    assert set(made["reporter"].to_pylist()) == {"IND"}
    assert sums[4] == pytest.approx(sums[2], rel=1e-3) and sums[6] == pytest.approx(sums[2], rel=1e-3)


def test_india_by_partner_of_2019_to_the_dollar(tmp_path: Path) -> None:
    made = tidied(tmp_path, "comtrade", ("a.json", answer(*published("comtrade_2019_india_by_partner.csv")))).table
    pair = {one["flow"]: one["value"] for one in made.to_pylist() if one["partner"] == "KOR"}
    assert pair == {"export": 4653980478.0, "import": 16111284425.0}
    assert "PRK" in made["partner"].to_pylist()
    import pyarrow.compute as pc

    parties = made.filter(pc.and_(pc.equal(made["partner_is"], "party"), pc.equal(made["flow"], "export")))
    world = [one["value"] for one in made.to_pylist() if one["partner"] == "0" and one["flow"] == "export"]
    assert total(parties) <= world[0] and total(parties) == pytest.approx(world[0], rel=0.02)


def test_the_copy_of_2019_lacks_china(tmp_path: Path) -> None:
    made = tidied(
        tmp_path,
        "comtrade",
        ("a.json", answer(*published("comtrade_2019_exports_hs2_97reporters.csv"))),
        reporter="156,410,699",
    )
    assert made.cautions[0] == "no row of CHN, which was asked for: not reported is not nil"
    assert "several vintages (H" in made.cautions[1]
    assert isinstance(made.table, pa.Table)

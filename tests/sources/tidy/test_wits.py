"""WITS: what kind of tariff a rate is, duties without a rate, and totals of trade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from servanda.errors import SourceFault
from servanda.sources.tidy.wits import one_kind
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied

TOLD = ("NOMENCODE", "EXCLUDEDFROM", "TARIFFTYPE", "SUM_OF_RATES", "MIN_RATE", "MAX_RATE", "TOTALNOOFLINES", "NBR_PREF_LINES",
        "NBR_MFN_LINES", "NBR_NA_LINES", "OBS_VALUE_MEASURE")  # fmt: skip


def sdmx(
    fixed: dict[str, str], observed: dict[str, list[Any]], attributes: dict[str, list[str]] | None = None
) -> dict[str, Any]:
    """SDMX JSON with one series: its dimensions, its observations by year, the values of its attributes."""
    return {
        "header": {"id": "invented"},
        "dataSets": [{"action": "Information", "series": {":".join("0" for _ in fixed): {"observations": {str(place): cells for place, cells in enumerate(observed.values())}}}}],
        "structure": {
            "dimensions": {
                "series": [{"id": name, "values": [{"id": value}]} for name, value in fixed.items()],
                "observation": [{"id": "TIME_PERIOD", "values": [{"id": year} for year in observed]}],
            },
            "attributes": {"observation": [{"id": name, "values": [{"id": value} for value in values]} for name, values in (attributes or {}).items()]},
        },
    }  # fmt: skip


def tariff(
    rate: Any,
    kind: str = "MFN",
    partner: str = "000",
    lines: str = "3",
    none: str = "0",
    product: str = "020110",
    year: str = "2019",
) -> dict[str, Any]:
    fixed = {"FREQ": "A", "REPORTER": "410", "PARTNER": partner, "PRODUCTCODE": product, "DATATYPE": "Reported"}
    values = {name: ["0"] for name in TOLD} | {
        "TARIFFTYPE": [kind] if kind else [],
        "TOTALNOOFLINES": [lines],
        "NBR_NA_LINES": [none],
        "MIN_RATE": ["1"],
        "MAX_RATE": ["9"],
        "EXCLUDEDFROM": [],
    }
    return sdmx(fixed, {year: [rate, *(None if name == "EXCLUDEDFROM" else 0 for name in TOLD)]}, values)


def test_a_tariff_says_of_what_kind_it_is(tmp_path: Path) -> None:
    """The same product, MFN and preferential, in one snapshot: two rows, and a choice before any average."""
    files = [("m.json", tariff(40.0)), ("p.json", tariff(0.0, "PREF", "356"))]
    made = tidied(tmp_path, "wits", *files, datatype="reported").table
    assert [(one["kind"], one["partner"], one["rate"], one["importer"]) for one in made.to_pylist()] == [
        ("MFN", "WLD", 40.0, "KOR"),
        ("preferential", "IND", 0.0, "KOR"),
    ]
    assert one_kind(made, "MFN")["rate"].to_pylist() == [40.0]


def test_applied_is_not_mfn(tmp_path: Path) -> None:
    made = tidied(tmp_path, "wits", ("a.json", tariff(5.23, "AHS")), datatype="reported").table
    with pytest.raises(SourceFault, match="no tariff is MFN; these are applied, which is something else"):
        one_kind(made, "MFN")


def test_a_specific_duty_is_no_rate_of_nil(tmp_path: Path) -> None:
    made = tidied(
        tmp_path,
        "wits",
        ("a.json", tariff(0.0, lines="2", none="2")),
        ("b.json", tariff(8.0, lines="2", none="1", year="2018")),
        datatype="reported",
    )
    assert made.table["rate"].to_pylist() == [None, 8.0] and made.table["lines_without_rate"].to_pylist() == [2, 1]
    assert made.cautions == ("1 subheadings have specific duties only: their rate is not known, and not 0",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (tariff(1.0, "XYZ"), "'TARIFFTYPE' is none of MFN, .* in 1 row: row 1: 'XYZ'"),
        (tariff(1.0, product="20110"), "a product has lost the zero at its head in 1 row: row 1: '20110'"),
        (tariff(-1.0), "'rate' is less than 0"),
        (tariff(99999.0), "'rate' is more than 3000"),
        (tariff(1.0, "PREF", "997"), r"1 codes are not known \('997' in row 1\)"),
    ],
)
def test_what_is_off_is_named(data: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "wits", ("a.json", data), datatype="reported")


def trade(flow: str, partner: str = "KOR", value: Any = 4653.98) -> dict[str, Any]:
    fixed = {"FREQ": "A", "REPORTER": "IND", "PARTNER": partner, "PRODUCTCODE": "Total", "INDICATOR": flow}
    return sdmx(fixed, {"2018": [None], "2019": [value]})


def test_totals_of_trade_with_their_valuation(tmp_path: Path) -> None:
    made = tidied(tmp_path, "wits", ("x.json", trade("XPRT-TRD-VL")), ("m.json", trade("MPRT-TRD-VL", "WLD", 0))).table
    assert [(one["partner"], one["flow"], one["valuation"], one["value"], one["level"]) for one in made.to_pylist()] == [
        ("KOR", "export", "FOB", None, 0), ("KOR", "export", "FOB", 4653.98, 0), ("WLD", "import", "CIF", None, 0), ("WLD", "import", "CIF", 0.0, 0),
    ]  # fmt: skip
    assert set(made["unit"].to_pylist()) == {"USD thousand"}


def test_trade_and_tariffs_are_two_tables(tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match="'INDICATOR' is none of"):
        tidied(tmp_path, "wits", ("x.json", trade("AHS-SMPL-AVRG")))


def test_the_published_profiles_are_applied_tariffs_and_not_mfn() -> None:
    """The trap in figures: the profile's tariff of 2018 is 5.23, the MFN mean of the same year 14.07."""
    import csv

    profiles = pq.read_table(
        SHARED("trade/wits_country_trade_summary_1988_2019.parquet"),
        filters=[("reporter_iso3", "==", "KOR"), ("year", "==", 2018)],
    )
    rates = [
        one["value"]
        for one in profiles.filter(pc.match_substring_regex(profiles["indicator"], "(?i)simple average")).to_pylist()
        if one["product_category"] == "All Products"
    ]
    rows = csv.DictReader(
        SHARED("trade/published_korea_mfn_simple_mean_1988_2020.csv").read_text(encoding="utf-8").splitlines()
    )
    mfn = next(float(row["mfn_simple_mean_all_products_pct"]) for row in rows if row["year"] == "2018")
    assert rates and min(rates) < 6 and 14 < mfn < 14.1

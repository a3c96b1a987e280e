"""Korea Customs Service: sums that stand among rows, padded numbers, and years that are not whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from servanda.sources.tidy.months import gaps, whole_years, yearly
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied


def item(month: str, sold: int, bought: int = 2, code: str = "8542", partner: str = "IN") -> str:
    return f"<item><balPayments>{sold - bought}</balPayments><expDlr>{sold}</expDlr><expWgt>7</expWgt><hsCd>{code}</hsCd><impDlr>{bought}</impDlr><impWgt>1</impWgt><statCd>{partner}</statCd><statCdCntnKor1>인도</statCdCntnKor1><statKor>전자집적회로</statKor><year>{month}</year></item>"


def response(*items: str) -> str:
    return f"<response><header><resultCode>00</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header><body><items>{''.join(items)}</items></body></response>"


YEAR = [f"2024.{month:02}" for month in range(1, 13)]


def test_the_sum_of_all_is_left_out_and_must_be_their_sum(tmp_path: Path) -> None:
    text = response(item("총계", 30, 4, "-", "-"), item("2024.01", 10), item("2024.02", 20))
    made = tidied(tmp_path, "kcs", ("a.xml", text))
    sold = [(one["month"], one["value"]) for one in made.table.to_pylist() if one["flow"] == "export"]
    assert sold == [(1, 10.0), (2, 20.0)] and made.left_out == {"sums of the other rows": 1}
    assert {(one["reporter"], one["partner"]) for one in made.table.to_pylist()} == {("KOR", "IND")}
    with pytest.raises(SourceFault, match=r"rows do not add up to the sum beside them \(export 30 of 31\)"):
        tidied(tmp_path, "kcs", ("a.xml", text.replace("<expDlr>30<", "<expDlr>31<")))


def test_a_year_begun_is_partial_and_a_whole_one_is_not(tmp_path: Path) -> None:
    whole = tidied(tmp_path, "kcs", ("a.xml", response(*(item(month, 1) for month in YEAR))))
    assert whole.cautions == () and set(yearly(whole.table)["status"].to_pylist()) == {"reported"}
    part = tidied(tmp_path, "kcs", ("a.xml", response(*(item(month, 1) for month in YEAR[:11]))))
    assert part.cautions == ("2024 ends in month 11: it is a partial year",)
    assert set(yearly(part.table)["status"].to_pylist()) == {"partial year: 11 of 12 months"}
    assert whole_years(yearly(part.table)).num_rows == 0


def test_a_missing_month_is_named(tmp_path: Path) -> None:
    made = tidied(tmp_path, "kcs", ("a.xml", response(*(item(month, 1) for month in YEAR if month != "2024.06"))))
    assert made.cautions == ("2024-06 is missing: not reported is not nil",)


def test_fiscal_years_are_other_years(tmp_path: Path) -> None:
    """By hand: 1 a month from January 2024 to March 2025; FY2024-25 is 12 of them, 2024 is 12 others."""
    months = [*YEAR, "2025.01", "2025.02", "2025.03"]
    table = tidied(
        tmp_path, "kcs", ("a.xml", response(*(item(month, place) for place, month in enumerate(months, 1))))
    ).table
    sold = {
        one["period"]: (one["value"], one["status"]) for one in yearly(table, 4).to_pylist() if one["flow"] == "export"
    }
    assert sold == {"FY2023-24": (6.0, "partial year: 3 of 12 months"), "FY2024-25": (114.0, "reported")}
    assert gaps(table) == ["2025 ends in month 03: it is a partial year"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (response(item("2024", 1)), "'year' is no month such as 2024.01 in 1 row: row 1: '2024'"),
        (response(item("2024.13", 1)), "'month' is more than 12"),
        (response(item("2024.01", 1, partner="Q1")), r"1 codes are not known \('Q1' in row 1\)"),
        (
            response(item("2024.01", 1).replace("<expDlr>1<", "<expDlr>some<")),
            "a value is no number in 1 row: row 1: 'some'",
        ),
    ],
)
def test_what_is_off_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "kcs", ("a.xml", text))


PAGE = '"ScrapeDatetime","Year","Country","Goods","ExportWeightTon","ExportValueKUSD","ImportWeightTon","ImportValueKUSD","BalanceOfTradeKUSD"\n'


def line(country: str, sold: str, on: str = "2025-01-06 10:00:00", year: int = 2024) -> str:
    return f'"{on}","{year}","{country}","Cereals","               4,896.0","{sold}","                   0.0","                   0","                  -0"\n'


def test_numbers_padded_and_with_commas(tmp_path: Path) -> None:
    made = tidied(tmp_path, "kcs", ("p.csv", PAGE + line("India", "       1,234,567"))).table.to_pylist()
    assert [(one["value"], one["weight_kg"], one["unit"]) for one in made] == [
        (1234567.0, 4896000.0, "USD thousand"),
        (0.0, 0.0, "USD thousand"),
    ]


def test_a_page_of_the_running_year_is_partial(tmp_path: Path) -> None:
    """Saved in September or on 6 January: December is not out yet. Saved in March it is."""
    for on, status in (
        ("2024-09-15 12:00:00", "partial year"),
        ("2025-01-06 12:00:00", "partial year"),
        ("2025-03-01 12:00:00", "reported"),
    ):
        made = tidied(tmp_path, "kcs", ("p.csv", PAGE + line("India", "1", on))).table
        assert set(made["status"].to_pylist()) == {status}


def test_the_northern_neighbour_is_not_the_republic(tmp_path: Path) -> None:
    made = tidied(tmp_path, "kcs", ("p.csv", PAGE + line("North Korea", "1") + line("Namibia", "2"))).table
    assert made["partner"].to_pylist() == ["PRK", "PRK", "NAM", "NAM"]
    with pytest.raises(SourceFault, match=r"1 names are not known \('Korea' in row 2\); nothing is guessed"):
        tidied(tmp_path, "kcs", ("p.csv", PAGE + line("Korea", "1")))


def test_the_published_partial_year(tmp_path: Path) -> None:
    """Every partner of the copy of 6 January 2025 is known by name; India's sums are those that were published."""
    import csv
    import gzip

    path = SHARED("trade/korea_customs_2024ytd_hs2_by_partner.csv.gz")
    held = gzip.decompress(path.read_bytes()).decode()
    rows = [one for one in csv.DictReader(held.splitlines()) if one["snapshot_date"] == "2025-01-06"]
    head = [
        "ScrapeDatetime",
        "Year",
        "Country",
        "Goods",
        "ExportWeightTon",
        "ExportValueKUSD",
        "ImportWeightTon",
        "ImportValueKUSD",
    ]
    cells = [
        "snapshot_date",
        "year",
        "partner",
        "hs2",
        "kor_export_weight_ton",
        "kor_export_usd_thousand",
        "kor_import_weight_ton",
        "kor_import_usd_thousand",
    ]
    text = "\n".join(
        [
            ",".join(head),
            *(
                ",".join(f'"{one[name]:>20}"' if name.startswith("kor") else f'"{one[name]}"' for name in cells)
                for one in rows
            ),
        ]
    )
    made = tidied(tmp_path, "kcs", ("p.csv", text)).table.to_pylist()
    pair = {
        flow: sum(one["value"] for one in made if one["partner"] == "IND" and one["flow"] == flow) / 1000
        for flow in ("export", "import")
    }
    assert pair == {"export": pytest.approx(16_987.9, abs=0.05), "import": pytest.approx(5_799.3, abs=0.05)}
    assert {one["status"] for one in made} == {"partial year"}
    assert {one["partner"] for one in made} >= {"NAM", "NER", "NGA"}


def test_one_name_for_two_places_is_a_group_and_a_party_twice_is_a_fault(tmp_path: Path) -> None:
    made = tidied(
        tmp_path, "kcs", ("p.csv", PAGE + line("Saint Martin", "1") + line("Saint Martin", "2"))
    ).table.to_pylist()
    assert [(one["partner_is"], one["value"]) for one in made] == [("group", 3.0), ("group", 0.0)]
    with pytest.raises(SourceFault, match=r"2 reports of reporter, .* stand twice: KOR, IND, export"):
        tidied(tmp_path, "kcs", ("p.csv", PAGE + line("India", "1") + line("India", "2")))

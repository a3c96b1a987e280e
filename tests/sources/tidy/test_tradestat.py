"""India's data bank: names of neighbours, fiscal years, blanks, a month that is missing, a chapter that was lost."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.errors import SourceFault
from servanda.sources.codes import codes
from servanda.sources.tidy.months import gaps
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied

YEARS = "Dated: 20/11/2026,,,,\nValues in US$ Million,,,,\nS.No.,Country,2018-2019,%Share,2019-2020(Apr-Nov),%Share,%Growth\n"
CHAPTERS = "S.No.,HSCode,Commodity,2018-2019\n"


def test_the_two_koreas_are_two(tmp_path: Path) -> None:
    text = (
        YEARS
        + '1.,KOREA RP,"4,705.07",1.43,100.5,1.0,-2.0\n2.,KOREA DP RP,,,0.5,0,\n,Total,"330,078.09",100,"200,000.00",100,\n'
    )
    made = tidied(tmp_path, "tradestat", ("e.csv", text), flow="export").table.to_pylist()
    assert [(one["partner"], one["period"], one["year"], one["value"], one["status"]) for one in made] == [
        ("KOR", "FY2018-19", None, 4705.07, "reported"), ("KOR", "FY2019-20", None, 100.5, "partial year"),
        ("PRK", "FY2018-19", None, 0.0, "nil (blank)"), ("PRK", "FY2019-20", None, 0.5, "partial year"),
    ]  # fmt: skip
    assert {one["reporter"] for one in made} == {"IND"}


def test_chapters_keep_their_zero_and_a_lost_one_is_named(tmp_path: Path) -> None:
    text = CHAPTERS + "1,02,MEAT,5\n2,03,FISH,6\n,India's Total,,11\n"
    made = tidied(tmp_path, "tradestat", ("e.csv", text), flow="import", partner="JPN")
    assert [(one["product"], one["level"], one["partner"], one["valuation"]) for one in made.table.to_pylist()] == [
        ("02", 2, "JPN", "CIF"),
        ("03", 2, "JPN", "CIF"),
    ]
    assert made.cautions == ("e.csv: chapter 01 is not there beside 02 and 03; sums are short of it",)
    whole = tidied(
        tmp_path,
        "tradestat",
        ("e.csv", text.replace("1,02,MEAT,5\n", "1,01,ANIMALS,1\n1,02,MEAT,5\n")),
        flow="import",
        partner="JPN",
    )
    assert whole.cautions == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CHAPTERS + "1,2,MEAT,5\n", "a product has lost the zero at its head in 1 row: row 2: '2'"),
        (CHAPTERS + "1,02,MEAT,five\n", "'2018-2019' is no number in 1 row: row 2: 'five'"),
        (YEARS + "1.,KOREA PRP,1,1,1,1,1\n", r"1 names are not known \('KOREA PRP' in row 4\)"),
        ("HSCode,Commodity,2018-2020\n01,X,1\n", "no column is a fiscal year"),
        ("a,b\n1,2\n", "no row has the heads 'HSCode' or 'Country'"),
    ],
)
def test_what_is_off_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "tradestat", ("e.csv", text), flow="export", partner="JPN")


def test_a_table_must_say_whether_it_is_export_or_import(tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=r"is it export or import\? Add it anew with --set flow=export"):
        tidied(tmp_path, "tradestat", ("e.csv", CHAPTERS + "1,02,MEAT,5\n"))


def test_a_month_that_is_missing_is_named(tmp_path: Path) -> None:
    head = "HSCode,Commodity,Apr-2007,May-2007,Jul-2007\n"
    made = tidied(tmp_path, "tradestat", ("m.csv", head + "01,X,1,2,\n"), flow="export", partner="KOR")
    assert made.table["value"].to_pylist() == [1.0, 2.0, 0.0]
    assert made.cautions[0] == "2007-06 is missing: not reported is not nil"


def test_june_2007_is_missing_in_the_published_months() -> None:
    held = pq.read_table(SHARED("trade/india_doc_monthly_partner_2007_2020m1.parquet"))
    months = sorted(set(held["month"].to_pylist()))
    table = pa.table({"year": [int(one[:4]) for one in months], "month": [int(one[5:7]) for one in months]})
    assert gaps(table) == ["2007-06 is missing: not reported is not nil", "2020 ends in month 01: it is a partial year"]


def test_published_names_of_partners_are_known_or_said_and_never_guessed() -> None:
    """Every name of the published copy is known, and is the party that a person gave it there."""
    held = pq.read_table(SHARED("trade/india_doc_monthly_partner_2007_2020m1.parquet"), columns=["partner", "iso3"])
    names = {(one["partner"], one["iso3"]) for one in held.to_pylist()}
    assert [name for name, _ in names if codes("names").find(name) is None] == []
    known = {
        (name, iso3, found.code)
        for name, iso3 in names
        if (found := codes("names").find(name)) and found.sort == "party"
    }
    assert len(known) > 230 and [one for one in known if one[1] != one[2]] == []
    assert ("KOREA DP RP", "PRK", "PRK") in known and ("KOREA RP", "KOR", "KOR") in known

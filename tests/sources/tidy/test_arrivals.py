"""Offices of tourism: four shapes, names in another script, stocks that are no flow, gaps that are not nil; and the
service of entries with its envelope, its pages and its refusals, spoken by a server on this machine."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from servanda.errors import RequestError, SourceFault
from servanda.measures.people.visitors import FLOW, last
from servanda.sources.snapshots import load
from servanda.sources.tidy.read import tidy
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied
from tests.sources.test_fetch import DAY, Bench

YEARS = "Country,Zone,year,fta\nKorea(South),East Asia,2015,102993.0\nRep.of Korea,East Asia,2017,142383.0\nGrand Total,,2017,9\n"
MONTHS = "yyyymm,country_ko,visitors\n201801,인도,5.0\n201802,인도,6.0\n201801,대만,7.0\n"
PRESENT = (
    "year,month,nationality_ko,short_term_sojourners\n2022,1,콩고민주공화국,18\n2022,1,자이르,7\n2022,1,무국적,3\n"
)


def said(made: Any) -> list[tuple[Any, ...]]:
    return [(row["origin"], row["year"], row["month"], row["persons"], row["counts"]) for row in made.table.to_pylist()]


def test_by_year_two_names_of_one_party_and_a_year_that_is_missing(tmp_path: Path) -> None:
    made = tidied(tmp_path, "indiatourism", ("a.csv", YEARS))
    assert said(made) == [("KOR", 2015, None, 102993, "arrivals"), ("KOR", 2017, None, 142383, "arrivals")]
    assert made.cautions[0] == "2016 is missing: not reported is not nil"
    assert made.left_out == {"sums, stateless persons and those of no party of today": 1}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_by_month_with_names_in_another_script_however_its_letters_are_written(tmp_path: Path, form: Any) -> None:
    made = tidied(tmp_path, "koreatourism", ("a.csv", unicodedata.normalize(form, MONTHS)))
    assert said(made)[:2] == [("IND", 2018, 1, 5, "arrivals"), ("IND", 2018, 2, 6, "arrivals")]
    assert "2 origins are named: one that is not has no figure, which is not nil" in made.cautions
    assert "2018 ends in month 02: it is a partial year" in made.cautions


def test_those_present_are_marked_and_two_names_of_a_party_are_added(tmp_path: Path) -> None:
    made = tidied(tmp_path, "sojourners", ("a.csv", PRESENT))
    assert said(made) == [("COD", 2022, 1, 25, "present")]
    assert made.left_out == {
        "sums, stateless persons and those of no party of today": 1, "added to another name of the same party": 1,
    }  # fmt: skip


def test_arrivals_and_those_present_never_stand_in_one_table(tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match="arrivals and those present are of two sources"):
        tidied(tmp_path, "koreatourism", ("a.csv", MONTHS), ("b.csv", PRESENT))
    with pytest.raises(SourceFault, match="인도 2018-01 stands twice"):
        tidied(tmp_path, "koreatourism", ("a.csv", MONTHS), ("b.csv", MONTHS))


def test_a_month_that_looks_like_a_slip_is_told_and_kept(tmp_path: Path) -> None:
    rows = [f"2023{month:02},인도,{83 if month == 11 else 3000}" for month in range(1, 13)]
    made = tidied(tmp_path, "koreatourism", ("a.csv", "\n".join(["yyyymm,country_ko,visitors", *rows])))
    assert "under a tenth of the months beside, kept as published: 2023-11 for 1 of 1 origins" in made.cautions
    assert 83 in made.table["persons"].to_pylist()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("yyyymm,country_ko,visitors\n201801,아틀란티스,5\n", r"'아틀란티스' in row 2.*content/codes/hangul\.yml"),
        ("Country,Zone,year,fta\nAtlantis,,2015,1\n", r"'Atlantis' in row 2.*content/codes/names\.yml"),
        ("yyyymm,country_ko,visitors\n201813,인도,5\n", "a time or a count is no number in 1 row: row 2"),
        ("land,zahl\nIndien,5\n", "no table of arrivals that is known"),
    ],
)
def test_what_is_off_is_named(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=told):
        tidied(tmp_path, "koreatourism", ("a.csv", text))


@pytest.mark.parametrize(
    ("name", "file", "rows"),
    [
        ("indiatourism", "india_foreign_tourist_arrivals_by_nationality_2004_2015_2017_2019.csv", 876),
        ("koreatourism", "korea_inbound_visitors_by_country_monthly_2018_2019.csv", 528),
        ("sojourners", "korea_short_term_sojourners_by_nationality_monthly_2022_2024.csv", 5520),
    ],
)
def test_every_name_of_the_published_files_is_known(name: str, file: str, rows: int, tmp_path: Path) -> None:
    made = tidied(tmp_path, name, (file, SHARED(f"people/{file}").read_bytes()))
    assert made.table.num_rows == rows
    assert name != "sojourners" or "2023-11 for 35 of 200 origins" in made.cautions[-1]


# The service


def item(month: str, number: str = "124", name: str = "인  도", many: int = 7) -> dict[str, Any]:
    return {
        "ed": "방한외래관광객",
        "edCd": "E",
        "natCd": int(number),
        "natKorNm": name,
        "num": many,
        "rnum": 1,
        "ym": int(month),
    }


def answer(items: Any, total: int, page: int = 1, size: int = 100) -> dict[str, Any]:
    body = {"items": items, "numOfRows": size, "pageNo": page, "totalCount": total}
    return {"response": {"header": {"resultCode": "0000", "resultMsg": "OK"}, "body": body}}


def test_one_item_stands_alone_many_in_a_list_and_none_as_no_text(tmp_path: Path) -> None:
    pieces = [answer({"item": item("201901")}, 1), answer({"item": [item("201902"), item("201903")]}, 2), answer("", 0)]
    xml = "<response><header><resultCode>0000</resultCode></header><body><items><item><ym>201904</ym><natCd>124</natCd><natKorNm>인  도</natKorNm><num>7</num></item></items></body></response>"
    made = tidied(tmp_path, "koreatourism", *((f"{n}.json", one) for n, one in enumerate(pieces)), ("x.xml", xml))
    assert [(row[0], row[2]) for row in said(made)] == [("IND", 1), ("IND", 2), ("IND", 3), ("IND", 4)]


def test_a_number_and_a_name_that_mean_two_parties_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(
        SourceFault, match="number 124 is IND, and the name beside it another in 1 row: row 1: '일  본'"
    ):
        tidied(tmp_path, "koreatourism", ("a.json", answer({"item": item("201901", name="일  본")}, 1)))
    with pytest.raises(SourceFault, match=r"'356' in row 1\); nothing is guessed: add them to content/codes/edrcnt"):
        tidied(tmp_path, "koreatourism", ("a.json", answer({"item": item("201901", "356")}, 1)))


def test_asked_by_its_own_numbers_page_by_page_and_read_to_the_measure(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve months, of which the first has its rows on two pages; the key stands in no manifest."""
    monkeypatch.setenv("SERVANDA_DATAGOKR_KEY", "inv+ented==")

    def respond(request: Request) -> Response:
        asked = request.args
        assert (asked["serviceKey"], asked["NAT_CD"], asked["ED_CD"]) == ("inv+ented==", "124", "E")
        page, month = int(asked["pageNo"]), asked["YM"]
        if month == "201901":  # 2 rows, one a page: the second page repeats none of the first
            rows = item(month) if page == 1 else item(month, "130", "일  본")
            body = answer({"item": rows}, 2, page, 1)
        else:
            body = answer({"item": item(month, many=10)}, 1, page)
        return Response(json.dumps(body), content_type="application/json")

    httpserver.expect_request("/openapi/service/EdrcntTourismStatsService/getEdrcntTourismStatsList").respond_with_handler(respond)  # fmt: skip
    bench = Bench(tmp_path, httpserver, "koreatourism")
    kept = bench.fetch(party=["India"], month=[f"2019{month:02}" for month in range(1, 13)])
    assert kept.is_whole and len(kept.pieces) == 13 and kept.pieces[0].rows == 1
    assert "inv" not in "".join(str(one.address) for one in kept.pieces)
    made = tidy(load(bench.root, "koreatourism", DAY), bench.source, bench.root).table.to_pylist()
    assert last([row for row in made if row["origin"] == "IND"], FLOW, 2026).value == 7 + 11 * 10
    assert [row["persons"] for row in made if row["origin"] == "JPN"] == [7]


def test_all_nationalities_of_a_month_come_page_by_page(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Crews and unknown nationalities are left out; the page that is asked for is the page that is answered."""
    monkeypatch.setenv("SERVANDA_DATAGOKR_KEY", "invented")
    pages = {1: [item("201901"), item("201901", "130", "일  본")], 2: [item("201901", "998", "승무원")]}

    def respond(request: Request) -> Response:
        page = int(request.args["pageNo"])
        assert "NAT_CD" not in request.args
        return Response(json.dumps(answer({"item": pages[page]}, 3, page, 2)), content_type="application/json")

    httpserver.expect_request("/openapi/service/EdrcntTourismStatsService/getEdrcntTourismStatsList").respond_with_handler(respond)  # fmt: skip
    bench = Bench(tmp_path, httpserver, "koreatourism")
    assert [one.rows for one in bench.fetch("month", month=["201901"]).pieces] == [2, 1]
    made = tidy(load(bench.root, "koreatourism", DAY), bench.source, bench.root)
    assert [row[0] for row in said(made)] == ["IND", "JPN"] and sum(made.left_out.values()) == 1


def test_a_month_without_rows_is_kept_and_is_not_nil(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_DATAGOKR_KEY", "invented")
    where = httpserver.expect_request("/openapi/service/EdrcntTourismStatsService/getEdrcntTourismStatsList")
    where.respond_with_json({"response": {"header": {"resultCode": "03", "resultMsg": "NODATA_ERROR"}}})
    bench = Bench(tmp_path, httpserver, "koreatourism")
    assert [one.rows for one in bench.fetch(party=["IND"], month=["202612"]).pieces] == [0]
    assert tidy(load(bench.root, "koreatourism", DAY), bench.source, bench.root).table.num_rows == 0
    with pytest.raises(RequestError, match="'ATL' has no code in the list 'edrcnt'"):
        bench.fetch(party=["ATL"], month=["202612"])

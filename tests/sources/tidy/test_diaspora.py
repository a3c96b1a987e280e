"""What states count of their people abroad: two published shapes, sums beside parts, years that no file tells."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_httpserver import HTTPServer

from servanda.errors import SourceFault
from servanda.measures.people.diaspora import diaspora
from servanda.sources.snapshots import load
from servanda.sources.tidy.read import tidy
from tests.sources.pieces import tidied
from tests.sources.test_fetch import DAY, Bench

PARTED = "Country,Total,NRI,PIO\nKorea (Republic of),6732,6721,11\nKorea (DPR),3,3,0\nGhana,7100,6997,107\nSerbia and Montenegro (State of),28,23,5\n"
EDITIONS = '국가명,연도 2019,연도 2021\n합계,"7,493,587","7,325,143"\n인  도,"11,273","10,674"\n쿡 제도,-,0\n'


def test_parts_and_their_sum_by_country(tmp_path: Path) -> None:
    made = tidied(tmp_path, "overseasindians", ("counted.csv", PARTED), year="2016")
    assert made.table.to_pylist() == [
        {"origin": "IND", "destination": "KOR", "year": 2016, "citizens": 6721, "of_origin": 11, "persons": 6732},
        {"origin": "IND", "destination": "PRK", "year": 2016, "citizens": 3, "of_origin": 0, "persons": 3},
        {"origin": "IND", "destination": "GHA", "year": 2016, "citizens": 6997, "of_origin": 107, "persons": 7100},
    ]
    assert made.cautions == (
        "where the sum is not that of its parts it is kept as published: GHA 7,100, and 6,997 with 107",
    )
    assert made.left_out == {"rows of sums, and of places that are no party of today": 1}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_a_column_an_edition_and_names_in_another_script(tmp_path: Path, encoding: str) -> None:
    made = tidied(tmp_path, "overseaskoreans", ("status.csv", EDITIONS.encode(encoding)))
    assert [(row["destination"], row["year"], row["persons"]) for row in made.table.to_pylist()] == [
        ("IND", 2019, 11273), ("IND", 2021, 10674), ("COK", 2021, 0),
    ]  # fmt: skip
    assert {(row["origin"], row["citizens"]) for row in made.table.to_pylist()} == {("KOR", None)}
    assert diaspora(made.table.to_pylist(), "KOR", "IND").value == 10674


def test_the_answer_of_the_portal_as_it_was_saved(tmp_path: Path) -> None:
    rows = [
        {"country_nm": "일본", "year_2019": "824977", "year_2021": 818865},
        {"country_nm": "인도", "year_2019": None},
    ]
    body = {
        "currentCount": 2,
        "numOfRows": 10,
        "pageNo": 1,
        "resultCode": 0,
        "resultMsg": "정상",
        "totalCount": 2,
        "data": rows,
    }
    made = tidied(tmp_path, "overseaskoreans", ("answer.json", body)).table.to_pylist()
    assert [(row["destination"], row["year"], row["persons"]) for row in made] == [
        ("JPN", 2019, 824977), ("JPN", 2021, 818865),
    ]  # fmt: skip
    with pytest.raises(SourceFault, match="no rows under 'data'; the portal says: SERVICE KEY IS NOT REGISTERED"):
        refused = {"resultCode": 30, "resultMsg": "SERVICE KEY IS NOT REGISTERED ERROR."}
        tidied(tmp_path, "overseaskoreans", ("refused.json", refused))


def test_a_name_that_is_not_known_is_an_error_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        SourceFault, match=r"'Atlantis' in row 3\); nothing is guessed: add them to content/codes/names"
    ):
        tidied(
            tmp_path, "overseasindians", ("c.csv", "Country,Total,NRI,PIO\nJapan,1,1,0\nAtlantis,1,1,0\n"), year="2016"
        )
    with pytest.raises(SourceFault, match=r"'아틀란티스' in row 2\).*add them to content/codes/hangul"):
        tidied(tmp_path, "overseaskoreans", ("k.csv", "국가명,연도 2021\n아틀란티스,1\n"))


def test_a_file_that_does_not_say_of_which_year_or_what_it_counts_is_none(tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match="does not say of which year it is; add it with --set year="):
        tidied(tmp_path, "overseasindians", ("counted.csv", PARTED))
    with pytest.raises(SourceFault, match="no column PIO; it has Country, Total, NRI"):
        tidied(tmp_path, "overseasindians", ("of2016.csv", "Country,Total,NRI\nJapan,1,1\n"))
    with pytest.raises(SourceFault, match="no column Country or 국가명 or country_nm; it has Land"):
        tidied(tmp_path, "overseasindians", ("of2016.csv", "Land\nJapan\n"))
    with pytest.raises(SourceFault, match="a count is no number in 1 row: row 2: 'some'"):
        tidied(tmp_path, "overseasindians", ("of2016.csv", "Country,Total,NRI,PIO\nJapan,some,1,0\n"))


def test_from_the_publisher_with_the_year_of_the_address(tmp_path: Path, httpserver: HTTPServer) -> None:
    bench = Bench(tmp_path, httpserver, "overseasindians")
    where = urlsplit(bench.source.address("counted").pattern)
    answer = httpserver.expect_request(where.path, query_string=where.query)
    answer.respond_with_data(PARTED, content_type="text/plain")
    bench.fetch()
    made = tidy(load(bench.root, "overseasindians", DAY), bench.source, bench.root)
    assert set(made.table["year"].to_pylist()) == {2016}

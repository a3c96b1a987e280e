"""Civil aviation of India: both shapes, names that are no other list's, quarters that are missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from servanda.errors import SourceFault
from servanda.measures.people.passengers import passengers
from servanda.sources.snapshots import load
from servanda.sources.tidy.read import tidy
from tests.sources.pieces import tidied
from tests.sources.test_fetch import DAY, Bench

HEAD = "Year,Quarter,Country,PaxToIndia,PaxFromIndia,FreightToIndia,FreightFromIndia\n"
ROWS = "24,1,KOREA,23573,30601,927.85,652.70\n24,3,KOREA,18016,17964,801.57,548.67\n24,1,UNITED ARAB EMIRATES*,9,8,1,1\n24,1,SCOTLAND,35,117,0,0\n"


def test_each_direction_is_a_row_and_a_gap_is_told(tmp_path: Path) -> None:
    made = tidied(tmp_path, "dgca", ("country.csv", HEAD + ROWS))
    assert made.table.to_pylist()[:2] == [
        {"origin": "KOR", "destination": "IND", "year": 2024, "quarter": 1, "passengers": 23573, "freight_t": 927.85},
        {"origin": "IND", "destination": "KOR", "year": 2024, "quarter": 1, "passengers": 30601, "freight_t": 652.7},
    ]
    assert made.cautions == ("quarters are missing, which is not nil: KOR 1",)
    assert made.left_out == {"places that are no party": 1}
    assert {row["origin"] for row in made.table.to_pylist()} == {"KOR", "IND", "ARE"}


def test_the_same_in_words(tmp_path: Path) -> None:
    head = "YEAR,QUARTER,COUNTRY NAME,PASSENGERS TO INDIA,PASSENGERS FROM INDIA,FREIGHT TO INDIA,FREIGHT FROM INDIA\n"
    made = tidied(tmp_path, "dgca", ("countrywise.csv", head + '2016,Q4,VIETNAM,"1,200",7,,0\n')).table.to_pylist()
    assert [(row["origin"], row["year"], row["quarter"], row["passengers"]) for row in made] == [
        ("VNM", 2016, 4, 1200), ("IND", 2016, 4, 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "24,1,ATLANTIS,1,1,0,0\n", "'ATLANTIS' in row 2"),
        (HEAD + "24,5,JAPAN,1,1,0,0\n", "a time or an amount is no number in 1 row: row 2"),
        (HEAD + "24,1,JAPAN,1,1,0,0\n24,1,JAPAN,1,1,0,0\n", "stand twice"),
        ("Year,Country\n24,JAPAN\n", "no column of quarter, passengers to"),
        (HEAD, "no rows beneath its head"),
    ],
)
def test_what_is_off_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "dgca", ("country.csv", text))


def test_from_the_publisher_to_the_measure(tmp_path: Path, httpserver: HTTPServer) -> None:
    rows = "".join(f"24,{quarter},KOREA,{quarter},10,0,0\n" for quarter in range(1, 5))
    where = "/Vonter/india-aviation-traffic/HEAD/aggregated/international/country.csv"
    httpserver.expect_request(where).respond_with_data(HEAD + rows, content_type="text/plain")
    bench = Bench(tmp_path, httpserver, "dgca")
    bench.fetch()
    made = tidy(load(bench.root, "dgca", DAY), bench.source, bench.root).table.to_pylist()
    assert (passengers(made, "KOR", "IND").value, passengers(made, "IND", "KOR").value) == (10, 40)

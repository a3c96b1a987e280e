"""OpenFlights: two files without a head; routes at home, unknown airports and shared flights told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from servanda.errors import SourceFault
from servanda.measures.people.flights import flights
from servanda.sources.snapshots import load
from servanda.sources.tidy.read import tidy
from tests.sources.pieces import tidied
from tests.sources.test_fetch import DAY, Bench

AIRPORTS = r"""1,"Indira Gandhi","Delhi","India","DEL","VIDP",28.5,77.1,777,5.5,"N","Asia/Calcutta","airport","OurAirports"
2,"Incheon","Seoul","South Korea","ICN","RKSI",37.4,126.4,23,9,"U","Asia/Seoul","airport","OurAirports"
3,"Gimpo","Seoul","South Korea","GMP","RKSS",37.5,126.7,58,9,"U","Asia/Seoul","airport","OurAirports"
4,"Field","Nowhere","Atlantis",\N,"XXXX",0,0,0,0,"U",\N,"airport","OurAirports"
5,"Sunan","Pyongyang","North Korea","FNJ","ZKPY",39.2,125.6,117,8.5,"U","Asia/Pyongyang","airport","OurAirports"
"""
ROUTES = r"""AI,218,DEL,1,ICN,2,,0,788
OZ,1,ICN,2,DEL,1,,0,772
KE,2,ICN,2,DEL,\N,Y,0,772
KE,2,ICN,2,GMP,3,,0,738
XX,\N,DEL,1,XXXX,4,,0,738
JS,3,FNJ,5,DEL,1,,0,738
"""


def test_services_both_ways_by_pair(tmp_path: Path) -> None:
    made = tidied(tmp_path, "openflights", ("routes.dat", ROUTES), ("airports.dat", AIRPORTS))
    assert made.table.to_pylist() == [
        {"a": "IND", "b": "KOR", "year": 2014, "services": 3, "shared": 1, "airlines": 3},
        {"a": "IND", "b": "PRK", "year": 2014, "services": 1, "shared": 0, "airlines": 1},
    ]
    assert made.left_out == {"routes at home": 1, "routes whose airport has no party": 1}
    assert "June 2014" in made.cautions[0] and "Atlantis" in made.cautions[1]


def test_one_file_alone_is_no_table_and_a_short_row_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=r"airports\.dat is not held; fetch it with --address airports"):
        tidied(tmp_path, "openflights", ("routes.dat", ROUTES))
    with pytest.raises(SourceFault, match="fewer than 7 columns in 1 row: row 2: 'AI,1'"):
        tidied(tmp_path, "openflights", ("routes.dat", ROUTES.splitlines()[0] + "\nAI,1\n"), ("airports.dat", AIRPORTS))


def test_from_the_publisher_to_the_measure(tmp_path: Path, httpserver: HTTPServer) -> None:
    for name, body in (("routes", ROUTES), ("airports", AIRPORTS)):
        where = f"/jpatokal/openflights/master/data/{name}.dat"
        httpserver.expect_request(where).respond_with_data(body, content_type="text/plain")
    bench = Bench(tmp_path, httpserver, "openflights")
    bench.fetch("routes")
    bench.fetch("airports")
    made = tidy(load(bench.root, "openflights", DAY), bench.source, bench.root)
    found = flights(made.table.to_pylist(), "IND", "KOR")
    assert (found.value, found.steps["IND"]["place"], found.steps["KOR"]["share"]) == (3, 1, 1)

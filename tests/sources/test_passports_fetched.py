"""The Passport Index from a publisher on this machine: fetched, kept unchanged, read into a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from servanda.errors import SourceFault
from servanda.sources.ask import plan
from servanda.sources.declared import source
from servanda.sources.fetch import fetch
from servanda.sources.tidy.read import tidy
from tests.sources.publisher import Watch, content_of

DAY = "2026-11-23"
FILE = "/ilyankou/passport-index-dataset/master/passport-index-tidy-iso3.csv"
BODY = "Passport,Destination,Requirement\nIND,KOR,visa required\nKOR,IND,visa on arrival\nKOR,VNM,45\nKOR,KOR,-1\n"


def fetched(folder: Path, server: HTTPServer, body: str) -> list[dict[str, object]]:
    server.expect_request(FILE).respond_with_data(body, content_type="text/csv")
    content = content_of(folder / "content", "passportindex", server.url_for("/"))
    known = source("passportindex", content)
    snapshot = fetch(known, plan(known, None, {}, content), folder / "data", DAY, Watch().clock(), lambda told: None)
    rows: list[dict[str, object]] = tidy(snapshot, known, folder / "data").table.to_pylist()
    return rows


def test_a_snapshot_of_today_has_both_directions(tmp_path: Path, httpserver: HTTPServer) -> None:
    made = fetched(tmp_path, httpserver, BODY)
    assert [(row["passport"], row["destination"], row["requirement"], row["days"]) for row in made] == [
        ("IND", "KOR", "visa required", None),
        ("KOR", "IND", "visa on arrival", None),
        ("KOR", "VNM", "visa free", 45),
    ]


def test_a_code_that_is_new_stops_the_reading_with_its_row(tmp_path: Path, httpserver: HTTPServer) -> None:
    with pytest.raises(SourceFault, match=r"row 6: 'digital nomad pass'"):
        fetched(tmp_path, httpserver, BODY + "IND,JPN,digital nomad pass\n")

"""OpenAlex and the registry, in the documented shape: pages, groups at their most, errors, what a run costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from servanda.errors import SourceFault
from servanda.faces.cli.app import program
from servanda.model.snapshot import Snapshot
from servanda.sources.ask import plan
from servanda.sources.declared import source
from servanda.sources.look import look
from servanda.sources.snapshots import keep, load
from servanda.sources.tidy.read import tidy
from tests.sources.pieces import tidied
from tests.sources.test_fetch import Bench


def groups(*held: tuple[str, int]) -> dict[str, Any]:
    meta = {"count": 10, "db_response_time_ms": 1, "page": 1, "per_page": 200, "groups_count": len(held)}
    return {"meta": meta, "results": [], "group_by": [
        {"key": f"https://openalex.org/countries/{code}", "key_display_name": code, "count": many} for code, many in held]}  # fmt: skip


def test_each_pair_once_by_the_side_that_counts_more(tmp_path: Path) -> None:
    one = tidied(tmp_path, "openalex", ("a.json", groups(("IN", 90), ("KR", 57), ("XX", 3))), party="IN", year="2023")
    assert one.table.to_pylist() == [{"a": "IND", "b": "IND", "year": 2023, "papers": 90},
                                     {"a": "IND", "b": "KOR", "year": 2023, "papers": 57}]  # fmt: skip
    assert one.left_out == {"partners without a code": 1}
    full = groups(*[("KR", n) for n in range(200)])
    made = tidied(tmp_path, "openalex", ("b.json", full), party="IN", year="2023")
    assert made.table["papers"].to_pylist() == [199] and "only 200 partners are given of IN 2023" in made.cautions[0]
    with pytest.raises(SourceFault, match="--address partners"):
        tidied(tmp_path, "openalex", ("c.json", groups()), party="IN")


def test_the_registry_by_pages(tmp_path: Path) -> None:
    item = {"id": "https://ror.org/01", "status": "active", "names": [{"value": "A", "types": ["ror_display"]}],
            "locations": [{"geonames_details": {"country_code": "KR", "name": "Seoul"}}]}  # fmt: skip
    made = tidied(
        tmp_path, "ror", ("a.json", {"items": [item, {**item, "id": "2", "status": "withdrawn"}]}), party="KR"
    )
    assert made.table.to_pylist() == [
        {"ror": "https://ror.org/01", "name": "A", "aliases": "", "cc": "KR", "city": "Seoul"}
    ]
    assert made.left_out == {"withdrawn": 1}


def test_pages_are_followed_and_keys_go_where_they_belong(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_OPENALEX_KEY", "secret")
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.args["api_key"])
        page = int(request.args["page"])
        body = {"meta": {"count": 250, "page": page, "per_page": 100}, "results": [{"id": n} for n in range(100)]}
        return Response(json.dumps(body), content_type="application/json")

    httpserver.expect_request("/institutions").respond_with_handler(answer)
    bench = Bench(tmp_path, httpserver, "openalex")
    made = bench.fetch("institutions", party=["KOR"])
    assert len(made.pieces) == 3 and made.is_whole and set(asked) == {"secret"}
    assert not any("secret" in (piece.address or "") for piece in made.pieces)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("openalex", {"error": "Rate limit exceeded", "message": "budget of the day is spent"}, "budget of the day"),
        ("openalex", {"results": []}, "expected 'meta' and 'results'"),
        ("openalex", {"meta": {"count": 20_000, "per_page": 100}, "results": []}, "pages end at 10,000"),
        ("ror", {"errors": ["query filter 'x' is illegal"]}, "is illegal"),
        ("ror", [], "expected 'number_of_results'"),
    ],
)
def test_faults_are_told(name: str, body: Any, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(SourceFault) as fault:
        look(tmp_path / "a.json", name, "there", None)
    assert said in str(fault.value)


def work(number: int, *institutions: tuple[str, str | None], topic: str | None = "Wind Energy") -> dict[str, Any]:
    return {
        "id": f"https://openalex.org/W{number}", "publication_year": 2023,
        "primary_topic": {"display_name": topic} if topic else None,
        "authorships": [{"institutions": [{"display_name": name, "country_code": code}]} for name, code in institutions]
        + [{"institutions": [], "countries": ["IN"]}],
    }  # fmt: skip


class Index:
    """Works of a party behind cursors, in the documented shape: the last answer is empty and has no cursor."""

    def __init__(self, many: int, budget: int = 10_000) -> None:
        self.works = [work(n, (f"I{n % 7}", "IN"), ("K1", "KR")) for n in range(many)]
        self.budget = budget
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Response:
        assert request.args["per_page"] == "100" and "page" not in request.args
        if self.budget == 0:
            body = {"error": "Rate limit exceeded", "message": "budget of the day is spent"}
            return Response(json.dumps(body), content_type="application/json")
        self.budget -= 1
        cursor = request.args["cursor"]
        self.asked.append(cursor)
        start = 0 if cursor == "*" else int(cursor.removeprefix("at+").removesuffix("=="))
        here = self.works[start : start + 100]
        after = f"at+{start + 100}==" if here else None
        meta = {"count": len(self.works), "page": None, "per_page": 100, "next_cursor": after}
        return Response(json.dumps({"meta": meta, "results": here, "group_by": []}), content_type="application/json")


def test_more_than_ten_thousand_works_come_by_a_cursor(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_OPENALEX_KEY", "secret")
    index = Index(10_150)
    httpserver.expect_request("/works").respond_with_handler(index)
    bench = Bench(tmp_path, httpserver, "openalex")
    made = bench.fetch("works", party=["IND"], year=["2023"])
    assert made.is_whole and len(made.pieces) == 103 and len(set(index.asked)) == 103 and index.asked[0] == "*"
    assert sum(one.rows or 0 for one in made.pieces) == 10_150 and len({one.file for one in made.pieces}) == 103
    assert not any("secret" in (one.address or "") for one in made.pieces)
    table = tidy(made, bench.source, bench.root).table
    assert len(set(table["paper"].to_pylist())) == 10_150 and table.num_rows == 2 * 10_150


def test_a_run_that_broke_off_goes_on_behind_its_last_cursor(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_OPENALEX_KEY", "secret")
    index = Index(450, budget=2)
    httpserver.expect_request("/works").respond_with_handler(index)
    bench = Bench(tmp_path, httpserver, "openalex")
    with pytest.raises(SourceFault, match="budget of the day is spent"):
        bench.fetch("works", party=["IND"], year=["2023"])
    index.budget = 10_000
    made = bench.fetch("works", party=["IND"], year=["2023"])
    assert made.is_whole and index.asked == ["*", "at+100==", "at+200==", "at+300==", "at+400==", "at+500=="]
    again = bench.fetch("works", party=["IND"], year=["2023"])
    assert again == made and len(index.asked) == 6


def test_of_very_many_answers_the_manifest_is_written_seldom_and_nothing_is_lost(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_OPENALEX_KEY", "secret")
    monkeypatch.setattr("servanda.sources.fetch.EACH", 2)
    monkeypatch.setattr("servanda.sources.fetch.SELDOM", 10)
    index = Index(1500, budget=9)
    httpserver.expect_request("/works").respond_with_handler(index)
    bench = Bench(tmp_path, httpserver, "openalex")
    written: list[int] = []

    def kept(root: Path, snapshot: Snapshot) -> None:
        written.append(len(snapshot.pieces))
        keep(root, snapshot)

    monkeypatch.setattr("servanda.sources.fetch.keep", kept)
    with pytest.raises(SourceFault, match="budget of the day is spent"):
        bench.fetch("works", party=["IND"], year=["2023"])
    assert written == [1, 2, 9] and len(load(bench.root, "openalex", "2026-11-23").pieces) == 9
    index.budget = 10_000
    made = bench.fetch("works", party=["IND"], year=["2023"])
    assert made.is_whole and len(index.asked) == 16 == len(set(index.asked)), "no answer is asked for twice"
    assert load(bench.root, "openalex", "2026-11-23") == made


def test_what_is_left_and_what_it_costs_is_known_from_the_first_answer(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SERVANDA_OPENALEX_KEY", "secret")
    index = Index(25_000)
    httpserver.expect_request("/works").respond_with_handler(index)
    bench = Bench(tmp_path, httpserver, "openalex")
    asked = ["fetch", "openalex", "--address", "works", "--set", "party=IND", "--year", "2023", "--content",
             str(bench.content), "--data", str(bench.root), "--date", "2026-11-23"]  # fmt: skip
    program([*asked, "--dry-run"], standalone_mode=False)
    out = capsys.readouterr().out
    assert "1 call, 0 of them held" in out and "1 of them say only when they are made how many follow" in out
    assert index.asked == []
    program([*asked, "--most", "2"], standalone_mode=False)
    assert "not whole yet, the same command goes on" in capsys.readouterr().out and len(index.asked) == 2
    program([*asked, "--dry-run"], standalone_mode=False)
    out = capsys.readouterr().out
    assert "250 calls, 2 of them held" in out and "USD 0.0248 of the day's budget" in out and "say only" not in out
    two = [part.replace("2023", "2022-2023") for part in asked[:-1]] + ["2026-11-24"]
    program([*two, "--most", "2"], standalone_mode=False)
    program([*two, "--dry-run"], standalone_mode=False)
    assert "500 calls, 2 of them held" in capsys.readouterr().out, "the first answer of each year comes first"
    assert not load(bench.root, "openalex", "2026-11-23").is_whole


def test_a_call_of_a_day_too_many_stops_the_run(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_OPENALEX_KEY", "secret")
    httpserver.expect_request("/works").respond_with_handler(Index(1000))
    bench = Bench(tmp_path, httpserver, "openalex", {"calls: 10000": "calls: 3"})
    with pytest.raises(SourceFault, match="allows 3 calls a day and that many were made; go on tomorrow with --date"):
        bench.fetch("works", party=["IND"], year=["2023"])
    assert len(load(bench.root, "openalex", "2026-11-23").pieces) == 3


def test_partners_come_by_a_cursor_too(tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_OPENALEX_KEY", "secret")

    def answer(request: Request) -> Response:
        held = {"*": (("KR", 57), ("JP", 40)), "two": (("VN", 3),), "three": ()}
        after = {"*": "two", "two": "three", "three": None}[request.args["cursor"]]
        body = groups(*held[request.args["cursor"]])
        body["meta"]["next_cursor"] = after
        return Response(json.dumps(body), content_type="application/json")

    httpserver.expect_request("/works").respond_with_handler(answer)
    bench = Bench(tmp_path, httpserver, "openalex")
    made = bench.fetch("partners", party=["IND"], year=["2023"])
    rows = tidy(made, bench.source, bench.root).table.to_pylist()
    assert {(row["a"], row["b"]): row["papers"] for row in rows} == {
        ("IND", "KOR"): 57, ("IND", "JPN"): 40, ("IND", "VNM"): 3}  # fmt: skip


def test_works_become_a_table_of_papers(tmp_path: Path) -> None:
    one = {"meta": {"next_cursor": None}, "results": [
        work(1, ("IISc", "IN"), ("IISc", "IN"), ("KAIST", "KR")), work(2, ("Lab", None), topic=None), work(3)]}  # fmt: skip
    other = {"meta": {"next_cursor": None}, "results": [work(1, ("IISc", "IN"), ("KAIST", "KR"))]}
    made = tidied(tmp_path, "openalex", ("a.json", one), ("b.json", other), party="IN", year="2023")
    assert made.table.to_pylist() == [
        {"paper": "W1", "institution": "IISc", "country": "IND", "year": 2023, "topic": "Wind Energy"},
        {"paper": "W1", "institution": "KAIST", "country": "KOR", "year": 2023, "topic": "Wind Energy"},
        {"paper": "W2", "institution": "Lab", "country": None, "year": 2023, "topic": None},
    ]
    assert made.left_out == {"works without an institution": 1}
    with pytest.raises(SourceFault, match="a --date of its own"):
        tidied(tmp_path, "openalex", ("a.json", one), ("b.json", groups(("KR", 1))), party="IN", year="2023")
    with pytest.raises(SourceFault, match="'id' or 'publication_year' is missing"):
        tidied(tmp_path, "openalex", ("a.json", {"meta": {}, "results": [{"id": None}]}), party="IN", year="2023")


def test_what_a_run_costs_is_said_before_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(["fetch", "openalex", "--set", "party=IND,KOR", "--year", "2014-2023", "--dry-run", "--data", str(tmp_path)],
            standalone_mode=False)  # fmt: skip
    out = capsys.readouterr().out
    assert "20 calls, 0 of them held" in out and "USD 0.0020 of the day's budget" in out and "10,000 calls a day" in out
    calls = plan(source("openalex"), None, {"party": ("India",), "year": ("2023",)})
    assert "authorships.countries:IN,publication_year:2023" in calls[0].shown and "***" in calls[0].shown

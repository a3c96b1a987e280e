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
from servanda.sources.ask import plan
from servanda.sources.declared import source
from servanda.sources.look import look
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


def test_what_a_run_costs_is_said_before_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(["fetch", "openalex", "--set", "party=IND,KOR", "--year", "2014-2023", "--dry-run", "--data", str(tmp_path)],
            standalone_mode=False)  # fmt: skip
    out = capsys.readouterr().out
    assert "20 calls, 0 of them held" in out and "USD 0.0020 of the day's budget" in out and "10,000 calls a day" in out
    calls = plan(source("openalex"), None, {"party": ("India",), "year": ("2023",)})
    assert "authorships.countries:IN,publication_year:2023" in calls[0].shown and "***" in calls[0].shown

"""The web face, asked as a browser, a program and a troublemaker would."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from servanda.faces.web.app import HEADERS, HOSTS, build
from servanda.pages.library import Library
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store

PAGES = (
    "/",
    "/method",
    "/commitments",
    "/commitments?q=ship&area=trade&sort=due&overdue=1",
    "/ind-kor",
    "/ind-kor?area=trade",
    "/kor-vnm?peers=1",
    "/ind-kor/commitments",
    "/ind-kor/commitments?page=5",
    "/ind-kor/commitments/C018",
    "/ind-kor/commitments/C003?as_of=2012-01-01",
    "/ind-kor/threads",
    "/ind-kor/threads/sentenced-prisoners-transfer",
    "/ind-kor/timeline",
    "/ind-kor/timeline?kind=summit",
    "/ind-kor/figures",
    "/ind-kor/trade",
    "/ind-kor/scenarios",
    "/ind-kor/scenarios/request-list",
    "/ind-kor/region",
    "/ind-kor/people",
    "/kor-vnm/people?as_of=2015-01-01",
    "/ind-kor/roadmaps",
    "/contribute",
    "/contribute?country=IND&towards=KOR&wants=fellowship&skills=ships",
    "/ind-kor/contribute?country=KOR&level=6&wants=exchange",
    "/ind-kor/technology",
    "/ind-kor/defence",
    "/ind-kor/barriers?status=in+force",
    "/kor-vnm/barriers",
    "/ind-kor/sources",
    "/ind-jpn?as_of=2001-01-01",
)


def client_of(path: Path, content: Path) -> Iterator[TestClient]:
    store = Store(store_url(str(path)))
    with TestClient(build(store, content), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client
    store.close()


@pytest.fixture(scope="module")
def web(shelf: Path) -> Iterator[TestClient]:
    yield from client_of(shelf, shipped_content())


@pytest.fixture(scope="module")
def hostile_web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    from servanda.register.keep import seed
    from tests.pages.invented import write_hostile

    content = write_hostile(tmp_path_factory.mktemp("hostile") / "content")
    store = Store(store_url(str(content.parent / "r.sqlite")))
    seed(store, content, "2026-11-23T00:00:00+00:00")
    store.close()
    yield from client_of(content.parent / "r.sqlite", content)


@pytest.mark.parametrize("address", PAGES)
def test_every_address_answers_as_html_and_as_json(web: TestClient, address: str) -> None:
    page = web.get(address)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.startswith("<!doctype html>") and page.text.rstrip().endswith("</html>")
    twin = web.get(address, headers={"accept": "application/json"})
    assert twin.status_code == 200 and twin.headers["content-type"] == "application/json; charset=utf-8"
    made = json.loads(twin.text, parse_constant=lambda word: pytest.fail(f"{word} in the JSON"))
    joined = "&" if "?" in address else "?"
    assert web.get(f"{address}{joined}format=json").json() == made
    title = re.search(r"<title>(.*?) · Servanda</title>", page.text)
    said = made["title"] if "title" in made else made["scenario"]["title"]
    assert title and said in title[1].replace("&#39;", "'")
    assert "format=json" in page.text, "the page leads to its twin"


@pytest.mark.parametrize(
    "address", [*PAGES[:3], "/nothing/here", "/static/style.css", "/ind-kor/report.pdf", "/?as_of=x"]
)
def test_every_answer_is_protected(web: TestClient, address: str) -> None:
    answer = web.get(address)
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value], name
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"], "no script at all"


def test_no_page_asks_for_what_the_policy_forbids(web: TestClient) -> None:
    for address in PAGES:
        text = web.get(address).text
        assert not re.search(r"<script|\son\w+=|<iframe|<object|@import", text), address
        loaded = re.findall(r'<(?:link|img|source)[^>]*(?:href|src)="([^"]*)"', text)
        assert set(loaded) == {"/static/style.css", "/static/icon.svg"}, address


def test_the_twin_of_the_overview_is_the_review(web: TestClient) -> None:
    made = web.get("/ind-kor?format=json").json()
    assert (made["counts"]["documents"], made["counts"]["commitments"]) == (169, 249)
    assert "charts" not in made
    assert {"ind-kor/request-list", "ind-kor/green-goods"} <= {one["name"] for one in made["scenarios"]}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/ind-kro", "no case 'ind-kro'; the register holds ind-kor"),
        ("/ind-kro/commitments", "no case 'ind-kro'"),
        ("/zzz/timeline", "no case 'zzz'; the register holds ind-jpn, ind-kor, kor-vnm"),
        ("/zzz/charts/statuses.svg", "no case 'zzz'"),
        ("/ind-kor/commitments/C0018", "nearest are"),
        ("/kor-vnm/commitments/C018", "no commitment 'C018' here"),
        ("/ind-kor/threads/sentenced-prisoners", "nearest are sentenced-prisoners-transfer"),
        ("/ind-kor/charts/status.svg", "no chart 'status.svg' here; the charts are curve, "),
        ("/ind-kor/charts/statuses.gif", "each as svg, png or csv"),
        ("/ind-kor/report.docx", "report.html or report.pdf"),
        ("/ind-kor/none", "no page at /ind-kor/none"),
        ("/a/b/c/d", "no page at /a/b/c/d"),
        ("/static/../errors.py", "no case 'errors.py'"),
        ("/static/none", "no page at"),
        ("/%3Cscript%3E", "no case '<script>'"),
        ("/ind-kor%00", "no case 'ind-kor\x00'"),
    ],
)
def test_what_is_not_there_is_404_with_the_nearest(web: TestClient, address: str, told: str) -> None:
    page = web.get(address)
    assert page.status_code == 404
    assert "<script" not in page.text and "Not here" in page.text
    twin = web.get(address, headers={"accept": "application/json"})
    assert twin.status_code == 404 and told in twin.json()["error"]


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026-13-01", "0000-01-01", "x" * 5000, "2026-11-23T00:00"])
def test_a_day_that_cannot_be_is_400(web: TestClient, day: str) -> None:
    answer = web.get("/ind-kor", params={"as_of": day}, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "is not a day; write as_of=2026-11-23" in answer.json()["error"]
    assert len(answer.text) < 300


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are(web: TestClient, day: str) -> None:
    for address in ("/", "/commitments", "/ind-kor", "/ind-kor/timeline", "/ind-kor/barriers", "/ind-kor/threads"):
        answer = web.get(address, params={"as_of": day}, headers={"accept": "application/json"})
        assert answer.status_code in (200, 400), (address, answer.text)
        assert answer.status_code == 200 or "choose a later day" in answer.json()["error"]
    assert web.get("/", params={"as_of": day}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"page": "9999999"}, {"page": "abc"}, {"page": "-1"}, {"page": "9" * 6000}, {"page": "²"}, {"sort": "zzz"},
        {"q": "a" * 10_000}, {"q": "'"}, {"q": '"'}, {"q": '"unclosed'}, {"q": "100%_"}, {"q": "NEAR(ship port)"},
        {"q": "ship AND"}, {"q": "AND OR NOT"}, {"q": "*"}, {"q": "ship*"}, {"q": "-ship"}, {"q": "words:ship"},
        {"q": "조선"}, {"q": "समझौता"}, {"q": "\x00"}, {"q": "😀"}, {"q": "a\u0301 \u202e"}, {"q": "("},
        {"q": "^"},
        {"area": "zzz"}, {"status": "'; DROP TABLE entries; --"}, {"owed_by": "\x00"}, {"case_id": "zzz"},
        {"overdue": "yes"}, {"thread": "zzz"}, {"thread": "\x00'"}, {"format": "xml"}, {"peers": "zzz"},
        {"as_of": ""}, {"q": ""}, {"": "x"},
    ],
)  # fmt: skip
def test_no_query_breaks_the_list(web: TestClient, query: dict[str, str]) -> None:
    for address in ("/commitments", "/ind-kor/commitments"):
        answer = web.get(address, params=query)
        assert answer.status_code == 200, (address, answer.text[-500:])
        assert "<script" not in answer.text


def test_words_that_mean_something_to_a_database_are_words(web: TestClient) -> None:
    def total(words: str) -> int:
        found: int = web.get("/commitments", params={"q": words, "format": "json"}).json()["total"]
        return found

    assert total("ship") > 0
    assert total("ship AND port") == total("port and ship")
    assert total('"ship"') == total("ship") == total("ship*")
    assert total("zzzzqq") == 0
    page = web.get("/commitments", params={"q": "zzzzqq"})
    assert "Nothing matches" in page.text


def test_facets_add_up(web: TestClient) -> None:
    page = web.get("/commitments?format=json").json()
    assert page["total"] == 249 + 212 + 176
    for name, choices in page["facets"].items():
        assert sum(one["count"] for one in choices) == page["total"], name
    for one in page["facets"]["case_id"]:
        assert web.get(f"/commitments{one['address']}&format=json").json()["total"] == one["count"]


def test_the_csv_holds_every_row(web: TestClient) -> None:
    for address in (
        "/ind-kor/commitments?",
        "/commitments?area=trade&",
        "/commitments?q=zzzzqq&",
        "/commitments?page=4&",
    ):
        total = web.get(f"{address}format=json").json()["total"]
        answer = web.get(f"{address}format=csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert "commitments.csv" in answer.headers["content-disposition"]
        assert answer.text.startswith("\ufeffid,case,says,"), "a spreadsheet knows by the mark that it is UTF-8"
        rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))
        assert len(rows) == total and len({row["id"] for row in rows}) == total


def test_formulas_in_cells_are_text(shelf: Path, tmp_path: Path) -> None:
    from servanda.register.keep import seed
    from tests.pages.invented import write_bare

    content = write_bare(tmp_path / "content")
    path = content / "cases/zem-rur/documents/D-2018-COAST.yml"
    path.write_text(path.read_text().replace("says: Open", "says: =HYPERLINK("))
    store = Store(store_url(str(tmp_path / "r.sqlite")))
    seed(store, content, "2026-11-23T00:00:00+00:00")
    store.close()
    for client in client_of(tmp_path / "r.sqlite", content):
        text = client.get("/zem-rur/commitments?format=csv").text
        assert ",'=HYPERLINK(" in text and ",=HYPERLINK(" not in text


def test_charts_and_reports_are_files(web: TestClient) -> None:
    begins = {"svg": b"<svg", "png": b"\x89PNG", "csv": b"status,threads"}
    types = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
    for kind, start in begins.items():
        answer = web.get(f"/ind-kor/charts/statuses.{kind}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, types[kind])
        assert answer.content.startswith(start)
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''ind-kor-statuses.{kind}"
    whole, trade = (web.get(f"/ind-kor/charts/statuses.csv{query}").text for query in ("", "?area=trade"))
    assert whole != trade
    page = web.get("/ind-kor/report.html?area=trade")
    assert page.status_code == 200 and "Korea: the review, trade</h1>" in page.text
    assert web.get("/ind-kor/report.pdf").content.startswith(b"%PDF-")


def test_a_chart_of_any_name_is_a_file(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.pages.charts import figure
    from tests.pages.test_charts import series_of

    made = figure(series_of(1.0, 2.0, 3.0, metric="한국 수출"))
    monkeypatch.setattr("servanda.faces.web.chapters.figures", lambda library, ask: _Shown(made))
    answer = web.get("/ind-kor/charts/figure-한국-수출.csv")
    assert answer.status_code == 200
    assert "filename*=UTF-8''ind-kor-figure-%ED%95%9C" in answer.headers["content-disposition"]


class _Shown:
    """A page of figures with one chart."""

    def __init__(self, chart: Any) -> None:
        self.subjects = {"pair": (type("One", (), {"chart": chart}),)}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8400", "testserver"]
)
def test_another_host_is_refused(web: TestClient, host: str) -> None:
    answer = web.get("/ind-kor", headers={"host": host})
    assert answer.status_code == 400 and "Korea" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_this_machine_goes_by_each_of_its_names(web: TestClient) -> None:
    for host in HOSTS:
        assert web.get("/method", headers={"host": f"{host}:8400"}).status_code == 200, host


def test_markup_in_any_field_is_text(hostile_web: TestClient) -> None:
    addresses = [
        "/",
        "/commitments",
        "/zem-rur",
        "/zem-rur/commitments/Z001",
        "/zem-rur/threads/ferry",
        "/zem-rur/report.html",
    ]
    addresses += [
        f"/zem-rur/{name}" for name in ("commitments", "threads", "timeline", "figures", "barriers", "sources")
    ]
    for address in addresses:
        text = hostile_web.get(address).text
        assert "&lt;script&gt;alert(" in text, address
        assert "<script" not in text and 'href="javascript' not in text, address


def test_words_of_a_query_come_back_as_text(web: TestClient) -> None:
    said = '"><script>alert(1)</script>'
    for name in ("q", "area", "sort", "kind", "anything"):
        text = web.get("/ind-kor/commitments", params={name: said}).text
        assert "<script" not in text, name
    assert "&lt;script&gt;" in web.get("/ind-kor/commitments", params={"q": said}).text


def test_head_and_other_methods(web: TestClient) -> None:
    for address in ("/", "/ind-kor", "/ind-kor/charts/statuses.csv", "/static/style.css"):
        head = web.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(web.get(address).content))
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "NONSENSE"):
        answer = web.request(method, "/ind-kor", headers={"accept": "application/json"})
        assert answer.status_code == 405, method
        assert f"{method} does nothing here" in answer.json()["error"]


def test_a_register_that_does_not_answer_is_503(shelf: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    shutil.copyfile(shelf, path)
    for client in client_of(path, shipped_content()):
        assert client.get("/ind-kor/threads").status_code == 200
        path.write_bytes(b"this is no database" * 1000)
        for address in ("/", "/ind-kor", "/commitments"):
            page = client.get(address)
            assert page.status_code == 503
            assert "The register does not answer" in page.text and "Traceback" not in page.text
            twin = client.get(address, headers={"accept": "application/json"}).json()
            assert "register.sqlite" in twin["error"] and "Nothing that was kept before is lost" in twin["error"]


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    web: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Library) -> list[str]:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Library, "cases", broken)
    answer = web.get("/")
    assert answer.status_code == 500
    assert "a fault of ours" in answer.text and "secret" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


def test_the_day_is_kept_and_a_past_page_says_its_day(web: TestClient) -> None:
    text = web.get("/ind-kor?as_of=2015-06-01").text
    assert 'value="2015-06-01"' in text and "As of 1 June 2015" in text
    links = set(re.findall(r'href="(/ind-kor[^"#]*)"', text))
    assert links and all("as_of=2015-06-01" in link for link in links)


def test_the_answer_of_contribute_as_calendar_and_word_and_a_problem_in_the_form(web: TestClient) -> None:
    asked = "country=IND&level=6&wants=degree"
    calendar = web.get(f"/ind-kor/contribute.ics?{asked}")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    assert web.get(f"/contribute.docx?{asked}").content.startswith(b"PK")
    alone = web.get(f"/ind-kor/contribute.html?{asked}")
    assert alone.headers["content-disposition"] == "attachment; filename=programmes.html"
    assert alone.text.startswith("<!doctype html>")
    assert web.get("/contribute.ics").status_code == 400
    assert web.get("/contribute.exe?country=IND").status_code == 404
    wrong = web.get("/contribute?country=Atlantis&skills=diving")
    assert "unknown country &#39;Atlantis&#39;" in wrong.text
    assert 'value="diving"' in wrong.text, "what was typed is kept"
    twin = web.get(f"/ind-kor/contribute?{asked}&format=json").json()
    assert twin["found"]["profile"]["towards"] == "KOR"
    assert {"matches", "gaps"} <= set(twin["found"])
    assert web.get("/nowhere/contribute").status_code == 404


def test_a_search_that_is_kept_stands_in_its_address_and_marks_what_is_new(web: TestClient) -> None:
    asked = "/ind-kor/contribute?country=IND&level=6&wants=degree"
    page = web.get(asked).text
    found = re.search(r'href="[?]([^"]*seen=[^"]*)">an address to bookmark', page)
    assert found is not None
    kept = html.unescape(found[1])
    assert "Since you kept this search nothing is new." in web.get(f"/ind-kor/contribute?{kept}").text
    first = web.get(f"{asked}&format=json").json()["found"]["matches"][0]
    older = re.sub(rf"(?<=[=.]){first['id']}(?=[.&]|$)", "none", kept)
    later = web.get(f"/ind-kor/contribute?{older}")
    assert "Since you kept this search 1 programme is new." in later.text and later.text.count("(new)") == 1
    assert web.get(f"/ind-kor/contribute?{older}&format=json").json()["new"] == [first["id"]]
    assert "Since you kept" not in page and "set-cookie" not in later.headers


def test_who_somebody_is_changes_no_answer(web: TestClient) -> None:
    asked = "/ind-kor/contribute?format=json&country=IND&level=8&wants=fellowship&skills="
    plain = web.get(f"{asked}battery materials").json()["found"]["matches"]
    for words in ("woman battery materials", "battery Muslim materials", "a Dalit, battery materials"):
        made = web.get(f"{asked}{words.replace('a Dalit, ', 'Dalit, ')}").json()["found"]["matches"]
        assert made == plain, words

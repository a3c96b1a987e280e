"""Fetching: each documented shape, pages, limits, faults, and going on where it broke off; a server on this machine."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from servanda.errors import RequestError, SourceFault
from servanda.model.snapshot import Snapshot
from servanda.sources.ask import Choices, plan
from servanda.sources.declared import source
from servanda.sources.fetch import Told, add, fetch
from servanda.sources.polite import TRIES
from servanda.sources.snapshots import digest, every, latest, load, place, raw
from tests.sources.publisher import Watch, content_of

DAY = "2026-11-23"
PREVIEW = "/public/v1/preview/C/A/HS"
WB = "/v2/country/IND;KOR/indicator/SP.POP.TOTL"


class Bench:
    """One source at the local server, and what fetching it told."""

    def __init__(self, folder: Path, server: HTTPServer, name: str, more: dict[str, str] | None = None) -> None:
        self.content = content_of(folder / f"content-{name}", name, server.url_for("/"), more)
        self.source = source(name, self.content)
        self.root, self.watch, self.told = folder / "data", Watch(), list[Told]()

    def fetch(self, address: str | None = None, day: str = DAY, **wanted: Any) -> Snapshot:
        chosen: Choices = {name: tuple(values) for name, values in wanted.items()}
        calls = plan(self.source, address, chosen, self.content)
        return fetch(self.source, calls, self.root, day, self.watch.clock(), self.told.append)

    def bytes(self, file: str, day: str = DAY) -> bytes:
        return (place(self.root, self.source.id, day) / file).read_bytes()


def rows(many: int, **fixed: Any) -> dict[str, Any]:
    """An answer of Comtrade with so many rows."""
    row = {
        "typeCode": "C",
        "freqCode": "A",
        "refYear": 2019,
        "reporterCode": 699,
        "partnerCode": 410,
        "primaryValue": 1.0,
    }
    return {
        "elapsedTime": "0.1 secs",
        "count": many,
        "data": [{**row, **fixed, "cmdCode": f"{place:06}"} for place in range(many)],
        "error": "",
    }


def pages(request: Request) -> Response:
    """The World Bank's answer: three pages of two rows."""
    page = int(request.args["page"])
    head = {"page": page, "pages": 3, "per_page": 2, "total": 6, "sourceid": "2", "lastupdated": "2026-07-13"}
    return Response(
        json.dumps([head, [{"date": str(2000 + 2 * page + place), "value": page} for place in range(2)]]),
        mimetype="application/json",
    )


def test_bytes_are_kept_unchanged_with_hash_address_and_time(tmp_path: Path, httpserver: HTTPServer) -> None:
    body = b'{"data": [ ],\n "count":0, "error": "" }  '
    httpserver.expect_request(
        PREVIEW, query_string="reporterCode=699&period=2019&partnerCode=410&cmdCode=TOTAL&flowCode=M,X"
    ).respond_with_data(body, content_type="application/json")
    bench = Bench(tmp_path, httpserver, "comtrade")
    made = bench.fetch(reporter=["IND"], partner=["KOR"], year=["2019"])
    piece = made.pieces[0]
    assert bench.bytes(piece.file) == body and piece.sha256 == digest(place(bench.root, "comtrade", DAY) / piece.file)
    assert (
        piece.address
        == httpserver.url_for(PREVIEW) + "?reporterCode=699&period=2019&partnerCode=410&cmdCode=TOTAL&flowCode=M,X"
    )
    assert (piece.at, piece.size, piece.rows, made.is_whole) == ("2026-11-23T12:00:00+00:00", len(body), 0, True)
    assert load(bench.root, "comtrade", DAY) == made == latest(bench.root, "comtrade")
    sent = httpserver.log[0][0].headers
    assert sent["User-Agent"].startswith("servanda/") and sent["Accept-Encoding"] == "identity"


def test_pages_are_known_from_the_first_and_all_are_had(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(WB).respond_with_handler(pages)
    made = Bench(tmp_path, httpserver, "worldbank").fetch(party=["IND", "KOR"], indicator=["SP.POP.TOTL"])
    assert [one.file[:-14] for one in made.pieces] == [f"indicator_IND-KOR_SP.POP.TOTL_p{page}" for page in (1, 2, 3)]
    assert [one.rows for one in made.pieces] == [2, 2, 2]


def test_what_is_held_is_not_asked_again_and_what_was_changed_is(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(WB).respond_with_handler(pages)
    bench = Bench(tmp_path, httpserver, "worldbank")
    first = bench.fetch(party=["IND", "KOR"], indicator=["SP.POP.TOTL"])
    assert len(httpserver.log) == 3
    assert bench.fetch(party=["IND", "KOR"], indicator=["SP.POP.TOTL"]) == first
    assert len(httpserver.log) == 3 and all(told.words.startswith("held") for told in bench.told[-3:])
    (place(bench.root, "worldbank", DAY) / first.pieces[1].file).write_bytes(b"[]")
    assert [
        one.sha256
        for one in sorted(bench.fetch(party=["IND", "KOR"], indicator=["SP.POP.TOTL"]).pieces, key=lambda one: one.file)
    ] == [one.sha256 for one in first.pieces]
    assert len(httpserver.log) == 4
    bench.fetch(party=["IND", "KOR"], indicator=["SP.POP.TOTL"], day="2026-11-24")
    assert len(httpserver.log) == 7 and len(list(every(bench.root))) == 2  # another day is another snapshot


def test_a_run_that_broke_off_goes_on_with_the_same_command(tmp_path: Path, httpserver: HTTPServer) -> None:
    bad = {"is": True}

    def answer(request: Request) -> Response:
        if request.args["page"] == "2" and bad["is"]:
            return Response("<html>maintenance</html>", mimetype="text/html")
        return pages(request)

    httpserver.expect_request(WB).respond_with_handler(answer)
    bench = Bench(tmp_path, httpserver, "worldbank")
    with pytest.raises(SourceFault, match="expected JSON, and the answer begins: <html>maintenance"):
        bench.fetch(party=["IND", "KOR"], indicator=["SP.POP.TOTL"])
    broken = load(bench.root, "worldbank", DAY)
    assert len(broken.pieces) == 1 and not broken.is_whole
    assert [path.name for path in place(bench.root, "worldbank", DAY).iterdir() if "answer" in path.name] == []
    bad["is"] = False
    assert bench.fetch(party=["IND", "KOR"], indicator=["SP.POP.TOTL"]).is_whole
    assert [request.args["page"] for request, _ in httpserver.log] == ["1", "2", "2", "3"]


@pytest.mark.parametrize(("said", "wait"), [("7", 7.0), ("1", 2.0), ("date", 40.0), ("soon", 2.0), ("", 2.0)])
def test_429_is_waited_for_as_long_as_the_server_asks(
    said: str, wait: float, tmp_path: Path, httpserver: HTTPServer
) -> None:
    bench = Bench(tmp_path, httpserver, "comtrade")
    words = format_datetime(bench.watch.at + timedelta(seconds=40), usegmt=True) if said == "date" else said
    httpserver.expect_ordered_request(PREVIEW).respond_with_data(
        "slow down", status=429, headers={"Retry-After": words} if words else {}
    )
    httpserver.expect_ordered_request(PREVIEW).respond_with_json(rows(1))
    bench.fetch(reporter=["IND"], year=["2019"])
    assert bench.watch.waits == [wait]
    assert any(
        "asks for fewer calls" in told.words and f"again in {wait:g} seconds" in told.words for told in bench.told
    )


def test_a_wait_beyond_patience_stops_the_run_and_says_when_to_come_back(
    tmp_path: Path, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(PREVIEW).respond_with_data("", status=429, headers={"Retry-After": "3600"})
    with pytest.raises(SourceFault, match="asks to wait for 3600 seconds; run the same command then"):
        Bench(tmp_path, httpserver, "comtrade").fetch(reporter=["IND"], year=["2019"])


def test_waits_grow_and_end(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PREVIEW).respond_with_data("", status=503)
    bench = Bench(tmp_path, httpserver, "comtrade")
    with pytest.raises(SourceFault, match=rf"the server has a fault of its own \(503\), {TRIES} times"):
        bench.fetch(reporter=["IND"], year=["2019"])
    assert bench.watch.waits == [2, 4, 8, 16, 32] and len(httpserver.log) == TRIES


def test_no_server_at_all_is_said_soon(tmp_path: Path, httpserver: HTTPServer) -> None:
    bench = Bench(tmp_path, httpserver, "comtrade")
    bench.source = source("comtrade", content_of(tmp_path / "gone", "comtrade", "http://127.0.0.1:9"))
    with pytest.raises(SourceFault, match=r"127\.0\.0\.1 cannot be reached \(.*\); look at your way to the network"):
        bench.fetch(reporter=["IND"], year=["2019"])
    assert bench.watch.waits == [2]


def test_calls_are_never_closer_than_the_source_wants(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PREVIEW).respond_with_json(rows(1))
    bench = Bench(tmp_path, httpserver, "comtrade")
    bench.fetch(reporter=["IND"], year=["2018", "2019", "2020"])
    assert bench.watch.waits == [2, 2]


def test_an_answer_cut_at_the_limit_is_asked_for_in_halves(tmp_path: Path, httpserver: HTTPServer) -> None:
    """Five hundred rows of the preview mean that there may be more; the parts below the limit are kept, the cut one is not."""

    def answer(request: Request) -> Response:
        products = request.args["cmdCode"].split(",")
        many = min(500, 200 * len(products) * len(request.args["flowCode"].split(",")))
        return Response(json.dumps(rows(many)), mimetype="application/json")

    httpserver.expect_request(PREVIEW).respond_with_handler(answer)
    bench = Bench(tmp_path, httpserver, "comtrade")
    made = bench.fetch(reporter=["IND"], year=["2019"], product=["01", "02", "03", "04"], flow=["X"])
    assert sorted(one.asked["product"] for one in made.pieces) == ["01,02", "03,04"] and all(
        one.rows == 400 for one in made.pieces
    )
    again = len(httpserver.log)
    assert bench.fetch(reporter=["IND"], year=["2019"], product=["01", "02", "03", "04"], flow=["X"]) == made
    assert len(httpserver.log) == again


def test_a_cut_that_cannot_be_halved_says_what_to_do(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PREVIEW).respond_with_json(rows(500))
    with pytest.raises(
        SourceFault,
        match="cut at 500 rows and cannot be asked for in smaller parts; name products or partners, or use the address with a key",
    ):
        Bench(tmp_path, httpserver, "comtrade").fetch(reporter=["IND"], year=["2019"], flow=["X"])


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("comtrade", b'{"count": 0, "error": "Invalid reporterCode"}', "expected a list of rows under 'data'"),
        ("comtrade", b'{"data": [], "error": "period is too long"}', "the source says: period is too long"),
        ("comtrade", b'{"data": [', 'expected JSON, and the answer begins: {"data": \\['),
        ("comtrade", b"", "expected JSON, and the answer begins: nothing"),
        (
            "worldbank",
            b'[{"message": [{"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}]}]',
            "the source says: The provided parameter value is not valid",
        ),
        ("worldbank", b"{}", "expected a list of two"),
        ("wits", b'{"structure": {}}', r"expected 'dataSets' and 'structure' \(SDMX JSON\)"),
        (
            "kcs",
            b"<response><header><resultCode>30</resultCode><resultMsg>SERVICE KEY IS NOT REGISTERED ERROR.</resultMsg></header></response>",
            r"SERVICE KEY IS NOT REGISTERED ERROR. \(30\)",
        ),
        (
            "kcs",
            b"<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>LIMITED</returnAuthMsg><returnReasonCode>22</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>",
            r"LIMITED \(22\)",
        ),
        ("kcs", b"{}", "expected XML"),
        (
            "koreatourism",
            b"<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>LIMITED_NUMBER</returnAuthMsg><returnReasonCode>22</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>",
            r"LIMITED_NUMBER \(22\); the calls of the day are used up: go on tomorrow",
        ),
        (
            "koreatourism",
            b'{"response": {"header": {"resultCode": "30", "resultMsg": "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"}}}',
            r"SERVICE_KEY_IS_NOT_REGISTERED_ERROR \(30\); the key is not known to it",
        ),
        ("koreatourism", b'{"items": []}', "expected 'response' with 'header' and 'body'"),
        ("koreatourism", b"Unauthorized", "expected JSON, and the answer begins: Unauthorized"),
        ("baci", b"<!doctype html>sign in", "expected a zip file"),
    ],
)
def test_wrong_content_is_named_and_not_kept(
    name: str, body: bytes, said: str, tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("KCS", "DATAGOKR"):
        monkeypatch.setenv(f"SERVANDA_{key}_KEY", "invented")
    wanted: dict[str, Any] = {
        "comtrade": {"reporter": ["IND"], "year": ["2019"]},
        "worldbank": {"indicator": ["X"]},
        "wits": {"reporter": ["IND"], "year": ["2019"], "indicator": ["XPRT-TRD-VL"]},
        "kcs": {"partner": ["IND"], "product": ["85"], "year": ["2024"]},
        "koreatourism": {"party": ["IND"], "month": ["201901"]},
        "baci": {"vintage": ["HS92"], "release": ["1"]},
    }[name]
    httpserver.expect_request(re.compile("/.+")).respond_with_data(body)
    bench = Bench(tmp_path, httpserver, name)
    with pytest.raises(SourceFault, match=said):
        bench.fetch(**wanted)
    assert load(bench.root, name, DAY).pieces == ()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "does not understand"),
        (401, "asks for a key"),
        (403, "refuses"),
        (404, "has no such data"),
        (418, "sent no data"),
    ],
)
def test_a_refusal_is_no_reason_to_try_again(status: int, said: str, tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PREVIEW).respond_with_data("Access denied", status=status)
    bench = Bench(tmp_path, httpserver, "comtrade")
    with pytest.raises(SourceFault, match=rf"answered {status} and {said}.*\(Access denied\)"):
        bench.fetch(reporter=["IND"], year=["2019"])
    assert len(httpserver.log) == 1


def test_no_content_is_no_fault(tmp_path: Path, httpserver: HTTPServer) -> None:
    """WITS answers 204 where a country has no figures of a year."""
    httpserver.expect_request(re.compile("/.+")).respond_with_data(b"", status=204)
    made = Bench(tmp_path, httpserver, "wits").fetch("tariffs", reporter=["KOR"], year=["1900"])
    assert made.is_whole and made.pieces == ()


def test_different_calls_never_share_a_file(tmp_path: Path, httpserver: HTTPServer) -> None:
    """Long lists of products that begin and end alike, on one day: both answers are kept."""
    httpserver.expect_request(PREVIEW).respond_with_json(rows(1))
    bench = Bench(tmp_path, httpserver, "comtrade")
    bench.fetch(reporter=["IND"], year=["2019"], product=["01", "02", "05", "09"])
    made = bench.fetch(reporter=["IND"], year=["2019"], product=["01", "03", "06", "09"])
    assert len({one.file for one in made.pieces}) == 2 and len(raw(bench.root, made)) == 2
    many = bench.fetch(reporter=["IND"], year=["2019"], product=["9" * 200])
    assert all(len(one.file) < 200 for one in many.pieces)


# Large files


def ranged(body: bytes, cut: list[int], tag: str | None = '"a"') -> Any:
    """Sends a file, the first times only so many bytes of it; goes on by Range where If-Range still holds."""

    def answer(request: Request) -> Response:
        headers = {"ETag": tag} if tag else {}
        start, status = 0, 200
        asked = request.headers.get("Range")
        if asked and request.headers.get("If-Range") == tag:
            start, status = int(asked.removeprefix("bytes=").removesuffix("-")), 206
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        part = body[start:]
        headers["Content-Length"] = str(len(part))
        many = cut.pop(0) if cut else len(part)
        made = Response([part[:many]], status=status, headers=headers, mimetype="application/zip")
        made.automatically_set_content_length = False
        return made

    return answer


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("BACI_HS92_Y2019_V1.csv", "t,i,j,k,v,q\n" + "2019,699,410,010121,1.5,NA\n" * 500)
    return held.getvalue()


def test_a_download_that_broke_off_goes_on_where_it_was(tmp_path: Path, httpserver: HTTPServer) -> None:
    body = zipped()
    httpserver.expect_request("/DATA_DOWNLOAD/baci/data/BACI_HS92_V1.zip").respond_with_handler(
        ranged(body, [1000, 1500])
    )
    bench = Bench(tmp_path, httpserver, "baci")
    made = bench.fetch(vintage=["HS92"], release=["1"])
    assert bench.bytes("BACI_HS92_V1.zip") == body and made.pieces[0].size == len(body)
    assert [request.headers.get("Range") for request, _ in httpserver.log] == [None, "bytes=1000-", "bytes=2500-"]
    assert bench.watch.waits == [2, 4]


def test_a_download_goes_on_in_a_later_run_too(tmp_path: Path, httpserver: HTTPServer) -> None:
    body = zipped()
    httpserver.expect_request("/DATA_DOWNLOAD/baci/data/BACI_HS92_V1.zip").respond_with_handler(
        ranged(body, [600, *[0] * (TRIES - 1)])
    )
    bench = Bench(tmp_path, httpserver, "baci")
    with pytest.raises(SourceFault, match="try again later, what came so far is kept"):
        bench.fetch(vintage=["HS92"], release=["1"])
    bench.fetch(vintage=["HS92"], release=["1"])
    assert bench.bytes("BACI_HS92_V1.zip") == body
    assert httpserver.log[-1][0].headers.get("Range") == "bytes=600-"


def test_a_file_that_changed_meanwhile_is_had_anew(tmp_path: Path, httpserver: HTTPServer) -> None:
    old, new = b"x" * 4000, zipped()
    path = "/DATA_DOWNLOAD/baci/data/BACI_HS92_V1.zip"
    httpserver.expect_ordered_request(path).respond_with_handler(ranged(old, [1000]))
    httpserver.expect_ordered_request(path).respond_with_handler(ranged(new, [], '"b"'))
    bench = Bench(tmp_path, httpserver, "baci")
    bench.fetch(vintage=["HS92"], release=["1"])
    assert bench.bytes("BACI_HS92_V1.zip") == new


def test_a_server_without_marks_is_asked_for_all_of_it_again(tmp_path: Path, httpserver: HTTPServer) -> None:
    body = zipped()
    httpserver.expect_request("/DATA_DOWNLOAD/baci/data/BACI_HS92_V1.zip").respond_with_handler(
        ranged(body, [1000], None)
    )
    bench = Bench(tmp_path, httpserver, "baci")
    bench.fetch(vintage=["HS92"], release=["1"])
    assert bench.bytes("BACI_HS92_V1.zip") == body
    assert [request.headers.get("Range") for request, _ in httpserver.log] == [None, None]


# Keys


def test_a_key_is_sent_and_stands_in_no_manifest_and_no_word(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_COMTRADE_KEY", "s3cret")
    monkeypatch.setenv("SERVANDA_KCS_KEY", "s3cret")
    httpserver.expect_request("/data/v1/get/C/A/HS", headers={"Ocp-Apim-Subscription-Key": "s3cret"}).respond_with_json(
        rows(1)
    )
    httpserver.expect_request("/1220000/nitemtrade/getNitemtradeList").respond_with_data(
        "<r><resultCode>00</resultCode></r>"
    )
    first, second = Bench(tmp_path, httpserver, "comtrade"), Bench(tmp_path, httpserver, "kcs")
    first.fetch("keyed", reporter=["IND"], year=["2019", "2020"])
    second.fetch(partner=["IND"], product=["85"], year=["2024"])
    assert httpserver.log[-1][0].args["serviceKey"] == "s3cret" and httpserver.log[0][0].args["period"] == "2019,2020"
    kept = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("manifest.json"))
    assert "s3cret" not in kept + "".join(told.words for told in first.told + second.told) and "serviceKey=***" in kept


def test_a_key_goes_to_no_other_host(tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_COMTRADE_KEY", "s3cret")
    elsewhere = httpserver.url_for("/elsewhere").replace("localhost", "127.0.0.1")
    assert "127.0.0.1" in elsewhere
    httpserver.expect_request("/data/v1/get/C/A/HS").respond_with_data("", status=302, headers={"Location": elsewhere})
    httpserver.expect_request("/elsewhere").respond_with_json(rows(1))
    Bench(tmp_path, httpserver, "comtrade").fetch("keyed", reporter=["IND"], year=["2019"])
    assert (
        "Ocp-Apim-Subscription-Key" in httpserver.log[0][0].headers
        and "Ocp-Apim-Subscription-Key" not in httpserver.log[1][0].headers
    )


def test_a_missing_key_names_its_setting(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SERVANDA_COMTRADE_KEY", raising=False)
    with pytest.raises(RequestError, match="set SERVANDA_COMTRADE_KEY, or choose another address"):
        Bench(tmp_path, httpserver, "comtrade").fetch("keyed", reporter=["IND"], year=["2019"])
    assert httpserver.log == []


def test_calls_a_day_are_a_limit(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PREVIEW).respond_with_json(rows(1))
    bench = Bench(tmp_path, httpserver, "comtrade", {"  rows: 500\n  pause: 2": "  rows: 500\n  pause: 2\n  calls: 2"})
    with pytest.raises(
        SourceFault, match=f"comtrade allows 2 calls a day and that many were made; go on tomorrow with --date {DAY}"
    ):
        bench.fetch(reporter=["IND"], year=["2018", "2019", "2020"])
    with pytest.raises(SourceFault, match="go on tomorrow"):
        bench.fetch(reporter=["IND"], year=["2018", "2019", "2020"])
    assert len(httpserver.log) == 2  # of the same day, however often the command is run
    bench.watch.at += timedelta(days=1)
    assert len(bench.fetch(reporter=["IND"], year=["2018", "2019", "2020"]).pieces) == 3


# By hand


def test_a_file_by_hand_is_copied_and_known_by_its_hash(tmp_path: Path, httpserver: HTTPServer) -> None:
    bench, file = Bench(tmp_path, httpserver, "tradestat"), tmp_path / "export.csv"
    file.write_bytes(b"a,b\r\n1,2\r\n")
    made = add(file, bench.source, bench.root, DAY, "2026-11-23T12:00:00+00:00", "https://www.example.org")
    assert made == add(file, bench.source, bench.root, DAY, "2026-11-23T12:00:00+00:00", "https://www.example.org")
    assert [(piece.file, path.read_bytes()) for piece, path in raw(bench.root, made)] == [
        ("export.csv", b"a,b\r\n1,2\r\n")
    ]
    file.write_bytes(b"other")
    with pytest.raises(RequestError, match=r"tradestat of 2026-11-23 holds another export\.csv"):
        add(file, bench.source, bench.root, DAY, "2026-11-23T12:00:00+00:00")
    (place(bench.root, "tradestat", DAY) / "export.csv").write_bytes(b"touched")
    with pytest.raises(SourceFault, match=r"1 of 1 files are not as they were kept \(export\.csv\)"):
        raw(bench.root, made)


@pytest.mark.parametrize(("body", "said"), [(None, "there is no file"), (b"", "is empty; download it again")])
def test_no_file_is_no_snapshot(body: bytes | None, said: str, tmp_path: Path, httpserver: HTTPServer) -> None:
    bench, file = Bench(tmp_path, httpserver, "tradestat"), tmp_path / "export.csv"
    if body is not None:
        file.write_bytes(body)
    with pytest.raises(RequestError, match=said):
        add(file, bench.source, bench.root, DAY, "now")
    assert latest(bench.root, "tradestat") is None


def test_a_broken_manifest_is_named(tmp_path: Path) -> None:
    folder = place(tmp_path, "wits", DAY)
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"source": "wits"}', encoding="utf-8")
    with pytest.raises(SourceFault, match="is no manifest of a snapshot"):
        load(tmp_path, "wits", DAY)

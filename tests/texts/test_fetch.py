"""A document from a web address: what comes is handed on, what cannot be a text is one clear sentence."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from servanda.errors import TextUnreadable
from servanda.texts import fetch as module
from servanda.texts.extract.extract import extract
from servanda.texts.fetch import fetch


def refused(address: str, said: str, **limits: float) -> None:
    with pytest.raises(TextUnreadable, match=said) as caught:
        fetch(address, **limits)
    assert "\n" not in str(caught.value)


@contextmanager
def listening(answer: bytes, then: float = 0.0, piece: bytes = b"") -> Iterator[str]:
    """A server that answers with bytes of ours, then sends a piece now and then."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                try:
                    line.recv(4096)
                    line.sendall(answer)
                    while then and not stop.wait(then):
                        line.sendall(piece)
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/statement"
        finally:
            stop.set()
            thread.join(15)


def test_what_a_server_sends_comes_with_its_address_and_type(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/press/Joint Statement.html").respond_with_data(
        b"<html><body><p>The two sides met.</p></body></html>", content_type="text/html; charset=utf-8"
    )
    got = fetch(httpserver.url_for("/press/Joint%20Statement.html"))
    assert got.raw.startswith(b"<html>")
    assert got.media == "text/html; charset=utf-8"
    assert got.name == "Joint Statement.html"
    assert extract(got.raw, got.name, got.media).text == "The two sides met.\n"


def test_the_server_is_told_who_asks(httpserver: HTTPServer) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return Response(b"The two sides met.", content_type="text/plain")

    httpserver.expect_request("/a.txt").respond_with_handler(answer)
    fetch(httpserver.url_for("/a.txt"))
    assert asked[0].headers["User-Agent"].startswith("servanda/")


def test_an_address_that_leads_on_is_followed_to_the_end(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data(status=301, headers={"Location": "/new/a.txt"})
    httpserver.expect_request("/new/a.txt").respond_with_data(b"The two sides met.", content_type="text/plain")
    got = fetch(httpserver.url_for("/old"))
    assert got.address == httpserver.url_for("/new/a.txt")
    assert got.name == "a.txt"


def test_a_circle_of_addresses_is_left(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/round").respond_with_data(status=302, headers={"Location": "/round"})
    refused(httpserver.url_for("/round"), r"^http://.*/round leads on to other addresses without end")


@pytest.mark.parametrize("onward", ["file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:alert(1)"])
def test_an_address_that_leads_out_of_the_web_is_not_followed(onward: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/out").respond_with_data(status=302, headers={"Location": onward})
    refused(httpserver.url_for("/out"), r"/out leads on to .*, which is no web address")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (404, "answered 404 and has no such page; look at how the address is spelled"),
        (410, "took it away"),
        (401, "asks for a name and a password"),
        (403, "refuses to hand it over; open it in a browser"),
        (429, "asked too often; wait"),
        (418, "sent no document"),
        (204, "sent no document"),
        (304, "sent no document"),
        (500, "answered 500 and has a fault of its own; try again later"),
        (503, "has a fault of its own"),
    ],
)
def test_an_answer_that_is_no_document_says_what_to_do(code: int, said: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(b"", status=code)
    refused(httpserver.url_for("/a"), said)


@pytest.mark.parametrize(
    ("media", "said"),
    [
        ("image/png", "answers with a picture; give the address of a page or PDF"),
        ("application/json; charset=utf-8", r"answers with data \(JSON\) and not a document"),
        ("application/zip", "answers with an archive; fetch it, unpack it"),
        ("video/mp4", "answers with a recording"),
        ("text/csv", "answers with a table of data"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "answers with a spreadsheet"),
    ],
)
def test_a_type_that_is_no_text_is_refused_before_it_is_read(media: str, said: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(b"x" * 100, content_type=media)
    refused(httpserver.url_for("/a"), said)


def test_a_file_that_says_it_is_too_large_is_refused(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    httpserver.expect_request("/a").respond_with_data(b"x" * 1_001, content_type="text/plain")
    refused(httpserver.url_for("/a"), "is larger than 50 MB; split it")


def test_a_file_that_does_not_say_how_large_it_is_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
    with listening(head, 0.001, b"x" * 600) as address:
        refused(address, "is larger than 50 MB")


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with listening(b"", 0.2) as address:
        refused(address, r"did not answer within 0\.4 seconds; try again later", seconds=5, silence=0.4)


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "],
    ids=["body", "head"],
)
def test_a_server_that_sends_a_letter_now_and_then_is_given_up(answer: bytes) -> None:
    with listening(answer, 0.1, b"x") as address:
        begun = time.monotonic()
        refused(address, "was not sent in full within 0.5 seconds", seconds=0.5, silence=0.4)
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "answer", [b"", b"no http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"]
)
def test_a_connection_that_breaks_off_is_one_sentence(answer: bytes) -> None:
    with listening(answer) as address:
        refused(address, "the connection to 127.0.0.1 broke off")


def test_nobody_at_the_address_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    refused(f"http://127.0.0.1:{port}/", "127.0.0.1 refuses the connection")
    refused("http://no-such-host.invalid/", "there is no server no-such-host.invalid")


def test_a_server_that_cannot_prove_who_it_is_is_refused(httpserver: HTTPServer) -> None:
    refused(httpserver.url_for("/a").replace("http:", "https:"), r"cannot prove who it is|broke off")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("www.mfa.example/statement", "is no web address; write https://www.mfa.example/statement"),
        ("ftp://mfa.example/a", r"is no web address; write https://\.\.\."),
        ("file:///etc/passwd", "is no web address"),
        ("http://", "is no web address"),
        ("http://[::1", "is no web address"),
        ("https://x\x00y/", "is no web address"),
        ("", "nothing is no web address"),
    ],
)
def test_what_is_no_web_address_is_one_sentence(address: str, said: str) -> None:
    refused(address, said)

"""The addresses that change the register: what they accept, from whom, and what is lost where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from servanda.faces.web import form as forms
from servanda.faces.web.app import HEADERS, build
from servanda.register.decide import text_of
from servanda.register.keep import bring_in
from servanda.register.verify import verify
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.faces.conftest import DAY
from tests.pages.invented import write_bare
from tests.statement import PROMISES, STATEMENT, read_instead

NAME = "D-2026-TIDES-POETS.en"
PAGE = f"/read/{NAME}"
SHEET = {
    "characters": STATEMENT, "title": "Statement on tides and poets", "date": "2026-03-09", "first": "ZEM",
    "second": "Ruritania", "who": "Anna", "publisher": "official",
}  # fmt: skip


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    read_instead(monkeypatch)
    monkeypatch.setenv("SERVANDA_NOW", f"{DAY}T12:00:00+00:00")
    content = write_bare(tmp_path / "content")
    store = Store(store_url(str(tmp_path / "r.sqlite")))
    bring_in(store, content, "a", "b", "2026-11-23T00:00:00+00:00")
    with TestClient(build(store, content), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        client.app_state["store"] = store
        yield client
    store.close()


def store_of(web: TestClient) -> Store:
    held: Store = web.app_state["store"]
    return held


def token(web: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', web.get("/read").text)
    assert found
    return found[1]


def hand_in(web: TestClient, **changes: Any) -> Any:
    fields = {**SHEET, "token": token(web), **changes}
    rows = [(name, (None, value)) for name, value in fields.items() if name != "file"]
    if "file" in fields:
        rows.append(("file", fields["file"]))
    return web.post("/read", files=rows, follow_redirects=False)


@pytest.fixture
def desk(web: TestClient) -> TestClient:
    """The pages with the statement handed in."""
    assert hand_in(web).status_code == 303
    return web


def hidden(text: str) -> dict[str, str]:
    form = re.search(r'<form method="post" id="fields".*?</form>', text, re.S)
    assert form
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0])}


def answer(web: TestClient, said: str, page: str | None = None, **fields: Any) -> Any:
    seen = web.get(page or f"{PAGE}?who=Anna").text
    return web.post(PAGE, data={**hidden(seen), "answer": said, **fields}, follow_redirects=False)


def test_from_a_pasted_text_to_a_commitment(web: TestClient) -> None:
    handed = hand_in(web)
    assert handed.status_code == 303 and handed.headers["location"] == f"{PAGE}?who=Anna"
    given = answer(web, "accept")
    assert given.status_code == 303
    where = urlsplit(given.headers["location"])
    assert where.path == PAGE and parse_qs(where.query) == {
        "who": ["Anna"],
        "after": [str(STATEMENT.index(PROMISES[0]))],
    }
    listed = web.get("/commitments?q=lighthouse&format=json").json()
    assert [row["id"] for row in listed["rows"]] == ["Z004"]
    assert PROMISES[0] in unescape(web.get("/zem-rur/commitments/Z004").text)
    assert verify(store_of(web)).problems == ()


def test_a_file_is_read_and_says_its_title(web: TestClient) -> None:
    page = (
        b"<html><head><title>Notice of the harbour</title></head><body><p>"
        + b"They will open a gate. " * 20
        + b"</p></body></html>"
    )
    handed = hand_in(web, characters="", title="", file=("notice.html", page, "text/html"))
    assert handed.status_code == 303 and "D-2026-NOTICE-HARBOUR.en" in handed.headers["location"]
    both = hand_in(web, file=("notice.txt", b"They will sing.", "text/plain"))
    assert both.status_code == 400 and "hand in one of the two" in both.text
    assert STATEMENT.split("\n")[2] in unescape(both.text), "what was pasted is still there"
    none = hand_in(web, characters="", file=("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "image/png"))
    assert none.status_code == 400 and "photo.png" in none.text
    # What a file held comes back in the field, so that it need not be chosen again.
    kept = hand_in(web, characters="", title="", file=("a.txt", b"They will sing, all of them.", "text/plain"))
    assert kept.status_code == 400 and "They will sing, all of them." in kept.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"characters": " "}, "there is no text to read"),
        ({"title": ""}, "the document has no title"),
        ({"date": "soon"}, "is not a date"),
        ({"second": "Atlantis"}, "unknown country"),
        ({"second": "ZEM"}, "name two different countries"),
        ({"who": ""}, "nobody is named"),
        ({"publisher": "a friend"}, "unknown publisher"),
        ({"title": "x" * 2001}, "title has 2,001 characters"),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(web: TestClient, changes: dict[str, str], said: str) -> None:
    head = verify(store_of(web))
    answer = hand_in(web, **changes)
    assert answer.status_code == 400
    text = unescape(answer.text)
    assert said in text and 'role="alert"' in text
    for name, value in {**SHEET, **changes}.items():
        if name != "publisher" and value.strip():
            assert value.strip()[:60] in text, name
    assert verify(store_of(web)) == head


def test_an_answer_that_is_refused_keeps_what_was_typed(desk: TestClient) -> None:
    refused = answer(desk, "correct", kind="commitment", parties="ZEM", action="general", area="people", due="some day",
                     says="Build a pier", mechanism="the fund")  # fmt: skip
    assert refused.status_code == 400
    text = unescape(refused.text)
    assert "'some day' is not a date" in text
    for typed in (
        'value="some day"',
        "Build a pier",
        'value="the fund"',
        "<option selected>general",
        'value="ZEM" checked',
    ):
        assert typed in text, typed
    assert 'value="RUR" checked' not in text
    assert text_of(store_of(desk), NAME)[1].decisions == {}
    for said in ("", "nonsense", "accept all"):
        assert answer(desk, said).status_code == 400


def test_every_answer_by_plain_forms(desk: TestClient) -> None:
    def state() -> list[str]:
        return [str(one.answer) for one in text_of(store_of(desk), NAME)[1].decisions.values()]

    first = STATEMENT.index(PROMISES[0])
    assert answer(desk, "split", words="and Zembla").headers["location"] == f"{PAGE}?who=Anna&at={first}"
    assert answer(desk, "undo").status_code == 303 and state() == []
    assert answer(desk, "accept").status_code == 303
    assert answer(desk, "correct", kind="outcome").status_code == 303
    assert answer(desk, "reject").status_code == 303
    own = desk.get(f"{PAGE}?who=Anna&words=The+sea+was+calm").text
    typed = {"answer": "add", "kind": "commitment", "parties": "RUR", "action": "general", "area": "people"}
    added = desk.post(PAGE, data={**hidden(own), **typed}, follow_redirects=False)
    assert added.status_code == 303
    assert answer(desk, "merge", page=f"{PAGE}?who=Anna&at={STATEMENT.index('The two ministers')}").status_code == 303
    assert state() == ["accept", "correct", "reject", "add", "merge"]
    assert answer(desk, "rest").status_code == 303
    assert state().count("accept") > 3
    made = text_of(store_of(desk), NAME)[1]
    assert [one.commitment for one in made.decisions.values() if one.commitment] == ["Z004", "Z005"]


def test_a_second_coder_by_plain_forms(desk: TestClient) -> None:
    answer(desk, "accept")
    for _ in range(7):
        done = answer(desk, "add", page=f"{PAGE}?who=Boris&blind=1", kind="position")
        assert done.status_code == 303 and "blind=1" in done.headers["location"]
    page = desk.get(f"{PAGE}?who=Boris&blind=1").text
    assert "Every passage is coded" in page
    found = desk.get(f"{PAGE}/agreement")
    assert found.status_code == 200 and "differ in: commitment or not, kind" in found.text
    assert desk.get(f"{PAGE}/agreement?format=json").json()["differences"][0]["place"] == 3
    refused = answer(desk, "add", page=f"{PAGE}?who=Anna&blind=1", kind="position")
    assert refused.status_code == 400 and "a second coder must be somebody else" in refused.text


def test_a_name_is_needed_to_decide(desk: TestClient) -> None:
    seen = hidden(desk.get(f"{PAGE}?who=Anna").text)
    answered = desk.post(PAGE, data={**seen, "who": " ", "answer": "accept"}, follow_redirects=False)
    assert answered.status_code == 400 and "nobody is named" in answered.text


@pytest.mark.parametrize(
    ("headers", "fields", "said"),
    [
        ({"sec-fetch-site": "cross-site"}, {}, "comes from another site"),
        ({"sec-fetch-site": "same-site"}, {}, "comes from another site"),
        ({"origin": "https://evil.example"}, {}, "comes from another site"),
        ({"origin": "http://127.0.0.1:8400"}, {}, "comes from another site"),
        ({"origin": "http://localhost"}, {}, "comes from another site"),
        ({}, {"token": ""}, "send again"),
        ({}, {"token": "x" * 32}, "send again"),
    ],
)
def test_a_form_of_another_site_changes_nothing(
    desk: TestClient, headers: dict[str, str], fields: dict[str, str], said: str
) -> None:
    head = verify(store_of(desk))
    seen = hidden(desk.get(f"{PAGE}?who=Anna").text)
    for address, data in ((PAGE, {**seen, "answer": "accept"}), ("/read", {**SHEET, **seen, "title": "Other"})):
        refused = desk.post(address, data={**data, **fields}, headers=headers, follow_redirects=False)
        assert refused.status_code == 403 and said in refused.text, address
        for name, value in HEADERS.items():
            assert refused.headers[name].startswith(value)
    assert verify(store_of(desk)) == head


@pytest.mark.parametrize(
    "headers", [{"origin": "null"}, {"origin": "http://127.0.0.1"}, {"sec-fetch-site": "same-origin"}]
)
def test_a_form_of_its_own_is_taken(desk: TestClient, headers: dict[str, str]) -> None:
    seen = hidden(desk.get(f"{PAGE}?who=Anna").text)
    assert (
        desk.post(PAGE, data={**seen, "answer": "accept"}, headers=headers, follow_redirects=False).status_code == 303
    )


def test_too_much_is_refused(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_BYTES", 5_000)
    refused = desk.post(PAGE, data={"token": "x", "says": "y" * 6_000})
    assert refused.status_code == 413 and "MB were sent" in refused.text
    for body, kind in ((b"{}", "application/json"), (b"x", "multipart/form-data; boundary=a"), (b"", "")):
        assert desk.post(PAGE, content=body, headers={"content-type": kind}).status_code == 400


def test_only_the_reading_page_may_run_its_script(desk: TestClient) -> None:
    policy = desk.get(f"{PAGE}?who=Anna").headers["content-security-policy"]
    assert policy == HEADERS["content-security-policy"] + "; script-src 'self'"
    text = desk.get(f"{PAGE}?who=Anna").text
    assert re.findall(r"<script[^>]*>", text) == ['<script src="/static/reading.js" defer>']
    assert not re.search(r"\son\w+=|javascript:", text)
    for address in ("/", "/read", "/commitments", "/readings"):
        assert "script-src" not in desk.get(address).headers["content-security-policy"], address
    assert desk.get("/static/reading.js").headers["content-type"].startswith("text/javascript")
    assert desk.get("/static/reading.css").headers["content-type"].startswith("text/css")


def test_the_twin_is_the_page_and_holds_no_token(desk: TestClient) -> None:
    for address in ("/read", f"{PAGE}?who=Anna", f"{PAGE}/agreement"):
        twin = desk.get(address, headers={"accept": "application/json"})
        assert twin.status_code == 200 and token(desk) not in twin.text, address
    blind = desk.get(f"{PAGE}?who=Boris&blind=1&format=json").text
    assert '"proposed": null' in blind and "reading-of-three-words" not in blind


def test_an_unknown_text_is_not_here(desk: TestClient) -> None:
    for address in ("/read/nothing", "/read/nothing/agreement", "/read/%00", "/read/..%2f.."):
        assert desk.get(address).status_code == 404, address
    seen = hidden(desk.get(f"{PAGE}?who=Anna").text)
    assert desk.post("/read/nothing", data={**seen, "answer": "accept"}).status_code == 404
    for method in ("PUT", "DELETE", "PATCH"):
        assert desk.request(method, PAGE).status_code == 405


def test_a_register_that_does_not_answer_is_503(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.errors import StoreBusy

    def busy(*_: Any, **__: Any) -> Any:
        raise StoreBusy("the register is in use by another process")

    seen = hidden(desk.get(f"{PAGE}?who=Anna").text)
    monkeypatch.setattr("servanda.faces.web.reading.decide", busy)
    monkeypatch.setattr("servanda.register.receive.draw_up", busy)
    assert desk.post(PAGE, data={**seen, "answer": "accept"}).status_code == 503
    assert hand_in(desk, title="Other").status_code == 503


def test_the_day_is_kept_through_a_form(desk: TestClient) -> None:
    done = answer(desk, "accept", page=f"{PAGE}?who=Anna&as_of=2026-11-23")
    assert "as_of=2026-11-23" in done.headers["location"]
    assert answer(desk, "accept", as_of="2026-13-45").status_code == 400
    assert "as_of" not in answer(desk, "accept", as_of="soon").headers["location"]

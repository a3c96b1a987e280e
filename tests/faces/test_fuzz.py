"""The description of the interface is true, and nothing that it allows, or nearly allows, makes a page fail."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from servanda.faces.web.app import build
from servanda.faces.web.deeds import DEEDS
from servanda.faces.web.fields import FIELDS, OF_ALL
from servanda.faces.web.openapi import ASKED, FORMS, PLACES, described
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store
from tests.dialogue.conftest import whole
from tests.faces.conftest import DAY
from tests.faces.talks import CASE, FREE, MEETING, SEA, SERIES, VERSE, stage, token_of
from tests.properties import PROVE, composite

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

pytestmark = pytest.mark.filterwarnings("ignore")
LONG = PROVE
EXAMPLES = 150 if LONG else 6
KNOWN = {
    "case": (CASE,), "name": (MEETING, SEA, FREE, VERSE, "Z001", "Z003", "ferry", SERIES, "ZB1"),
    "reader": ("ZEM", "RUR", "joint"), "kind": ("docx", "pdf", "html", "svg", "png", "csv"),
    "owner": ("both", "ZEM", "RUR", "third body", "Ministry of Transport"),
}  # fmt: skip
FITTING = {
    "commitment": "Z003", "assessment": "Z003-RUR-1", "series": SERIES, "item": FREE, "verdict": "delivered",
    "date": "2026-11-20", "until": "2027-03-09", "minutes": "10", "host": "ZEM", "deadline": "2027-09", "track": "sea",
    "parties": "ZEM", "url": "https://x.example/1", "commitments": "Z001", "participants": "Anna; co-chair; ZEM",
    "tracks": "sea; The sea; trade", "title": "Fog", "reason": "It is late", "says": "Meet", "owner": "Ministry",
    "deliverable": "a list", "claim": "Done", "basis": "It sails", "decision": "Yes", "target_value": "3",
    "target_unit": "poets",
}  # fmt: skip
"""What a field may well hold: so that the fuzzer comes past the first question."""
EXTREME = (
    "", " ", "0", "-1", "²", "9" * 400, "9999-12-31", "0001-01-01", "2026-02-30", "\x00", "a\x00b", "\x1b[31m", "\ufffe",
    "\U0010ffff", "👩‍👩‍👧", "\u202e", "' OR 1=1 --", "{{7*7}}", "<script>", "../../etc/passwd", "%s%n", "NaN", "1e999", "yearly",
    "ZEM", "JPN", "[", "http://[", "&#0;", "\r\nSet-Cookie: a=b", "한국", "é" * 300,
)  # fmt: skip


def with_lists(folder: Path) -> Path:
    """The invented case with every closed list that ships."""
    whole(folder)
    for path in (shipped_content() / "words").glob("*.yml"):
        if path.name != "parties.yml":
            (folder / "words" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def web(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages over a register of the invented case with a meeting that is held, alone on a laptop."""
    folder = tmp_path_factory.mktemp("fuzz")
    content = with_lists(folder / "content")
    if request.param == "postgres":
        if not LONG:
            pytest.skip("on PostgreSQL with SERVANDA_PROVE=1")
        import psycopg

        server = request.getfixturevalue("postgres_server")
        with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE fuzz")
        opened = Store(f"{server}/fuzz")
    else:
        opened = Store(store_url(str(folder / "register.sqlite")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERVANDA_TODAY", DAY)
        patch.setenv("SERVANDA_NOW", f"{DAY}T12:00:00+00:00")
        stage(opened, content, "held")
        made = build(opened, content)
        yield TestClient(made, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)
    opened.close()
    shutil.rmtree(folder, ignore_errors=True)


def routes(web: TestClient) -> list[Route]:
    return [one for one in web.app.routes if isinstance(one, Route)]  # type: ignore[attr-defined]


# The description is true.


def test_it_describes_every_address_and_no_other(web: TestClient) -> None:
    told = web.get("/openapi.json").json()
    there = {(one.path, method.lower()) for one in routes(web) for method in (one.methods or set()) - {"HEAD"}}
    assert {(path, method) for path, held in told["paths"].items() for method in held} == there
    assert told == described(routes(web))
    assert set(ASKED) <= {path for path, _ in there} and set(FORMS) <= {
        path for path, method in there if method == "post"
    }


def test_it_describes_every_deed_with_its_fields(web: TestClient) -> None:
    assert set(FIELDS) == set(DEEDS)
    told = web.get("/openapi.json").json()
    found = {
        (PLACES[path], form["properties"]["deed"]["const"]): set(form["properties"])
        for path in PLACES
        for form in told["paths"][path]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"][
            "schema"
        ]["oneOf"]
    }
    assert found == {deed: {*OF_ALL, *held} for deed, held in FIELDS.items()}


def test_the_fields_are_those_that_the_pages_send(web: TestClient) -> None:
    shown: dict[tuple[str, str], set[str]] = {}
    for how_far in ("planned", "held"):
        for path, place in (
            (f"/{CASE}/dialogue", "dialogue"),
            (f"/{CASE}/dialogue/{MEETING}", "meeting"),
            (f"/{CASE}/items/{SEA}", "item"),
            (f"/{CASE}/follow-up", "followup"),
        ):
            text = at(how_far, web).get(f"{path}?who=Anna&side=ZEM").text
            for form in re.findall(r'<form method="post".*?</form>', text, re.DOTALL):
                found = re.search(r'name="deed" value="([^"]+)"', form)
                if found and "multipart" not in form:
                    names = set(re.findall(r'<(?:input|select|textarea|button)[^>]* name="(\w+)"', form))
                    shown.setdefault((place, found[1]), set()).update(names)
    beside = {*OF_ALL, "keep"}  # to keep what was put down is asked only where something was
    for deed, names in shown.items():
        assert names - beside == set(FIELDS[deed]) - beside, deed
    assert set(DEEDS) - set(shown) <= {
        ("meeting", "sign"),
        ("meeting", "excerpts"),
        ("meeting", "close"),
        ("meeting", "hold"),
    }


def at(how_far: str, web: TestClient) -> TestClient:
    """The pages at another stage of the meeting, in a register of their own."""
    import tempfile

    folder = Path(tempfile.mkdtemp())
    opened = Store(store_url(str(folder / "r.sqlite")))
    stage(opened, whole(folder / "content"), how_far)
    return TestClient(build(opened, folder / "content"), base_url="http://127.0.0.1")


def test_a_field_that_is_too_long_is_refused(web: TestClient) -> None:
    token = token_of(web.get(f"/{CASE}/dialogue?who=Anna&side=ZEM").text)
    addresses = {place: path.replace("{case}", CASE) for path, place in PLACES.items()}
    for (place, deed), held in FIELDS.items():
        address = addresses[place].replace("{name}", MEETING if place == "meeting" else SEA)
        for name, most in held.items():
            sent = {"token": token, "deed": deed, "who": "Anna", "side": "ZEM", name: "x" * (most + 1)}
            answer = web.post(address, data=sent)
            assert answer.status_code == 400 and f"takes at most {most:,}" in answer.text, (place, deed, name)


# Nothing makes it fail.


@composite
def twisted(draw: st.DrawFn, case: Any, token: str) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
    """A case of the fuzzer: mostly at addresses that are there, mostly with the token, some fields fitting, some extreme."""
    path = case.path
    for name in re.findall(r"\{(\w+)\}", path):
        value = draw(
            st.one_of(
                st.sampled_from(KNOWN[name]),
                st.sampled_from(KNOWN[name]),
                st.sampled_from(EXTREME),
                st.just(str(case.path_parameters[name])),
            )
        )
        path = path.replace(f"{{{name}}}", _quoted(value))
    query = {name: draw(_twist(name, value)) for name, value in (case.query or {}).items()}
    body = case.body if isinstance(case.body, dict) else {}
    body = {name: value if name == "deed" else draw(_twist(name, value)) for name, value in body.items()}
    # What the description names and the case left out stands in for it half of the time.
    if "deed" in body:
        place = next((place for path_, place in PLACES.items() if path_ == case.path), "")
        body = {
            **{
                name: FITTING.get(name, "1")
                for name in FIELDS.get((place, str(body["deed"])), {})
                if draw(st.booleans())
            },
            **body,
        }
    if case.method == "POST" and draw(st.integers(0, 9)):
        body |= {"token": token, "who": "Anna", "side": draw(st.sampled_from(("ZEM", "RUR", "reviewer")))}
    return case.method, path, query, body


def _twist(name: str, value: Any) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.just(value), st.sampled_from(EXTREME), *([st.just(FITTING[name])] * 2 if name in FITTING else [])
    )


def _quoted(value: str) -> str:
    from urllib.parse import quote

    return quote(value.encode("utf-8", "replace"), safe="")


def _plain(held: dict[str, Any]) -> dict[str, Any]:
    """What is sent, without halves of characters, which no browser sends."""

    def words(one: Any) -> str:
        return str(one).encode("utf-8", "replace").decode()

    return {
        words(name): [words(one) for one in value] if isinstance(value, list) else words(value)
        for name, value in held.items()
    }


def test_nothing_that_is_sent_makes_it_fail(web: TestClient) -> None:
    told = web.get("/openapi.json").json()
    schema = schemathesis.openapi.from_dict(told)
    token = token_of(web.get(f"/{CASE}/dialogue?who=Anna&side=ZEM").text)
    counts: dict[int, int] = {}
    for found in schema.get_all_operations():
        _fuzz(web, found.ok(), token, counts)  # type: ignore[union-attr]
    assert sum(counts.values()) >= EXAMPLES * 20 and counts.get(200) and counts.get(303) and counts.get(400)
    if LONG:
        print(f"{sum(counts.values())} requests: {dict(sorted(counts.items()))}")
    # And what was kept of it stops no page.
    for address in (f"/{CASE}/dialogue", f"/{CASE}/dialogue/{MEETING}", f"/{CASE}/follow-up", f"/{CASE}/dialogue/{MEETING}/minutes.docx",
                    f"/{CASE}/dialogue/{MEETING}/brief/joint.docx", f"/{CASE}/dialogue/{MEETING}/brief/joint.pdf", f"/{CASE}/dialogue/{MEETING}/meeting.ics",
                    *(f"/{CASE}/calendar/{owner}.ics" for owner in KNOWN["owner"]), f"/{CASE}", f"/{CASE}/commitments", f"/{CASE}/timeline", f"/{CASE}/sources"):  # fmt: skip
        for day in ("", "?as_of=9999-12-31", "?as_of=0001-01-01", "?as_of=2040-01-01"):
            assert web.get(f"{address}{day}").status_code < 500, (address, day)


def _fuzz(web: TestClient, operation: Any, token: str, counts: dict[int, int]) -> None:
    """Send what the description of one operation allows, twisted."""

    @settings(max_examples=EXAMPLES, database=None, phases=(Phase.generate, Phase.shrink), derandomize=not LONG)
    @given(st.data())
    def fuzz(data: st.DataObject) -> None:
        method, path, query, body = data.draw(twisted(data.draw(operation.as_strategy()), token))
        answer = _send(web, method, path, _plain(query), _plain(body))
        counts[answer.status_code] = counts.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, (answer.status_code, answer.text[-800:-500])

    fuzz()


def _send(web: TestClient, method: str, path: str, query: dict[str, Any], body: dict[str, Any]) -> Any:
    if method != "POST":
        return web.request(method, path, params=query)
    if path.endswith("/returned") or path == "/read":
        file = body.pop("file", None)
        sent = {"file": ("minutes.docx", str(file).encode())} if file is not None else None
        return web.post(path, data=body, files=sent)
    return web.post(path, data=body)


def test_extremes_in_every_part_of_every_address(web: TestClient) -> None:
    for said in EXTREME if LONG else ("²", "9999-12-31", "\x00", "[", "../../etc/passwd"):
        _extreme(web, said)


def _extreme(web: TestClient, said: str) -> None:
    for route in routes(web):
        if "GET" not in (route.methods or ()):
            continue
        names = re.findall(r"\{(\w+)\}", route.path)
        for odd in names or [""]:
            path = route.path
            for name in names:
                path = path.replace(f"{{{name}}}", _quoted(said) if name == odd else KNOWN[name][0])
            for query in (
                {},
                {"as_of": said},
                {**dict.fromkeys(ASKED.get(route.path, ()), said), "who": said, "side": said},
            ):
                answer = web.get(path, params=query)
                assert answer.status_code < 500, (path, query, answer.text[-700:])

"""The door and what is behind it, asked as a browser, a program and a troublemaker would."""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from starlette.testclient import TestClient

from servanda.accounts import keep, notes
from servanda.accounts.session import IDLE
from servanda.faces.web.app import HEADERS, build
from servanda.faces.web.guard import DOOR
from servanda.faces.web.signin import within
from servanda.model.dialogue import Role, Speaker
from servanda.model.words import Kind
from servanda.register.keep import bring_in
from servanda.settings import now, shipped_content, store_url
from servanda.store import accounts
from servanda.store.connect import Store
from tests.faces.test_web import PAGES
from tests.openid import consent, served
from tests.pages.invented import write_bare
from tests.postgres import free_port
from tests.statement import read_instead

pytestmark = pytest.mark.usefixtures("quick_passwords")
PASSWORD = "four tides met a poet"
AT = "2026-11-23T12:00:00+00:00"
NAMES = ("anna", "boris")


def populate(store: Store) -> Store:
    for name, full, role, party in (
        ("anna", "Anna <b>Lee</b>", Role.CO_CHAIR, "KOR"),
        ("boris", "Boris Rao", Role.POLICYMAKER, "IND"),
    ):
        wanted = keep.Wanted(name, full, role, party, email=f"{name}@x.example", password=PASSWORD)
        keep.add(store, wanted, "the keeper", AT, secrets.token_bytes)
    return store


@pytest.fixture
def store(shelf: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "register.sqlite"
    shutil.copyfile(shelf, path)
    opened = populate(Store(store_url(str(path))))
    yield opened
    opened.close()


def client(store: Store, https: bool = False, content: Path | None = None, **options: Any) -> TestClient:
    web = build(store, content or shipped_content(), secure=https, **options)
    return TestClient(
        web, base_url=f"http{'s' if https else ''}://127.0.0.1", raise_server_exceptions=False, follow_redirects=False
    )


@pytest.fixture
def web(store: Store) -> TestClient:
    return client(store)


def token_of(text: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found, text[:2000]
    return found[1]


def sign_in(web: TestClient, name: str = "anna", password: str = PASSWORD, **fields: str) -> Any:
    sent = {"token": token_of(web.get("/signin").text), "name": name, "password": password, **fields}
    return web.post("/signin", data=sent)


def inside(store: Store, name: str = "anna", **options: Any) -> TestClient:
    made = client(store, **options)
    assert sign_in(made, name).status_code == 303
    return made


def act(web: TestClient, do: str, **fields: str) -> Any:
    return web.post("/account", data={"token": token_of(web.get("/account").text), "do": do, **fields})


def cookie(answer: Any, name: str) -> str:
    found = [one for one in answer.headers.get_list("set-cookie") if one.startswith(f"{name}=")]
    assert len(found) == 1, answer.headers.get_list("set-cookie")
    told: str = found[0]
    return told


# Alone, and not alone.


def test_without_accounts_nothing_is_in_the_way(shelf: Path) -> None:
    opened = Store(store_url(str(shelf)))
    web = client(opened)
    for address in PAGES[:6]:
        answer = web.get(address)
        assert answer.status_code == 200 and "set-cookie" not in answer.headers
        assert "Sign out" not in answer.text and "no-store" not in answer.headers.get("cache-control", "")
    assert web.get("/signin").headers["location"] == "/"
    assert web.get("/account").status_code == 404
    assert web.post("/signin", data={"name": "x"}).status_code == 303
    opened.close()


@pytest.mark.parametrize(
    "address",
    [*PAGES, "/account", "/read", "/ind-kor/report.pdf", "/ind-kor/charts/statuses.csv", "/commitments?format=csv",
     "/nothing/here", "/ind-kro", "/static/none", "/static/report.css", "/static/commitments/C018", "/signin/none",
     "/signin/", "//signin", "/%73ignin%2f..%2find-kor", "/openapi.json"],
)  # fmt: skip
def test_every_address_asks_who_comes(web: TestClient, address: str) -> None:
    answer = web.get(address)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/signin"), address
    assert answer.content == b""
    twin = web.get(address, headers={"accept": "application/json"})
    assert twin.status_code == 401 and list(twin.json()) == ["error"]
    assert "ind-kor" not in twin.text and "register" not in twin.text
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert web.request(method, address).status_code == 401, method
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name)[0].startswith(value), name
    assert answer.headers["cache-control"] == "no-store"


def test_no_way_of_writing_an_address_opens_it(web: TestClient) -> None:
    for address in ("/signin%3F", "/signin%3F/charts/statuses.svg", "/signin%23/commitments", "/signin;/commitments"):
        assert web.get(address).headers.get("location", "").startswith("/signin?next="), address
    for host in ("127.0.0.1:80/signin?", "127.0.0.1:80/signin#", "127.0.0.1:/static/style.css?"):
        for address in ("/ind-kor", "/ind-kor?format=json", "/commitments?format=csv"):
            answer = web.get(address, headers={"host": host})
            assert answer.status_code in (303, 400, 401) and "Korea" not in answer.text, (host, address)


def test_without_the_extra_the_program_is_as_before(shelf: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('argon2', 'pyotp', 'authlib', 'joserfc', 'requests'): sys.modules[name] = None\n"
        "from starlette.testclient import TestClient\n"
        "from servanda.faces.web.app import build\n"
        f"web = TestClient(build({str(shelf)!r}), base_url='http://127.0.0.1')\n"
        "print([web.get(address).status_code for address in ('/', '/ind-kor/commitments', '/read', '/signin')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout.strip() == "[200, 200, 200, 200]"


def test_only_the_door_and_the_style_are_free(web: TestClient) -> None:
    for address in ("/static/style.css", "/static/icon.svg", "/static/reading.css", "/static/reading.js", "/signin"):
        assert web.get(address).status_code == 200, address
    assert sorted(DOOR) == ["/signin", "/signin/code", "/signin/provider", "/signin/return"]


def test_the_door_shows_nothing_of_the_house(web: TestClient) -> None:
    for address in ("/signin", "/signin/code"):
        page = web.get(address)
        assert "India" not in page.text and "<nav" not in page.text and "Sign out" not in page.text
        for name, value in HEADERS.items():
            assert page.headers.get_list(name) == [value], name
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"


def test_from_the_door_to_the_page_that_was_asked_for(web: TestClient) -> None:
    asked = "/ind-kor/commitments?area=trade&as_of=2016-03-01"
    where = web.get(asked).headers["location"]
    assert parse_qs(urlsplit(where).query) == {"next": [asked]}
    page = web.get(where)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    answer = web.post(
        "/signin", data={**{k: unescape(v) for k, v in fields.items()}, "name": "anna", "password": PASSWORD}
    )
    assert answer.status_code == 303 and answer.headers["location"] == asked
    shown = web.get(asked)
    assert shown.status_code == 200 and "Anna &lt;b&gt;Lee&lt;/b&gt;" in shown.text and "<b>Lee" not in shown.text
    assert web.get("/signin?next=/method").headers["location"] == "/method", "who is in is led on"


def test_an_account_made_while_the_pages_are_up_closes_them_at_once(shelf: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    shutil.copyfile(shelf, path)
    opened = Store(store_url(str(path)))
    web = client(opened)
    assert web.get("/").status_code == 200
    populate(opened)
    assert web.get("/").status_code == 303
    for name in NAMES:
        keep.close(opened, name, "k", AT)
    assert web.get("/").status_code == 303, "and closing them all does not open the pages"
    opened.close()


# What whoever is wrong learns, and how often they may try.


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("<script>", "x")])
def test_whoever_is_wrong_hears_the_same(web: TestClient, name: str, password: str) -> None:
    answer = sign_in(web, name, password)
    assert answer.status_code == 403 and "name or password is not right" in answer.text
    assert "<script" not in answer.text and (not password or f'"{password}"' not in answer.text)
    assert not [one for one in answer.headers.get_list("set-cookie") if one.startswith("servanda=")]
    plain = re.sub(r'value="[^"]*"', "", answer.text)
    assert plain == re.sub(r'value="[^"]*"', "", sign_in(web, "another", "wrong too").text)


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_who_tries_too_often_waits(store: Store, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("SERVANDA_NOW", AT)
    answers = [sign_in(client(store), name, "wrong") for _ in range(7)]  # another browser each time
    assert [answer.status_code for answer in answers] == [403] * 5 + [429] * 2
    assert answers[-1].headers["retry-after"] == "1" and "tried too often; wait 1 seconds" in answers[-1].text


def test_the_wait_holds_in_every_process(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_NOW", AT)
    again = Store(store.url)
    webs = [client(store), client(again)]
    assert [sign_in(webs[turn % 2], "anna", "wrong").status_code for turn in range(7)] == [403] * 5 + [429] * 2
    assert sign_in(webs[0]).status_code == 429, "nor does the right one help before its time"
    monkeypatch.setenv("SERVANDA_NOW", AT.replace("12:00:00", "12:00:02"))
    assert sign_in(webs[1]).status_code == 303
    again.close()


# Sessions and their cookies.


def test_the_cookie_is_for_this_host_only_and_no_script_reads_it(web: TestClient) -> None:
    told = cookie(sign_in(web), "servanda")
    assert {part.strip() for part in told.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=strict"}


def test_behind_https_the_browser_itself_holds_it_to_the_host(store: Store) -> None:
    web = client(store, https=True)
    answer = sign_in(web)
    for name in ("__Host-servanda", "__Host-servanda-door"):
        told = cookie(answer, name)
        assert {"HttpOnly", "Path=/", "Secure"} <= {part.strip() for part in told.split(";")}
        assert "domain" not in told.lower()
    assert web.get("/").status_code == 200
    assert web.get("/").headers["strict-transport-security"].startswith("max-age=")
    plain = client(store, https=True)
    plain.cookies.set("servanda", web.cookies["__Host-servanda"])
    assert plain.get("/").status_code == 303, "a name that any page of the domain may set is not read"


def test_a_planted_token_is_not_taken_over(store: Store) -> None:
    mine = inside(store, "boris")
    planted = mine.cookies["servanda"]
    victim = client(store)
    victim.cookies.set("servanda", planted)
    page = victim.get("/signin")
    assert page.status_code == 303, "the victim sees that somebody is in: themselves they are not"
    for value in ("x", "", "planted", planted + "x"):
        victim = client(store)
        victim.cookies.set("servanda", value)
        answer = sign_in(victim)
        given = cookie(answer, "servanda").split(";")[0].split("=", 1)[1]
        assert answer.status_code == 303 and given != value and len(given) == 43


def test_signing_out_ends_it_also_for_who_kept_the_cookie(store: Store) -> None:
    web = inside(store)
    kept = web.cookies["servanda"]
    page = web.get("/")
    answer = web.post("/signout", data={"token": token_of(page.text)})
    assert answer.status_code == 303 and answer.headers["location"] == "/signin"
    assert "Max-Age=0" in cookie(answer, "servanda")
    thief = client(store)
    thief.cookies.set("servanda", kept)
    assert thief.get("/").status_code == 303


def test_a_session_ends_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = inside(store)
    assert web.get("/").status_code == 200
    monkeypatch.setenv("SERVANDA_NOW", (now() + IDLE).isoformat())
    assert web.get("/").status_code == 303


def test_closing_an_account_shuts_its_pages_at_once(store: Store) -> None:
    web = inside(store)
    keep.close(store, "anna", "k", AT)
    assert web.get("/").status_code == 303


def test_the_token_is_in_no_page_and_in_no_log(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    web = inside(store)
    held = web.cookies["servanda"]
    for address in ("/", "/account", "/ind-kor?format=json", "/read", "/nothing/here", "/ind-kro"):
        answer = web.get(address)
        assert held not in answer.text and "argon2" not in answer.text, address
    ours = [one for one in caplog.records if not one.name.startswith(("httpx", "httpcore", "asyncio"))]
    assert not any(held in one.getMessage() or PASSWORD in one.getMessage() for one in ours)
    with store.read() as unit:
        assert held not in str(accounts.told(unit))


# Forms of other sites, and ways out of the house.


@pytest.mark.parametrize("said", ["", "x", "\x00", "token"])
def test_a_form_without_its_token_does_nothing(store: Store, said: str) -> None:
    web = inside(store)
    for address, fields in (
        ("/signout", {}),
        (
            "/account",
            {
                "do": "password",
                "old": PASSWORD,
                "new": "another tide, another poet",
                "again": "another tide, another poet",
            },
        ),
        ("/account", {"do": "factor"}),
        ("/account", {"do": "end"}),
        (
            "/read",
            {"characters": "They will sing.", "title": "T", "date": "2026-01-01", "first": "IND", "second": "KOR"},
        ),
    ):
        answer = web.post(address, data={**fields, "token": said})
        assert answer.status_code == 403, (address, fields)
        assert "nothing was written" in answer.text
    assert web.get("/").status_code == 200 and sign_in(client(store)).status_code == 303


def test_the_token_of_another_session_is_foreign(store: Store) -> None:
    anna, boris = inside(store, "anna"), inside(store, "boris")
    stolen = token_of(boris.get("/account").text)
    before = token_of(client(store).get("/signin").text)
    own_earlier = token_of(anna.get("/account").text)
    for token in (stolen, before):
        assert anna.post("/signout", data={"token": token}).status_code == 403
    sign_in_again = inside(store, "anna")
    assert sign_in_again.post("/signout", data={"token": own_earlier}).status_code == 403
    assert anna.post("/signout", data={"token": own_earlier}).status_code == 303


def test_a_token_holds_in_every_process(store: Store) -> None:
    one, again = inside(store), Store(store.url)
    other = client(again)
    other.cookies.set("servanda", one.cookies["servanda"])
    assert token_of(one.get("/account").text) == token_of(other.get("/account").text)
    assert other.post("/signout", data={"token": token_of(one.get("/account").text)}).status_code == 303
    again.close()


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
     {"origin": "http://127.0.0.1:9"}],
)  # fmt: skip
def test_a_form_of_another_site_is_refused_at_the_door_and_behind_it(store: Store, headers: dict[str, str]) -> None:
    web = client(store)
    fields = {"token": token_of(web.get("/signin").text), "name": "anna", "password": PASSWORD}
    refused = web.post("/signin", data=fields, headers=headers)
    assert refused.status_code == 403 and "servanda" not in web.cookies
    anna = inside(store)
    assert anna.post("/signout", data={"token": token_of(anna.get("/").text)}, headers=headers).status_code == 403
    assert anna.get("/").status_code == 200


def test_nobody_is_signed_in_by_a_form_that_this_browser_did_not_ask_for(store: Store) -> None:
    mine = token_of(client(store).get("/signin").text)
    victim = client(store)
    for held in (None, "x"):
        if held:
            victim.cookies.set("servanda-door", held)
        answer = victim.post("/signin", data={"token": mine, "name": "boris", "password": PASSWORD})
        assert answer.status_code == 403 and "servanda" not in victim.cookies


@pytest.mark.parametrize(
    "said",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example", "evil.example",
     "javascript:alert(1)", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", " //evil.example", "///evil.example",
     "/%09/evil.example\r\nset-cookie: a=b", "data:text/html,x", "", "/signin", "/signout", "/" + "x" * 3000,
     "@evil.example", "/\u2028/evil"],
)  # fmt: skip
def test_nobody_is_led_out_of_the_house(store: Store, said: str) -> None:
    assert within(said) == "/"
    answer = sign_in(client(store), next=said)
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    web = client(store)
    page = web.get("/signin", params={"next": said})
    assert "evil" not in page.text and "javascript:" not in page.text


def test_pages_of_ours_are_led_to(store: Store) -> None:
    for said in ("/ind-kor", "/ind-kor/commitments?q=a%26b&page=2", "/read/D-1.en?who=%EC%A1%B0"):
        assert within(said) == said
        assert sign_in(client(store), next=said).headers["location"] == said


def test_too_much_and_no_form_are_refused_at_the_door(web: TestClient) -> None:
    for body, kind in ((b"{}", "application/json"), (b"x", "multipart/form-data; boundary=a"), (b"", "")):
        answer = web.post("/signin", content=body, headers={"content-type": kind})
        assert answer.status_code == 400
    big = web.post("/signin", data={"name": "x" * 100_000, "password": "y" * 100_000, "token": "z"})
    assert big.status_code == 403


# Second factor and one's own account.


def code_at(secret: str, moment: Any) -> str:
    return pyotp.TOTP(secret).at(moment)


def set_up(web: TestClient) -> tuple[str, list[str]]:
    """Set up a second factor on the page; its secret and the recovery codes."""
    act(web, "factor")
    found = re.search(r"secret=([A-Z2-7]{32})", web.get("/account").text)
    assert found
    done = act(web, "confirm", code=code_at(found[1], now()))
    codes = re.findall(r"<li><code>([a-z2-7-]{19})</code>", done.text)
    assert done.status_code == 200 and len(codes) == 10, done.text
    return found[1], codes


def test_password_then_code(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_NOW", AT)
    secret, codes = set_up(inside(store))
    monkeypatch.setenv("SERVANDA_NOW", AT.replace("12:00:00", "12:01:00"))
    web = client(store)
    half = sign_in(web, next="/method")
    assert half.headers["location"] == "/signin/code?next=%2Fmethod"
    first = web.cookies["servanda"]
    assert web.get("/method").status_code == 303, "nobody is in yet"
    page = web.get(half.headers["location"])
    wrong = web.post("/signin/code", data={"token": token_of(page.text), "code": "000000", "next": "/method"})
    assert wrong.status_code == 403 and "the code is not right" in wrong.text
    fields = {"token": token_of(wrong.text), "code": code_at(secret, now()), "next": "/method"}
    right = web.post("/signin/code", data=fields)
    assert right.status_code == 303 and right.headers["location"] == "/method"
    assert web.cookies["servanda"] != first and web.get("/method").status_code == 200
    for text in (web.get("/account").text, web.get("/").text):
        assert secret not in text and not any(one in text for one in codes), "shown once"
    assert "10 recovery codes are left" in web.get("/account").text


def test_a_code_without_a_password_is_nothing(store: Store) -> None:
    web = client(store)
    token = token_of(web.get("/signin/code").text)
    answer = web.post("/signin/code", data={"token": token, "code": "123456"})
    assert answer.status_code == 403 and "begin again" in answer.text


def test_who_must_have_a_factor_sees_nothing_before(store: Store) -> None:
    keep.ask_factor(store, "anna", "k", AT, required=True, reset=False)
    web = inside(store)
    for address in ("/", "/ind-kor", "/read"):
        assert web.get(address).headers["location"] == "/account"
        assert web.get(address, headers={"accept": "application/json"}).status_code == 401
        assert web.post(address, data={}).status_code == 401
    assert "needs a second factor" in web.get("/account").text
    set_up(web)
    assert web.get("/ind-kor").status_code == 200
    assert "Take the second factor off" not in web.get("/account").text


def test_another_password_on_the_page(store: Store) -> None:
    web, other = inside(store), inside(store)
    new = "another tide, another poet"
    for old, first, second, status, said in (
        ("wrong", new, new, 403, "your password is not right"),
        (PASSWORD, new, new + "x", 400, "typed in two ways"),
        (PASSWORD, "short", "short", 400, "has 5 characters"),
    ):
        answer = act(web, "password", old=old, new=first, again=second)
        assert answer.status_code == status and said in unescape(answer.text)
        assert new not in answer.text and PASSWORD not in answer.text
    assert act(web, "password", old=PASSWORD, new=new, again=new).status_code == 200
    assert web.get("/").status_code == 200 and other.get("/").status_code == 303
    assert sign_in(client(store)).status_code == 403 and sign_in(client(store), password=new).status_code == 303


def test_browsers_are_listed_and_ended(store: Store) -> None:
    web, other, foreign = inside(store), inside(store), inside(store, "boris")
    page = web.get("/account").text
    assert page.count("this browser") == 1 and page.count('name="session"') == 1
    theirs = re.search(r'name="session" value="(\w+)"', inside(store, "boris").get("/account").text)
    assert theirs and "elsewhere: 0" in act(web, "end", session=theirs[1]).text
    assert foreign.get("/").status_code == 200
    found = re.search(r'name="session" value="(\w+)"', page)
    assert found and "elsewhere: 1" in act(web, "end", session=found[1]).text
    assert other.get("/").status_code == 303 and web.get("/").status_code == 200
    assert act(web, "nonsense").status_code == 400


# The provider.


@pytest.fixture(scope="module")
def provider() -> Iterator[Any]:
    yield from served(free_port())


def test_by_the_provider_and_back(store: Store, provider: Any) -> None:
    keep.change(store, "anna", "k", AT, email="anna@zembla.example")
    web = client(store, by=provider)
    assert "/signin/provider?next=%2Fmethod" in web.get("/signin?next=/method").text
    away = web.get("/signin/provider?next=/method")
    assert away.status_code == 303 and away.headers["location"].startswith(provider.issuer)
    told = cookie(away, "servanda-round")
    assert "HttpOnly" in told and "SameSite=lax" in told and "Max-Age=600" in told
    back = consent(away.headers["location"], sub="s-anna")
    assert back.startswith("http://127.0.0.1/signin/return?")
    elsewhere = client(store, by=provider).get(back)
    assert elsewhere.status_code == 403 and "not begun in this browser" in elsewhere.text
    answer = web.get(back)
    assert answer.status_code == 303 and answer.headers["location"] == "/method"
    assert "SameSite=lax" in cookie(answer, "servanda") and "Max-Age=0" in cookie(answer, "servanda-round")
    assert web.get("/method").status_code == 200
    assert client(store, by=provider).get(back).status_code == 403, "and the way back leads in once"
    again = client(store, by=provider)
    again.get(consent(again.get("/signin/provider").headers["location"], sub="s-anna"))
    assert again.get("/").status_code == 200, "by its subject from now on"


@pytest.mark.parametrize("form", [{"sub": "s-boris"}, {"sub": "stranger"}, {"action": "deny"}])
def test_the_provider_lets_in_nobody_whom_we_do_not_know(store: Store, provider: Any, form: dict[str, str]) -> None:
    keep.change(store, "boris", "k", AT, email="boris@ruritania.example")  # which the provider has not verified
    web = client(store, by=provider)
    where = consent(web.get("/signin/provider").headers["location"], **form)
    answer = web.get(where)
    assert answer.status_code == 403 and "servanda" not in web.cookies
    assert web.get("/").status_code == 303


def test_a_provider_that_is_away_leaves_the_password(store: Store) -> None:
    from servanda.settings import Provider

    web = client(store, by=Provider("http://127.0.0.1:9", "servanda"))
    answer = web.get("/signin/provider")
    assert answer.status_code == 403 and "does not answer" in answer.text and "Password" in answer.text
    for address in ("/signin/return", "/signin/return?code=x&state=y", "/signin/return?error=%3Cscript%3E"):
        assert web.get(address).status_code == 403 and "<script" not in web.get(address).text
    assert client(store).get("/signin/provider").headers["location"] == "/signin"
    assert client(store).get("/signin/return?code=x").headers["location"] == "/signin"


# Under whose name something is written, and what nobody else sees.


def test_whatever_a_form_says_it_is_written_under_ones_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_instead(monkeypatch)
    content = write_bare(tmp_path / "content")
    opened = Store(store_url(str(tmp_path / "r.sqlite")))
    bring_in(opened, content, "a", "b", AT)
    populate(opened)
    web = inside(opened, "boris", content=content)
    fields = {
        "characters": "They will open a gate together. The sea was calm.", "title": "Statement", "date": "2026-03-09",
        "first": "ZEM", "second": "RUR", "who": "Anna Lee", "publisher": "official",
    }  # fmt: skip
    handed = web.post("/read", data={**fields, "token": token_of(web.get("/read?who=Anna+Lee").text)})
    assert handed.status_code == 303 and parse_qs(urlsplit(handed.headers["location"]).query)["who"] == ["Boris Rao"]
    from sqlalchemy import text

    with opened.read() as unit:
        assert unit.execute(text("SELECT who FROM entries ORDER BY seq DESC")).scalars().first() == "Boris Rao"
    opened.close()


PLANTED = "quelque chose de secret"


def test_the_other_party_s_notes_change_no_byte_of_any_page(store: Store, tmp_path: Path) -> None:
    from servanda.register.keep import write_out

    web = inside(store, "boris")

    def seen() -> dict[str, bytes]:
        found = {}
        for address in PAGES:
            for more in ("", "format=json", "q=secret"):
                joined = f"{address}{'&' if '?' in address else '?'}{more}" if more else address
                found[joined] = web.get(joined).content
        for address in ("/account", "/read", "/commitments?format=csv", "/ind-kor/report.html",
                        "/ind-kor/commitments?q=quelque&format=json"):  # fmt: skip
            found[address] = web.get(address).content
        return found

    before = seen()
    anna = Speaker("Anna Lee", "KOR", Role.CO_CHAIR)
    for number in range(30):
        for ref in ("C018", "C003"):
            notes.write(store, anna, Kind.COMMITMENT, ref, f"{PLANTED} {number}", AT)
    after = seen()
    assert [address for address in before if before[address] != after[address]] == []
    assert not any(PLANTED.encode() in page for page in after.values())
    assert PLANTED not in json.dumps([path.read_text() for path in write_out(store, tmp_path / "out", ("ind-kor",))])


def test_the_pages_of_accounts_hold_markup_as_text(store: Store) -> None:
    web = inside(store)
    web.headers["user-agent"] = "<script>alert(1)</script>"
    sign_in_again = client(store)
    sign_in_again.headers["user-agent"] = "<script>alert(1)</script>"
    sign_in(sign_in_again)
    page = web.get("/account").text
    assert "&lt;script&gt;" in page and "<script" not in page and "Anna <b>" not in page

"""The door in a real browser: by keyboard, on a desk and on a phone, without any script, with a second factor."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest

from servanda.accounts.keep import Wanted, add
from servanda.model.dialogue import Role
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.faces.accessible import problems
from tests.faces.conftest import DAY
from tests.faces.served import serving
from tests.faces.test_browser import CHROMIUM, DESK, PHONE, Visit, browser

__all__ = ["browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

PASSWORD = "four tides met a poet"
REFUSED = "Failed to load resource: the server responded with a status of 403 (Forbidden)"


@pytest.fixture
def server(seeded: Path, tmp_path: Path) -> Iterator[str]:
    """`servanda serve` over a register with two accounts; its address."""
    path = tmp_path / "register.sqlite"
    shutil.copyfile(seeded, path)
    store = Store(store_url(str(path)))
    for name, full, party in (("anna", "Anna Lee", "KOR"), ("boris", "Boris Rao", "IND")):
        wanted = Wanted(name, full, Role.CO_CHAIR, party, password=PASSWORD)
        add(store, wanted, "the keeper", f"{DAY}T12:00:00+00:00", secrets.token_bytes)
    store.close()
    with serving(path) as address:
        yield address


def enter(page: Any, name: str = "anna") -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_by_keyboard_to_the_page_that_was_asked_for_and_out_again(browser: Any, server: str) -> None:
    visit = Visit(browser, server, viewport=DESK, java_script_enabled=False)
    page = visit.page
    page.goto("/ind-kor/threads?as_of=2016-03-01")
    assert "/signin?next=" in page.url
    page.get_by_label("Name").focus()
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ind-kor/threads?as_of=2016-03-01")
    (held,) = page.context.cookies()
    assert held["httpOnly"] and held["sameSite"] == "Strict" and held["path"] == "/" and held["name"] == "servanda"
    page.get_by_role("link", name="Anna Lee").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your account"
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/signin")
    assert page.context.cookies() == [] or all(one["name"] != "servanda" for one in page.context.cookies())
    page.goto("/ind-kor")
    assert "/signin" in page.url
    page.go_back()
    assert "Threads" not in page.locator("main").inner_text(), "nothing is left in the browser for the next"
    visit.close()


def test_wrong_then_right_then_a_second_factor(browser: Any, server: str) -> None:
    visit = Visit(browser, server, viewport=PHONE)
    page = visit.page
    page.goto("/signin")
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").inner_text() == "name or password is not right"
    assert page.get_by_label("Name").input_value() == "anna" and page.get_by_label("Password").input_value() == ""
    enter(page)
    page.goto("/account")
    page.get_by_role("button", name="Set up a second factor").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("The first code it shows").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Put it in force").click()
    assert page.get_by_role("list", name="Recovery codes").get_by_role("listitem").count() == 10
    codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem").all_inner_texts()
    page.goto("/account")
    assert codes[0] not in page.content() and secret not in page.content()
    page.get_by_role("button", name="Sign out", exact=True).click()
    enter(page)
    assert "/signin/code" in page.url
    page.get_by_label("Code, or a recovery code").fill(pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30)))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/")
    page.get_by_role("button", name="Sign out").click()
    enter(page)
    page.get_by_label("Code, or a recovery code").fill(codes[0])
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/")
    assert visit.faults == [REFUSED]
    visit.faults.clear()
    visit.close()


def test_no_other_site_sends_a_form_or_frames_a_page(browser: Any, server: str) -> None:
    """A page of another site, in the browser of somebody who is signed in here."""
    visit = Visit(browser, server)
    page = visit.page
    page.goto("/signin")
    enter(page)
    form = f'<form method="post" action="{server}/signout"><input name="token" value="x"><button>Win a prize</button></form>'
    evil = "http://evil.localhost:8411/"
    page.route(
        evil,
        lambda route: route.fulfill(body=f'{form}<iframe src="{server}/account"></iframe>', content_type="text/html"),
    )
    page.goto(evil)
    assert "Your account" not in "".join(frame.content() for frame in page.frames if frame.url.startswith(server))
    page.get_by_role("button", name="Win a prize").click()
    page.wait_for_load_state()
    assert "Signed out" not in page.content()
    page.goto(server + "/account")
    assert page.get_by_role("heading", level=1).inner_text() == "Your account"
    visit.faults.clear()
    visit.close()


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone at night"])
def test_the_pages_fit_and_can_be_read_by_everybody(
    browser: Any, server: str, viewport: dict[str, int], scheme: str
) -> None:
    visit = Visit(browser, server, viewport=viewport, color_scheme=scheme)
    page = visit.page

    def looked_at(sign: str = "h1") -> None:
        page.locator(sign).first.wait_for()
        page.wait_for_load_state("load")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, (page.url, f"{wide} pixels too wide")
        assert problems(page) == [], page.url

    for address in ("/signin?next=%2Fmethod", "/signin/code"):
        page.goto(address)
        looked_at()
    page.goto("/signin")
    enter(page)
    page.goto("/account")
    looked_at()
    page.get_by_role("button", name="Set up a second factor").click()
    looked_at("#secret")
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("The first code it shows").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Put it in force").click()
    looked_at(".codes")
    for address in ("/ind-kor", "/commitments", "/read"):
        page.goto(address)
        looked_at()
    visit.close()

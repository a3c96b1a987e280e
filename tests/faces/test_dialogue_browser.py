"""A meeting at the table in a real browser: the score that moves, the network that goes, two people at one item, every page for everybody."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from servanda.model.dialogue import ItemState
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.faces.accessible import problems
from tests.faces.conftest import DAY
from tests.faces.served import Server
from tests.faces.talks import CASE, MEETING, SEA, VERSE, populate, record, stage
from tests.faces.test_browser import CHROMIUM, DESK, PHONE, Visit, browser
from tests.faces.test_fuzz import with_lists

__all__ = ["browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
ANNA, BORIS = "?who=Anna&side=ZEM", "?who=Boris&side=RUR"
ITEM, AT_TABLE = f"/{CASE}/items/{SEA}", f"/{CASE}/dialogue/{MEETING}"
GONE = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    """`servanda serve` over a meeting that is held, alone on a laptop."""
    yield from at("held", tmp_path)


def at(how_far: str, folder: Path, guarded: bool = False) -> Iterator[Server]:
    content = with_lists(folder / "content")
    store = Store(store_url(str(folder / "register.sqlite")))
    stage(store, content, how_far)
    if guarded:
        populate(store)
    store.close()
    server = Server(str(folder / "register.sqlite"), content, f"{DAY}T12:00:00+00:00")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def now(server: Server) -> Any:
    """The record as it now is."""
    store = Store(store_url(server.store))
    held = record(store)
    store.close()
    return held


@pytest.fixture
def desk(browser: Any, served: Server) -> Iterator[Visit]:
    visit = Visit(browser, served.address, viewport=DESK, color_scheme="light")
    visit.page.set_default_timeout(15_000)
    yield visit
    visit.close()


def points(page: Any) -> int:
    found = re.search(r"(\d+) of 100", page.locator("#score").inner_text())
    assert found
    return int(found[1])


def fill(page: Any, **fields: str) -> None:
    names = {"says": "What will be done?", "owner": "Who answers for it?", "deadline": "By when?", "deliverable": "How will we know?",
             "decision": "Decided in a sentence"}  # fmt: skip
    for name, words in fields.items():
        page.get_by_label(names[name]).fill(words)


def is_at(page: Any, score: int) -> None:
    page.wait_for_function(f"() => !document.getElementById('score').textContent.startsWith('{score} of')")


def test_the_score_moves_while_an_undertaking_is_typed_and_the_questions_go(desk: Visit, served: Server) -> None:
    page = desk.page
    page.goto(ITEM + ANNA)
    score = page.locator("#score")
    seen = [points(page)]
    assert "who answers for it?" in score.inner_text() and "by when?" in score.inner_text()
    for name, words in (
        ("says", "Open the ferry"),
        ("owner", "Ministry of Transport"),
        ("deadline", "2027-09-30"),
        ("deliverable", "a ferry line"),
    ):
        before = score.inner_text()
        fill(page, **{name: words})
        page.wait_for_function("before => document.getElementById('score').innerText !== before", arg=before)
        seen.append(points(page))
    assert seen == sorted(seen) and seen[-1] > seen[0] + 20, seen
    assert "?" not in score.inner_text(), "every question has its answer"
    page.get_by_label("Zembla", exact=True).check()
    fill(page, decision="By spring")
    with page.expect_navigation():
        page.get_by_role("button", name="Decided", exact=True).click()
    assert "By spring" in page.locator("p.decision").first.inner_text()
    one = now(served).agenda[SEA]
    assert one.state is ItemState.DECIDED and one.resolutions[0].owner == "Ministry of Transport"


def test_a_question_without_an_answer_keeps_everything_on_the_page(desk: Visit, served: Server) -> None:
    page = desk.page
    page.goto(ITEM + ANNA)
    fill(page, says="Open the ferry", decision="By spring")
    page.get_by_role("button", name="Decided", exact=True).click()
    page.locator("#kept", has_text="who answers for it?").wait_for()
    assert page.get_by_label("What will be done?").input_value() == "Open the ferry"
    assert now(served).agenda[SEA].state is ItemState.OPEN
    fill(page, owner="Ministry", deadline="2027", deliverable="a line")
    with page.expect_navigation():
        page.get_by_role("button", name="Decided", exact=True).click()
    assert now(served).agenda[SEA].resolutions[0].says == "Open the ferry"
    page.locator("p.decision").first.wait_for()
    assert page.locator("#kept").is_hidden(), "what was saved in the end is no longer told as kept"
    desk.faults.clear()


def test_with_the_network_gone_it_is_kept_told_and_sent_when_it_is_back(desk: Visit, served: Server) -> None:
    page = desk.page
    page.goto(ITEM + ANNA)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    fill(
        page,
        says="Open the ferry",
        owner="Ministry",
        deadline="2027",
        deliverable="a line",
        decision="Without the network",
    )
    desk.context.set_offline(True)
    page.get_by_role("button", name="Decided", exact=True).click()
    page.locator("#kept", has_text="Kept on this machine").wait_for()
    assert SEA in page.locator("#kept").inner_text()
    assert page.get_by_label("What will be done?").input_value() == "Open the ferry", "what was typed stays"
    kept = page.evaluate("localStorage.getItem('servanda-minutes')")
    assert "Without+the+network" in kept and "token" not in kept, "nothing secret is kept"
    assert now(served).agenda[SEA].state is ItemState.OPEN
    # Reloaded without the network the page still opens, and still says what waits.
    page.reload()
    page.locator("#kept", has_text="Kept on this machine").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "The ferry"
    with page.expect_navigation():
        desk.context.set_offline(False)
    page.locator("p.decision", has_text="Without the network").first.wait_for()
    assert (
        page.locator("#kept").is_hidden()
        and page.evaluate("JSON.parse(localStorage.getItem('servanda-minutes')).length") == 0
    )
    one = now(served).agenda[SEA]
    assert one.decision == "Without the network" and [made.says for made in one.resolutions] == ["Open the ferry"], (
        "once"
    )
    assert [fault for fault in desk.faults if GONE not in fault and "ERR_FAILED" not in fault] == []
    desk.faults.clear()


def test_a_page_that_was_open_once_opens_without_the_network_looking_as_it_did(desk: Visit, served: Server) -> None:
    page = desk.page
    for address in (AT_TABLE, ITEM):
        page.goto(address + ANNA)
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        page.wait_for_function("async address => (await caches.match(address)) !== undefined", arg=address + ANNA)
    page.wait_for_function("async () => (await caches.match('/static/style.css')) !== undefined")
    before = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    desk.context.set_offline(True)
    for address in (AT_TABLE, ITEM):
        page.goto(address + ANNA)
        assert page.locator("h1").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily") == before
    desk.context.set_offline(False)
    assert [fault for fault in desk.faults if GONE not in fault and "ERR_FAILED" not in fault] == []
    desk.faults.clear()


def test_behind_a_sign_in_nothing_of_a_page_stays_in_the_browser(browser: Any, tmp_path: Path) -> None:
    for server in at("held", tmp_path, guarded=True):
        visit = Visit(browser, server.address, viewport=DESK)
        page = visit.page
        page.goto(ITEM)
        page.get_by_label("Name").fill("anna")
        page.get_by_label("Password").fill("four tides met a poet")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{ITEM}")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.wait_for_timeout(500)
        held = page.evaluate(
            "caches.keys().then(async names => (await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).map(one => one.url)))).flat())"
        )
        assert [one for one in held if "/static/" not in one] == []
        visit.close()


def test_two_people_decide_one_item_and_nothing_is_lost(desk: Visit, browser: Any, served: Server) -> None:
    other = Visit(browser, served.address, viewport=DESK)
    anna, boris = desk.page, other.page
    anna.goto(ITEM + ANNA)
    boris.goto(ITEM + BORIS)
    fill(anna, says="Open the ferry", owner="Ministry", deadline="2027", deliverable="a line", decision="By spring")
    fill(
        boris,
        says="Dredge the harbour",
        owner="Harbour Office",
        deadline="2028",
        deliverable="a channel",
        decision="By autumn",
    )
    with anna.expect_navigation():
        anna.get_by_role("button", name="Decided", exact=True).click()
    with boris.expect_navigation():  # the item as Anna has it, with what Boris typed beside it
        boris.get_by_role("button", name="Decided", exact=True).click()
    told = boris.locator("#kept")
    told.get_by_text("By spring").first.wait_for()
    assert "By autumn" in told.inner_text(), "both values, to choose from"
    assert "By spring" in boris.locator("p.decision").first.inner_text()
    boris.get_by_role("button", name="Bring it back into the form").click()
    assert boris.get_by_label("What will be done?").input_value() == "Dredge the harbour"
    assert boris.get_by_label("Decided in a sentence").input_value() == "By autumn"
    assert boris.get_by_label("keep: Open the ferry").is_checked()
    with boris.expect_navigation():
        boris.get_by_role("button", name="Decided", exact=True).click()
    boris.locator("p.decision", has_text="By autumn").first.wait_for()
    one = now(served).agenda[SEA]
    assert one.decision == "By autumn" and [made.says for made in one.resolutions] == [
        "Open the ferry",
        "Dredge the harbour",
    ]
    other.faults = [fault for fault in other.faults if "409" not in fault]
    other.close()


def test_one_item_is_settled_by_keyboard_alone(desk: Visit, served: Server) -> None:
    page = desk.page
    page.goto(AT_TABLE + ANNA)
    tab_to(
        page,
        lambda: page.evaluate(
            "document.activeElement.matches('a') && document.activeElement.textContent.includes('The ferry')"
        ),
    )
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for name, words in (
        ("decision", "By spring"),
        ("until", ""),
        ("says", "Open the ferry"),
        ("owner", "Ministry"),
        ("deadline", "2027"),
        ("deliverable", "a line"),
    ):
        tab_to(page, lambda name=name: page.evaluate("document.activeElement.name") == name)
        page.keyboard.type(words)
    tab_to(page, lambda: page.evaluate("document.activeElement.name") == "parties")
    page.keyboard.press("Space")
    tab_to(page, lambda: page.evaluate("document.activeElement.value") == "decided")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    one = now(served).agenda[SEA]
    assert one.state is ItemState.DECIDED and one.decision == "By spring" and one.resolutions[0].parties == ("ZEM",)


def tab_to(page: Any, there: Any, most: int = 80) -> None:
    for _ in range(most):
        if there():
            return
        page.keyboard.press("Tab")
    raise AssertionError("no key leads there")


def test_everything_without_a_script(browser: Any, served: Server) -> None:
    visit = Visit(browser, served.address, viewport=PHONE, java_script_enabled=False)
    page = visit.page
    page.goto(ITEM + ANNA)
    fill(page, says="Open the ferry", decision="By spring")
    page.get_by_role("button", name="Decided", exact=True).click()
    assert "who answers for it?" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("What will be done?").input_value() == "Open the ferry"
    visit.faults.clear()
    fill(page, owner="Ministry", deadline="2027", deliverable="a line")
    page.get_by_role("button", name="Decided", exact=True).click()
    assert now(served).agenda[SEA].resolutions[0].owner == "Ministry"
    visit.close()


@pytest.mark.parametrize("how_far", ["planned", "held", "closed"])
def test_every_page_of_the_dialogue_fits_and_can_be_read_by_everybody(
    browser: Any, tmp_path: Path, how_far: str
) -> None:
    for server in at(how_far, tmp_path):
        visit = Visit(browser, server.address, viewport=DESK)
        page = visit.page
        for address in (f"/{CASE}/dialogue", AT_TABLE, ITEM, f"/{CASE}/items/{VERSE}", f"/{CASE}/follow-up"):
            for who in ("", ANNA):
                page.goto(address + who)
                check(page, f"{address}{who} {how_far}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            check(page, f"{address} {how_far}, open")
        page.goto(f"{ITEM}?who=Clara&side=reviewer")
        check(page, f"the reviewer's {how_far}")
        for reader in ("ZEM", "joint"):
            page.goto(f"{AT_TABLE}/brief/{reader}{ANNA}")
            check(page, f"brief {reader} {how_far}")
        if how_far == "held":
            refused_and_returned(page, server)
            visit.faults = [fault for fault in visit.faults if "400" not in fault]
        visit.close()


def check(page: Any, what: str) -> None:
    """Everybody can read the page that is open: on a desk and on a phone, by day and by night."""
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (what, viewport, f"{wide} pixels too wide")
            assert problems(page) == [], (what, viewport, scheme)
            folder = os.environ.get("SHOTS")
            if folder:
                name = re.sub(r"[^a-z0-9]+", "-", what.lower())
                page.screenshot(path=f"{folder}/{name}-{viewport['width']}-{scheme}.png", full_page=True)


def refused_and_returned(page: Any, server: Server) -> None:
    """The page of minutes that came back, and a form that was refused."""
    page.goto(AT_TABLE + ANNA)
    file = minutes(page, server)
    page.get_by_text("Take edited minutes back").click()
    chosen = {"name": "minutes.docx", "mimeType": "application/octet-stream", "buffer": file}
    page.get_by_label("The edited file").set_input_files(chosen)
    with page.expect_navigation():
        page.get_by_role("button", name="Show every change").click()
    assert "The night ferry" in page.locator("main").inner_text()
    check(page, "what came back")
    with page.expect_navigation():
        page.get_by_role("button", name="Take what is ticked").click()
    assert now(server).agenda[SEA].title == "The night ferry"
    page.goto(f"/{CASE}/follow-up{ANNA}")
    page.get_by_text("Report on a commitment").click()
    page.evaluate("document.querySelectorAll('form').forEach(one => { one.noValidate = true; })")
    with page.expect_navigation():
        page.get_by_role("button", name="Report", exact=True).click()
    assert page.get_by_role("alert").is_visible()
    check(page, "a report refused")


def minutes(page: Any, server: Server) -> bytes:
    """The minutes in Word, with another title for the first item."""
    import io
    import zipfile

    raw = page.request.get(f"{server.address}{AT_TABLE}/minutes.docx").body()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.infolist():
            body = old.read(one)
            new.writestr(
                one.filename,
                body.replace(b"The ferry", b"The night ferry") if one.filename == "word/document.xml" else body,
            )
    return made.getvalue()

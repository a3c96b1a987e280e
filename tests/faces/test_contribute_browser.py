"""The form of Contribute in a real browser: by keyboard, on a phone, without a script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faces.accessible import problems
from tests.faces.served import serving
from tests.faces.test_browser import CHROMIUM, DESK, PHONE, Visit, browser

__all__ = ["browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
FEW = 40
"""Keys that a form may take which is done in two minutes."""


@pytest.fixture(scope="module")
def server(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = tmp_path_factory.mktemp("served") / "register.sqlite"
    shutil.copyfile(seeded, store)
    with serving(store) as address:
        yield address


@pytest.fixture
def phone(browser: Any, server: str) -> Iterator[Any]:
    visit = Visit(browser, server, viewport=PHONE, java_script_enabled=True, color_scheme="light")
    yield visit.page
    visit.close()


def test_by_keyboard_alone_on_a_phone(phone: Any) -> None:
    phone.goto("/ind-kor/contribute")
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        phone.keyboard.press(key)
        keys += 1

    def name() -> str:
        held: str = phone.evaluate("document.activeElement.value || document.activeElement.name || ''")
        field: str = phone.evaluate("document.activeElement.name || ''")
        return f"{field}={held}"

    press("Tab")
    press("Enter")  # skip to the content
    while not name().startswith("country="):
        press("Tab")
        assert keys < FEW
    phone.keyboard.type("Ind")
    press("Tab")
    phone.keyboard.type("pers")
    press("Tab")
    phone.keyboard.type("doct")
    press("Tab")
    phone.keyboard.type("battery materials")
    press("Tab")
    assert name() == "wants=research project"
    press("Space")
    while not phone.evaluate("document.activeElement.matches('.ask button')"):
        press("Tab")
        assert keys < FEW
    press("Enter")
    phone.wait_for_url("**wants=research*")
    assert keys < FEW
    sent = phone.url.split("?")[1].split("#")[0]
    assert sent == "country=IND&who=person&level=8&skills=battery+materials&wants=research+project&age=&about="
    top = phone.evaluate("document.getElementById('fits').getBoundingClientRect().top")
    assert top < PHONE["height"] / 2, "the answer is in sight, and not the form again"
    assert "may fit" in phone.locator("#fits").inner_text()
    first = phone.locator("ol.cards > li").first
    assert "Closes:" in first.inner_text()
    assert "met: " in first.inner_text()
    assert phone.locator(".ask [name=skills]").input_value() == "battery materials", "the form keeps what was said"
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.get_by_role("heading", name="Promised, and no programme serves it").is_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_without_a_script_nobody_is_shut_out(browser: Any, server: str, size: dict[str, int]) -> None:
    visit = Visit(browser, server, viewport=size, java_script_enabled=False)
    page = visit.page
    page.goto("/contribute")
    page.get_by_label("Where you belong").select_option("Korea")
    page.get_by_label("Where you want to go").select_option("India")
    page.get_by_label("language").check()
    page.get_by_role("button", name="Show what fits").click()
    assert (
        "Hindi" in page.locator("ol.cards > li").first.inner_text() + page.locator("ol.cards > li").nth(1).inner_text()
    )
    page.get_by_role("link", name="Contribute").click()
    assert page.url.endswith("/contribute"), "and nothing is remembered"
    visit.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readers_who_listen_or_need_contrast(browser: Any, server: str, size: dict[str, int], scheme: str) -> None:
    visit = Visit(browser, server, viewport=size, color_scheme=scheme)
    for address in ("/contribute?age=old&country=IND", "/ind-kor/contribute?country=KOR&wants=degree"):
        visit.page.goto(address)
        assert problems(visit.page) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    visit.close()

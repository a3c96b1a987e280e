"""The map of institutions in a real browser: by mouse, by keyboard, on a phone, and what can be taken away."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.csv
import pytest

from servanda.sources.declared import source
from servanda.sources.fetch import add
from tests.faces.accessible import problems
from tests.faces.served import serving
from tests.faces.test_browser import CHROMIUM, DESK, PHONE, Visit, browser
from tests.opportunities.test_introductions import table

__all__ = ["browser"]
HERE = "/ind-kor/technology?as_of=2006-05-01"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def held(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`servanda serve` with an invented table of papers; its address."""
    root = tmp_path_factory.mktemp("papers")
    shutil.copyfile(seeded, root / "register.sqlite")
    pyarrow.csv.write_csv(table(), root / "papers.csv")
    add(root / "papers.csv", source("papers"), root / "data", "2026-11-20", "2026-11-20T00:00:00+00:00")
    with serving(root / "register.sqlite", SERVANDA_DATA=str(root / "data")) as address:
        yield address


@pytest.fixture
def desk(browser: Any, held: str) -> Iterator[Any]:
    visit = Visit(browser, held, viewport=DESK, color_scheme="light")
    visit.page.goto(HERE)
    yield visit.page
    visit.close()


def test_by_mouse_and_by_keyboard_an_institution_tells_its_papers(desk: Any) -> None:
    nodes = desk.locator(".map .node")
    assert 4 < nodes.count() <= 40
    told = desk.locator(".map .node > .own:visible")
    assert told.count() == 0 and desk.locator(".map .hint").is_visible()
    nodes.nth(2).locator("circle").hover()
    assert told.count() == 1
    first = nodes.nth(2).get_attribute("aria-label")
    assert re.match(r"N\d\d: \d+ papers?, \d+ with institutions of .+\. With N\d\d \(", first)
    assert first.startswith(told.locator("text").first.text_content())
    desk.mouse.move(0, 0)
    desk.get_by_role("region", name="Map of institutions").focus()
    for place in range(3):
        desk.keyboard.press("Tab")
        assert desk.evaluate("document.activeElement.getAttribute('aria-label')") == nodes.nth(place).get_attribute(
            "aria-label"
        )
        assert told.count() == 1, "only what has the focus tells of itself"
    ring = "getComputedStyle(document.activeElement.querySelector(':scope > circle')).strokeWidth"
    assert float(desk.evaluate(ring).removesuffix("px")) >= 2, "whatever has the focus shows it"


def test_the_table_beneath_holds_what_the_picture_shows(desk: Any) -> None:
    desk.get_by_role("link", name="The same as a table").click()
    rows = desk.get_by_role("region", name="Who writes with whom, table").locator("tbody tr")
    assert rows.first.is_visible()
    drawn = desk.locator(".map .ties path title").all_text_contents()
    shown = [" and ".join(one.all_inner_texts()[:2]) + ": " + one.last.inner_text() for one in
             (row.get_by_role("cell") for row in rows.all())]  # fmt: skip
    assert sorted(shown) == sorted(drawn) and len(desk.locator(".map .ties .wish").all()) > 3


def test_a_field_is_chosen_and_the_day_is_kept(desk: Any) -> None:
    everybody = desk.locator(".map .node").count()
    desk.locator("select[name=field]").select_option("subject 2")
    desk.get_by_role("button", name="Show the field").click()
    assert "as_of=2006-05-01" in desk.url and "field=subject+2" in desk.url
    names = desk.locator(".map .node > text").all_text_contents()
    assert 2 < len(names) <= everybody and {int(name[1:]) // 15 for name in names} == {2}
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name=re.compile(r"All \d+ as CSV")).click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    pairs = desk.get_by_role("region", name="Pairs to bring together, table").locator("tbody tr")
    assert rows[0]["institution"] in pairs.first.inner_text() and "subject 2" in rows[-1]["place"]
    with desk.expect_download() as waiting:
        pairs.first.get_by_role("link", name=re.compile("^Letter to ")).click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    assert waiting.value.suggested_filename == f"{rows[0]['institution']} and {rows[0]['other institution']}.docx"


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone at night"])
def test_the_page_with_a_map_fits_and_can_be_read(
    browser: Any, held: str, viewport: dict[str, int], scheme: str
) -> None:
    visit = Visit(browser, held, viewport=viewport, color_scheme=scheme)
    visit.page.goto(HERE)
    assert visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    visit.page.locator(".map .node").first.focus()
    assert problems(visit.page) == []
    visit.close()


def test_no_letter_to_a_pair_that_is_not_in_the_list(desk: Any) -> None:
    answer = desk.context.request.get("/ind-kor/technology/letter.docx?one=A&other=B&as_of=2006-05-01")
    assert answer.status == 404 and "no such pair" in answer.text()


def test_the_network_and_the_pairs_as_json(desk: Any) -> None:
    made = desk.context.request.get("/ind-kor/technology/pairs.json?as_of=2006-05-01&field=subject+2").json()
    assert made["field"] == "subject 2" and made["until"] == 2005 and made["cite"] == "papers.csv, added 2026-11-20"
    desk.goto(f"{HERE}&field=subject+2")
    assert len(made["network"]["left"]) + len(made["network"]["right"]) == desk.locator(".map .node").count()
    assert made["pairs"][0]["reasons"] and made["pairs"][0]["low"] < made["pairs"][0]["chance"]
    assert desk.context.request.get("/ind-kor/technology/pairs.xml?as_of=2006-05-01").status == 404

"""The pages in a real browser: what a desk officer does, by mouse and by keyboard, on a desk and on a phone."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.faces.accessible import problems
from tests.faces.served import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGES = (
    "/",
    "/method",
    "/ind-kor?peers=1",
    "/ind-kor/commitments",
    "/commitments?q=ship&area=trade",
    "/ind-kor/commitments/C003",
    "/ind-kor/threads",
    "/ind-kor/threads/sentenced-prisoners-transfer",
    "/ind-kor/timeline",
    "/ind-kor/figures",
    "/ind-kor/ties",
    "/ind-kor/trade",
    "/ind-kor/scenarios?with=request-list&with=green-goods",
    "/ind-kor/scenarios/full-liberalisation",
    "/ind-kor/region?by=kappa",
    "/ind-kor/people",
    "/ind-kor/roadmaps",
    "/contribute",
    "/ind-kor/contribute?country=IND&wants=degree",
    "/ind-kor/technology",
    "/ind-kor/defence",
    "/ind-kor/barriers",
    "/ind-kor/sources",
    "/nothing-here",
    "/kor-vnm/report.html",
)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def server(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`servanda serve` on any free port; its address."""
    store = tmp_path_factory.mktemp("served") / "register.sqlite"
    shutil.copyfile(seeded, store)
    with serving(store) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


class Visit:
    """A page in the browser that notes every fault of the console and every request to another host."""

    def __init__(self, browser: Any, server: str, **options: Any) -> None:
        self.server = server
        self.context = browser.new_context(base_url=server, **options)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type != "log" else None)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("request", lambda asked: self._ask(asked.url))

    def _ask(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:")):
            self.faults.append(f"a request to {url}")

    def close(self) -> None:
        """End the visit; a fault that was noted fails the test."""
        self.context.close()
        assert self.faults == []


@pytest.fixture
def desk(browser: Any, server: str) -> Iterator[Any]:
    """A visit from a desk."""
    visit = Visit(browser, server, viewport=DESK, color_scheme="light")
    yield visit.page
    visit.close()


def test_from_the_overview_to_the_source_of_an_overdue_promise(desk: Any) -> None:
    desk.goto("/")
    desk.get_by_role("link", name="India and the Republic of Korea").click()
    late = desk.get_by_role("region", name="Past the date, shown open, table")
    first = late.get_by_role("row").nth(1)
    assert int(first.get_by_role("cell").last.inner_text().replace(",", "")) > 365
    name = first.get_by_role("link").inner_text()
    first.get_by_role("link").click()
    assert desk.get_by_role("heading", level=1).inner_text() == name
    assert "past the date in force" in desk.locator(".lede").inner_text()
    desk.locator("ol.line a").last.click()
    assert re.fullmatch(r".*/ind-kor/commitments/C\d+", desk.url)
    held = desk.context.request.get(desk.url, headers={"accept": "application/json"}).json()
    exact = [moment["source"] for moment in held["line"] if moment["source"]]
    sources = desk.locator("ol.line").get_by_role("link", name="source", exact=True).all()
    assert [one.get_attribute("href") for one in sources] == exact and exact
    assert {one.get_attribute("rel") for one in sources} == {"noopener noreferrer"}
    assert all(urlsplit(url).scheme in ("http", "https") for url in exact)
    assert desk.get_by_text("How the status came about").is_visible()


def test_search_filter_sort_and_page(desk: Any) -> None:
    desk.goto("/ind-kor/commitments")
    total = desk.locator("[aria-live] b")
    assert total.inner_text() == "249"
    facet = desk.locator("fieldset", has_text="status").get_by_role("link", name=re.compile("^delivered"))
    promised = facet.locator("span").last.inner_text()
    facet.click()
    assert total.inner_text() == promised
    assert {words.strip() for words in desk.locator("td .status").all_inner_texts()} == {"delivered"}
    desk.locator("a[aria-current=true]").click()
    assert total.inner_text() == "249"

    first = desk.locator("tbody tr").first.inner_text()
    desk.get_by_role("link", name="Next page").click()
    assert "Page 2 of 5" in desk.locator("nav.pages").inner_text()
    assert desk.locator("tbody tr").first.inner_text() != first
    desk.get_by_label("Order").select_option("oldest first")
    desk.get_by_label("Search", exact=True).fill("trade")
    desk.get_by_role("search").get_by_role("button").click()
    assert "with “trade”" in desk.locator("[aria-live]").inner_text()
    assert "Page 1 of" in desk.locator("nav.pages").inner_text(), "a new search begins on the first page"
    dates = desk.locator("td[data-label=Made]").all_inner_texts()
    assert dates == sorted(dates) and len(dates) > 10


def test_downloads(desk: Any) -> None:
    desk.goto("/ind-kor/commitments?area=people")
    total = int(desk.locator("[aria-live] b").inner_text())
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="Download as CSV").click()
    assert waiting.value.suggested_filename == "commitments.csv"
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == total and {row["area"] for row in rows} == {"people"}

    desk.goto("/ind-kor")
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="SVG").first.click()
    assert waiting.value.suggested_filename == "ind-kor-lateness.svg"
    assert Path(waiting.value.path()).read_text(encoding="utf-8").startswith("<svg")


def test_a_chosen_day_is_kept_on_every_following_page(desk: Any) -> None:
    desk.goto("/ind-kor")
    desk.get_by_label("As of").fill("2016-03-01")
    desk.get_by_role("button", name="Show").click()
    assert parse_qs(urlsplit(desk.url).query) == {"as_of": ["2016-03-01"]}
    assert "1 March 2016" in desk.locator("footer").inner_text()
    for section in ("Threads", "Time line", "Commitments"):
        desk.get_by_role("navigation", name="Main").get_by_role("link", name=section).click()
        assert "as_of=2016-03-01" in desk.url
        assert desk.get_by_label("As of").input_value() == "2016-03-01"
    assert int(desk.locator("[aria-live] b").inner_text()) < 249
    desk.get_by_label("Search", exact=True).fill("trade")
    desk.get_by_role("search").get_by_role("button").click()
    assert "as_of=2016-03-01" in desk.url, "a search must not fall back to today"
    desk.locator("tbody a").first.click()
    assert "as_of=2016-03-01" in desk.url


def test_by_keyboard_alone(desk: Any) -> None:
    desk.goto("/ind-kor/commitments")

    def focused() -> str:
        text: str = desk.evaluate("document.activeElement.textContent.trim()")
        return text

    desk.keyboard.press("Tab")
    assert focused() == "Skip to the content"
    box = desk.locator(".skip").bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0, "it shows while it has the focus"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "content"
    for _ in range(12):
        desk.keyboard.press("Tab")
        if focused().startswith("trade"):
            break
    assert focused().startswith("trade"), "the first facet is a few steps behind the search form"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**area=trade*")
    assert desk.locator("[aria-live] b").inner_text() == "91"


def test_whatever_has_the_focus_shows_it(desk: Any) -> None:
    for address in ("/ind-kor", "/ind-kor/commitments"):
        desk.goto(address)
        for _ in range(25):
            desk.keyboard.press("Tab")
            shown = desk.evaluate(
                "(() => { const style = getComputedStyle(document.activeElement);"
                " return [document.activeElement.outerHTML.slice(0, 90), style.outlineStyle, style.outlineWidth]; })()"
            )
            assert shown[1] != "none" and float(shown[2].removesuffix("px")) >= 2, shown


def test_the_filters_are_folded_on_a_phone_and_open_on_a_desk(browser: Any, server: str) -> None:
    for viewport, folded in ((DESK, False), (PHONE, True)):
        visit = Visit(browser, server, viewport=viewport)
        visit.page.goto("/ind-kor/commitments")
        facet = visit.page.get_by_role("link", name=re.compile("^trade"))
        top = visit.page.locator("tbody tr").first.bounding_box()["y"]
        assert top < visit.page.viewport_size["height"], "the first row is on the first screen"
        assert facet.is_visible() is not folded
        if folded:
            visit.page.get_by_text("Filters").click()
            assert facet.is_visible()
            facet.click()
            assert visit.page.locator("a[aria-current=true]").is_visible(), "what is chosen stays in sight"
        visit.close()


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone at night"])
def test_every_page_fits_and_can_be_read_by_everybody(
    browser: Any, server: str, viewport: dict[str, int], scheme: str
) -> None:
    visit = Visit(browser, server, viewport=viewport, color_scheme=scheme)
    grounds = set()
    for address in PAGES:
        # A file is opened from the disk, as whoever receives it does; its answer would only be downloaded.
        if address.endswith("report.html"):
            visit.page.set_content(visit.context.request.get(address).text())
        else:
            visit.page.goto(address)
        wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, (address, f"{wide} pixels too wide")
        assert problems(visit.page) == [], address
        grounds.add(visit.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == {"rgb(252, 251, 248)" if scheme == "light" else "rgb(20, 24, 29)"}
    visit.faults.remove("Failed to load resource: the server responded with a status of 404 (Not Found)")
    visit.close()


def test_the_check_finds_what_it_looks_for(desk: Any) -> None:
    """A check that finds nothing proves nothing until it has found something."""
    desk.goto("/method")
    desk.evaluate(
        """() => {
          const main = document.querySelector('main');
          main.insertAdjacentHTML('beforeend', `<h4>Skipped</h4><img src="data:,"><svg></svg><input><a href="/x"></a>
            <p id="content" style="color:#999">pale</p><p style="opacity:.3">faint</p><a href="#none">to nowhere</a>
            <table><tr><td>1</td></tr></table><ul></ul><button tabindex="5">x</button><a href="/y">here</a>
            <div style="overflow:auto;width:50px"><div style="width:500px">wide</div></div><nav>unnamed</nav>`);
          document.documentElement.lang = '';
        }"""
    )
    found = {problem.split(":")[0].split(" 2.")[0].split(" 1.")[0] for problem in problems(desk)}
    assert found >= {
        "heading skips a level", "image without words", "picture unnamed", "field without label", "nothing to read",
        "id twice", "contrast", "leads to no anchor", "table without headers", "empty list", "own tab order",
        "link says nothing", "scrolls, but not by keyboard", "landmark unnamed", "no language",
    }  # fmt: skip


def test_print_hides_what_is_only_for_the_screen(desk: Any) -> None:
    for address in ("/ind-kor", "/ind-kor/commitments"):
        desk.goto(address)
        assert desk.locator("header.top").is_visible()
        desk.emulate_media(media="print")
        for rule in ("header.top", ".asof", ".noprint", ".find", ".facets", "nav.pages"):
            assert not any(one.is_visible() for one in desk.locator(rule).all()), (address, rule)
        assert desk.locator("main").is_visible()
        assert desk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        desk.emulate_media(media="screen")


def test_a_page_without_its_style_still_reads_in_order(desk: Any) -> None:
    desk.route("**/style.css", lambda route: route.fulfill(body="", content_type="text/css"))
    desk.goto("/ind-kor/commitments/C018")
    headings = desk.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["Life line", "Evidence", "How the status came about", "Assessments", "In the register"]


def test_rarer_parts_of_a_chapter_are_folded_on_a_phone_and_open_by_keyboard(browser: Any, server: str) -> None:
    """Both counts of people abroad are told at once; a topic opens where its heading has the focus."""
    visit = Visit(browser, server, viewport=PHONE)
    page = visit.page
    page.goto("/ind-kor/people")
    assert page.evaluate("document.documentElement.scrollHeight") < 10_000
    both = page.get_by_role("region", name="People abroad by both counts, table")
    assert "6,732 (2016): 6,721 citizens" in both.inner_text() and "6,172 (2020)" in both.inner_text()
    assert "10,388 (2017)" in both.inner_text() and "No count found" in both.inner_text()
    topic = page.locator("section[aria-labelledby=beside] details").first
    heading = topic.locator("summary h3")
    assert heading.inner_text() == "Entry" and not topic.locator("p").first.is_visible()
    topic.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert topic.locator("p").first.is_visible() and "A passport of India" in topic.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    visit.close()

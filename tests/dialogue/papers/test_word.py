"""Word files read back: real styles, page numbers, language, properties; nothing private in a joint one."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from docx import Document
from lxml import etree

from servanda.dialogue.papers.brief import brief
from servanda.dialogue.papers.paper import allowed
from servanda.dialogue.papers.word import brief_docx, minutes_docx, seal_of
from servanda.model.case import Conflict, Record
from servanda.model.dialogue import Item
from servanda.model.source import Source
from servanda.model.words import Publisher
from tests.dialogue.papers.drawn import AMBER, FERRY, ITEMS, MEETING, WORDS, agendas, parts, sent
from tests.properties import examples, given
from tests.review.made import Said, record_of
from tests.strategies import records

DAY = date(2026, 11, 23)
NOTE = "Offer a week, not a day."


def papers(side: str | None = "ZEM", notes: tuple[str, ...] = ()) -> bytes:
    record = record_of(Said("ferry", "2020-01-01", "2025-06"))
    case = replace(record.case, conflicts=(Conflict("length", ("1 km", "2 km")),), warnings=("Read with care",))
    agenda = [replace(FERRY, commitments=("C0",)), AMBER]
    return brief_docx(brief(replace(record, case=case), WORDS, MEETING, agenda, side, DAY, notes))


def opened(raw: bytes) -> Any:
    return Document(io.BytesIO(raw))


def everything(raw: bytes) -> str:
    return "\n".join(body.decode("utf-8", "replace") for body in parts(raw).values())


def test_a_brief_has_headings_a_table_and_numbered_sources() -> None:
    made = opened(papers(notes=(NOTE,)))
    heads = [(one.style.name, one.text) for one in made.paragraphs if one.style.name.startswith(("Heading", "Title"))]
    assert heads[0] == ("Title", "The two coasts: zem-rur.talks: meeting 1")
    assert [text for style, text in heads if style == "Heading 1"] == [
        "The items", "1. The ferry", "2. The levy on amber", "Private notes of Zembla", "Where sources differ",
        "How it was searched", "Sources",
    ]  # fmt: skip
    assert ("Heading 2", "What not to claim") in heads
    assert [cell.text for cell in made.tables[0].rows[1].cells] == [
        "1",
        "The ferry",
        "30",
        "drafted from the record",
        FERRY.id,
    ]
    assert any(one.text == "1. Gazette, official, undated. https://gazette.example/1" for one in made.paragraphs)
    assert any(one.text == NOTE for one in made.paragraphs)


def test_language_page_numbers_properties_and_links() -> None:
    raw = papers()
    about = opened(raw).core_properties
    assert (about.author, about.language, about.identifier) == ("Servanda", "en-GB", MEETING.id)
    assert about.title == "The two coasts: zem-rur.talks: meeting 1"
    assert about.subject == "Brief for Zembla. Not for the other side."
    assert about.created.replace(tzinfo=None) == datetime(2026, 11, 23)
    held = parts(raw)
    assert re.search(rb'<w:lang [^>]*w:val="en-GB"', held["word/styles.xml"])
    assert any(b'w:instr="PAGE"' in body for name, body in held.items() if "footer" in name)
    assert b'w:anchor="source1"' in held["word/document.xml"] and b'w:name="source1"' in held["word/document.xml"]
    assert b"https://gazette.example/1" in held["word/_rels/document.xml.rels"]
    assert "docProps/thumbnail.jpeg" not in held
    for name, body in held.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(body)


def test_every_part_is_declared_once_and_every_link_leads_to_a_part() -> None:
    for raw in (papers(), sent()):
        held = parts(raw)
        names = re.findall(rb'PartName="/([^"]+)"', held["[Content_Types].xml"])
        assert len(names) == len(set(names))
        assert {name.decode() for name in names} <= set(held)
        for target in re.findall(rb'<Relationship [^>]*Target="([^"]+)"(?![^>]*External)', held["_rels/.rels"]):
            assert target.decode().lstrip("/") in held


def test_nothing_private_is_in_a_joint_one() -> None:
    assert NOTE in everything(papers(notes=(NOTE,)))
    joint = everything(papers(None))
    assert NOTE not in joint and "Private notes" not in joint
    assert "nothing of either side’s private notes" in joint


def test_the_same_words_the_same_bytes() -> None:
    assert papers() == papers()
    assert sent() == sent()
    assert minutes_docx(MEETING, ITEMS[::-1], WORDS) == sent()


def test_an_address_that_runs_is_shown_and_not_linked() -> None:
    record = record_of(Said("a", "2020-01-01"))
    nasty = Source("<b>Paper</b>", Publisher.PRESS, "javascript:alert(1)")
    held = {name: replace(one, source=nasty) for name, one in record.commitments.items()}
    raw = brief_docx(
        brief(replace(record, commitments=held), WORDS, MEETING, [replace(FERRY, commitments=("C0",))], None, DAY)
    )
    assert b"javascript" not in parts(raw)["word/_rels/document.xml.rels"]
    assert "javascript:alert(1)" in "\n".join(one.text for one in opened(raw).paragraphs)


def test_the_minutes_carry_their_seal_and_what_was_sent() -> None:
    seal = seal_of(MEETING.id, ITEMS)
    raw = sent()
    held = parts(raw)
    assert seal in opened(raw).core_properties.identifier
    assert seal.encode() in held["docProps/custom.xml"]
    assert any(b"urn:servanda:minutes:1" in body and seal.encode() in body for body in held.values())
    assert seal_of(MEETING.id, [replace(FERRY, decision="x"), AMBER]) != seal
    made = opened(raw)
    assert made.paragraphs[-1].text == f"Seal of what was sent: {seal}"
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[:6] == [
        ["Item", FERRY.id], ["Title", "The ferry"], ["Decision", "The ferry sails."], ["State", "decided"],
        ["Deferred to", ""], ["Undertaking", "1"],
    ]  # fmt: skip
    assert ["Parties", "ZEM, RUR"] in rows and ["By when", "2021-12"] in rows and ["Undertaking", "new"] in rows


@given(agendas())
@examples(15)
def test_any_words_give_a_file_that_opens(items: list[Item]) -> None:
    made = opened(sent(items))
    assert [row.cells[1].text for table in made.tables for row in table.rows if row.cells[0].text == "Item"] == [
        *(one.id for one in items), "new",
    ]  # fmt: skip


@given(records())
@examples(15)
def test_any_record_gives_a_brief_that_opens(record: Record) -> None:
    agenda = [replace(FERRY, commitments=tuple(record.commitments), barriers=tuple(record.barriers))]
    assert opened(brief_docx(brief(record, WORDS, MEETING, agenda, "ZEM", DAY, ["a\x00b"]))).tables


def test_what_xml_cannot_hold_becomes_a_blank() -> None:
    assert allowed("a\x00b\x0bc\ufffed\r\ne\rf\tg") == "a b c d\ne\nf\tg"

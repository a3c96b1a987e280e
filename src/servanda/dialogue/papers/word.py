"""Word files that go out: the brief of a meeting, and minutes that come back edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from html import escape
from typing import Any

from servanda.dialogue.papers import paper
from servanda.dialogue.papers.brief import Brief, Talk
from servanda.dialogue.papers.cells import ITEM, NEW, OF_ITEM, OF_RESOLUTION, UNDERTAKING, texts
from servanda.dialogue.papers.phrases import flat, name_of, on, said
from servanda.dialogue.papers.points import Point
from servanda.model.dialogue import Item, Meeting
from servanda.model.plain import to_plain
from servanda.model.source import Source
from servanda.register.words import Words
from servanda.review.wording import day

FAMILY = "urn:servanda:minutes:1"
SEALED = "Seal of what was sent: "
HEADS = (
    ("points", "What may be said"),
    ("concerns", "On record from the other side"),
    ("avoid", "What not to claim"),
    ("questions", "Questions to put"),
)
CAVEAT = (
    "“No evidence found” is a verdict on the search, not on the parties. Both parties are treated by the same rule."
)
HOW = (
    "Write in the right-hand cells only. The left-hand cells and the ids tell the program where your words belong.",
    "State is open, decided, deferred or dropped. A deferred item needs the date to which it is deferred, such as "
    "2027-03; a decision, or the reason for dropping, stands under Decision.",
    "A new undertaking goes into the empty one under its item, a new item into the empty table at the end. To take an "
    "undertaking away, delete its rows or empty its cells. Changes may be tracked; comments are read too.",
)


def standing(brief: Brief) -> str:
    """For whom a brief is."""
    if brief.side is None:
        return f"Joint brief for {brief.reader}. It holds nothing of either side’s private notes."
    return f"Brief for {brief.reader}. Not for the other side."


def heads(brief: Brief) -> tuple[tuple[str, str], ...]:
    """The parts of an item with their headings, in order."""
    joint = {"concerns": "On record from each side"}
    return tuple((name, joint.get(name, head) if brief.side is None else head) for name, head in HEADS)


def source_line(source: Source) -> str:
    """A source without its address: title, publisher, date."""
    dated = f", {said(source.date)}" if source.date else ", undated"
    return f"{flat(source.title)}, {source.publisher}{dated}."


def brief_docx(brief: Brief) -> bytes:
    """A brief as a Word file: items, talking points, and the sources as a numbered list with their addresses."""
    made = paper.begin(f"{brief.title}: {brief.heading}", standing(brief), brief.as_of, brief.meeting)
    made.add_heading(paper.allowed(f"{flat(brief.title)}: {brief.heading}"), 0)
    made.add_paragraph(paper.allowed(standing(brief)), style="Subtitle")
    made.add_paragraph(paper.allowed(f"The meeting: {brief.held}."))
    made.add_paragraph(f"As of {day(brief.as_of)}, entry {brief.entries} of the register. {CAVEAT}")
    made.add_heading("The items", 1)
    rows = [(one.place, one.title, one.minutes, one.proposed_by, one.item) for one in brief.talks]
    paper.table(made, ("No.", "Item", "Minutes", "From", "Id"), rows, (1.2, 6.3, 1.9, 3, 3))
    for talk in brief.talks:
        _talk(made, brief, talk)
    if brief.notes:
        made.add_heading(paper.allowed(f"Private notes of {brief.reader}"), 1)
        for note in brief.notes:
            made.add_paragraph(paper.allowed(note))
    _differ(made, brief)
    _sources(made, brief.sources)
    return paper.finish(made)


def _talk(made: Any, brief: Brief, talk: Talk) -> None:
    made.add_heading(paper.allowed(f"{talk.place}. {talk.title}"), 1)
    made.add_paragraph(paper.allowed(f"{talk.reason} ({talk.proposed_by}; {talk.minutes} minutes; {talk.item})"))
    for name, head in heads(brief):
        points: tuple[Point, ...] = getattr(talk, name)
        if points:
            made.add_heading(head, 2)
        for point in points:
            line = made.add_paragraph(paper.allowed(point.says), style="List Bullet")
            paper.cite(line, point.sources)


def _differ(made: Any, brief: Brief) -> None:
    if brief.conflicts:
        made.add_heading("Where sources differ", 1)
        for one in brief.conflicts:
            words = f"{flat(one.topic)}: {'; '.join(flat(told) for told in one.claims)}"
            made.add_paragraph(paper.allowed(words), style="List Bullet")
    if brief.warnings:
        made.add_heading("How it was searched", 1)
        for words in brief.warnings:
            made.add_paragraph(paper.allowed(words))


def _sources(made: Any, sources: Sequence[Source]) -> None:
    made.add_heading("Sources", 1)
    if not sources:
        made.add_paragraph("No source is cited.")
    for number, source in enumerate(sources, 1):
        line = made.add_paragraph()
        paper.mark(line, f"source{number}", number)
        line.add_run(paper.allowed(f"{number}. {source_line(source)} "))
        if source.url:
            paper.address(line, source.url)
        else:
            line.add_run("No address.")


def _letters(plain: object) -> str:
    """Plain data in plain letters, in one way only."""
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def seal_of(meeting: str, items: Sequence[Item]) -> str:
    """SHA-256 of what is sent: the items of a meeting, in the order of the agenda."""
    return hashlib.sha256(_letters([meeting, [to_plain(one) for one in items]]).encode()).hexdigest()


def lines_of(meeting: Meeting, items: Sequence[Item], words: Words | None) -> list[str]:
    """The words of the form that stand outside its tables, but for the seal."""
    codes = dict.fromkeys([meeting.host, *(one.party for one in meeting.participants if one.party)])
    codes |= dict.fromkeys(code for one in items for made in one.resolutions for code in made.parties)
    known = [f"{code} is {name_of(words, code) if words else code}" for code in codes]
    titles = [f"{one.place}. {one.title}" for one in items]
    made = [f"Minutes of meeting {meeting.number} of {meeting.series}", f"Held {on(meeting.date)}. Id: {meeting.id}."]
    return [paper.allowed(flat(line)) for line in (*made, *HOW, f"{'; '.join(known)}.", *titles, "A new item")]


def minutes_docx(meeting: Meeting, items: Sequence[Item], words: Words) -> bytes:
    """The minutes as a form in Word: one table an item. What is sent goes along, sealed, for the way back."""
    items = sorted(items, key=lambda one: (one.place, one.id))
    lines = lines_of(meeting, items, words)
    seal = seal_of(meeting.id, items)
    sent = {"meeting": meeting.id, "items": [to_plain(one) for one in items], "lines": lines}
    made = paper.begin(lines[0], lines[1], meeting.date.first, f"{meeting.id} {seal}")
    made.add_heading(lines[0], 0)
    for line in lines[1 : len(HOW) + 3]:
        made.add_paragraph(line)
    for one, title in zip(items, lines[len(HOW) + 3 : -1], strict=True):
        made.add_heading(title, 1)
        blocks = [(str(number), texts(each)) for number, each in enumerate(one.resolutions, 1)]
        _form(made, one.id, texts(one), [*blocks, (NEW, {})])
    made.add_heading(lines[-1], 1)
    _form(made, NEW, {}, [(NEW, {})])
    made.add_paragraph(f"{SEALED}{seal}")
    _remember(made, _letters(sent), seal)
    return paper.finish(made)


def _form(made: Any, name: str, fields: dict[str, str], blocks: Sequence[tuple[str, dict[str, str]]]) -> None:
    """One table: the id, the fields of the item, then each undertaking."""
    rows = [(ITEM, name), *((label, fields.get(key, "")) for key, label in OF_ITEM.items())]
    for number, held in blocks:
        rows += [(UNDERTAKING, number), *((label, held.get(key, "")) for key, label in OF_RESOLUTION.items())]
    table = made.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, words in rows:
        left, right = table.add_row().cells
        left.paragraphs[0].add_run(label).bold = True
        right.text = paper.allowed(words)
    paper.widen(table, (3.2, 12.2))


def _remember(made: Any, remembered: str, seal: str) -> None:
    """What was sent as a part of the file that programs of letters keep, and its seal among the properties."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = made.part.package
    held = f'<?xml version="1.0" encoding="UTF-8"?><sent xmlns="{FAMILY}" seal="{seal}">{escape(remembered)}</sent>'
    part = Part(PackURI("/customXml/item7.xml"), "application/xml", held.encode(), package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    family = "http://schemas.openxmlformats.org/officeDocument/2006"
    properties = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="{family}/custom-properties" '
        f'xmlns:vt="{family}/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" '
        f'name="Seal"><vt:lpwstr>{seal}</vt:lpwstr></property></Properties>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    about = Part(PackURI("/docProps/custom.xml"), kind, properties.encode(), package)
    package.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)

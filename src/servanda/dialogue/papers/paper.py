"""What every Word file of the dialogue has: styles, language, page numbers, properties; the same words, the same bytes.

Every value goes in as text. What no Word file may hold (control characters) becomes a blank.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

LANGUAGE = "en-GB"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def allowed(words: object) -> str:
    """Words as XML may hold them; line breaks stay, whatever else steers becomes a blank."""
    text = str(words).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one if one in "\n\t" or _is_allowed(ord(one)) else " " for one in text)


def _is_allowed(code: int) -> bool:
    return 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF


def begin(title: str, subject: str, made: date, mark: str = "") -> Any:
    """An empty paper with its properties; `made` is the day that it speaks of, not the day of printing."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    paper = Document()
    about = paper.core_properties
    about.title, about.subject, about.author = allowed(title)[:250], allowed(subject)[:250], "Servanda"
    about.created = about.modified = datetime.combine(made, time())
    about.language, about.identifier, about.last_modified_by, about.comments = LANGUAGE, mark, "Servanda", ""
    rels = paper.part.package.rels
    for name in [name for name, one in rels.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del rels[name]  # the picture of an empty page that came with the template
    _speak(paper)
    _number(paper)
    return paper


def _speak(paper: Any) -> None:
    """Say in which language the words are, so that spelling is checked and a voice reads them right."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults = paper.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    lang = defaults.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        defaults.append(lang)
    lang.set(qn("w:val"), LANGUAGE)


def _number(paper: Any) -> None:
    """Page numbers, as a field that the reader's program counts."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = paper.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, number = OxmlElement("w:r"), OxmlElement("w:t")
    number.text = "1"
    run.append(number)
    field.append(run)
    line._p.append(field)


def widen(table: Any, widths: Sequence[float]) -> None:
    """Set the columns to their widths in centimetres; every cell says so, for some programs ask only there."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def table(paper: Any, header: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Any:
    """A table with a header row that is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = paper.add_table(rows=1, cols=len(header))
    made.style = "Table Grid"
    for cell, head in zip(made.rows[0].cells, header, strict=True):
        cell.paragraphs[0].add_run(allowed(head)).bold = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = allowed(words)
    widen(made, widths)
    return made


def cite(line: Any, numbers: Sequence[int]) -> None:
    """The numbers of sources after a sentence, raised, each leading to its line of the list."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for place, number in enumerate(numbers):
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"source{number}")
        run = line.add_run(f"{', ' if place else ' '}{number}")
        run.font.superscript = True
        link.append(run._r)
        line._p.append(link)


def mark(line: Any, name: str, number: int) -> None:
    """A place in the paper to which links lead."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        one = OxmlElement(tag)
        one.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            one.set(qn("w:name"), name)
        line._p.append(one)


def address(line: Any, url: str) -> None:
    """An address: a link where a browser may safely follow it, else its letters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = line.add_run(allowed(url))
    try:
        is_web = urlsplit(url).scheme in ("http", "https") and allowed(url) == url
    except ValueError:  # no address at all, such as http://[
        is_web = False
    if is_web:
        run.font.underline = True
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), line.part.relate_to(url, _LINK, is_external=True))
        link.append(run._r)
        line._p.append(link)


def finish(paper: Any) -> bytes:
    """The paper as bytes that depend on its words alone: a file of the same words has the same hash."""
    held, out = io.BytesIO(), io.BytesIO()
    paper.save(held)
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as still:
        for one in made.infolist():
            about = zipfile.ZipInfo(one.filename, _EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            still.writestr(about, made.read(one))
    return out.getvalue()

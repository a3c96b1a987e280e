"""A PDF into pieces: running heads gone, columns in reading order, words and paragraphs whole, footnotes at the end.

Runs in a process of its own (see apart.py): PDFium reads what a stranger wrote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from servanda.texts.extract.columns import Column, reading_order
from servanda.texts.extract.draft import Draft, Piece, Role, heading, moved, piece, row, tidy
from servanda.texts.extract.footnotes import Note, raised, take_notes
from servanda.texts.extract.glyphs import MOST_PAGES, Glyphs, Sheet, Unreadable, Word
from servanda.texts.extract.grid import take_tables
from servanda.texts.extract.hyphens import Known, joined, known_of
from servanda.texts.extract.lines import Line, lines_of, usual_size
from servanda.texts.extract.margins import without_margins
from servanda.texts.extract.paragraphs import Paragraph, paragraphs, setting_of, settle

LARGER = 1.12
_UNIT = re.compile(r"(?:^|\d)[kcdmµ]?m$")
_MADE_BY = re.compile(r"^(?:microsoft \w+ - |untitled|document\d*$|.*\.(?:docx?|pdf|indd|rtf|hwpx?)$)", re.IGNORECASE)


def read_pdf(raw: bytes) -> Draft:
    """The text of a PDF as pieces; a draft with a fault where there is none to read."""
    try:
        opened = Glyphs(raw)
    except Unreadable as fault:
        return Draft(fault=str(fault))
    try:
        if not 0 < opened.pages <= MOST_PAGES:
            return Draft(fault="long" if opened.pages else "broken")
        sheets = [opened.sheet(index) for index in range(opened.pages)]
        stated = tidy(opened.title())
    except Unreadable as fault:
        return Draft(fault=str(fault))
    finally:
        opened.close()
    return _draft([sheet for sheet in sheets if sheet is not None], len(sheets), stated)


def _draft(sheets: Sequence[Sheet], pages: int, stated: str) -> Draft:
    silent = [sheet.number for sheet in sheets if not sheet.words]
    if len(silent) == len(sheets):
        scan = any(sheet.pictures for sheet in sheets)
        return Draft(fault="scan" if scan else "empty" if sheets else "broken")
    usual = usual_size(sheets)
    columns, notes, heads = _columns(sheets, usual)
    marks = _marks(columns, notes)
    for column in columns:
        for line in column.lines:
            line.words = _without_marks(line.words, marks) or line.words
    known = known_of([line.ended for column in columns for line in column.lines])
    settle(columns)
    found = paragraphs(columns, setting_of(columns, usual))
    plain = not _mostly_bold(columns)
    pieces = [made for one in found for made in _pieces(one, usual, plain, known)]
    pieces += [Piece(Role.NOTE, tidy(joined(note.lines, known)), _shown(note.mark)) for note in notes]
    title = _title(found, usual, known) or (stated if stated and not _MADE_BY.match(stated) else None)
    return Draft(tuple(pieces), title, None, _remarks(silent, pages - len(sheets), notes, heads))


def _columns(sheets: Sequence[Sheet], usual: float) -> tuple[list[Column], list[Note], list[str]]:
    pages = []
    for sheet, tables in zip(sheets, take_tables(sheets), strict=True):
        pages.append(
            sorted([*_with_bullets(lines_of(sheet.words), sheet), *tables], key=lambda line: (line.y, line.x0))
        )
    pages, heads = without_margins(sheets, pages, usual)
    places = [reading_order(lines, sheet.width)[1] for sheet, lines in zip(sheets, pages, strict=True)]
    often = Counter(round(cut) for page in places for cut in page)
    known = [float(cut) for cut, _ in often.most_common(8)]
    columns: list[Column] = []
    notes: list[Note] = []
    for sheet, lines in zip(sheets, pages, strict=True):
        order, _ = reading_order(lines, sheet.width, known)
        take_notes(order, sheet, usual, notes)
        columns += [column for column in order if column.lines]
    return columns, notes, heads


def _with_bullets(lines: list[Line], sheet: Sheet) -> list[Line]:
    """The lines, told whether a bullet is drawn before them: printed web pages draw theirs."""
    dots = [
        (x0, x1, (y0 + y1) / 2)
        for x0, y0, x1, y1 in sheet.rules
        if 1.2 < x1 - x0 < 9 and 0.7 < (y1 - y0) / (x1 - x0) < 1.4
    ]
    for line in lines:
        low, high = line.y - 0.75 * line.size, line.y + 0.1 * line.size
        line.bullet = any(0 < line.x0 - x1 < 2.5 * line.size and low < middle < high for _, x1, middle in dots)
    return lines


def _marks(columns: Sequence[Column], notes: Sequence[Note]) -> set[str]:
    """The raised numbers that stand for notes: there is such a note, or they count up through the text."""
    marks = {note.mark for note in notes}
    seen = [
        mark
        for column in columns
        for line in column.lines
        for word in line.words
        for mark in raised(word)
        if mark.isdigit()
    ]
    counting = list(dict.fromkeys(seen))
    if len(counting) > 2 and counting == [str(number + 1) for number in range(len(counting))]:
        marks |= set(counting)
    return marks


def _without_marks(words: Sequence[Word], marks: set[str]) -> list[Word]:
    """The words without the raised marks of notes; the 2 of km2 is none."""
    kept: list[Word] = []
    for word in words:
        here = raised(word)
        if here and set(here) <= marks and not (kept and word.glued and _UNIT.search(kept[-1].text)):
            continue
        kept.append(word)
    return kept


def _mostly_bold(columns: Sequence[Column]) -> bool:
    lines = [line for column in columns for line in column.lines if line.words]
    return sum(line.bold for line in lines) > 0.5 * len(lines)


def _pieces(one: Paragraph, usual: float, plain: bool, known: Known) -> list[Piece]:
    if one.rows:
        return [made for made in map(row, one.rows) if made]
    words = joined([line.ended for line in one.lines], known)
    if one.lines[0].bullet:
        words = f"• {words}"
    larger = min(line.size for line in one.lines) > LARGER * usual
    bold = plain and all(line.bold for line in one.lines)
    made = piece(words, bold)
    if larger and made and made.role == Role.PARAGRAPH:
        made = heading(words)
    return [made] if made else []


def _title(found: Sequence[Paragraph], usual: float, known: Known) -> str | None:
    """The words in the largest type near the beginning, where they are larger than the text."""
    first = [one for one in found[:12] if not one.rows and one.lines[0].size > LARGER * usual]
    if not first:
        return None
    largest = max(first, key=lambda one: one.lines[0].size)
    return tidy(joined([line.ended for line in largest.lines], known)) or None


def _shown(mark: str) -> str:
    return f"{mark}." if mark.isdigit() else mark


def _remarks(silent: Sequence[int], broken: int, notes: Sequence[Note], heads: Sequence[str]) -> tuple[str, ...]:
    said = [moved(len(notes))] if notes else []
    said += [f"'{tidy(head)}' was taken for the head or foot of the page and left out" for head in heads]
    if silent:
        which = ", ".join(str(number) for number in silent[:10]) + (" and others" if len(silent) > 10 else "")
        said.append(f"page {which} holds no text" if len(silent) == 1 else f"pages {which} hold no text")
    if broken:
        said.append(
            "1 page is broken and was left out" if broken == 1 else f"{broken} pages are broken and were left out"
        )
    return tuple(said)

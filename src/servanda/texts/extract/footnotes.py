"""Footnotes of a PDF: taken from the foot of the page, so that a sentence above goes on over the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from servanda.texts.extract.columns import Column
from servanda.texts.extract.glyphs import Sheet, Word
from servanda.texts.extract.lines import Line, spaced

SMALLER = 0.94
_MARK = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?[.,]?")
_BEGINS = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?[.]?(?:\s+|(?=[A-Z“\"]))(?=\S)")
_HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class Note:
    """A footnote: its mark, and its lines."""

    mark: str
    lines: list[str] = field(default_factory=list)


def take_notes(columns: Sequence[Column], sheet: Sheet, usual: float, notes: list[Note]) -> None:
    """Move the footnotes of a page from its columns to the notes of the document."""
    marks = {mark for column in columns for line in column.lines for word in line.words[1:] for mark in raised(word)}
    lowest = max((line.y for column in columns for line in column.lines if line.size > SMALLER * usual), default=0.0)
    for column in columns:
        small = _first_small(column.lines, usual)
        foot = column.lines[small:]
        if not foot or (small == 0 and foot[0].y < lowest):
            continue
        ruled = _is_ruled_off(sheet, foot[0], column)
        if not ruled:
            # Small type without a line above (a caption, an address) is none: the notes begin with a mark of the text.
            begins = (place for place, line in enumerate(foot) if (_begins(line, "") or "none") in marks)
            foot = foot[next(begins, len(foot)) :]
        if foot and (notes or _begins(foot[0], "") is not None):
            column.lines = column.lines[: len(column.lines) - len(foot)]
            _read(foot, notes)


def raised(word: Word) -> tuple[str, ...]:
    """The marks of footnotes that a raised word stands for."""
    if not word.raised and word.text[:1] not in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return ()
    said = word.text.translate(_HIGH)
    marks = [_MARK.fullmatch(part) for part in re.split(r"[,\s]+", said) if part]
    return tuple(mark.group(1) for mark in marks if mark) if all(marks) else ()


def _first_small(lines: Sequence[Line], usual: float) -> int:
    start = len(lines)
    while start and lines[start - 1].size <= SMALLER * usual and not lines[start - 1].rows:
        start -= 1
    return start


def _is_ruled_off(sheet: Sheet, line: Line, column: Column) -> bool:
    """True where a short line is drawn above the notes."""
    return any(
        y1 - y0 <= 3 and 20 < x1 - x0 < 0.7 * sheet.width and x0 >= column.left - 5
        and line.y - 4.5 * line.size < y0 < line.y
        for x0, y0, x1, y1 in sheet.rules
    )  # fmt: skip


def _begins(line: Line, last: str) -> str | None:
    """The mark with which a line opens a note, or None where it goes on with the last."""
    first = line.words[0]
    high = raised(first)
    found = _BEGINS.match(line.text)
    if not high and found is None:
        return None
    mark = high[0] if high else found.group(1) if found else ""
    if last.isdigit() and mark.isdigit() and not high and int(mark) != int(last) + 1:
        return None
    return mark


def _read(foot: Sequence[Line], notes: list[Note]) -> None:
    last = ""
    for line in foot:
        mark = _begins(line, last)
        if mark is None:
            if notes:
                notes[-1].lines.append(line.text)
            continue
        last = mark
        found = None if raised(line.words[0]) else _BEGINS.match(line.text)
        notes.append(Note(mark, [line.text[found.end() :] if found else spaced(line.words[1:])]))

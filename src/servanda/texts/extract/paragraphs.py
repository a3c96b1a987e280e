"""Lines of a PDF into paragraphs: where one ends is told by gaps, indents, marks of lists and room left on a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from servanda.texts.extract.columns import Column
from servanda.texts.extract.lines import Line
from servanda.texts.extract.marks import BULLET, DASH, ENDED, NUMBER, bullet, marked

GAP = 1.2  # a paragraph stands off by more than this, in usual distances of lines
_INDENT = 0.8
_ROOM = 0.2
_FEW = 8
_AMOUNT = re.compile(r"\d{1,2}\.\d{1,2}\s")
_CUT = re.compile(r"\w[-\u00ad\u2010]$")
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}$")


@dataclass(slots=True)
class Paragraph:
    """Lines that are read as one; `rows` where they are a table."""

    lines: list[Line]
    left: float
    right: float
    rows: list[list[str]] = field(default_factory=list)

    @property
    def last(self) -> Line:
        """The line on which it ends so far."""
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class Setting:
    """How the document is set: its usual height of type, the distance of its lines.

    `flush`: its lines end at one edge. `inset`: how much further in its paragraphs begin than they go on, or 0.
    """

    usual: float
    leading: float
    flush: bool
    inset: float = 0.0

    def distance(self, size: float) -> float:
        """The usual distance of two lines of a height of type."""
        return self.leading * max(1.0, size / self.usual)


def settle(columns: Sequence[Column]) -> None:
    """Set the edges of the columns to where their lines begin and end.

    One line that sticks out is not the edge, nor is the end of a short line that stands alone.
    """
    widest: dict[tuple[str, int], float] = {}
    for column in columns:
        begins = sorted(line.x0 for line in column.lines)
        ends = sorted((line.x1 for line in column.lines), reverse=True)
        if len(ends) >= 8:
            column.left, column.right = begins[min(len(begins) // 8, 3)], ends[min(len(ends) // 8, 3)]
        if len(ends) >= 4:
            key = _place(column)
            widest[key] = max(column.right, widest.get(key, 0.0))
    for column in columns:
        if len(column.lines) < 8:
            column.right = max(column.right, widest.get(_place(column), 0.0))


def _place(column: Column) -> tuple[str, int]:
    return column.slot, round(column.left / 20)


def setting_of(columns: Sequence[Column], usual: float) -> Setting:
    """The setting of a document, from the lines in its usual type."""
    gaps: Counter[float] = Counter()
    ends = lines = 0
    for column in columns:
        for above, line in zip(column.lines, column.lines[1:], strict=False):
            if abs(line.size - usual) <= 0.6 and 0.9 * usual < line.y - above.y < 3 * usual:
                gaps[round((line.y - above.y) * 2) / 2] += 1
        lines += len(column.lines)
        ends += sum(_is_flush(line, column.right) for line in column.lines)
    often = [gap for gap in sorted(gaps) if gaps[gap] + gaps[gap + 0.5] >= 0.15 * gaps.total()]
    leading = often[0] + 0.5 if often else 1.4 * usual
    if gaps.total() < _FEW and leading > 1.6 * usual:
        leading = 1.4 * usual  # a few wide gaps are those between paragraphs
    return Setting(usual, leading, ends > 0.5 * lines, _inset(columns))


def _is_flush(line: Line, right: float) -> bool:
    """True for a line that ends at the edge; a full stop or a hyphen may hang over it."""
    return abs(line.x1 - right) < 0.3 * line.size


def _inset(columns: Sequence[Column]) -> float:
    """How far in paragraphs begin: lines that begin so are mostly followed by one at the edge."""
    followed: Counter[int] = Counter()
    stacked: Counter[int] = Counter()
    for column in columns:
        for line, after in zip(column.lines, column.lines[1:], strict=False):
            inset = line.x0 - column.left
            if _INDENT * line.size < inset < 5 * line.size and not bullet(line.text):
                followed[round(inset)] += after.x0 - column.left < 2.0 and not marked(after.text)
                stacked[round(inset)] += abs(after.x0 - line.x0) < 1.0 and not marked(after.text)
    usual = max(sorted(followed), key=lambda inset: followed[inset], default=0)
    return float(usual) if followed[usual] >= 3 and followed[usual] > 2 * stacked[usual] else 0.0


def paragraphs(columns: Sequence[Column], setting: Setting) -> list[Paragraph]:
    """The paragraphs of a document; one that goes on in the next column or on the next page is one."""
    made: list[Paragraph] = []
    running: Paragraph | None = None  # the last that is no table: a float may stand in the middle of a sentence
    for column in columns:
        fresh = True
        for line in column.lines:
            if line.rows:
                made.append(Paragraph([line], column.left, column.right, line.rows))
                continue
            adjacent = not fresh and made[-1] is running
            if running is not None and _continues(running, line, column, adjacent, setting):
                running.lines.append(line)
                running.left, running.right = column.left, column.right
            else:
                running = Paragraph([line], column.left, column.right)
                made.append(running)
            fresh = False
    return [one for one in made if one.rows or not _LEADERS.search(one.last.text[-60:])]


def _continues(running: Paragraph, line: Line, column: Column, adjacent: bool, setting: Setting) -> bool:
    last = running.last
    if line.bullet or abs(line.size - last.size) > 0.15 * last.size or _is_done(running):
        return False
    if not adjacent:
        return _carries_over(running, line, column, setting)
    if line.y - last.y > GAP * setting.distance(line.size) + 0.4 or line.y < last.y - line.size:
        return False
    if _is_centred(last, column) and _is_centred(line, column):
        return last.bold == line.bold
    fits = _fits(last, line, column.right)
    if _is_marked(running, line, fits):
        return False
    if _CUT.search(last.text) and line.text[:1].islower():
        return True
    if _is_set_off(running, line, column) or (setting.inset and _begins_inset(running, line, column, setting)):
        return False
    if not fits:
        return True
    if ENDED.search(last.text) or last.bold != line.bold:
        return False
    # A line that is cut a little early, for a long word or a name that is kept together, ends no paragraph.
    return _is_small(line.text) or column.right - last.x1 < _ROOM * (column.right - column.left)


def _is_done(running: Paragraph) -> bool:
    """True for a list item that is no sentence of its own, and has ended: it has no second sentence."""
    mark = marked(running.lines[0].text)
    return bool(mark and running.lines[0].text[mark.end() :][:1].islower() and re.search(r"[.;]$", running.last.text))


def _is_small(text: str) -> bool:
    """True for words that begin no sentence."""
    return text[:1].islower() or text[:1].isdigit()


def _fits(last: Line, line: Line, right: float) -> bool:
    """True where the first word of a line had room on the line before: the break between them is meant."""
    end = line.words[0].x1
    for word in line.words[1:]:
        if not word.glued:
            break
        end = word.x1
    return right - last.x1 > end - line.x0 + 0.4 * line.size


def _is_marked(running: Paragraph, line: Line, fits: bool) -> bool:
    """True for a line that begins with the mark of a list item, and not by chance with what looks like one."""
    text, last = line.text, running.last
    if BULLET.match(text):
        return True
    if not (DASH.match(text) or NUMBER.match(text)):
        return False
    if _AMOUNT.match(text) and not ENDED.search(last.text) and not _AMOUNT.match(running.lines[0].text):
        return False
    moved = min(abs(line.x0 - last.x0), abs(line.x0 - _inner(running.lines[0]))) > 0.5 * line.size
    if (fits and not (DASH.match(text) and not ENDED.search(last.text))) or moved or ENDED.search(last.text):
        return True
    return last.text.endswith((" and", " or", ",")) and _shape(text) == _shape(running.lines[0].text)


def _shape(text: str) -> str:
    """The mark that opens a list item, but for its number or letter."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "1", text.split(maxsplit=1)[0]))


def _is_set_off(running: Paragraph, line: Line, column: Column) -> bool:
    """True for a line that begins further in, or further out, than the paragraph goes on."""
    last, first, step = running.last, running.lines[0], line.x0 - running.last.x0
    room = _INDENT * line.size
    if abs(step) <= room:
        return False
    if len(running.lines) > 1:
        return True
    if step > 0:
        return not abs(line.x0 - _inner(first)) <= room
    # A first line that is set in goes on at the edge; an item's second line may, too.
    return line.x0 > column.left + room and not (NUMBER.match(last.text) or DASH.match(last.text))


def _begins_inset(running: Paragraph, line: Line, column: Column, setting: Setting) -> bool:
    """True for a line that begins as paragraphs do here, and not where the one before goes on."""
    if abs(line.x0 - column.left - setting.inset) > 2.0:
        return False
    first = running.lines[0]
    going_on = running.last.x0 if len(running.lines) > 1 else _inner(first) if marked(first.text) else column.left
    return abs(line.x0 - going_on) > 2.5


def _inner(line: Line) -> float:
    """Where the words of a list item begin."""
    return line.words[1].x0 if marked(line.text) and len(line.words) > 1 else line.x0


def _is_centred(line: Line, column: Column) -> bool:
    left, right = line.x0 - column.left, column.right - line.x1
    return min(left, right) > 1.5 * line.size and abs(left - right) <= max(3.0, 0.15 * (left + right))


def _carries_over(running: Paragraph, line: Line, column: Column, setting: Setting) -> bool:
    """True where a paragraph goes on in the next column, on the next page, or after a table in its midst."""
    last, text = running.last, line.text
    if last.bold or line.bold or last.size > 1.12 * setting.usual or BULLET.match(text):
        return False
    if _CUT.search(last.text):
        return True
    ended, small = bool(ENDED.search(last.text)), text[:1].islower()
    fits = _fits(last, line, running.right)
    if small and not (ended and fits):
        return True
    if not ended and _AMOUNT.match(text):
        return True
    if fits or NUMBER.match(text) or DASH.match(text):
        return False
    if not ended:
        return True
    if last.text.endswith((":", ";")) or not _is_in_line(running, line, column):
        return False
    hanging = line.x0 - column.left > _INDENT * line.size and bool(marked(running.lines[0].text))
    return hanging or (setting.flush and _is_flush(last, running.right))


def _is_in_line(running: Paragraph, line: Line, column: Column) -> bool:
    """True for a line of the next column that begins where the paragraph's lines do, and not where a new one would."""
    before = running.last.x0 if len(running.lines) > 1 else _inner(running.last)
    inset, here = before - running.left, line.x0 - column.left
    return abs(inset - here) <= 0.5 * line.size or (len(running.lines) == 1 and here <= 2.0)

"""Running heads, running feet and page numbers: what stands at the edge of page after page is not the statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.texts.extract.glyphs import Sheet
from servanda.texts.extract.lines import Line
from servanda.texts.extract.marks import ENDED

_DEEP = 4  # rows from the edge of a page that can be a head or a foot
_SAME_HEIGHT = 5.0
_ROOM = 24.0
_LONGEST_HEAD = 15
_MARGIN = 0.072
_DEEPEST = 0.1
_OFTEN = 0.6
_NEAR = 20  # pages on either side that are compared
_FEW = 2
_NUMBER = re.compile(
    r"[-–—\[(|\s]*(?:page|p\.|pg\.?|no\.?)?\s*(\d{1,4}|[ivxl]{1,7}|[IVXL]{1,7})(?:\s*(?:/|of|\|)\s*\d{1,4})?(?:쪽|면)?[-–—\])|\s]*",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"\d{1,4}[/.]\s?\d{1,2}[/.]\s?\d{1,4}[.,]? .{0,6}\d{1,2}:\d{2}\b.*|(?:file|https?)://\S+ +\d{1,4}/\d{1,4}"
)


@dataclass(slots=True)
class Row:
    """All that stands at one height of a page, from edge to edge."""

    lines: list[Line]
    y: float
    size: float

    @property
    def text(self) -> str:
        """The words of the row."""
        return " ".join(line.text for line in self.lines)


def without_margins(
    sheets: Sequence[Sheet], pages: Sequence[list[Line]], usual: float
) -> tuple[list[list[Line]], list[str]]:
    """The lines of each page without its running heads, running feet and page number.

    On a page or two nothing shows that a line comes again: one that stands where others have their heads is left out,
    and handed back.
    """
    rows = [_rows(lines) for lines in pages]
    for from_top in (True, False):
        edges = [_edge(page, sheet, from_top) for page, sheet in zip(rows, sheets, strict=True)]
        for page, edge in enumerate(edges):
            for depth in range(_cut(edges, page, sheets[page].height)):
                rows[page].remove(edge[depth].row)
    alone: list[str] = []
    if len(sheets) <= _FEW:
        for held, sheet in zip(rows, sheets, strict=True):
            alone += [_take_alone(held, sheet, usual, from_top) for from_top in (True, False)]
    return [[line for row in page for line in row.lines] for page in rows], [text for text in alone if text]


def _take_alone(rows: list[Row], sheet: Sheet, usual: float, from_top: bool) -> str:
    """Take a line from the edge of a page, if it stands in the margin, far from the text and in no larger type."""
    edge = _edge(rows, sheet, from_top)
    if len(edge) < 2:
        return ""
    far, row, gap = edge[0].far, edge[0].row, edge[0].gap
    plain = row.size <= 1.02 * usual and not any(line.bold for line in row.lines) and not ENDED.search(row.text)
    if (
        not plain
        or far > _MARGIN * sheet.height
        or gap < 1.3 * max(row.size, min(inner.gap for inner in edge[1:]))
        or len(row.text.split()) > _LONGEST_HEAD
    ):
        return ""
    rows.remove(row)
    return row.text


def _rows(lines: Sequence[Line]) -> list[Row]:
    rows: list[Row] = []
    for line in lines:
        if rows and not line.rows and not rows[-1].lines[0].rows and abs(line.y - rows[-1].y) <= 0.5 * line.size:
            rows[-1].lines.append(line)
            rows[-1].size = max(rows[-1].size, line.size)
        else:
            rows.append(Row([line], line.y, line.size))
    return rows


@dataclass(frozen=True, slots=True)
class _Outer:
    """A row near the edge of a page: how far from it, its words, the gap to the next row inward."""

    far: float
    row: Row
    text: str
    gap: float


def _edge(rows: Sequence[Row], sheet: Sheet, from_top: bool) -> list[_Outer]:
    """The outermost rows of a page, from the edge inward; a table is no head and no foot."""
    inward = list(rows) if from_top else list(reversed(rows))
    edge: list[_Outer] = []
    for row, following in zip(inward[:_DEEP], [*inward[1:], None], strict=False):
        if row.lines[0].rows:
            break
        far = row.y if from_top else sheet.height - row.y
        edge.append(_Outer(far, row, row.text, abs(following.y - row.y) if following else sheet.height))
    return edge


def _cut(edges: Sequence[list[_Outer]], page: int, height: float) -> int:
    """How many of a page's outermost rows are no part of the text."""
    near = {other: edges[other] for other in range(max(0, page - _NEAR), min(len(edges), page + _NEAR + 1))}
    deep = 0
    while deep < len(edges[page]) and _is_running(edges[page][deep], near, page, height):
        deep += 1
    return deep


def _is_running(one: _Outer, near: dict[int, list[_Outer]], page: int, height: float) -> bool:
    """True for a row that other pages have at its height too, or that counts them."""
    text, gap, size = one.text, one.gap, one.row.size
    alike = [
        (other, twin)
        for other, edge in near.items()
        if other != page
        for twin in edge
        if abs(twin.far - one.far) <= _SAME_HEIGHT and abs(twin.row.size - size) <= 0.6
    ]
    same = sum(twin.text == text for _, twin in alike)
    if same and (same + 1 >= max(3, _OFTEN * len(near)) or (not ENDED.search(text) and gap > 1.15 * size)):
        return True
    counting = sum(_counts_on(text, page, twin.text, other) for other, twin in alike)
    if _NUMBER.fullmatch(text) and (counting or gap > 1.7 * size):
        return True
    if counting > 1 or (counting and re.search(r"\bpage\b", text, re.IGNORECASE)) or _PRINTED.fullmatch(text):
        return True
    if len(text.split()) > _LONGEST_HEAD or ENDED.search(text) or one.far > _DEEPEST * height:
        return False
    # Heads that change from page to page stand where one that comes again does, or each as far from the text.
    again = [twin.text for _, twin in alike]
    if len(set(again)) < len(again) and gap > 1.35 * size:
        return True
    return any(abs(gap - twin.gap) <= _ROOM and min(gap, twin.gap) > 2.1 * size for _, twin in alike)


def _counts_on(text: str, page: int, twin: str, other: int) -> bool:
    """True for two rows that differ by a number only, which grows as the pages do."""
    if re.sub(r"\d+", "#", text) != re.sub(r"\d+", "#", twin):
        return False
    steps = [int(b) - int(a) for a, b in zip(_numbers(text), _numbers(twin), strict=True)]
    return set(steps) <= {0, other - page} and any(steps)


def _numbers(text: str) -> list[str]:
    return [number[:9] for number in re.findall(r"\d+", text)]

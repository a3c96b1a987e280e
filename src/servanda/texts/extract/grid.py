"""Tables of a PDF, known by the lines drawn between their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.texts.extract.glyphs import Sheet, Word
from servanda.texts.extract.hyphens import Known, joined
from servanda.texts.extract.lines import Line, lines_of

Box = tuple[float, float, float, float]

_THIN = 3.0
_TOUCH = 3.0
_MOST_RULES = 2_000


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the lines between the cells of a table run: from left to right, from top to bottom."""

    across: tuple[float, ...]
    down: tuple[float, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """How wide the columns are, coarsely: those of one table are alike wherever it goes on."""
        return tuple(round((x - self.across[0]) / 4) for x in self.across)

    def holds(self, word: Word) -> bool:
        """True for a word inside the table."""
        middle = (word.x0 + word.x1) / 2
        return self.across[0] < middle < self.across[-1] and self.down[0] < word.y - 0.2 * word.size < self.down[-1]


def take_tables(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """The tables of each page, each as one line of the page that holds its rows; their words leave the page.

    A row that stands alone is one where the page before ends, or the next begins, with a table of the same columns.
    """
    grids = [_grids(sheet.rules) for sheet in sheets]
    rows = [[_rows(grid, [word for word in sheet.words if grid.holds(word)]) for grid in page]
            for sheet, page in zip(sheets, grids, strict=True)]  # fmt: skip
    sure = {
        grid.columns for page, held in zip(grids, rows, strict=True) for grid, lines in zip(page, held, strict=True)
        if _full(lines) > 1
    }  # fmt: skip
    tables: list[list[Line]] = []
    for sheet, page, held in zip(sheets, grids, rows, strict=True):
        tables.append([])
        for grid, lines in zip(page, held, strict=True):
            if not lines or (_full(lines) < 2 and grid.columns not in sure):
                continue  # a frame around text, not a table
            inside = [word for word in sheet.words if grid.holds(word)]
            sheet.words = [word for word in sheet.words if not grid.holds(word)]
            size = max((word.size for word in inside), default=10.0)
            edges = grid.across[0], grid.across[-1]
            tables[-1].append(Line([], grid.down[-1], size, top=grid.down[0], rows=lines, edges=edges))
    return tables


def _full(rows: Sequence[Sequence[str]]) -> int:
    """How many rows have words in more than one cell."""
    return sum(sum(bool(cell) for cell in row) > 1 for row in rows)


def _grids(rules: Sequence[Box]) -> list[_Grid]:
    flat, steep = _edges(rules)
    grids = []
    for group in _touching(flat, steep):
        across = _distinct(sorted(x for box in group if box in steep for x in (box[0], box[2])))
        down = _distinct(sorted(y for box in group if box in flat for y in (box[1], box[3])))
        if len(across) > 2 and len(down) > 1:
            grids.append(_Grid(across, down))
    return grids


def _edges(rules: Sequence[Box]) -> tuple[set[Box], set[Box]]:
    """The thin lines that lie flat and those that stand upright; a box gives its four edges."""
    flat: set[Box] = set()
    steep: set[Box] = set()
    for x0, y0, x1, y1 in rules:
        wide, high = x1 - x0, y1 - y0
        if wide <= _THIN < high:
            steep.add((x0, y0, x1, y1))
        elif high <= _THIN < wide:
            flat.add((x0, y0, x1, y1))
        elif wide > 12 and high > 8:
            flat |= {(x0, y0, x1, y0), (x0, y1, x1, y1)}
            steep |= {(x0, y0, x0, y1), (x1, y0, x1, y1)}
        if len(flat) + len(steep) > _MOST_RULES:
            return set(), set()  # a drawing, not a table
    return flat, steep


def _touching(flat: set[Box], steep: set[Box]) -> list[list[Box]]:
    """The lines in groups that hang together, from the top of the page to its foot."""
    heads: dict[Box, Box] = {}
    passing: list[Box] = []
    for one in sorted(flat | steep, key=lambda box: (box[1], box[0])):
        heads[one] = one
        passing = [box for box in passing if box[3] >= one[1] - _TOUCH]
        for box in passing:
            if _meet(one, box):
                heads[_head(heads, box)] = _head(heads, one)
        passing.append(one)
    groups: dict[Box, list[Box]] = {}
    for one in heads:
        groups.setdefault(_head(heads, one), []).append(one)
    return [group for group in groups.values() if len(group) > 4]


def _head(heads: dict[Box, Box], one: Box) -> Box:
    while heads[one] != one:
        heads[one] = heads[heads[one]]
        one = heads[one]
    return one


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] - _TOUCH <= other[2]
        and other[0] - _TOUCH <= one[2]
        and one[1] - _TOUCH <= other[3]
        and other[1] - _TOUCH <= one[3]
    )


def _distinct(values: Sequence[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for value in values:
        if not kept or value - kept[-1] > 2 * _THIN:
            kept.append(value)
    return tuple(kept)


def _rows(grid: _Grid, words: Sequence[Word]) -> list[list[str]]:
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        column = sum(1 for x in grid.across[1:-1] if x < (word.x0 + word.x1) / 2)
        place = sum(1 for y in grid.down[1:-1] if y < word.y - 0.2 * word.size)
        cells.setdefault((place, column), []).append(word)
    rows = []
    for place in range(len(grid.down) - 1):
        row = [cells.get((place, column), []) for column in range(len(grid.across) - 1)]
        if any(row):
            rows.append([_cell(held) for held in row])
    return rows


def _cell(words: Sequence[Word]) -> str:
    return joined([line.ended for line in lines_of(words)], Known())

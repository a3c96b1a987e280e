"""The order in which a page is read: columns from left to right, what crosses them where it stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.texts.extract.lines import Line, whole

_NARROWEST = 6.0
_FEWEST = 4
_DEEPEST = 3


@dataclass(slots=True)
class Column:
    """Lines that are read one after the other, with the edges between which they are set.

    `slot` says which column of a page it is: columns of one slot are alike from page to page.
    """

    lines: list[Line]
    left: float
    right: float
    slot: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """How wide a page is, and where columns are cut on other pages."""

    width: float
    known: Sequence[float]


def reading_order(
    lines: Sequence[Line],
    width: float,
    known: Sequence[float] = (),
) -> tuple[list[Column], list[float]]:
    """The columns of a page in reading order, and where one ends and the next begins.

    `known` are such places on other pages: a page whose second column has a line or two is read like the others.
    """
    found: list[float] = []
    return _split(list(lines), _Page(width, known), found, ""), found


def _split(lines: list[Line], page: _Page, found: list[float], slot: str) -> list[Column]:
    cut = _cut(lines, page) if len(slot) < _DEEPEST else None
    if cut is None:
        return [_column(lines, slot)] if lines else []
    found.append(cut)
    columns: list[Column] = []
    band: list[Line] = []
    across: list[Line] = []
    for line in [*sorted(lines, key=lambda line: (line.y, line.x0)), None]:
        if line is not None and line.x0 < cut < line.x1:
            columns += _sides(band, cut, page, found, slot)
            band = []
            across.append(line)
            continue
        if across:
            columns.append(_column(across, f"{slot}-"))
            across = []
        if line is not None:
            band.append(line)
    return [*columns, *_sides(band, cut, page, found, slot)]


def _sides(band: list[Line], cut: float, page: _Page, found: list[float], slot: str) -> list[Column]:
    left = [line for line in band if line.x0 < cut]
    right = [line for line in band if line.x0 >= cut]
    return [*_split(left, page, found, f"{slot}l"), *_split(right, page, found, f"{slot}r")]


def _column(lines: list[Line], slot: str) -> Column:
    return Column(whole(lines), min(line.x0 for line in lines), max(line.x1 for line in lines), slot)


def _cut(lines: Sequence[Line], page: _Page) -> float | None:
    """Where a strip without words parts the lines into two columns, or None."""
    for few in (0.0, 0.08):
        widest: tuple[float, float] | None = None
        for begun, ended in _strips(lines, few):
            # Lines of a column begin at one place and end raggedly: the cut lies close before the second column.
            cut = ended - 0.5 * min(_NARROWEST, ended - begun)
            middling = 0.3 * page.width < begun and 0.44 * page.width < ended < 0.58 * page.width
            if _parts(lines, cut, 1 if middling else _FEWEST) and (widest is None or ended - begun > widest[0]):
                widest = (ended - begun, cut)
        if widest is not None:
            return widest[1]
    return next((cut for cut in page.known if _parts(lines, cut, 1)), None)


def _strips(lines: Sequence[Line], few: float) -> list[tuple[float, float]]:
    """Upright strips with few words or none, but for the lines that run across the whole page."""
    if len(lines) < _FEWEST:
        return []
    left = math.floor(min(line.x0 for line in lines))
    right = math.ceil(max(line.x1 for line in lines))
    if not 0 < right - left < 20_000:
        return []
    short = [line for line in lines if line.x1 - line.x0 <= 0.6 * (right - left)]
    cover = [0] * (right - left + 2)
    for line in short:
        cover[math.floor(line.x0) - left] += 1
        cover[math.ceil(line.x1) - left] -= 1
    strips: list[tuple[float, float]] = []
    running, begun = 0, None
    for place, change in enumerate(cover):
        running += change
        if running <= few * len(short) and begun is None:
            begun = place
        elif running > few * len(short) and begun is not None:
            if place - begun >= _NARROWEST and begun > 0:
                strips.append((float(left + begun), float(left + place)))
            begun = None
    return strips


def _parts(lines: Sequence[Line], cut: float, fewest: int) -> bool:
    """True where a cut has running text on both sides: not the numbers of a list, not the cells of a row."""
    first = [line for line in lines if line.x1 <= cut and not line.rows]
    second = [line for line in lines if line.x0 >= cut and not line.rows]
    crossing = len(lines) - len(first) - len(second)
    if min(len(first), len(second)) < fewest or crossing > 0.45 * len(lines):
        return False
    return _is_text(first) and (_is_text(second) or fewest == 1)


def _is_text(lines: Sequence[Line]) -> bool:
    """True for lines most of which run through the column they stand in."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    if right - left < 8 * lines[0].size:
        return False
    through = sum(line.x1 - line.x0 >= 0.6 * (right - left) for line in lines)
    return through >= 0.45 * len(lines) and sum(len(line.words) for line in lines) >= 2.5 * len(lines)

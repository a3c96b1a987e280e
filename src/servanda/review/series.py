"""The published figures of the pair as small series, rival figures side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from servanda.model.case import Record
from servanda.model.figure import Figure


@dataclass(frozen=True, slots=True)
class Point:
    """One published figure in a series. `year` is set for a whole year; `rival` where others give another value."""

    figure: str
    period: str
    year: int | None
    fiscal: bool
    value: float
    source: str
    url: str | None
    publisher: str
    confidence: str
    rival: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """All figures of one metric in one unit, oldest first. `latest` is the last whole year's point, if any."""

    metric: str
    unit: str
    subject: str
    points: tuple[Point, ...]
    rivals: int
    latest: Point | None
    first: Point | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that was looked for and not found."""

    figure: str
    metric: str
    period: str
    note: str | None


def known_figures(record: Record, day: date) -> list[Figure]:
    """The figures that had been published by the day; one without any date from the day it was found."""
    return [one for one in record.figures.values() if _published(one, record.searched_on(one.search)) <= day]


def _published(one: Figure, found: date) -> date:
    if one.source and one.source.date:
        return min(one.source.date.last, found)
    if one.year is not None:
        return min(date(one.year + (2 if one.is_fiscal else 1), 1, 1), found)
    return found


def series(figures: Iterable[Figure]) -> tuple[Series, ...]:
    """The figures with a number, by metric and unit; the longest series first."""
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in figures:
        if figure.value is not None:
            groups.setdefault((figure.metric, figure.unit, figure.subject), []).append(figure)
    made = [_series(name, group) for name, group in groups.items()]
    return tuple(sorted(made, key=lambda one: (one.subject, -len(one.points), one.metric)))


def gaps(figures: Iterable[Figure]) -> tuple[Gap, ...]:
    """The rows that mark what was not found."""
    return tuple(
        Gap(one.id, one.metric, one.period, one.note) for one in figures if one.value is None and one.said is None
    )


def _series(name: tuple[str, str, str], group: list[Figure]) -> Series:
    values: dict[str, set[float]] = {}
    for one in group:
        if one.value is not None:
            values.setdefault(one.period, set()).add(one.value)
    points = sorted((_point(one, len(values[one.period]) > 1) for one in group), key=_order)
    bases = [
        [point for point in points if point.year is not None and point.fiscal is fiscal] for fiscal in (False, True)
    ]
    # Calendar and fiscal years are never mixed: the basis with more years speaks for the series.
    whole = max(bases, key=lambda basis: len({point.year for point in basis}))
    rivals = sum(len(found) > 1 for found in values.values())
    return Series(*name, tuple(points), rivals, whole[-1] if whole else None, whole[0] if whole else None)


def _point(one: Figure, rival: bool) -> Point:
    source = one.source
    return Point(
        one.id,
        one.period,
        one.year,
        one.is_fiscal,
        float(one.value or 0.0),
        source.title if source else "no source found",
        source.url if source else None,
        str(source.publisher) if source else "recollection",
        one.confidence,
        rival,
        one.note,
    )


def _order(point: Point) -> tuple[int, bool, str, float]:
    year = point.year
    if year is None:
        digits = [word for word in point.period.replace("-", " ").split() if len(word) == 4 and word.isdigit()]
        year = int(digits[-1]) if digits else 9999
    return (year, point.fiscal, point.period, point.value)


def publishers(kinds: Iterable[str]) -> dict[str, int]:
    """How many rest on each kind of publisher, most first."""
    return dict(Counter(kinds).most_common())

"""When something happened or falls due, with the precision that the source gives."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic_core import core_schema

from servanda.errors import ValueProblem

WRITE = "write 2026, 2026-03, 2026-03-09, 2026-Q1, 2026-H1 or FY2025-26"
WRITE_DEADLINE = WRITE + ", or a rhythm: yearly, half-yearly, quarterly, monthly, every two years"

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)),
    ("month", re.compile(r"(\d{4})-(\d\d)", re.ASCII)),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])", re.ASCII)),
    ("half", re.compile(r"(\d{4})-H([12])", re.ASCII)),
    ("year", re.compile(r"(\d{4})", re.ASCII)),
    ("fiscal year", re.compile(r"FY(\d{4})-(\d\d)", re.ASCII)),
)
RHYTHMS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "every two years": 24}


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _bounds(shape: str, parts: tuple[int, ...], text: str) -> tuple[date, date]:
    year = parts[0]
    if shape == "day":
        day = date(*parts)
        return day, day
    if shape == "month":
        return date(year, parts[1], 1), _month_end(year, parts[1])
    if shape in ("quarter", "half"):
        months = 3 if shape == "quarter" else 6
        end = parts[1] * months
        return date(year, end - months + 1, 1), _month_end(year, end)
    if shape == "fiscal year":
        if parts[1] != (year + 1) % 100:
            raise ValueError(f"{text} does not end in the year after it begins")
        return date(year, 4, 1), date(year + 1, 3, 31)
    return date(year, 1, 1), date(year, 12, 31)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[str, date, date]:
    for shape, pattern in _SHAPES:
        match = pattern.fullmatch(text)
        if match:
            try:
                return shape, *_bounds(shape, tuple(int(part) for part in match.groups()), text)
            except ValueError as problem:
                raise ValueProblem(f"'{text}' is not a date that can be ({problem}); {WRITE}") from problem
    raise ValueProblem(f"'{text}' is not a date; {WRITE}")


class _Text:
    """A value that is written as one string; pydantic reads it by `parse` and writes it as text."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls.parse(value),  # type: ignore[attr-defined]
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


@dataclass(frozen=True, slots=True, order=False)
class When(_Text):
    """A date as the source gives it: a day, month, quarter, half, year or fiscal year (April to March).

    `first` and `last` are the earliest and latest day it can mean.
    """

    text: str
    first: date
    last: date
    precision: str

    @classmethod
    def parse(cls, text: object) -> When:
        """Read a date; raises ValueProblem naming what to write."""
        if isinstance(text, date):
            text = text.isoformat()
        if isinstance(text, int):
            text = str(text)
        if not isinstance(text, str):
            raise ValueProblem(f"{text!r} is not a date; {WRITE}")
        shape, first, last = _read(text)
        return cls(text, first, last, shape)

    @classmethod
    def on(cls, day: date) -> When:
        """The given day, exactly."""
        return cls(day.isoformat(), day, day, "day")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Deadline(_Text):
    """What fixes the time of a commitment: a date with its precision, or a rhythm.

    Exactly one of `when` and `months` is set.
    """

    text: str
    when: When | None = None
    months: int | None = None

    @classmethod
    def parse(cls, text: object) -> Deadline:
        """Read a deadline; raises ValueProblem naming what to write."""
        if isinstance(text, str) and text in RHYTHMS:
            return cls(text, months=RHYTHMS[text])
        try:
            when = When.parse(text)
        except ValueProblem as problem:
            raise ValueProblem(str(problem).replace(WRITE, WRITE_DEADLINE)) from problem
        return cls(when.text, when=when)

    def due(self, since: date) -> date:
        """The last day on which the act is in time; for a rhythm, counted from `since`."""
        if self.when:
            return self.when.last
        return add_months(since, self.months or 0)

    def __str__(self) -> str:
        return self.text


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

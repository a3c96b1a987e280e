"""Published figures and barriers: what others report about the pair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.model.period import When
from servanda.model.source import STRICT, Source


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. `value` is a number; a value in words stands in `said`; neither means a named gap.

    `period` keeps the publisher's words ("FY2021-22", "2021 Jan-Jun", "to Sep 2019").
    """

    __pydantic_config__ = STRICT

    id: str
    case: str
    metric: str
    unit: str
    period: str
    confidence: str
    value: float | None = None
    said: str | None = None
    subject: str = "pair"
    source: Source | None = None
    note: str | None = None
    search: str = "first"

    @property
    def year(self) -> int | None:
        """The calendar year the period speaks of, or in which its fiscal year begins; None for the rest."""
        match = re.fullmatch(r"(\d{4})|FY(\d{4})-\d\d", self.period, re.ASCII)
        return int(match.group(1) or match.group(2)) if match else None

    @property
    def is_fiscal(self) -> bool:
        """True for a fiscal year (April to March)."""
        return self.period.startswith("FY")


@dataclass(frozen=True, slots=True)
class Barrier:
    """A rule or practice that stands in the way. `kind` follows UNCTAD's classification where it fits."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    imposed_by: tuple[str, ...]
    affects: tuple[str, ...]
    products: str
    kind: str
    what: str
    reported_by: str
    status: str
    confidence: str
    sources: tuple[Source, ...]
    hs: tuple[str, ...] = ()
    reported: When | None = None
    since: str | None = None
    what_came_of_it: str | None = None
    promised_fix: str | None = None
    search: str = "first"

"""In what, and on whom, a party may lean: domains, groups with members by date, when a change of risk is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from servanda.model.period import When
from servanda.model.source import STRICT, Source


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group from a day on."""

    __pydantic_config__ = STRICT

    party: str
    since: When


@dataclass(frozen=True, slots=True)
class Group:
    """A group of parties, with who was in it when."""

    __pydantic_config__ = STRICT

    code: str
    name: str
    short: str
    members: tuple[Member, ...]
    source: Source

    def of(self, year: int) -> frozenset[str]:
        """The members at the end of a year."""
        return frozenset(one.party for one in self.members if one.since.first <= date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Domain:
    """A matter in which one may lean on others: a shipped `table` with its columns `one`, `other` and `value`, or a
    `source` that a user adds, of some `products` where it is trade. content/review/region.yml says what the rest is.
    Of domains `alike` (the name of one of them) only the newest with a figure goes into a composite."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    what: str
    table: str | None = None
    source: str | None = None
    one: str = ""
    other: str = ""
    value: str = ""
    ways: Literal["both", "out", "in"] = "both"
    rest: tuple[str, ...] = ()
    is_closed: bool = False
    is_ranked: bool = False
    has_gaps: bool = False
    alike: str | None = None
    products: tuple[str, ...] = ()
    silent: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Risk:
    """When a change of risk is told: the mean of so many `months` at either end, `times` as large or as small, and
    `least` apart."""

    __pydantic_config__ = STRICT

    months: int = 12
    times: float = 1.5
    least: float = 0.1

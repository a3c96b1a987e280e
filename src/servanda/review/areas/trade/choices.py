"""What the chapter on trade is reckoned from: choices by hand, read from content/review/trade.yml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from servanda.model.source import STRICT
from servanda.review.areas.chosen import Pair, chosen


@dataclass(frozen=True, slots=True)
class Expecting:
    """A table of flows of which something can be expected: by what, of what flows, without which parties. `cite` names
    its publisher where it is no shipped table."""

    __pydantic_config__ = STRICT

    table: str
    formula: str
    of: str
    without: tuple[str, ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A panel of all pairs that a user can fetch: which column holds the flows (thousands of USD), of what flows, by
    what they are expected, over how many of its last years."""

    __pydantic_config__ = STRICT

    source: str
    value: str
    formula: str
    of: str
    years: int


@dataclass(frozen=True, slots=True)
class TradeChoices:
    """Tables of sectors, of what is sold and bought in the world, of agreements; which sectors are goods, and of which
    chapters of the Harmonized System."""

    __pydantic_config__ = STRICT

    sectors: str
    sold: str
    bought: str
    agreements: str
    goods: tuple[str, ...]
    expected: tuple[Expecting, ...]
    fetched: Fetched
    chapters: dict[str, tuple[str, ...]]
    peers: dict[str, tuple[Pair, ...]] = field(default_factory=dict)

    def sectors_of(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The sectors that make the goods of some codes of the Harmonized System, each once."""
        first = {code[:2] for code in codes}
        return tuple(sector for sector, chapters in self.chapters.items() if first & set(chapters))


def trade_choices() -> TradeChoices:
    """The choices for trade."""
    return chosen("trade", TradeChoices)

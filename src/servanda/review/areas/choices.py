"""What a chapter is reckoned from, read from content/review: tables, covariates, peers, each chosen by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from servanda.model.source import STRICT
from servanda.settings import shipped_content
from servanda.store.door import Door

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Expecting:
    """A table of flows of which something can be expected: by what, of what flows, without which parties."""

    __pydantic_config__ = STRICT

    table: str
    formula: str
    of: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TradeChoices:
    """Tables of sectors, of what is sold and bought in the world, of agreements; which sectors are goods."""

    __pydantic_config__ = STRICT

    sectors: str
    sold: str
    bought: str
    agreements: str
    goods: tuple[str, ...]
    expected: tuple[Expecting, ...]
    peers: dict[str, tuple[Pair, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def trade_choices() -> TradeChoices:
    """The choices for trade, which come with the program as its tables do; raises ContentError with file and place."""
    root = shipped_content()
    path = root / "review" / "trade.yml"
    door = Door(root)
    found = door.noun(TradeChoices, door.open(path), door.name(path))
    door.close()
    assert isinstance(found, TradeChoices)
    return found

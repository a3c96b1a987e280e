"""The tables behind a chapter, with those who publish what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.model.data import DataSource, TableCard
from servanda.sources.declared import sources


@dataclass(frozen=True, slots=True)
class Held:
    """A table with those who publish what is in it."""

    card: TableCard
    sources: tuple[DataSource, ...]


def behind(cards: Mapping[str, TableCard]) -> tuple[Held, ...]:
    """Every table with its sources."""
    known = sources()
    return tuple(Held(card, tuple(known[name] for name in card.sources)) for card in cards.values())


def cited(cards: Mapping[str, TableCard], *tables: str) -> str:
    """Who publishes what stands in the tables, in a line."""
    known = sources()
    names = dict.fromkeys(source for table in tables if table in cards for source in cards[table].sources)
    return ", ".join(known[name].title for name in names)

"""What each state counts of its people in the other, beside whom the United Nations count there. No record, no names.

The table that comes along holds the counts that may be handed on; a count that a user added takes the place of those of
its state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from servanda.measures.people.diaspora import diaspora
from servanda.model.data import DataSource
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.people.choices import PeopleChoices
from servanda.review.areas.people.movement import Movement
from servanda.sources.added import added
from servanda.sources.declared import sources
from servanda.sources.shipped import shipped


@dataclass(frozen=True, slots=True)
class Counted:
    """One direction: the count of the state of origin with who published it (`cite`), the stock of the United Nations,
    and how a count that is not held is had (`missing`, where a source of it is known)."""

    origin: str
    destination: str
    count: Reading
    stock: Reading
    cite: str
    missing: str | None


def counted(pair: Pair, held: Movement, choices: PeopleChoices, day: date, root: Path) -> tuple[Counted, Counted]:
    """Both directions, nothing later than the day; `root` is the folder of what a user added."""
    stocks = {(way.origin, way.destination): way.residents for way in held.ways}
    one, other = (_way(way, stocks[way], choices, day, root) for way in (pair, pair[::-1]))
    return one, other


def _way(way: Pair, stock: Reading, choices: PeopleChoices, day: date, root: Path) -> Counted:
    rows = shipped(choices.diaspora).table.to_pylist()
    name = next((one for one in choices.counted if sources()[one].reporter == way[0]), None)
    if name is None:
        return Counted(*way, diaspora(rows, *way, upto=day.year), stock, "", None)
    own = added(name, root)
    if own.table is not None:
        rows = own.table.to_pylist()
    count = diaspora(rows, *way, upto=day.year)
    return Counted(*way, count, stock, own.cite, _how(own.source) if count.value is None else None)


def _how(source: DataSource) -> str:
    """How a count that is not held is had."""
    if any(not way.is_form for way in source.addresses):
        return f"'servanda fetch {source.id}' gets {source.title}"
    return f"{source.title}: save it from {source.url}, then 'servanda add FILE --source {source.id}'"

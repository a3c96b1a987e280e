"""What each state counts of its people in the other, beside whom the United Nations count there. No record, no names.

The table that comes along holds the counts that may be handed on; a count that a user added takes the place of those of
its state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from servanda.measures.people.diaspora import diaspora
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.people.choices import PeopleChoices
from servanda.review.areas.people.movement import Movement
from servanda.sources.added import Added, added
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
    table = shipped(choices.diaspora)
    rows, cite = table.table.to_pylist(), ", ".join(sources()[one].cite for one in table.card.sources)
    own = _own(way[0], choices, root)
    if own is not None and own.table is not None:
        rows, cite = own.table.to_pylist(), own.cite
    count = diaspora(rows, *way, upto=day.year)
    return Counted(*way, count, stock, cite, own.missing if own is not None and count.value is None else None)


def _own(origin: str, choices: PeopleChoices, root: Path) -> Added | None:
    """What a user added of a count that the state of origin publishes, where a source of it is known."""
    name = next((one for one in choices.counted if sources()[one].reporter == origin), None)
    return None if name is None else added(name, root)

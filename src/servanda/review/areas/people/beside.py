"""What others count beside the tables of many pairs: states their people abroad, offices of tourism who came, civil
aviation who flew, a service what is watched. No record, no names.

Each is of one publisher by rules of its own, so that nothing is expected of it. What a user added takes the place of
what comes along.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from servanda.measures.people.passengers import passengers
from servanda.measures.people.visitors import FLOW, STOCK, last
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.people.choices import PeopleChoices
from servanda.review.areas.people.counted import Counted, counted
from servanda.review.areas.people.movement import Movement
from servanda.review.areas.people.watched import watched
from servanda.sources.added import added
from servanda.sources.declared import sources
from servanda.sources.shipped import shipped
from servanda.sources.snapshots import state

PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Visitors of an origin by the count of the destination, and by whose."""

    origin: str
    destination: str
    found: Reading
    cite: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Counts of people abroad, of passengers (both directions, and by whose count), of visitors and of what is watched,
    the last two only where somebody added them; and of which sources a file cannot be read (`unread`)."""

    abroad: tuple[Counted, Counted]
    carried: tuple[Reading, Reading]
    carrier: str
    arrived: tuple[Arrived, ...] = ()
    watched: Reading | None = None
    unread: tuple[str, ...] = ()


def beside(pair: Pair, held: Movement, choices: PeopleChoices, day: date, root: Path) -> Beside:
    """All of a pair by the day; `root` is the folder of what a user added."""
    rows, carrier = _flown(choices, root)
    before = [row for row in rows if _ended(row) <= day]
    one, other = (passengers(before, *way) for way in (pair, pair[::-1]))
    came = (_arrived(name, way, day, root) for way in (pair, pair[::-1]) for name in choices.arrivals
            if sources()[name].reporter == way[1])  # fmt: skip
    off = (own for name in named(choices) if state(root, name) and (own := added(name, root)).table is None)
    return Beside(
        counted(pair, held, choices, day, root), (one, other), carrier, tuple(one for one in came if one is not None),
        watched(pair, added(choices.watched, root), day), tuple(f"{own.source.title}: {own.missing}" for own in off),
    )  # fmt: skip


def named(choices: PeopleChoices) -> tuple[str, ...]:
    """The sources of which a user may have added something."""
    return (choices.watched, *choices.counted, *choices.arrivals, choices.flown)


def _flown(choices: PeopleChoices, root: Path) -> tuple[list[dict[str, Any]], str]:
    own = added(choices.flown, root)
    if own.table is not None:
        return own.table.to_pylist(), own.cite
    table = shipped(choices.passengers)
    return table.table.to_pylist(), ", ".join(sources()[one].title for one in table.card.sources)


def _ended(row: dict[str, Any]) -> date:
    """The first day after a quarter."""
    months = row["year"] * 12 + 3 * row["quarter"]
    return date(months // 12, months % 12 + 1, 1)


def _arrived(name: str, way: Pair, day: date, root: Path) -> Arrived | None:
    """What an office counts, by whole months before the day; nothing where nobody added it."""
    own = added(name, root)
    if own.table is None:
        return None
    its = [row for row in own.table.to_pylist() if row["origin"] == way[0]
           and (row["year"], row["month"] or 12) < (day.year, day.month)]  # fmt: skip
    sort = STOCK if PRESENT in own.table["counts"].to_pylist() else FLOW
    return Arrived(*way, last(its, sort, day.year), own.cite)

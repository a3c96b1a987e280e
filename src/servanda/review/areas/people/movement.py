"""Who goes where between two parties, and what each needs to enter, by the tables held. No record, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from servanda.measures.people.flights import flights, seats
from servanda.measures.people.flights import untapped as unflown
from servanda.measures.people.residents import residents, untapped
from servanda.measures.people.students import students
from servanda.measures.people.students import untapped as unenrolled
from servanda.measures.people.visas import Spell, openness, spells
from servanda.measures.ties.expected import Pair
from servanda.model.data import TableCard
from servanda.model.reading import Reading
from servanda.review.areas.people.choices import PeopleChoices
from servanda.sources.shipped import shipped


@dataclass(frozen=True, slots=True)
class Way:
    """One direction: students and residents of `origin` in `destination`, and what its passport meets there."""

    origin: str
    destination: str
    students: Reading
    residents: Reading
    visa: Reading
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """Both directions, air services and their seats, what would be expected of residents (`gap`), of services
    (`unflown`) and of students (`unenrolled`), and the cards of the tables behind."""

    ways: tuple[Way, Way]
    flights: Reading
    seats: Reading
    gap: Reading
    unflown: Reading
    unenrolled: Reading
    cards: dict[str, TableCard]


def movement(pair: Pair, choices: PeopleChoices, day: date, peers: tuple[Pair, ...] = ()) -> Movement:
    """What the tables that `choices` names hold of a pair, nothing later than the day."""
    held = {name: shipped(name) for name in (choices.visas, choices.students, choices.residents, choices.flights,
                                             choices.joins)}  # fmt: skip
    rules = spells(row for row in held[choices.visas].table.to_pylist() if row["since"] <= day.isoformat())
    taught, living = held[choices.students].table.to_pylist(), held[choices.residents].table.to_pylist()
    flown = [row for row in held[choices.flights].table.to_pylist() if row["year"] <= day.year]
    made = [
        Way(one, other, students(taught, one, other, day.year), residents(living, one, other, day.year),
            openness(rules, one, other, day),
            tuple(rule for rule in rules if (rule.passport, rule.destination) == (one, other)))
        for one, other in (pair, pair[::-1])
    ]  # fmt: skip
    joins = _both_ways(held[choices.joins].table)
    gap = nothing_expected(f"the stock that something is expected of is that of {choices.stock_year}", pair)
    if day.year >= choices.stock_year:
        gap = untapped(living, joins, pair, choices.stock_year, peers)
    air = unflown(flown, joins, pair, peers) if flown else nothing_expected("no services are held by the day", pair)
    since = choices.students_since
    taken = nothing_expected(f"students of all are held since {since}", pair)
    if day.year >= since:
        taken = unenrolled(taught, joins, pair, since, day.year, peers)
    cards = {name: one.card for name, one in held.items()}
    return Movement((made[0], made[1]), flights(flown, *pair), seats(flown, *pair), gap, air, taken, cards)


def nothing_expected(why: str, pair: Pair) -> Reading:
    """No gap, and the reason."""
    return Reading("untapped share", "share of what is expected", reason=why, parties=pair)


def _both_ways(table: pa.Table) -> pa.Table:
    """What lies between two, which is held once a pair, for either as the one from which."""
    rest = table.column_names[2:]
    ways = [table.select([*ends, *rest]).rename_columns(["exporter", "importer", *rest])
            for ends in (("a", "b"), ("b", "a"))]  # fmt: skip
    return pa.concat_tables(ways)

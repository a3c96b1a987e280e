"""Which visa regime a passport meets, since when, and how open that is beside peers. After Passport Index snapshots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from servanda.errors import RequestError
from servanda.model.reading import Reading

OPENNESS = ("no admission", "visa required", "e-visa", "visa on arrival", "travel authority", "visa free")
"""Requirements from shut to open; a ban of the pandemic is none of them, for it suspends a regime and is not one."""
BAN = "pandemic ban"


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch in which a passport met one requirement: from the snapshot that first shows it to the day before the
    next change; None where it lasts."""

    passport: str
    destination: str
    requirement: str
    since: date
    until: date | None
    days: int | None


def spells(rows: Iterable[dict[str, Any]]) -> tuple[Spell, ...]:
    """Stretches from changes (passport, destination, since, requirement, days), oldest first by pair.

    A change that repeats the requirement before it is none. Raises RequestError for a word that is no requirement, and
    for two changes of a pair on one day.
    """
    held: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["requirement"] not in (*OPENNESS, BAN):
            raise RequestError(f"'{row['requirement']}' is no requirement; known are {', '.join((*OPENNESS, BAN))}")
        held.setdefault((row["passport"], row["destination"]), []).append(row)
    made = []
    for (passport, destination), its in sorted(held.items()):
        changes: list[dict[str, Any]] = []
        for row in sorted(its, key=lambda row: str(row["since"])):
            if changes and changes[-1]["since"] == row["since"]:
                raise RequestError(f"two requirements of {passport} in {destination} since {row['since']}; keep one")
            if not changes or changes[-1]["requirement"] != row["requirement"]:
                changes.append(row)
        starts = [date.fromisoformat(str(row["since"])) for row in changes]
        ends: list[date | None] = [*(day - timedelta(days=1) for day in starts[1:]), None]
        made += [
            Spell(passport, destination, row["requirement"], since, until, row.get("days"))
            for row, since, until in zip(changes, starts, ends, strict=True)
        ]
    return tuple(made)


def on(found: Iterable[Spell], passport: str, destination: str, day: date) -> Spell | None:
    """The stretch that a day is in; None before the first snapshot, and for a pair that is not held."""
    for one in found:
        own = (one.passport, one.destination) == (passport, destination)
        if own and one.since <= day and (one.until is None or day <= one.until):
            return one
    return None


def openness(found: tuple[Spell, ...], passport: str, destination: str, day: date) -> Reading:
    """The place of a requirement among OPENNESS, 0 shut to 5 visa free; `steps` give the word and, of passports that
    the destination lets in, how many meet something more open, the same, and less open."""
    parties, unit = (passport, destination), "step of openness, 0 to 5"
    own = on(found, passport, destination, day)
    if own is None or own.requirement == BAN:
        why = "the tables hold no requirement then" if own is None else "entry was barred in the pandemic"
        return Reading("visa regime", unit, reason=why, parties=parties, period=str(day))
    place = OPENNESS.index(own.requirement)
    passports = {one.passport for one in found if one.destination == destination} - {passport, destination}
    others = [on(found, one, destination, day) for one in sorted(passports)]
    places = [OPENNESS.index(one.requirement) for one in others if one is not None and one.requirement != BAN]
    return Reading(
        "visa regime", unit, float(place), used=len(places), expected=len(passports), parties=parties, period=str(day),
        steps={"requirement": own.requirement, "since": own.since.isoformat(),
               "more open": sum(one > place for one in places), "the same": sum(one == place for one in places),
               "less open": sum(one < place for one in places)},
    )  # fmt: skip

"""The record as the register knew it: on a day, up to an entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.plain import from_plain
from servanda.model.words import Kind
from servanda.store import entries, items


def known_on(unit: Connection, day: date) -> int:
    """The number of the last entry that a review of the day may know.

    A day since the register began knows what was entered by its end, so that yesterday's review comes out the same
    tomorrow. A day before it began is looked back on with all that is known now.
    """
    last, _ = entries.head_of(unit)
    began = entries.first_at(unit)
    if began is None or day.isoformat() < began[:10]:
        return last
    return entries.known_by(unit, f"{day.isoformat()}T23:59:59.999999+00:00")


def recall(unit: Connection, case: str, upto: int) -> Record:
    """The record of a case up to an entry; from the present state where nothing came after."""
    last, _ = entries.head_of(unit)
    bodies = items.bodies(unit, case) if upto >= last else items.bodies_at(unit, case, upto)
    if (Kind.CASE, case) not in bodies:
        raise RequestError(f"the register knew no case '{case}' by then; choose a later day")
    return items.record(bodies, upto)


def which_case(unit: Connection, codes: Sequence[str], upto: int) -> str:
    """The case of two parties, in either order; raises RequestError naming the cases held."""
    import json

    if len(set(codes)) != 2:
        raise RequestError("a pair is two different countries; write for example: servanda review IND KOR")
    held = {}
    for ref, body in items.bodies_of_kind(unit, Kind.CASE):
        case = from_plain(Kind.CASE, json.loads(body))
        held[frozenset(case.parties)] = (ref, case.parties)
    found = held.get(frozenset(codes))
    if found is None:
        pairs = ", ".join(sorted(" ".join(parties) for _, parties in held.values()))
        raise RequestError(
            f"no record of {' and '.join(codes)}; the register holds {pairs or 'no pair yet: run servanda import'}"
        )
    return found[0]

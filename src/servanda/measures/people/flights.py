"""How many air services join two parties, what part of each one's services that is, what would be expected, and how
many seats they offer where that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import Any

import pyarrow as pa

from servanda.measures.people.residents import FORMULA, JOINS
from servanda.measures.ties.expected import Pair, Question, expected
from servanda.model.reading import Reading


def flights(rows: Iterable[Mapping[str, Any]], one: str, other: str) -> Reading:
    """Services between two parties in the last year of rows (a, b, year, services), a pair once in either order.

    Years are never added. `steps` give each party's place of the other among its partners and the part of all its
    services. A pair without a row has none, for routes are counted whole; a party without any row is not held.
    """
    its: dict[str, dict[str, int]] = {one: {}, other: {}}
    year, held = _last(rows)
    for row in held:
        for here, there in ((row["a"], row["b"]), (row["b"], row["a"])):
            if here in its:
                its[here][there] = its[here].get(there, 0) + int(row["services"])
    parties, unit = (one, other), "services"
    gone = [party for party, partners in its.items() if not partners]
    if gone:
        return Reading("flights", unit, reason=f"no service of {' or '.join(gone)} is held", parties=parties)
    found = its[one].get(other, 0)
    steps = {
        party: {"place": 1 + sum(many > found for many in its[party].values()), "of": len(its[party]),
                "share": found / sum(its[party].values())}
        for party in parties
    }  # fmt: skip
    return Reading("flights", unit, float(found), used=1, expected=1, period=str(year), parties=parties, steps=steps)


def seats(rows: Iterable[Mapping[str, Any]], one: str, other: str) -> Reading:
    """Seats that are offered between two parties in a week of the last year, of rows (a, b, year, services [, seats]).

    Routes, and the types of aircraft that fly them, are no seats: without how often a route is flown there is a reason
    and no figure. Seats of both directions together.
    """
    parties, unit = (one, other), "seats a week, both directions"
    year, held = _last(rows)
    its = [row for row in held if {row["a"], row["b"]} == {one, other}]
    said = [row.get("seats") for row in its]
    if not its:
        return Reading("seats", unit, reason=f"no service between {one} and {other} is held", parties=parties)
    if any(many is None for many in said):
        why = "the routes that are held name types of aircraft and not how often they fly"
        return Reading("seats", unit, reason=why, expected=len(its), parties=parties, period=str(year))
    return Reading("seats", unit, float(sum(many for many in said if many is not None)), used=len(its),
                   expected=len(its), parties=parties, period=str(year))  # fmt: skip


def untapped(rows: Iterable[Mapping[str, Any]], joins: pa.Table, pair: Pair, peers: tuple[Pair, ...] = ()) -> Reading:
    """What is not there of the services that two such parties would be expected to have, after ties/expected.

    Of rows (a, b, year, services) those of the last year are taken. A pair without a row has no service: routes are
    counted whole, so that nil is nil here. Half of the services of a pair stand in each direction. `joins` has
    exporter, importer, dist, cntg, lang, clny, a row a pair.
    """
    services: dict[frozenset[str], int] = {}
    for row in _last(rows)[1]:
        key = frozenset((row["a"], row["b"]))
        services[key] = services.get(key, 0) + int(row["services"])
    flown = {party for key in services for party in key}
    known = {
        (row["exporter"], row["importer"]): row for row in joins.select(["exporter", "importer", *JOINS]).to_pylist()
    }
    here = sorted(flown & {party for ends in known for party in ends})
    gone = [one for one in pair if one not in here]
    if gone:
        why = f"what joins {' and '.join(gone)} to others is not held"
        return Reading("untapped share", "share of what is expected", reason=why, parties=pair)
    made = [
        {"exporter": one, "importer": other, "trade": services.get(frozenset((one, other)), 0) / 2,
         **{name: known[one, other][name] for name in JOINS}}
        for one, other in permutations(here, 2)
        if (one, other) in known
    ]  # fmt: skip
    within = tuple(one for one in peers if set(one) <= set(here))
    return expected(pa.Table.from_pylist(made), Question(pair, FORMULA, within))


def _last(rows: Iterable[Mapping[str, Any]]) -> tuple[int, list[Mapping[str, Any]]]:
    """The last year, and its rows."""
    held = list(rows)
    year = max((int(row["year"]) for row in held), default=0)
    return year, [row for row in held if int(row["year"]) == year]

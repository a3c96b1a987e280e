"""How many students of one party study in the other, what a missing figure means, copies that count twice, and what
would be expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pyarrow as pa

from servanda.measures.people.residents import left_over
from servanda.measures.ties.expected import Pair
from servanda.model.reading import Reading

UNIT = "students enrolled"
LUMPED = "OTH"
FEW = 3
"""Cells that two copies must share before a multiple is said to be one."""
Cell = tuple[str, str, int]
Bounds = tuple[float | None, float | None]


def students(rows: Iterable[Mapping[str, Any]], origin: str, destination: str, upto: int | None = None) -> Reading:
    """The last figure of an origin's students in a destination, from rows (origin, destination, year, students).

    Where there is none the reason says which of three it is: the destination reports nothing, it lumps small origins
    and this is one of them, or it was named only after `upto`. `steps` hold the path by year.
    """
    its = [row for row in rows if row["destination"] == destination and (upto is None or row["year"] <= upto)]
    path = {int(row["year"]): int(row["students"]) for row in its if row["origin"] == origin}
    years = {int(row["year"]) for row in its}
    parties = (origin, destination)
    if not path:
        lumped = sorted({int(row["year"]) for row in its if row["origin"] == LUMPED})
        why = f"{destination} reports no students from abroad in these tables"
        if lumped:
            why = f"too few to be named: in {lumped[0]}-{lumped[-1]} they are lumped with other small origins"
        elif years:
            why = f"{destination} reports other origins and not this one"
        return Reading("students", UNIT, reason=why, expected=len(years), parties=parties)
    last = max(path)
    return Reading(
        "students", UNIT, float(path[last]), used=len(path), expected=len(years), period=str(last), parties=parties,
        caveats=("missing_years",) if len(path) < len(years) else (), steps={"path": dict(sorted(path.items()))},
    )  # fmt: skip


def untapped(rows: Iterable[Mapping[str, Any]], joins: pa.Table, pair: Pair, since: int, upto: int,
             peers: tuple[Pair, ...] = ()) -> Reading:  # fmt: skip
    """What is not there of the students that two such parties would be expected to have, after ties/expected.

    Of each direction the last figure from `since` to `upto` is taken, for countries of study report in different years
    and stop at others; rows are (origin, destination, year, students). Origins that are lumped are few and not none:
    left out they make what is expected too large, as nil too small. Both are estimated; the value is of the first, the
    bounds are the outer ones of both, and `steps` hold the other expectation as `expected_if_nil`. `joins` has
    exporter, importer, dist, cntg, lang, clny, a row a pair.
    """
    last: dict[Pair, tuple[int, float]] = {}
    for row in rows:
        way = (row["origin"], row["destination"])
        if since <= row["year"] <= upto and row["students"] > 0 and way[0] != LUMPED:
            last[way] = max(last.get(way, (0, 0.0)), (int(row["year"]), float(row["students"])))
    named = {way: many for way, (_, many) in last.items()}
    nothing = f"no figure since {since}"
    found = left_over(named, joins, pair, peers, nothing)
    if found.value is None:
        return found
    ranked = tuple((one["pair"][0], one["pair"][1]) for one in found.steps["rank"]["peers"])
    spoken = {frozenset(one) for one in (pair, *ranked)}
    origins, destinations = ({way[side] for way in named} for side in (0, 1))
    nil = {way: 0.0 for way in product(sorted(origins), sorted(destinations))
           if way[0] != way[1] and frozenset(way) not in spoken}  # fmt: skip
    cautious = left_over({**nil, **named}, joins, pair, ranked, nothing)
    years = sorted({last[way][0] for way in (pair, pair[::-1]) if way in last})
    return _outer(found, cautious, " and ".join(map(str, years)))


def _outer(found: Reading, cautious: Reading, period: str) -> Reading:
    """A reading with the outer bounds of two ways to take origins without a name, its peers alike."""
    low, high = _bounds((found.low, found.high), (cautious.low, cautious.high))
    others = {tuple(one["pair"]): one for one in cautious.steps["rank"]["peers"]}
    peers = []
    for one in found.steps["rank"]["peers"]:
        other = others[tuple(one["pair"])]
        least, most = _bounds((one["low"], one["high"]), (other["low"], other["high"]))
        peers.append({**one, "low": least, "high": most})
    kept = {key: found.steps[key] for key in ("actual", "expected", "directions", "coefficients", "assumed")}
    return replace(
        found, low=low, high=high, period=period,
        interval=f"{found.interval}, and origins without a name left out or taken as nil",
        steps={**kept, "expected_if_nil": cautious.steps["expected"], "rank": {"peers": peers}},
    )  # fmt: skip


def _bounds(one: Bounds, other: Bounds) -> Bounds:
    """The outer bounds of both; none where one of them has none."""
    if one[0] is None or one[1] is None or other[0] is None or other[1] is None:
        return None, None
    return min(one[0], other[0]), max(one[1], other[1])


def multiple(one: Mapping[Cell, float], other: Mapping[Cell, float]) -> float | None:
    """The whole number above 1 by which every figure of `one` is that of `other`, over all cells that both name and
    neither has at 0; None where there is no such number, or where they share fewer than FEW cells.

    A copy that counts each sex and the total, or two sorts of enrolment, and adds them up, is an exact multiple.
    """
    shared = [cell for cell in one.keys() & other.keys() if one[cell] and other[cell]]
    ratios = {one[cell] / other[cell] for cell in shared}
    if len(shared) < FEW or len(ratios) != 1:
        return None
    (ratio,) = ratios
    return ratio if ratio > 1 and ratio == int(ratio) else None

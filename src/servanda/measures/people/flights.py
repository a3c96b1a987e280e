"""How many air services join two parties, and how large a part of each one's services that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from servanda.model.reading import Reading


def flights(rows: Iterable[Mapping[str, Any]], one: str, other: str) -> Reading:
    """Services between two parties, from rows (a, b, year, services), a pair once in either order.

    `steps` give each party's place of the other among its partners and the part of all its services. A pair without a
    row has none, for routes are counted whole; a party without any row is not held.
    """
    its: dict[str, dict[str, int]] = {one: {}, other: {}}
    years = set()
    for row in rows:
        for here, there in ((row["a"], row["b"]), (row["b"], row["a"])):
            if here in its:
                its[here][there] = its[here].get(there, 0) + int(row["services"])
                years.add(int(row["year"]))
    parties, unit = (one, other), "services"
    gone = [party for party, held in its.items() if not held]
    if gone:
        return Reading("flights", unit, reason=f"no service of {' or '.join(gone)} is held", parties=parties)
    found = its[one].get(other, 0)
    steps = {
        party: {"place": 1 + sum(many > found for many in its[party].values()), "of": len(its[party]),
                "share": found / sum(its[party].values())}
        for party in parties
    }  # fmt: skip
    return Reading(
        "flights", unit, float(found), used=1, expected=1, period=str(max(years)), parties=parties, steps=steps
    )

"""Arms transfers: how much by pair and by supplier, on how few suppliers a party rests, and its share of the world.

Volumes are SIPRI's trend-indicator values, in millions. What a deal delivered over several years is split evenly over
them, for the register does not say when what came; official totals of a year are another table and never mixed with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from servanda.model.reading import Reading

UNIT = "TIV million"
DELIVERED = pa.schema(
    [("recipient", pa.string()), ("supplier", pa.string()), ("year", pa.int64()), ("tiv", pa.float64())]
)


@dataclass(frozen=True, slots=True)
class Supplied:
    """What one supplier delivered in a stretch of years, and its share of all that was."""

    supplier: str
    tiv: float
    share: float


def deliveries(register: pa.Table) -> pa.Table:
    """DELIVERED from a register (recipient, supplier, years, tiv_delivered): each deal evenly over its years.

    Deals without a delivery, a year or a volume have no row.
    """
    held: dict[tuple[str, str, int], float] = {}
    for row, year, tiv in _split(register, ["recipient", "supplier"]):
        key = (row["recipient"], row["supplier"], year)
        held[key] = held.get(key, 0.0) + tiv
    rows = [dict(zip(DELIVERED.names, (*key, value), strict=True)) for key, value in sorted(held.items())]
    return pa.Table.from_pylist(rows, schema=DELIVERED)


def _split(register: pa.Table, columns: list[str]) -> Iterator[tuple[dict[str, Any], int, float]]:
    """Each deal with each year of its deliveries and the part of that year."""
    for row in register.select([*columns, "years", "tiv_delivered"]).to_pylist():
        if row["tiv_delivered"] and row["years"]:
            for year in row["years"]:
                yield row, year, row["tiv_delivered"] / len(row["years"])


FEW = 5
"""Parties at most of which a file is a selection; the whole register needs dozens to have one of them in every deal."""


def selected(register: pa.Table) -> frozenset[str] | None:
    """The few parties of whom a register was asked for: every deal has one of them. None where it needs more than FEW,
    as the whole register does. Of others such a file holds only what they traded with these, and no share can be told.
    """
    deals = list(zip(register["recipient"].to_pylist(), register["supplier"].to_pylist(), strict=True))
    found: list[str] = []
    while deals and len(found) <= FEW:
        # Of equals the recipient is taken: whose imports are asked for is the commoner question.
        found.append(Counter(one for deal in deals for one in deal).most_common(1)[0][0])
        deals = [deal for deal in deals if found[-1] not in deal]
    return frozenset(found) if not deals and len(found) <= FEW else None


@dataclass(frozen=True, slots=True)
class Offer:
    """A category of arms that one sells to others and the other buys of others: volumes, and to whom and from whom the
    most, the largest first."""

    category: str
    sold: float
    to: tuple[str, ...]
    bought: float
    of: tuple[str, ...]


def offers(
    register: pa.Table, supplier: str, recipient: str, first: int, last: int, category: Callable[[str], str]
) -> tuple[Offer, ...]:
    """What a supplier delivered from `first` to `last` to others than the recipient, where the recipient took arms of
    the category from others than the supplier; the category in which both have most first.

    It says what is made and wanted, not what is for sale, nor whether it fits.
    """
    sold: dict[str, dict[str, float]] = {}
    bought: dict[str, dict[str, float]] = {}
    for row, year, tiv in _split(register, ["recipient", "supplier", "description"]):
        if not first <= year <= last:
            continue
        kind = category(row["description"])
        if row["supplier"] == supplier and row["recipient"] != recipient:
            its, whose = sold.setdefault(kind, {}), row["recipient"]
            its[whose] = its.get(whose, 0.0) + tiv
        elif row["recipient"] == recipient and row["supplier"] != supplier:
            its, whose = bought.setdefault(kind, {}), row["supplier"]
            its[whose] = its.get(whose, 0.0) + tiv
    made = [
        Offer(kind, sum(sold[kind].values()), _largest(sold[kind]), sum(bought[kind].values()), _largest(bought[kind]))
        for kind in sold.keys() & bought.keys()
    ]
    return tuple(sorted(made, key=lambda one: (-min(one.sold, one.bought), one.category)))


def _largest(its: dict[str, float]) -> tuple[str, ...]:
    return tuple(sorted(its, key=lambda one: (-its[one], one))[:3])


def suppliers(delivered: pa.Table, recipient: str, first: int, last: int) -> tuple[Supplied, ...]:
    """Who supplied a recipient from `first` to `last`, the largest first; empty where nobody did."""
    return _shares(delivered, "recipient", recipient, "supplier", first, last)


def recipients(delivered: pa.Table, supplier: str, first: int, last: int) -> tuple[Supplied, ...]:
    """Whom a supplier supplied from `first` to `last`, the largest first; `supplier` of a row is the recipient."""
    return _shares(delivered, "supplier", supplier, "recipient", first, last)


def _shares(delivered: pa.Table, by: str, party: str, over: str, first: int, last: int) -> tuple[Supplied, ...]:
    held: dict[str, float] = {}
    for row in delivered.to_pylist():
        if row[by] == party and first <= row["year"] <= last:
            held[row[over]] = held.get(row[over], 0.0) + row["tiv"]
    whole = sum(held.values())
    rows = sorted(held.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Supplied(name, value, value / whole) for name, value in rows)


def concentration(delivered: pa.Table, recipient: str, first: int, last: int) -> Reading:
    """The sum of squared shares of the suppliers (Herfindahl-Hirschman): 1 is one supplier alone."""
    name, period = "concentration of arms suppliers", f"{first}-{last}"
    found = suppliers(delivered, recipient, first, last)
    if not found:
        return Reading(name, "index", reason=f"no delivery to {recipient} in the register", period=period)
    value = float(np.square([one.share for one in found]).sum())
    steps = {one.supplier: one.share for one in found}
    return Reading(
        name, "index", value, used=len(found), expected=len(found), period=period, parties=(recipient,), steps=steps
    )


def volume(delivered: pa.Table, supplier: str, recipient: str, first: int, last: int) -> Reading:
    """What one delivered to the other; "none in the register" is a reason and no nil: small arms are not in it."""
    name, period = f"arms delivered by {supplier} to {recipient}", f"{first}-{last}"
    rows = [
        row for row in delivered.to_pylist()
        if row["supplier"] == supplier and row["recipient"] == recipient and first <= row["year"] <= last
    ]  # fmt: skip
    if not rows:
        reason = "no delivery in the register, which holds major arms only"
        return Reading(name, UNIT, reason=reason, period=period, parties=(supplier, recipient))
    value = float(sum(row["tiv"] for row in rows))
    used = len(rows)
    return Reading(name, UNIT, value, used=used, expected=used, period=period, parties=(supplier, recipient))


def world_share(totals: pa.Table, party: str, first: int, last: int, world: str) -> Reading:
    """A party's share of the official totals (party, year, tiv, is_under_half) of all, whose row is named `world`.

    A published 0 is under half a million: the interval says what these could add.
    """
    name, period = "share of the world's arms transfers", f"{first}-{last}"
    rows = [row for row in totals.to_pylist() if first <= row["year"] <= last]
    own, every = ([row for row in rows if row["party"] == one] for one in (party, world))
    whole = sum(row["tiv"] for row in every)
    if len(every) < last - first + 1 or not whole:
        return Reading(name, "share", reason=f"the totals lack a year of '{world}' in {period}", period=period)
    if not own:
        return Reading(name, "share", reason=f"the totals name no {party} in {period}", period=period)
    value = sum(row["tiv"] for row in own) / whole
    small = sum(row["is_under_half"] for row in own)
    said = "years published as 0 are under half a million" if small else None
    high = value + 0.5 * small / whole if small else None
    return Reading(
        name, "share", value, used=len(own), expected=last - first + 1, period=period, parties=(party,),
        low=value if small else None, high=high, interval=said,
    )  # fmt: skip


def change(totals: pa.Table, party: str, before: tuple[int, int], after: tuple[int, int]) -> Reading:
    """How much a party's official totals changed from one stretch of years to another, as a share of the first."""
    name, period = "change of arms transfers", f"{before[0]}-{before[1]} to {after[0]}-{after[1]}"
    held = [
        sum(row["tiv"] for row in totals.to_pylist() if row["party"] == party and one[0] <= row["year"] <= one[1])
        for one in (before, after)
    ]
    if not held[0]:
        return Reading(name, "share", reason=f"nothing of {party} in {before[0]}-{before[1]}", period=period)
    return Reading(name, "share", held[1] / held[0] - 1, used=2, expected=2, period=period, parties=(party,))

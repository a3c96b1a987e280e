"""Arms that a pair and its suppliers delivered, from a register and totals that a user added by hand. No record."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from servanda.measures.defence.transfers import (
    Offer,
    Supplied,
    change,
    concentration,
    deliveries,
    offers,
    selected,
    suppliers,
    volume,
    world_share,
)
from servanda.model.party import Party
from servanda.model.reading import Reading
from servanda.review.areas.defence.choices import Category, DefenceChoices
from servanda.review.wording import either
from servanda.sources.added import added

SHOWN = 6
OTHER = "other"
WORLD = "World"


@dataclass(frozen=True, slots=True)
class Arms:
    """Volumes between the two, suppliers and their concentration of each, what each could supply the other (by the
    supplier's code, of the years from `since`); or why there are none. `partial`: of whom the file does not hold all,
    with the reason. `cite` names the source with the day of the snapshot."""

    missing: str | None
    first: int
    last: int
    between: tuple[Reading, ...] = ()
    suppliers: dict[str, tuple[Supplied, ...]] | None = None
    concentration: dict[str, Reading] | None = None
    offers: dict[str, tuple[Offer, ...]] | None = None
    partial: dict[str, str] | None = None
    since: int = 0
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Of each party its share of the world's imports and exports of arms and how they changed, by official totals; or
    why there are none."""

    missing: str | None
    readings: dict[str, tuple[Reading, ...]]
    cite: str


def arms(parties: tuple[Party, Party], choices: DefenceChoices, root: Path, year: int) -> Arms:
    """The stretch of `choices.years` that ends with the last year of the register, or before `year`."""
    held = added(choices.transfers, root)
    if held.table is None:
        return Arms(held.missing, year - choices.years, year - 1)
    delivered = deliveries(held.table)
    years = [one for one in delivered["year"].to_pylist() if one < year]
    if not years:
        return Arms(f"the register that was added has no delivery before {year}", year - choices.years, year - 1)
    last = max(years)
    first, since = last - choices.years + 1, last - choices.offered + 1
    names = [_named(delivered, one, ("recipient", "supplier")) for one in parties]
    ways = ((names[0], names[1]), (names[1], names[0]))
    partial = {one.code: why for one, name in zip(parties, names, strict=True) if (why := not_whole(held.table, name))}
    whole = [(one.code, name) for one, name in zip(parties, names, strict=True) if one.code not in partial]

    def category(said: str) -> str:
        return category_of(said, choices.categories)

    return Arms(
        None, first, last, tuple(_between(delivered, way, first, last, partial) for way in ways),
        {code: suppliers(delivered, name, first, last)[:SHOWN] for code, name in whole},
        {code: concentration(delivered, name, first, last) for code, name in whole},
        {one.code: offers(held.table, *way, since, last, category) for one, way in zip(parties, ways, strict=True)}
        if not partial else {},
        partial, since, f"{held.cite}, split evenly over years of delivery by Servanda",
    )  # fmt: skip


def _between(delivered: pa.Table, way: tuple[str, str], first: int, last: int, partial: dict[str, str]) -> Reading:
    """A volume; where the file holds all deals of neither, that it has none of the two says nothing."""
    found = volume(delivered, *way, first, last)
    if found.value is not None or len(partial) < len(way):
        return found
    return replace(found, reason=next(iter(partial.values())))


def not_whole(register: pa.Table, name: str) -> str | None:
    """Why a file does not hold all deals of a party; None where it may."""
    few = selected(register)
    if few is None or name in few:
        return None
    return f"the register that was added was asked for of {either(sorted(few))} and does not hold all of {name}"


def category_of(description: str, categories: tuple[Category, ...]) -> str:
    """The first category one of whose words a description ends with; other where there is none."""
    for one in categories:
        if any(re.search(rf"(?:^|[\s/-]){re.escape(word)}$", description, re.IGNORECASE) for word in one.ends):
            return one.name
    return OTHER


def world(parties: tuple[Party, Party], choices: DefenceChoices, root: Path, year: int) -> Totals:
    """Shares of the last stretch of years before `year`, and the change from the stretch before it."""
    held = added(choices.totals, root)
    if held.table is None:
        return Totals(held.missing, {}, held.cite)
    table = held.table.filter(pc.less(held.table["year"], year))
    made: dict[str, tuple[Reading, ...]] = {one.code: () for one in parties}
    for flow in ("import", "export"):
        own = table.filter(pc.equal(table["flow"], flow))
        if not own.num_rows:
            continue
        last = max(own["year"].to_pylist())
        first = last - choices.years + 1
        for one in parties:
            name = _named(own, one, ("party",))
            share = world_share(own, name, first, last, WORLD)
            moved = change(own, name, (first - choices.years, first - 1), (first, last))
            made[one.code] += tuple(_of(reading, f"{flow}s of arms") for reading in (share, moved))
    return Totals(None if any(made.values()) else f"no total before {year}", made, held.cite)


def _of(one: Reading, what: str) -> Reading:
    return replace(one, name=one.name.replace("arms transfers", what))


def _named(table: pa.Table, party: Party, columns: tuple[str, ...]) -> str:
    """The name by which the source knows a party."""
    known = {one.casefold(): one for name in columns for one in table[name].to_pylist()}
    said: tuple[str, ...] = (party.short, party.name, *party.aliases)
    find: Callable[[str], str | None] = known.get
    return next((found for one in said if (found := find(one.casefold()))), party.short)

"""Arms that a pair and its suppliers delivered, from a register that a user added by hand. No record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from servanda.measures.defence.transfers import Supplied, concentration, deliveries, suppliers, volume
from servanda.model.party import Party
from servanda.model.reading import Reading
from servanda.review.areas.choices import DefenceChoices
from servanda.sources.declared import sources
from servanda.sources.snapshots import latest
from servanda.sources.tidy.read import tidy

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Arms:
    """Volumes between the two, suppliers and their concentration of each; or why there are none. `cite` names the
    source with the day of the snapshot."""

    missing: str | None
    first: int
    last: int
    between: tuple[Reading, ...] = ()
    suppliers: dict[str, tuple[Supplied, ...]] | None = None
    concentration: dict[str, Reading] | None = None
    cite: str | None = None


def arms(parties: tuple[Party, Party], choices: DefenceChoices, root: Path, year: int) -> Arms:
    """The stretch of `choices.years` that ends with the last year of the register, or before `year`."""
    source = sources()[choices.transfers]
    snapshot = latest(root, source.id)
    if snapshot is None or not snapshot.pieces:
        said = f"{source.title} is not open and none of it comes with this program; save it from {source.url}, then "
        return Arms(said + f"'servanda add FILE --source {source.id}'", year - choices.years, year - 1)
    delivered = deliveries(tidy(snapshot, source, root).table)
    years = [one for one in delivered["year"].to_pylist() if one < year]
    if not years:
        return Arms(f"the register that was added has no delivery before {year}", year - choices.years, year - 1)
    last = max(years)
    first = last - choices.years + 1
    names = [_named(delivered, one) for one in parties]
    ways = ((names[0], names[1]), (names[1], names[0]))
    return Arms(
        None, first, last, tuple(volume(delivered, *way, first, last) for way in ways),
        {one.code: suppliers(delivered, name, first, last)[:SHOWN] for one, name in zip(parties, names, strict=True)},
        {one.code: concentration(delivered, name, first, last) for one, name in zip(parties, names, strict=True)},
        f"{source.title}, snapshot of {snapshot.date}, split evenly over years of delivery by Servanda",
    )  # fmt: skip


def _named(delivered: pa.Table, party: Party) -> str:
    """The name by which the register knows a party."""
    known = {one.casefold(): one for name in ("recipient", "supplier") for one in delivered[name].to_pylist()}
    said: tuple[str, ...] = (party.short, party.name, *party.aliases)
    find: Callable[[str], str | None] = known.get
    return next((found for one in said if (found := find(one.casefold()))), party.short)

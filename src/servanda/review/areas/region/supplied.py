"""Of whom a pair buys and to whom it sells, list of products by list, of BACI where a user fetched it. No record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from servanda import __version__
from servanda.review.answers import kept
from servanda.review.areas.region.domains import Domain
from servanda.sources.declared import source
from servanda.sources.newest import SOURCE, cite, how, newest
from servanda.sources.products import products
from servanda.sources.snapshots import state

ALL = "TOTAL"
"""In place of a list of products: every product."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """Amounts by domain, party and partner in the newest year, in USD thousand; or why there are none."""

    missing: str | None
    year: int
    held: dict[str, dict[str, dict[str, float]]]
    cite: str


def supplied(parties: Sequence[str], domains: Iterable[Domain], root: Path, upto: int) -> Supplied:
    """Of the newest year of the newest snapshot, no later than `upto`, for the domains that have products."""
    files = state(root, SOURCE)
    if not files:
        return Supplied(how(), 0, {}, source(SOURCE).cite)
    asked = {one.id: (one.ways, codes_of(one.products)) for one in domains if one.products}
    # It takes half a minute, and depends on the files, lists, parties and day alone.
    question = ["supplied", __version__, *files, asked, sorted(parties), upto]
    missing, year, held = kept(question, lambda: _reckoned(parties, asked, root, upto))
    return Supplied(missing, year, held, cite(root))


def codes_of(names: Iterable[str]) -> list[str]:
    """The codes of lists of products; a name that is no list is a code itself."""
    lists = products()
    return [code for name in names for code in (lists[name].codes if name in lists else (name,))]


def _reckoned(parties: Sequence[str], asked: Mapping[str, tuple[str, list[str]]], root: Path, upto: int) -> list[Any]:
    """What Supplied holds, as plain values."""
    held = newest(root, upto + 1)
    if held.table is None:
        return [held.missing, 0, {}]
    own = pa.array(list(parties))
    table = held.table.filter(pc.or_(pc.is_in(held.table["exporter"], own), pc.is_in(held.table["importer"], own)))
    made = {name: _sums(table, parties, ways, codes) for name, (ways, codes) in asked.items()}
    return [None, held.year, made]


def _sums(table: pa.Table, parties: Sequence[str], ways: str, codes: list[str]) -> dict[str, dict[str, float]]:
    """By party and partner, what goes the way that is asked: bought (in), sold (out), or both."""
    if ALL not in codes:
        wanted = [pc.starts_with(table["product"], code) for code in codes]
        mask = wanted[0]
        for one in wanted[1:]:
            mask = pc.or_(mask, one)
        table = table.filter(mask)
    made: dict[str, dict[str, float]] = {party: {} for party in parties}
    sides = {"in": (("importer", "exporter"),), "out": (("exporter", "importer"),)}
    for own, other in sides.get(ways, (("importer", "exporter"), ("exporter", "importer"))):
        added_up = table.group_by([own, other]).aggregate([("value", "sum")]).to_pylist()
        for row in added_up:
            if row[own] in made and row[other] != row[own] and row["value_sum"]:
                its = made[row[own]]
                its[row[other]] = its.get(row[other], 0.0) + row["value_sum"]
    return made

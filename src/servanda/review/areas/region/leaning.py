"""How free each hand is: on whom a party leans in each domain, its concentration, and what weights make of it.

A profile and no index. Each domain is of its own year and source; where there is no figure there is a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from servanda.measures.defence.transfers import deliveries
from servanda.measures.region.dependence import (
    Partners,
    Profile,
    concentrated,
    lean,
    profile,
    weightings,
    whole_years,
)
from servanda.measures.region.energy import bought_abroad
from servanda.model.data import TableCard
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.defence.arms import not_whole
from servanda.review.areas.region.choices import RegionChoices
from servanda.review.areas.region.domains import Domain
from servanda.review.areas.region.supplied import Supplied, codes_of, supplied
from servanda.sources.added import Added, added
from servanda.sources.codes import Sort, codes
from servanda.sources.declared import sources
from servanda.sources.shipped import shipped

ARMS_YEARS = 5
"""Arms come in lumps: their shares are of so many years, as they are published."""
PARTIAL = 0.005
"""Of a reported total no more than this may lie with partners that were not asked for, if the rest are to be nil."""


@dataclass(frozen=True, slots=True)
class Row:
    """One domain of one party: a share for each column and how concentrated its partners are; or why there is none."""

    domain: Domain
    period: str
    cells: dict[str, Reading]
    concentration: Reading
    cite: str


@dataclass(frozen=True, slots=True)
class Lean:
    """The profile of a party. `composites`: of each column the weighted mean of its shares, with the range over all
    weights."""

    party: str
    rows: tuple[Row, ...]
    composites: dict[str, Profile]


@dataclass(frozen=True, slots=True)
class Manoeuvre:
    """The profiles of both. `compared`: of each column that both have, the share of all weightings under which the
    first leans more on it than the second, by the domains in which both have a figure; `energy`: how much of each fuel
    each has to buy abroad, from whomever."""

    leans: tuple[Lean, Lean]
    columns: tuple[str, ...]
    compared: dict[str, Reading]
    energy: Energy
    cards: dict[str, TableCard]


@dataclass(frozen=True, slots=True)
class Energy:
    """Net import shares by fuel, of either party in their order; or why there are none."""

    missing: str | None
    fuels: dict[str, tuple[Reading, ...]]
    cite: str


Years = dict[int, dict[str, float]]


def manoeuvre(pair: Pair, choices: RegionChoices, root: Path, year: int) -> Manoeuvre:
    """The profiles of a pair from shipped tables and from what is held in `root`, nothing later than `year`."""
    columns = tuple(one for one in choices.columns if one not in pair)
    bought = supplied(pair, choices.domains, root, year)
    made = []
    for party in pair:
        partner = next(one for one in pair if one != party)
        rows = tuple(_row(one, party, (*columns, partner), choices, root, year, bought) for one in choices.domains)
        made.append(Lean(party, rows, {one: _composite(one, rows, choices) for one in (*columns, partner)}))
    cards = {one.table: shipped(one.table).card for one in choices.domains if one.table}
    compared = {one: _compared(one, pair, made[0], made[1]) for one in columns}
    energy = _energy(pair, choices, added(choices.energy, root), year)
    return Manoeuvre((made[0], made[1]), columns, compared, energy, cards)


def _energy(pair: Pair, choices: RegionChoices, held: Added, year: int) -> Energy:
    if held.table is None:
        return Energy(held.missing, {}, held.cite)
    rows = held.table.filter(pc.is_in(held.table["party"], pa.array(list(pair)))).to_pylist()
    fuels = {fuel: tuple(bought_abroad(rows, party, fuel, year) for party in pair) for fuel in choices.fuels}
    return Energy(None, fuels, held.cite)


def _row(
    domain: Domain, party: str, columns: Iterable[str], choices: RegionChoices, root: Path, year: int, bought: Supplied
) -> Row:
    own, cite = _partners(domain, party, root, year, bought)
    if isinstance(own, str):
        name = "concentration of partners"
        none = {one: Reading(domain.title, "share", reason=own, parties=(party,)) for one in columns}
        return Row(domain, "", none, Reading(name, "index", reason=own, parties=(party,)), cite)
    cells = {}
    for one in columns:
        group = choices.group(one)
        members = group.of(int(own.period[-4:])) if group else frozenset({one})
        cells[one] = lean(own, members, domain.title)
    return Row(domain, own.period, cells, concentrated(own), cite)


def _partners(domain: Domain, party: str, root: Path, year: int, bought: Supplied) -> tuple[Partners | str, str]:
    """What the party has with each partner in the newest period, or the reason why that is not known; and the cite.

    Of trade by product the party's own reports come first, and BACI where they are not held.
    """
    if domain.table is not None:
        held = shipped(domain.table)
        cite = ", ".join(sources()[one].title for one in held.card.sources)
        return _newest(domain, party, _yearly(held.table, domain, party), year), cite
    found = added(domain.source or "", root)
    own = str(found.missing) if found.table is None else SOURCES[found.source.id](domain, party, found, year)
    if not domain.products or isinstance(own, Partners):
        return own, found.cite
    if its := bought.held.get(domain.id, {}).get(party):
        return Partners(party, str(bought.year), its, is_closed=True), bought.cite
    if bought.missing is None:
        return f"{bought.cite}, holds none of {party} in {bought.year}", bought.cite
    return f"{own}; or {bought.missing}", found.cite


def _yearly(table: pa.Table, domain: Domain, party: str) -> Years:
    """Amounts by year and partner."""
    ways = {"out": ((domain.one, domain.other),), "in": ((domain.other, domain.one),)}
    both = ((domain.one, domain.other), (domain.other, domain.one))
    made: Years = {}
    for own, other in ways.get(domain.ways, both):
        for row in table.filter(pc.equal(table[own], party)).select([other, "year", domain.value]).to_pylist():
            if row[other] != party and row[domain.value] is not None:
                its = made.setdefault(row["year"], {})
                its[row[other]] = its.get(row[other], 0.0) + row[domain.value]
    return made


def _newest(domain: Domain, party: str, years: Years, upto: int) -> Partners | str:
    """The last year that is held by the day, or the last in which all large partners reported."""
    known = {year: its for year, its in years.items() if year <= upto and sum(its.values()) > 0}
    if not known:
        return f"no row of {party} by {upto}"
    year = whole_years(known)[-1] if domain.has_gaps else max(known)
    its = known[year]
    rest = sum(value for one, value in its.items() if one in domain.rest)
    named = {one: value for one, value in its.items() if one not in domain.rest}
    return Partners(party, str(year), named, rest, domain.is_closed, domain.is_ranked, domain.silent)


def _arms(domain: Domain, party: str, found: Added, upto: int) -> Partners | str:
    """Deliveries of the last five years of the register, by the names of its parties."""
    assert found.table is not None
    known = codes("names")
    rows = deliveries(found.table).to_pylist()
    last = max((row["year"] for row in rows if row["year"] <= upto), default=None)
    if last is None:
        return f"the register that was added has no delivery by {upto}"
    named = {name: _code(known.find, name) for row in rows for name in (row["recipient"], row["supplier"])}
    own = next((name for name, code in named.items() if code == party), party)
    if why := not_whole(found.table, own):
        return why
    held: dict[str, float] = {}
    for row in rows:
        if named[row["recipient"]] == party and last - ARMS_YEARS < row["year"] <= last:
            held[named[row["supplier"]]] = held.get(named[row["supplier"]], 0.0) + row["tiv"]
    period = f"{last - ARMS_YEARS + 1}-{last}"
    return Partners(party, period, held, is_closed=True) if held else f"no delivery to {party} in {period}"


def _code(find: Callable[[str], object], name: str) -> str:
    """The party of a name; the name itself where it is none of today, such as a party that was."""
    found = find(name)
    return str(getattr(found, "code", name)) if getattr(found, "sort", None) is Sort.PARTY else name


def _trade(domain: Domain, party: str, found: Added, upto: int) -> Partners | str:
    """The party's own reports of some products, of the last whole year; the total with the world where it was asked
    for too, so that partners which were not are known as a rest."""
    assert found.table is not None
    wanted = {"in": ("import",), "out": ("export",)}.get(domain.ways, ("import", "export"))
    digits = codes_of(domain.products)
    made: dict[int, dict[str, float]] = {}
    for row in found.table.filter(pc.equal(found.table["reporter"], party)).to_pylist():
        if row["flow"] in wanted and row["month"] is None and row["value"] and _is_of(row, digits):
            its = made.setdefault(row["year"], {})
            its[row["partner"]] = its.get(row["partner"], 0.0) + row["value"]
    known = {year: its for year, its in made.items() if year is not None and year <= upto and set(its) - {WORLD}}
    if not known:
        return f"what is held of {found.source.title} has no {domain.title[0].lower()}{domain.title[1:]} of {party}"
    year = max(known)
    its = dict(known[year])
    world = its.pop(WORLD, None)
    rest = max((world or 0.0) - sum(its.values()), 0.0)
    return Partners(party, str(year), its, rest, is_closed=world is None or rest <= PARTIAL * world)


WORLD = "0"


def _is_of(row: Mapping[str, object], digits: Iterable[str]) -> bool:
    """Whether a row is of one of the codes: that code itself, so that no product is counted at two levels."""
    return str(row["product"]) in digits


SOURCES: dict[str, Callable[[Domain, str, Added, int], Partners | str]] = {"sipri": _arms, "comtrade": _trade}


def _composite(column: str, rows: tuple[Row, ...], choices: RegionChoices) -> Profile:
    chosen = _apart([row for row in rows if row.cells[column].value is not None])
    parts = [row.cells[column] for row in chosen]
    parts += [row.cells[column] for row in _apart(rows) if not {_kind(row)} & {_kind(one) for one in chosen}]
    given = {row.domain.title: choices.weights.get(row.domain.id, 1.0) for row in rows}
    return profile("composite", parts, {one.name: given[one.name] for one in parts})


def _kind(row: Row) -> str:
    return row.domain.alike or row.domain.id


def _apart(rows: Iterable[Row]) -> list[Row]:
    """Of domains that are alike the newest, so that nothing counts twice."""
    made: dict[str, Row] = {}
    for row in rows:
        kind = _kind(row)
        if kind not in made or row.period[-4:] > made[kind].period[-4:]:
            made[kind] = row
    return list(made.values())


def _compared(column: str, pair: Pair, one: Lean, other: Lean) -> Reading:
    """Under how many of all weightings the first leans more on a column."""
    name, theirs = "weightings under which the first leans more", {row.domain.id: row for row in other.rows}
    both = _apart(
        row for row in one.rows
        if row.cells[column].value is not None and theirs[row.domain.id].cells[column].value is not None
    )  # fmt: skip
    many = len({_kind(row) for row in one.rows})
    if not both:
        return Reading(name, "share", reason="no domain in which both have a figure", expected=many, parties=pair)
    shares = [[float(row.cells[column].value or 0) for row in rows] for rows in
              (both, [theirs[row.domain.id] for row in both])]  # fmt: skip
    steps = {"domains": tuple(row.domain.title for row in both)}
    return Reading(name, "share", weightings(*shares), used=len(both), expected=many, parties=pair, steps=steps)

"""What moved since each promise about a technology: joint papers, papers, patents, trade, before it and after.

Numbers by year from the tables that are held; what joins a promise to them is the list of subjects. Nothing says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from servanda.measures.technology.moved import NAME, UNIT, Series, moved
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.technology.choices import TechnologyChoices
from servanda.review.areas.technology.traded import Traded
from servanda.review.areas.trade.choices import trade_choices
from servanda.review.items import Item
from servanda.sources.products import product_list
from servanda.sources.shipped import shipped
from servanda.sources.subjects import named, subjects

WORLD = "WLD"


class What(StrEnum):
    """What is counted."""

    JOINT = "joint papers"
    PAPERS = "papers"
    PATENTS = "patent families"
    EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class Written:
    """Joint papers of the two by subject and year, of the table that `cite` names."""

    joint: Mapping[str, Series]
    cite: str


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that is counted: of whom (exports: from and to), on which subject (none: all), found by which fields,
    classes, sectors or list of products, in which shipped table or (`cite`) which other."""

    what: What
    parties: tuple[str, ...]
    subject: str | None
    of: tuple[str, ...]
    table: str | None
    cite: str | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Promise:
    """A thread with the year of its first promise and the subjects it names; without any there are no moves."""

    thread: str
    title: str
    year: int
    subjects: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything can be said of the years before and after."""
        return any(one.reading.value is not None for one in self.moves)


def promises(
    items: Iterable[Item], pair: Pair, choices: TechnologyChoices, before: int, written: Written | None = None,
    traded: Traded | None = None,
) -> tuple[Promise, ...]:  # fmt: skip
    """Every thread with what moved since; of years before the year `before` alone, the last that were over."""
    said = [(item, named(f"{item.title}. {item.says}")) for item in items]
    tables = _Tables(pair, choices)
    every = tables.all_fields()
    lines = {name: tables.of(name, written, traded) for name in dict.fromkeys(one for _, its in said for one in its)}
    made = []
    for item, found in said:
        year = item.first_promised.first.year
        own = [every] if found else []
        own += [one for name in found for one in lines[name]]
        moves = tuple(_move(line, year, before) for line in own)
        made.append(Promise(item.thread, item.title, year, found, moves))
    return tuple(sorted(made, key=lambda one: (one.year, one.title)))


def usual(pair: Pair, choices: TechnologyChoices, before: int) -> tuple[int, int]:
    """Around how many of all years of the table joint papers of the two outgrew those of all pairs, promise or none.

    Without it every pair that grows all the time would look as if promises moved it.
    """
    line = _Tables(pair, choices).all_fields()
    found = [_move(line, year, before).reading for year in line.series or {}]
    both = [(one.value, one.steps["world"]) for one in found if one.value is not None and one.used == one.expected]
    return sum(own > every for own, every in both), len(both)


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that is counted, by year, with the same of the world; or why there is nothing to count."""

    what: What
    parties: tuple[str, ...]
    subject: str | None
    of: tuple[str, ...] = ()
    table: str | None = None
    cite: str | None = None
    series: Series | None = None
    world: Series | None = None


def _move(line: _Line, since: int, before: int) -> Move:
    span = subjects().span
    if line.series is None:
        reason = "no open table has joint papers by field and year; a table of your own would"
        made = Reading(NAME, UNIT, reason=reason, expected=2 * span)
    else:
        series, world = (
            {year: value for year, value in (held or {}).items() if year < before} for held in (line.series, line.world)
        )
        made = moved(series, since, span, world, counted=line.what in (What.JOINT, What.PAPERS))
    return Move(line.what, line.parties, line.subject, line.of, line.table, line.cite, made)


class _Tables:
    """The shipped tables, each summed by year once."""

    def __init__(self, pair: Pair, choices: TechnologyChoices) -> None:
        self.pair, self.choices = pair, choices

    def all_fields(self) -> _Line:
        """Joint papers of all fields; beside them those of all pairs of the table."""
        name = self.choices.pairs
        table = shipped(name).table
        first, second = sorted(self.pair)
        own = _by_year(table, "papers", a=(first,), b=(second,))
        return _Line(What.JOINT, self.pair, None, (), name, None, own, _by_year(table, "papers"))

    def of(self, name: str, written: Written | None, traded: Traded | None) -> list[_Line]:
        """All that is counted of a subject; of a general one nothing beside all fields."""
        one, choices = subjects().subjects[name], self.choices
        if one.is_general:
            return []
        joint = written.joint.get(name, {}) if written else None
        made = [_Line(What.JOINT, self.pair, name, (), None, written.cite if written else None, joint)]
        by_field = {} if one.papers else {"field": one.fields}
        made += self._each(What.PAPERS, name, one.papers or choices.fields, "papers", one.fields, by_field)
        made += self._each(What.PATENTS, name, choices.patents, "families", one.classes, {"class": one.classes})
        return made + (self._exports(name, one.products, traded) if one.products else [])

    def _each(
        self, what: What, name: str, table: str, counted: str, of: tuple[str, ...], chosen: dict[str, tuple[str, ...]]
    ) -> list[_Line]:
        """A line of each party, the world beside."""
        rows = shipped(table).table
        world = _by_year(rows, counted, party=(WORLD,), **chosen)
        return [
            _Line(what, (party,), name, of, table, None, _by_year(rows, counted, party=(party,), **chosen), world)
            for party in self.pair
        ]

    def _exports(self, name: str, products: str, traded: Traded | None) -> list[_Line]:
        """Trade in the list of products where a table of it was fetched; else in the sectors that make them."""
        ways = (self.pair, self.pair[::-1])
        if traded is not None and products in traded.values:
            held = traded.values[products]
            return [_Line(What.EXPORTS, way, name, (products,), None, traded.cite, held.get(way, {})) for way in ways]
        makers = trade_choices().sectors_of(product_list(products).codes)
        rows = shipped(self.choices.sectors).table
        rows = rows.filter(pc.not_equal(rows["exporter"], rows["importer"]))
        world = _by_year(rows, "value", product=makers)
        return [
            _Line(What.EXPORTS, way, name, makers, self.choices.sectors, None,
                  _by_year(rows, "value", product=makers, exporter=way[:1], importer=way[1:]), world)
            for way in ways
        ]  # fmt: skip


def _by_year(table: pa.Table, counted: str, **chosen: tuple[str, ...]) -> dict[int, float]:
    """The sum of a column by year, of the rows whose other columns hold one of the values chosen."""
    for column, values in chosen.items():
        table = table.filter(pc.is_in(table[column], pa.array(values)))
    made = table.group_by("year").aggregate([(counted, "sum")])
    return {int(row["year"]): float(row[f"{counted}_sum"]) for row in made.to_pylist()}

"""From a table to arrays: response, covariates, groups of rows, and which rows were left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.measures.ties.fit.cube import FACES, FULL_ENOUGH, Cube
from servanda.measures.ties.fit.demean import Grouping
from servanda.measures.ties.fit.formula import Form, Part, Term
from servanda.measures.ties.fit.lists import lists
from servanda.measures.ties.fit.specification import EXPORTER, IMPORTER, YEAR, Specification
from servanda.measures.ties.fit.ways import PAIR, Bools, Floats, Way, Whole, combine, unordered

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was left out: why, how many rows, the first of them (from 1); or a term of the formula."""

    reason: str
    rows: int
    examples: tuple[int, ...] = ()
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """The rows that are estimated on, by exporter, importer and year.

    `y` (n,); `x` (k, n) and its `names`; `rows` (n,) their places in the table, from 0; `at` the numbers of exporter,
    importer and year, (n,) each, of `parties` and `years`; `ways` the fixed effects, `by` the clusters.
    """

    y: Floats
    x: Floats
    names: tuple[str, ...]
    rows: Whole
    at: tuple[Whole, Whole, Whole]
    parties: tuple[str, ...]
    years: tuple[int, ...]
    ways: tuple[Way, ...]
    by: tuple[Way, ...]

    def kept(self, keep: Bools) -> Panel:
        """The panel over fewer rows (n,)."""
        if keep.all():
            return self
        one, two, three = (codes[keep] for codes in self.at)
        return replace(
            self,
            y=self.y[keep],
            x=self.x[:, keep],
            rows=self.rows[keep],
            at=(one, two, three),
            ways=tuple(way.kept(keep) for way in self.ways),
            by=tuple(way.kept(keep) for way in self.by),
        )

    def without(self, terms: set[int]) -> Panel:
        """The panel without some covariates, by their place."""
        left = [at for at in range(len(self.names)) if at not in terms]
        return replace(self, x=self.x[left], names=tuple(self.names[at] for at in left)) if terms else self

    def grouping(self) -> Grouping:
        """The fixed effects as a cube where they are its faces and it is nearly full, else as lists."""
        full = len(self.parties) ** 2 * len(self.years)
        faces = tuple(way.name for way in self.ways)
        if len(faces) > 1 and all(face in FACES for face in faces) and not {PAIR, "exporter-importer"} <= set(faces):
            cells = self._cells()
            if self.y.size >= FULL_ENOUGH * full and np.all(cells[1:] > cells[:-1]):
                return Cube(faces, len(self.parties), len(self.years), None if self.y.size == full else cells)
        return lists(self.ways)

    def _cells(self) -> Whole:
        exporters, importers, years = self.at
        return (exporters * len(self.parties) + importers) * len(self.years) + years


def panel(table: pa.Table, asked: Specification) -> tuple[Panel, list[Dropped]]:
    """The panel of a specification and what was left out for want of a value."""
    numbers = {name: np.asarray(table[name].to_numpy(zero_copy_only=False), np.float64) for name in asked.numbers}
    dropped: list[Dropped] = []
    keep = np.ones(table.num_rows, dtype=bool)
    for term in (asked.response, *asked.formula):
        for part in term.parts:
            for reason, bad in _wanting(part, numbers):
                new = keep & bad
                if new.any():
                    dropped.append(told(reason, np.flatnonzero(new)))
                keep &= ~bad
    if not keep.any():
        raise RequestError(
            "no row has a value in every column of the formula: " + "; ".join(one.reason for one in dropped)
        )
    groups, parties, years = _groups(table, asked, keep)
    order = _sorting(groups, len(parties), len(years))
    rows = np.flatnonzero(keep)
    if order is not None:
        rows = rows[order]
        groups = {name: codes[order] for name, codes in groups.items()}
    is_whole = order is None and rows.size == table.num_rows
    values = numbers if is_whole else {name: column[rows] for name, column in numbers.items()}
    levels = {name: _levels(table, name, rows) for name in _dummies(asked)}
    made = [one for term in asked.formula for one in _columns(term, values, levels)]
    for name, column in made:
        if not np.all(np.isfinite(column)):
            first = int(rows[np.flatnonzero(~np.isfinite(column))[0]]) + 1
            raise RequestError(f"{name} is beyond all numbers, first in row {first}; give it in another unit")
    ways = {said: _way(said, groups) for said in (*asked.effects, *asked.clustered)}
    return Panel(
        y=_value(asked.response.parts[0], values),
        x=np.stack([column for _, column in made]) if made else np.empty((0, rows.size)),
        names=tuple(name for name, _ in made),
        rows=rows,
        at=(groups[EXPORTER], groups[IMPORTER], groups[YEAR]),
        parties=parties,
        years=years,
        ways=tuple(ways[said] for said in asked.effects) or (constant(rows.size),),
        by=tuple(ways[said] for said in asked.clustered),
    ), dropped


def told(reason: str, rows: Whole, examples: Whole | None = None) -> Dropped:
    """Rows left out (their places in the table, from 0), with the first as examples, from 1."""
    first = np.sort(rows if examples is None else examples)[:EXAMPLES]
    return Dropped(reason, int(rows.size), tuple(int(row) + 1 for row in first))


def constant(rows: int) -> Way:
    """The one group of all rows: what is left of fixed effects where there are none."""
    return Way("constant", np.zeros(rows, dtype=np.int64), 1)


def _wanting(part: Part, numbers: Mapping[str, Floats]) -> list[tuple[str, Bools]]:
    """Rows that have no value in a part, each kind with its reason."""
    if part.form is Form.DUMMIES:
        return []
    column = numbers[part.column]
    empty = ~np.isfinite(column)
    found = [(f"no value in {part.column} (a missing value is not a zero)", empty)]
    if part.form is Form.LOGARITHM:
        with np.errstate(invalid="ignore"):
            found.append((f"{part.column} is 0 or less and has no logarithm", ~empty & (column <= 0)))
    return found


def _groups(
    table: pa.Table, asked: Specification, keep: Bools
) -> tuple[dict[str, Whole], tuple[str, ...], tuple[int, ...]]:
    """The number of every grouping column by row; exporters and importers are numbered in one list."""
    found = {name: _coded(table, name, keep)[1] for name in asked.groupings if name not in (EXPORTER, IMPORTER)}
    (some, exporters), (others, importers) = _coded(table, EXPORTER, keep), _coded(table, IMPORTER, keep)
    parties = np.union1d(some, others)
    found[EXPORTER] = np.searchsorted(parties, some)[exporters]
    found[IMPORTER] = np.searchsorted(parties, others)[importers]
    years: tuple[int, ...] = (0,)
    found[YEAR] = np.zeros(exporters.size, dtype=np.int64)
    if YEAR in table.column_names:
        labels, found[YEAR] = _coded(table, YEAR, keep)
        years = tuple(int(year) for year in labels)
    return found, tuple(str(one) for one in parties), years


def _sorting(groups: Mapping[str, Whole], parties: int, years: int) -> Whole | None:
    """The order by exporter, importer and year; None where the rows have it."""
    place = (groups[EXPORTER] * parties + groups[IMPORTER]) * years + groups[YEAR]
    return None if np.all(place[1:] >= place[:-1]) else np.argsort(place, kind="stable")


def _coded(table: pa.Table, name: str, keep: Bools | Whole) -> tuple[NDArray[np.generic], Whole]:
    """The sorted values of a column in the rows kept, and of each row the number of its value."""
    coded = table[name].combine_chunks().dictionary_encode()
    values = coded.dictionary.to_pylist()
    words = np.asarray(values, dtype=str if isinstance(values[0], str) else None)
    codes = np.asarray(coded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)[keep]
    held = np.flatnonzero(np.bincount(codes, minlength=words.size))
    held = held[np.argsort(words[held], kind="stable")]
    number = np.empty(words.size, dtype=np.int64)
    number[held] = np.arange(held.size)
    return words[held], number[codes]


def _dummies(asked: Specification) -> list[str]:
    return [part.column for term in asked.formula for part in term.parts if part.form is Form.DUMMIES]


def _levels(table: pa.Table, name: str, rows: Whole) -> tuple[tuple[str, ...], Whole]:
    labels, codes = _coded(table, name, rows)
    return tuple(str(one) for one in labels), codes


def _columns(
    term: Term, values: Mapping[str, Floats], levels: Mapping[str, tuple[tuple[str, ...], Whole]]
) -> list[tuple[str, Floats]]:
    """The covariates of a term: one, or one for each value of its dummies. Alone, the first value is the base."""
    numbers = [part for part in term.parts if part.form is not Form.DUMMIES]
    product = np.prod([_value(part, values) for part in numbers], axis=0) if numbers else None
    made = [(term.name, product)]
    for part in (one for one in term.parts if one.form is Form.DUMMIES):
        names, codes = levels[part.column]
        first = 1 if len(term.parts) == 1 else 0
        made = [
            (name.replace(f"C({part.column})", f"C({part.column})[{level}]"), _masked(column, codes == at))
            for name, column in made
            for at, level in enumerate(names)
            if at >= first
        ]
    return [(name, np.asarray(column, dtype=np.float64)) for name, column in made]


def _masked(column: Floats | None, mask: Bools) -> Floats:
    return mask.astype(np.float64) if column is None else column * mask


def _value(part: Part, values: Mapping[str, Floats]) -> Floats:
    column = values[part.column]
    if part.form is Form.LOGARITHM:
        column = np.log(column)
    elif part.form is Form.EXPONENTIAL:
        column = np.exp(column)
    return column if part.power == 1 else column**part.power


def _way(said: str, groups: Mapping[str, Whole]) -> Way:
    """The groups of columns joined by '-'; `pair` is the unordered pair."""
    names = [name.strip() for name in said.split("-")]
    parts = [unordered(groups[EXPORTER], groups[IMPORTER]) if name == PAIR else groups[name] for name in names]
    known = {frozenset(face.split("-")): face for face in FACES}
    return combine(known.get(frozenset(names), said), parts)

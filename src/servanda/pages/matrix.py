"""The profile of dependence as a table that is read at a glance, with a note for each cell that wants one; and flat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from servanda.model.reading import Reading
from servanda.review.areas.region.leaning import Lean, Row
from servanda.review.wording import percent


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, how dark it is (0 to 1), the number of its note, and a range beneath."""

    text: str
    share: float
    note: int | None = None
    range: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A domain that has figures."""

    title: str
    what: str
    period: str
    cells: tuple[Cell, ...]
    partners: Cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """A party's profile: columns by name, the domains with figures, the composite beneath, notes by their number, and
    the domains of which nothing is held, by the reason."""

    party: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    composite: tuple[Cell, ...]
    notes: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]


def matrix(one: Lean, names: dict[str, str]) -> Matrix:
    """The profile of a party as it is shown."""
    notes: list[str] = []
    lines, missing = [], dict[str, list[str]]()
    for row in one.rows:
        if not row.period:
            reason = str(row.concentration.reason).replace(one.party, names[one.party])
            missing.setdefault(reason, []).append(row.domain.title)
            continue
        cells = tuple(_cell(cell, notes) for cell in row.cells.values())
        lines.append(Line(row.domain.title, row.domain.what, row.period, cells, _equal(row.concentration)))
    composite = tuple(_mean(made.composite) for made in one.composites.values())
    columns = tuple(names[column] for column in one.composites)
    told = {reason: tuple(titles) for reason, titles in missing.items()}
    return Matrix(one.party, columns, tuple(lines), composite, tuple(notes), told)


def _cell(one: Reading, notes: list[str]) -> Cell:
    """A share, with a range where part of it is not told apart; a dash and a note where there is none."""
    if one.value is None:
        return Cell("\u2013", 0.0, _note(str(one.reason), notes))
    said = percent(one.value)
    if one.high is not None:
        return Cell(f"{said} to {percent(one.high)}", one.value, _note(str(one.interval), notes))
    return Cell(said, one.value, _note(one.caveats[0], notes) if one.caveats else None)


def _note(said: str, notes: list[str]) -> int:
    if said not in notes:
        notes.append(said)
    return notes.index(said) + 1


def _equal(one: Reading) -> Cell:
    """As concentrated as so many equal partners."""
    if one.value is None:
        return Cell("\u2013", 0.0)
    ends = [f"{1 / value:.1f}" for value in (one.high or one.value, one.value)]
    many = ends[0] if ends[0] == ends[1] else " to ".join(ends)
    return Cell(many, 0.0)


def _mean(one: Reading) -> Cell:
    if one.value is None:
        return Cell("\u2013", 0.0)
    if one.used < 2:
        return Cell(percent(one.value), one.value, range="one domain")
    return Cell(percent(one.value), one.value, range=f"{percent(one.low or 0)} to {percent(one.high or 0)}")


def flat(one: Lean, names: dict[str, str]) -> list[dict[str, Any]]:
    """A row a domain and column, with all that is known of it: what a file of the profile holds."""
    rows = [_flat(row, column, names) for row in one.rows for column in row.cells]
    for column, made in one.composites.items():
        own = made.composite
        known = "; ".join(f"{name} {weight:.3g}" for name, weight in made.weights.items())
        rows.append({**_value(own), "row": "Composite", "column": names[column], "period": "as its parts",
                     "told apart": own.used, "of": own.expected, "concentration": None, "covered": None,
                     "source": known, "reason": own.reason})  # fmt: skip
    return rows


def _flat(row: Row, column: str, names: dict[str, str]) -> dict[str, Any]:
    own, spread = row.cells[column], row.concentration
    covered = spread.steps.get("covered")
    return {
        **_value(own), "row": row.domain.title, "column": names[column], "period": row.period, "told apart": own.used,
        "of": own.expected, "concentration": None if spread.value is None else round(spread.value, 4),
        "covered": None if covered is None else round(covered, 4), "source": row.cite,
        "reason": own.reason or "; ".join(own.caveats) or None,
    }  # fmt: skip


def _value(one: Reading) -> dict[str, Any]:
    """First columns of a row, in per cent."""
    made: dict[str, Any] = {"row": None, "column": None}
    for name, value in (("value", one.value), ("low", one.low), ("high", one.high)):
        made[name] = None if value is None else round(100 * value, 2)
    return made

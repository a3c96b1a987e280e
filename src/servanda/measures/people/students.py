"""How many students of one party study in the other, what a missing figure means, and copies that count twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from servanda.model.reading import Reading

UNIT = "students enrolled"
LUMPED = "OTH"
FEW = 3
"""Cells that two copies must share before a multiple is said to be one."""
Cell = tuple[str, str, int]


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

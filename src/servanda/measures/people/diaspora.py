"""How many people of an origin its own state counts in another, beside who the United Nations count there by birth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from servanda.model.reading import Reading

NAME = "people abroad"
UNIT = "persons, citizens and of origin, as their own state counts"


def diaspora(rows: Iterable[Mapping[str, Any]], origin: str, destination: str, upto: int | None = None) -> Reading:
    """The last count by a state of its people in another, from rows (origin, destination, year, persons [, citizens,
    of_origin]).

    A count of one date: those of two dates are neither added nor taken from each other, for what is between them is no
    flow. `steps` hold the parts where they are told apart, whether they are the sum (`adds_up`), and the path by year.
    """
    its = [row for row in rows if row["origin"] == origin and (upto is None or row["year"] <= upto)]
    parties = (origin, destination)
    found = {int(row["year"]): row for row in its if row["destination"] == destination}
    if not its:
        return Reading(NAME, UNIT, reason=f"no count that {origin} makes of its people abroad is held", parties=parties)
    if not found:
        years = sorted({int(row["year"]) for row in its})
        why = f"what {origin} counted ({years[-1]}) does not name {destination}, which is not nil"
        return Reading(NAME, UNIT, reason=why, expected=len(years), parties=parties)
    last = max(found)
    row = found[last]
    parts = {name: int(row[name]) for name in ("citizens", "of_origin") if row.get(name) is not None}
    steps: dict[str, Any] = {"path": {year: int(found[year]["persons"]) for year in sorted(found)}, **parts}
    if len(parts) == 2:
        steps["adds_up"] = sum(parts.values()) == int(row["persons"])
    return Reading(
        NAME, UNIT, float(row["persons"]), used=len(found), expected=len({row["year"] for row in its}),
        period=str(last), parties=parties, caveats=() if steps.get("adds_up", True) else ("parts_differ",), steps=steps,
    )  # fmt: skip

"""How many passengers flew from one party to another in a year, from quarters; those of direct flights, whoever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from servanda.errors import RequestError
from servanda.model.reading import Reading

NAME, UNIT = "passengers", "passengers on direct flights"
QUARTERS = 4


def passengers(rows: Iterable[Mapping[str, Any]], origin: str, destination: str, upto: int | None = None) -> Reading:
    """The last year whose four quarters are held, from rows (origin, destination, year, quarter, passengers).

    A year with a quarter missing is none, and a quarter of 0 was flown by nobody. `steps` hold whole years by year.
    Raises RequestError for a quarter that stands twice.
    """
    parties = (origin, destination)
    years: dict[int, dict[int, int]] = {}
    for row in rows:
        if (row["origin"], row["destination"]) != parties or (upto is not None and row["year"] > upto):
            continue
        quarters = years.setdefault(int(row["year"]), {})
        if row["quarter"] in quarters:
            raise RequestError(f"quarter {row['quarter']} of {row['year']} stands twice for {origin} to {destination}")
        quarters[int(row["quarter"])] = int(row["passengers"])
    path = {year: sum(held.values()) for year, held in sorted(years.items()) if len(held) == QUARTERS}
    if not path:
        why = f"no count of passengers from {origin} to {destination} is held"
        if years:
            why = f"no year from {origin} to {destination} has its four quarters"
        return Reading(NAME, UNIT, reason=why, expected=len(years), parties=parties)
    last = max(path)
    return Reading(NAME, UNIT, float(path[last]), used=QUARTERS, expected=QUARTERS, period=str(last), parties=parties,
                   steps={"path": path})  # fmt: skip

"""Joint military exercises: how many two parties took part in together, from a table of who took part in what.

A table covers a stretch of years. What lies outside is not known, which is a reason and never nil.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pyarrow as pa

from servanda.model.reading import Reading

UNIT = "exercises"
FLOWS = pa.schema([("exporter", pa.string()), ("importer", pa.string()), ("year", pa.int64()), ("trade", pa.float64())])


def together(table: pa.Table, a: str, b: str, first: int, last: int) -> Reading:
    """Exercises (exercise, party, year; a row a participant) in which both took part from `first` to `last`."""
    name, period, pair = f"joint exercises of {a} and {b}", f"{first}-{last}", (a, b)
    years = table["year"].to_pylist()
    if not years:
        return Reading(name, UNIT, reason="the table holds no exercise", period=period, parties=pair)
    begins, ends = min(years), max(years)
    if first < begins or last > ends:
        lacks = f"no data before {begins}" if first < begins else f"no data since {ends}"
        return Reading(name, UNIT, reason=lacks, period=period, parties=pair)
    held: dict[str, set[str]] = {party: set() for party in pair}
    for row in table.to_pylist():
        if row["party"] in held and first <= row["year"] <= last:
            held[row["party"]].add(row["exercise"])
    both = held[a] & held[b]
    steps = {party: len(its) for party, its in held.items()}
    return Reading(
        name,
        UNIT,
        float(len(both)),
        used=len(both),
        expected=len(held[a] | held[b]),
        period=period,
        parties=pair,
        steps=steps,
    )


def as_flows(table: pa.Table) -> pa.Table:
    """FLOWS between all parties of the table, both ways, in every year, 0 where two did not exercise together: what
    measures/ties/expected.py asks its question of.
    """
    taking: dict[tuple[str, int], set[str]] = {}
    for row in table.to_pylist():
        taking.setdefault((row["exercise"], row["year"]), set()).add(row["party"])
    held = Counter((a, b, year) for (_, year), its in taking.items() for a, b in combinations(sorted(its), 2))
    parties = sorted({party for its in taking.values() for party in its})
    years = sorted({year for _, year in taking})
    rows = [
        {
            "exporter": one,
            "importer": other,
            "year": year,
            "trade": float(held[(min(one, other), max(one, other), year)]),
        }
        for year in years
        for one in parties
        for other in parties
        if one != other
    ]
    return pa.Table.from_pylist(rows, schema=FLOWS)

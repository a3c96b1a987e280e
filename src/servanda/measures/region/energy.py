"""How much of a fuel a party has to buy abroad: one less production over consumption, the net import share.

A table of production and consumption knows no suppliers and no stocks: a party that sells one kind of oil and buys
another is seen by the difference alone. Below 0 it sells more abroad than it buys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from servanda.model.reading import Reading


def bought_abroad(rows: Iterable[Mapping[str, Any]], party: str, fuel: str, upto: int) -> Reading:
    """The net import share of the last year, no later than `upto`, in which production and consumption (one unit) of
    the fuel are both known; `steps` hold both, and the share of every such year."""
    name, path = f"{fuel} bought abroad, net", dict[int, float]()
    steps: dict[str, Any] = {}
    seen = 0
    for row in sorted(rows, key=lambda row: int(row["year"])):
        if row["party"] != party or row["fuel"] != fuel or row["year"] > upto:
            continue
        seen += 1
        if row["production"] is not None and row["consumption"]:
            path[row["year"]] = 1 - row["production"] / row["consumption"]
            steps = {"production": row["production"], "consumption": row["consumption"]}
    if not path:
        lacks = "has no year with both production and consumption" if seen else "has no row"
        return Reading(name, "share", reason=f"{fuel} of {party} {lacks} by {upto}", expected=seen, parties=(party,))
    year = max(path)
    return Reading(name, "share", path[year], used=len(path), expected=seen, period=str(year), parties=(party,),
                   steps={**steps, "path": path})  # fmt: skip

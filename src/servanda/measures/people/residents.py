"""How many people born in one party live in the other, what a 0 means, and what would be expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from servanda.errors import RequestError
from servanda.measures.ties.expected import Pair, Question, expected
from servanda.model.reading import Reading

UNIT = "persons"
JOINS = ("dist", "cntg", "lang", "clny")
FORMULA = "log(dist) + cntg + lang + clny"


def residents(rows: Iterable[Mapping[str, Any]], origin: str, destination: str, upto: int | None = None) -> Reading:
    """The last stock of people of an origin in a destination, from rows (origin, destination, year, persons).

    A 0 is no figure: censuses that do not ask write it too. Stocks of several years are never added; `steps` hold the
    path by year.
    """
    its = [
        row for row in rows
        if (row["origin"], row["destination"]) == (origin, destination) and (upto is None or row["year"] <= upto)
    ]  # fmt: skip
    path = {int(row["year"]): int(row["persons"]) for row in its if row["persons"] > 0}
    parties = (origin, destination)
    if not path:
        why = f"{destination} reports nobody of {origin}, which is not the same as nobody living there"
        return Reading("residents", UNIT, reason=why, expected=len(its), parties=parties)
    last = max(path)
    return Reading("residents", UNIT, float(path[last]), used=len(path), expected=len(its), period=str(last),
                   parties=parties, steps={"path": dict(sorted(path.items()))})  # fmt: skip


def restated(before: Mapping[int, float], after: Mapping[int, float]) -> dict[int, tuple[float, float]]:
    """Years to which two revisions give different figures, with both; the revisions must not be joined to one line."""
    return {year: (before[year], after[year]) for year in sorted(before.keys() & after.keys())
            if before[year] != after[year]}  # fmt: skip


def untapped(rows: Iterable[Mapping[str, Any]], joins: pa.Table, pair: Pair, year: int, peers: tuple[Pair, ...] = ()
             ) -> Reading:  # fmt: skip
    """What is there of the residents that two such parties would be expected to have, after ties/expected.

    Rows are stocks (origin, destination, year, persons), of which those of `year` are taken; a pair that is not
    reported is left out and not taken as nil. `joins` has exporter, importer, dist, cntg, lang, clny, a row a pair.
    """
    stocks = {
        (row["origin"], row["destination"]): row["persons"]
        for row in rows
        if row["year"] == year and row["persons"] > 0
    }
    return left_over(stocks, joins, pair, peers, f"no stock of {year}")


def left_over(
    amounts: Mapping[Pair, float], joins: pa.Table, pair: Pair, peers: tuple[Pair, ...], nothing: str
) -> Reading:
    """The untapped share of a pair, of amounts by (origin, destination), after ties/expected by what joins two.

    Raises RequestError, beginning with `nothing`, where no amount is of parties that are joined.
    """
    held = joins.select(["exporter", "importer", *JOINS]).to_pylist()
    known = {(row["exporter"], row["importer"]): row for row in held}
    made = [
        {"exporter": way[0], "importer": way[1], "trade": float(amount), **{name: known[way][name] for name in JOINS}}
        for way, amount in amounts.items()
        if way in known
    ]
    if not made:
        raise RequestError(f"{nothing} is held for parties whose distance is known")
    here = {row["exporter"] for row in made} | {row["importer"] for row in made}
    gone = [one for one in pair if one not in here]
    if gone:
        return Reading("untapped share", "share of what is expected", parties=pair,
                       reason=f"what joins {' and '.join(gone)} to others is not held")  # fmt: skip
    within = tuple(one for one in peers if set(one) <= here)
    return expected(pa.Table.from_pylist(made), Question(pair, FORMULA, within))

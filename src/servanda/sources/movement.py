"""Tables of people who go somewhere, and of what joins two parties, that somebody hands in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.sources.table import Column, Sort, TableFault, columns_of, read

_YEAR = Column("year", Sort.WHOLE, 1800, 2200)
_JOINS = (Column("dist", Sort.NUMBER, 0), *(Column(name, Sort.WHOLE, 0, 1) for name in ("cntg", "lang", "clny")))
Rows = list[dict[str, Any]]


def going(path: Path, value: str) -> Rows:
    """origin, destination, year and how many (a whole number, `value`), each once; raises TableFault."""
    key = ("origin", "destination", "year")
    columns = [Column("origin"), Column("destination"), _YEAR, Column(value, Sort.WHOLE, 0)]
    found: Rows = read(path, columns, key).to_pylist()
    return found


def counted(path: Path) -> Rows:
    """origin, destination, year, persons [, citizens, of_origin], each once: what states count of their people."""
    parts = [Column(name, Sort.WHOLE, 0, gaps=True, optional=True) for name in ("citizens", "of_origin")]
    columns = [Column("origin"), Column("destination"), _YEAR, Column("persons", Sort.WHOLE, 0), *parts]
    found: Rows = read(path, columns, ("origin", "destination", "year")).to_pylist()
    return found


def monthly(path: Path) -> Rows:
    """year, month (a gap for a whole year), persons [, origin, destination, counts], each month of a direction once."""
    ends = [Column(name, optional=True) for name in ("origin", "destination", "counts")]
    columns = [_YEAR, Column("month", Sort.WHOLE, 1, 12, gaps=True), Column("persons", Sort.NUMBER, 0), *ends]
    found: Rows = read(path, columns, ("origin", "destination", "year", "month")).to_pylist()
    return found


def quarterly(path: Path) -> Rows:
    """origin, destination, year, quarter, passengers, each quarter of a direction once."""
    columns = [Column("origin"), Column("destination"), _YEAR, Column("quarter", Sort.WHOLE, 1, 4),
               Column("passengers", Sort.WHOLE, 0)]  # fmt: skip
    found: Rows = read(path, columns, ("origin", "destination", "year", "quarter")).to_pylist()
    return found


def services(path: Path) -> Rows:
    """a, b, year, services [, seats a week], a pair once a year in either order; raises TableFault where it stands in
    both."""
    seats = Column("seats", Sort.WHOLE, 0, gaps=True, optional=True)
    columns = [Column("a"), Column("b"), _YEAR, Column("services", Sort.WHOLE, 0), seats]
    found: Rows = read(path, columns, ("a", "b", "year")).to_pylist()
    there = {(row["a"], row["b"], row["year"]) for row in found}
    both = sorted(one for one in there if one[0] < one[1] and (one[1], one[0], one[2]) in there)
    if both:
        told = "; ".join(f"{a} and {b} {year}" for a, b, year in both[:5])
        raise TableFault(path.name, [f"{len(both)} pairs stand in both orders, and would be counted twice: {told}"])
    return found


def rules(path: Path, day: date) -> Rows:
    """passport, destination, requirement [, since] [, days]; a table without since is one snapshot, of `day`."""
    columns = [Column("passport"), Column("destination"), Column("requirement", Sort.WORDS),
               Column("days", Sort.WHOLE, 0, 366, gaps=True, optional=True)]  # fmt: skip
    key = ["passport", "destination"]
    if "since" in columns_of(path):
        columns.append(Column("since", Sort.WORDS))
        key.append("since")
    found: Rows = read(path, columns, key).to_pylist()
    wrong = [row["since"] for row in found if "since" in row and not _is_day(row["since"])]
    if wrong:
        raise TableFault(path.name, [f"'since' is no day in {len(wrong)} rows: {', '.join(map(repr, wrong[:5]))}"])
    return [{"since": day.isoformat(), "days": None, **row} for row in found]


def lists(path: Path) -> Rows:
    """party, week, title, each once."""
    columns = [Column("party"), Column("week", Sort.WORDS), Column("title", Sort.WORDS)]
    found: Rows = read(path, columns, ("party", "week", "title")).to_pylist()
    return found


def joins(path: Path) -> pa.Table:
    """exporter, importer, dist, cntg, lang, clny: what lies between two parties, each direction once."""
    return read(path, [Column("exporter"), Column("importer"), *_JOINS], ("exporter", "importer"))


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said[:10])
    except ValueError:
        return False
    return True

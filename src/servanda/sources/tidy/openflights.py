"""OpenFlights: routes and airports, two files without a head, into services between two parties."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded

SHAPE = pa.schema([("a", pa.string()), ("b", pa.string()), ("year", pa.int64()), ("services", pa.int64()),
                   ("shared", pa.int64()), ("airlines", pa.int64())])  # fmt: skip
FROZEN = 2014
"""The year in which the routes end; the files carry none."""
NEEDED = {"airports": 6, "routes": 7}
"""Columns that a row has at least."""
NOTHING = r"\N"


def openflights(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """a, b, year, services, shared, airlines: a row a pair of parties, both directions.

    A service is one airline, pair of airports and direction; `shared` are those of them that another airline flies.
    Raises SourceFault where one of the two files is not held.
    """
    held = {name: _rows(pieces, name, source) for name in NEEDED}
    home, strange = _airports(held["airports"])
    services: Counter[tuple[str, str]] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    airlines: dict[tuple[str, str], set[str]] = {}
    left: Counter[str] = Counter()
    for row in held["routes"]:
        ends = [home.get(row[place]) or home.get(row[place - 1]) for place in (3, 5)]
        if ends[0] is None or ends[1] is None:
            left["routes whose airport has no party"] += 1
        elif ends[0] == ends[1]:
            left["routes at home"] += 1
        else:
            pair = (min(ends[0], ends[1]), max(ends[0], ends[1]))
            services[pair] += 1
            shared[pair] += row[6].strip() == "Y"
            airlines.setdefault(pair, set()).add(row[0])
    made = [{"a": pair[0], "b": pair[1], "year": FROZEN, "services": many, "shared": shared[pair],
             "airlines": len(airlines[pair])} for pair, many in sorted(services.items())]  # fmt: skip
    table = pa.Table.from_pylist(made, schema=SHAPE)
    bounded(table, source, source.id)
    told = [f"routes are those of June {FROZEN}; no newer ones are there"]
    if strange:
        told.append(f"countries that the list of names does not know: {'; '.join(sorted(strange))}")
    return Tidy(table, tuple(told), dict(left))


def _airports(rows: list[list[str]]) -> tuple[dict[str, str], set[str]]:
    """The party of each airport, by the number and by the code of three letters that routes name it by."""
    names, home, strange = codes("names"), dict[str, str](), set[str]()
    for row in rows:
        found = names.find(row[3])
        if found is None:
            strange.add(row[3])
        elif found.sort is Sort.PARTY:
            home |= {key: found.code for key in (row[0], row[4]) if key not in ("", NOTHING)}
    return home, strange


def _rows(pieces: list[tuple[Piece, Path]], name: str, source: DataSource) -> list[list[str]]:
    its = [(piece, path) for piece, path in pieces if piece.file == f"{name}.dat"]
    if len(its) != 1:
        raise SourceFault(
            f"{source.id}: the table needs routes and airports, and {name}.dat is not held; "
            f"fetch it with --address {name}"
        )
    piece, path = its[0]
    faults, found = Faults(piece.file), []
    for place, row in enumerate(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))), 1):
        if len(row) < NEEDED[name]:
            faults.note(f"fewer than {NEEDED[name]} columns", place, ",".join(row))
        found.append(row)
    faults.close()
    return found

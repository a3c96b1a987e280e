"""World Bank indicators: pages of JSON, each a list of what it is and its rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded, number, once

SHAPE = pa.schema([("party", pa.string()), ("indicator", pa.string()), ("year", pa.int64()), ("value", pa.float64())])


def worldbank(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """party, indicator, year, value; groups of economies left out and counted, a value that was not reported a gap."""
    held = codes("worldbank")
    made: list[dict[str, Any]] = []
    groups, updates = 0, set[str]()
    for piece, path in pieces:
        head, rows = json.loads(path.read_bytes())
        faults = Faults(piece.file)
        updates.add(str(head.get("lastupdated", "")))
        for place, row in enumerate(rows or (), 1):
            named = held.find(row.get("countryiso3code") or f"group {row['country']['id']}")
            if named is None or named.sort is Sort.GROUP:
                groups += 1
                continue
            if not str(row["date"]).isdigit():
                faults.note("'date' is no year", place, row["date"])
                continue
            try:
                value = number(row["value"])
            except ValueError:
                faults.note("'value' is no number", place, row["value"])
                continue
            made.append(
                {"party": named.code, "indicator": row["indicator"]["id"], "year": int(row["date"]), "value": value}
            )
        faults.close()
    table = pa.Table.from_pylist(made, schema=SHAPE)
    bounded(table, source, source.id)
    once(table, ("party", "indicator", "year"), source.id)
    told = [f"pages are of several updates ({', '.join(sorted(updates))}); fetch them anew"] if len(updates) > 1 else []
    return Tidy(table, tuple(told), {"groups of economies": groups} if groups else {})

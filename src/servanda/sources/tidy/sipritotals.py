"""SIPRI's yearly totals by state, as they were saved from the form: of imports or of exports."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.arms import TOTALS, totals
from servanda.sources.tidy.rows import Tidy, bounded, once

SHAPE = pa.schema([("flow", pa.string()), *TOTALS])
FLOWS = ("import", "export")
WORLD = "World"
"""Whom the row of totals stands for, whatever the file calls it."""
HEAD = 400
"""So many letters of a file hold its title."""


def sipritotals(held: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """flow, party (by the publisher's name; World is the total), year, tiv, is_under_half."""
    parts = []
    for piece, path in held:
        flow = _flow(piece, path)
        rows = [
            {**row, "flow": flow, "party": WORLD if row["party"].casefold().startswith("total") else row["party"]}
            for row in totals(path).to_pylist()
        ]
        parts.append(pa.Table.from_pylist(rows, schema=SHAPE))
    table = pa.concat_tables(parts)
    once(table, ("flow", "party", "year"), source.id)
    bounded(table, source, source.id)
    return Tidy(table)


def _flow(piece: Piece, path: Path) -> str:
    """What was said when the file was added, else what its title says; never its name, which may be the other's."""
    said = piece.asked.get("flow", "").strip().casefold().removesuffix("s")
    if said in FLOWS:
        return said
    with path.open(encoding="utf-8", errors="replace") as stream:
        head = stream.read(HEAD).casefold()
    named = [flow for flow in FLOWS if flow in head]
    if len(named) == 1:
        return named[0]
    raise SourceFault(f"{piece.file} does not say whether it is of imports or exports; add it with --set flow=import")

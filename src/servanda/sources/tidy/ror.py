"""The Research Organization Registry by pages: a row an institution, in the columns that naming affiliations takes."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.registry import COLUMNS, records
from servanda.sources.tidy.rows import Tidy, once


def ror(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """ror, name, aliases (bars between), cc, city; institutions that were withdrawn are left out and counted."""
    rows, gone = [], 0
    for piece, path in pieces:
        made = records(json.loads(path.read_bytes()).get("items", []), piece.file)
        gone += sum(row.get("status") == "withdrawn" for row in made)
        rows += [{name: row.get(name) for name in COLUMNS} for row in made if row.get("status") != "withdrawn"]
    table = pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in COLUMNS]))
    once(table, ("ror",), source.id)
    return Tidy(table, (), {"withdrawn": gone} if gone else {})

"""The Geopolitical Risk Index: months of the world and of countries, a column each."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded, number, once

SHAPE = pa.schema([("party", pa.string()), ("year", pa.int64()), ("month", pa.int64()), ("value", pa.float64())])
WORLD = "WLD"
"""Whom the index of the world stands for."""
COLUMN = re.compile(r"GPRC_([A-Z]{3})")
MONTHS = (re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?"), re.compile(r"(\d{4})[mM](\d{1,2})"))
WORKBOOK = (b"\xd0\xcf\x11\xe0", b"PK")


def gpr(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """party (WLD is the world), year, month, value: of the world an index, of a country per cent of articles."""
    made = []
    known = codes("iso3")
    for piece, path in pieces:
        raw = path.read_bytes()
        if raw.startswith(WORKBOOK):
            raise SourceFault(f"{piece.file} is a workbook; save it as CSV and add that")
        rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig", errors="replace")))
        names = rows.fieldnames or []
        columns = {name: found[1] for name in names if (found := COLUMN.fullmatch(name))}
        columns = {name: code for name, code in columns.items() if _is_party(known.find(code))}
        if "month" not in names or "GPR" not in names or not columns:
            raise SourceFault(
                f"{piece.file}: no month, GPR and GPRC_... in its columns, which are {', '.join(names[:8])}"
            )
        faults = Faults(piece.file)
        for place, row in enumerate(rows, 2):
            when = _month(row["month"] or "")
            if when is None:
                if any((row[name] or "").strip() for name in ("GPR", *columns)):
                    faults.note("'month' is no month", place, row["month"])
                continue
            for name, party in {"GPR": WORLD, **columns}.items():
                try:
                    value = number(row[name])
                except ValueError:
                    faults.note(f"'{name}' is no number", place, row[name])
                    continue
                if value is not None:
                    made.append({"party": party, "year": when[0], "month": when[1], "value": value})
        faults.close()
    table = pa.Table.from_pylist(made, schema=SHAPE)
    once(table, ("party", "year", "month"), source.id)
    bounded(table, source, source.id)
    return Tidy(table)


def _is_party(named: object) -> bool:
    return getattr(named, "sort", None) is Sort.PARTY


def _month(said: str) -> tuple[int, int] | None:
    for shape in MONTHS:
        if found := shape.fullmatch(said.strip()):
            return int(found[1]), int(found[2])
    return None

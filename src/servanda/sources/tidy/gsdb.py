"""The Global Sanctions Data Base: who sanctions whom, a row a case and pair."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Codes, Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded

SHAPE = pa.schema(
    [
        ("case", pa.string()), ("target", pa.string()), ("sender", pa.string()), ("begin", pa.int64()),
        ("end", pa.int64()), ("kinds", pa.list_(pa.string())), ("objective", pa.string()),
    ]
)  # fmt: skip
KINDS = ("trade", "arms", "military", "financial", "travel", "other")
TAILS = ("North", "South", "The", "Democratic Republic of")
"""What stands behind a comma of a name and before it elsewhere: Yemen, North."""
NEEDED = ("case_id", "sanctioned_state", "sanctioning_state", "begin", "end", *KINDS)


def gsdb(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """case, target, sender, begin, end, kinds, objective; bodies and parties that were keep the source's word."""
    known, made = codes("names"), dict[tuple[str, str, str], dict[str, Any]]()
    for piece, path in pieces:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
        if missing:
            raise SourceFault(f"{piece.file}: no {', '.join(missing)} in its columns; save the table of cases as CSV")
        faults = Faults(piece.file)
        for place, row in enumerate(rows, 2):
            if not row["begin"].strip().isdigit() or not row["end"].strip().isdigit():
                faults.note("'begin' or 'end' is no year", place, f"{row['begin']} {row['end']}")
                continue
            about = {"case": row["case_id"], "begin": int(row["begin"]), "end": int(row["end"]),
                     "kinds": [kind for kind in KINDS if row[kind].strip() == "1"],
                     "objective": row.get("objective") or ""}  # fmt: skip
            for target in _parties(known, row["sanctioned_state"]):
                for sender in _parties(known, row["sanctioning_state"]):
                    made[row["case_id"], target, sender] = {**about, "target": target, "sender": sender}
        faults.close()
    table = pa.Table.from_pylist(list(made.values()), schema=SHAPE)
    bounded(table, source, source.id)
    return Tidy(table)


def _parties(known: Codes, said: str) -> list[str]:
    """The parties of a cell: one name, or several with commas between; a name may have a comma of its own."""
    names: list[str] = []
    for part in said.split(","):
        if part.strip() in TAILS and names:
            names[-1] = f"{part.strip()} {names[-1]}"
        elif part.strip():
            names.append(part.strip())
    return [_code(known, name) for name in names]


def _code(known: Codes, said: str) -> str:
    found = known.find(said) or known.find(said.removeprefix("The "))
    return found.code if found is not None and found.sort is Sort.PARTY else said

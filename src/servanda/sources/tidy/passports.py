"""Passport Index: who needs what to enter, by passport and destination; three vintages of codes, one word each."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa

from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.tidy.rows import Faults, Tidy, once

SHAPE = pa.schema([("passport", pa.string()), ("destination", pa.string()), ("requirement", pa.string()),
                   ("days", pa.int64())])  # fmt: skip
WORDS = {
    "0": "visa required", "vr": "visa required", "visa required": "visa required",
    "1": "visa on arrival", "voa": "visa on arrival", "visa on arrival": "visa on arrival",
    "2": "travel authority", "eta": "travel authority", "evw": "travel authority",
    "hayya entry permit": "travel authority",
    "3": "visa free", "vf": "visa free", "visa free": "visa free",
    "e-visa": "e-visa", "covid ban": "pandemic ban", "no admission": "no admission", "-1": "own",
}  # fmt: skip
"""Codes of all vintages. From 2020 on a number above 3 is days of stay without a visa."""
OWN = "own"


def requirement(said: str) -> tuple[str, int | None]:
    """The word that a code stands for, and days of stay without a visa; ValueError for a code that is none."""
    word = said.strip().casefold()
    if word in WORDS:
        return WORDS[word], None
    if word.isdecimal() and 3 < int(word) <= 366:
        return "visa free", int(word)
    raise ValueError(said)


def passports(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """passport, destination, requirement, days: a row a pair; that of a passport at home left out."""
    made = []
    for piece, path in pieces:
        faults = Faults(piece.file)
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        missing = {"Passport", "Destination", "Requirement"} - set(rows.fieldnames or ())
        if missing:
            faults.note(f"no column {', '.join(sorted(missing))}", 1, ",".join(rows.fieldnames or ()))
            faults.close()
        for place, row in enumerate(rows, 2):
            try:
                word, days = requirement(row["Requirement"])
            except ValueError:
                faults.note("'Requirement' is no code that is known", place, row["Requirement"])
                continue
            if word != OWN:
                made.append({"passport": row["Passport"], "destination": row["Destination"], "requirement": word,
                             "days": days})  # fmt: skip
        faults.close()
    table = pa.Table.from_pylist(made, schema=SHAPE)
    once(table, ("passport", "destination"), source.id)
    return Tidy(table)

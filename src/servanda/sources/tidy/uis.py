"""UIS bulk data (OPRI): students from abroad by country of study and origin, whose names stand in the labels."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded, number, once

SHAPE = pa.schema([("origin", pa.string()), ("destination", pa.string()), ("year", pa.int64()),
                   ("students", pa.int64())])  # fmt: skip
LABELS, ROWS = "_LABEL.csv", "_DATA_NATIONAL.csv"
FROM = re.compile(
    r"Inbound internationally mobile students from [^:]+: Students from (?:the )?(.+), both sexes \(number\)"
)
"""Both sexes only: each sex and both stand beside each other, and their sum counts everybody twice."""
NO_FIGURE = {"NA": "0 that means not applicable", "SUPP": "suppressed by who reports", "INCLUDED": "included elsewhere"}
"""Magnitudes with which a value, though it be a 0, is none (the README of the bulk files)."""


def uis(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """origin, destination, year, students. A 0 with magnitude NIL was reported; one with NA was not, and has no row."""
    made: list[dict[str, object]] = []
    left: dict[str, int] = {}
    strange: set[str] = set()
    for piece, path in pieces:
        with zipfile.ZipFile(path) as held:
            origins = _origins(held, piece.file, strange)
            faults = Faults(piece.file)
            for place, row in enumerate(_read(held, ROWS, piece.file), 2):
                origin = origins.get(row["INDICATOR_ID"].strip())
                if origin is None:
                    continue
                why = NO_FIGURE.get(row["MAGNITUDE"].strip().upper())
                try:
                    value = number(row["VALUE"])
                    year = int(row["YEAR"])
                except ValueError:
                    faults.note("'VALUE' or 'YEAR' is no number", place, f"{row['VALUE']}, {row['YEAR']}")
                    continue
                if why is None and value is None:
                    why = "blank"
                if why is None and origin == row["COUNTRY_ID"]:
                    why = "a party at home"
                if why is not None or value is None:
                    left[str(why)] = left.get(str(why), 0) + 1
                    continue
                made.append(
                    {"origin": origin, "destination": row["COUNTRY_ID"], "year": year, "students": round(value)}
                )
            faults.close()
    table = pa.Table.from_pylist(made, schema=SHAPE)
    bounded(table, source, source.id)
    once(table, ("origin", "destination", "year"), source.id)
    told = (f"names that the list does not know, left out: {'; '.join(sorted(strange))}",) if strange else ()
    return Tidy(table, told, left)


def _origins(held: zipfile.ZipFile, file: str, strange: set[str]) -> dict[str, str]:
    """The party that each indicator counts students of; regions and unknown origins are none."""
    names, found = codes("names"), {}
    for row in _read(held, LABELS, file):
        said = FROM.fullmatch(row["INDICATOR_LABEL_EN"].strip())
        if said is None or "unknown" in said[1].casefold():
            continue
        party = names.find(said[1])
        if party is None:
            strange.add(said[1])
        elif party.sort is Sort.PARTY:
            found[row["INDICATOR_ID"].strip()] = party.code
    if not found:
        raise SourceFault(f"{file}: no label speaks of students from a country, both sexes; is it the OPRI file?")
    return found


def _read(held: zipfile.ZipFile, ending: str, file: str) -> Iterator[dict[str, str]]:
    """The rows of the file in the zip whose name has that ending, columns by their names in capitals."""
    inside = [one for one in held.namelist() if one.upper().endswith(ending.upper())]
    if len(inside) != 1:
        raise SourceFault(f"{file}: expected one file *{ending} in it and found {len(inside)}")
    with held.open(inside[0]) as raw:
        rows = csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))
        rows.fieldnames = [one.strip().upper() for one in rows.fieldnames or ()]
        needed = ("INDICATOR_ID", "INDICATOR_LABEL_EN") if ending == LABELS else (
            "INDICATOR_ID", "COUNTRY_ID", "YEAR", "VALUE", "MAGNITUDE")  # fmt: skip
        missing = [one for one in needed if one not in rows.fieldnames]
        if missing:
            raise SourceFault(f"{file}: {inside[0]} has no column {', '.join(missing)}")
        yield from rows

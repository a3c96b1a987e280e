"""UN DESA, International Migrant Stock: the workbook by destination and origin, of one revision."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded, number, once

SHAPE = pa.schema([("origin", pa.string()), ("destination", pa.string()), ("year", pa.int64()),
                   ("persons", pa.int64())])  # fmt: skip
AREAS = 900
"""Codes from here on are the world, regions and groups of income; DESTA's Kosovo (900) is the world here."""
ENDS = ("location code of destination", "location code of origin")


def undesa(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """origin, destination, year, persons, of both sexes. A 0 or two dots is no figure: there is no row.

    The years stand three times beside each other (both sexes, men, women); only the first block is read, for all three
    together count everybody twice. Raises SourceFault for two revisions, which must never be joined.
    """
    if len(pieces) != 1:
        raise SourceFault(
            f"{source.id}: {len(pieces)} workbooks are held and revisions are never joined; keep one a day"
        )
    piece, path = pieces[0]
    numeric, faults = codes("numeric"), Faults(piece.file)
    made: list[dict[str, object]] = []
    left: dict[str, int] = {}
    strange: set[str] = set()
    ends: tuple[int, int] | None = None
    years: dict[int, int] = {}
    for place, cells in _sheet(path):
        if ends is None:
            ends, years = _head(cells)
            continue
        sides = [cells.get(column, "").strip().removesuffix(".0") for column in ends]
        if not all(side.isdigit() for side in sides):
            if any(sides):
                faults.note("a location code is no number", place, ", ".join(sides))
            continue
        if any(int(side) >= AREAS for side in sides):
            left["rows of regions and groups"] = left.get("rows of regions and groups", 0) + 1
            continue
        there, here = (numeric.find(side) for side in sides)
        if there is None or here is None or there.sort is not Sort.PARTY or here.sort is not Sort.PARTY:
            strange.update(side for side, one in zip(sides, (there, here), strict=True) if one is None)
            left["rows of places without a code"] = left.get("rows of places without a code", 0) + 1
            continue
        for column, year in years.items():
            said = cells.get(column, "").strip()
            try:
                value = number("" if said == ".." else said)
            except ValueError:
                faults.note(f"the stock of {year} is no number", place, said)
                continue
            if not value:
                left["0 or nothing, which is not reported"] = left.get("0 or nothing, which is not reported", 0) + 1
                continue
            made.append({"origin": here.code, "destination": there.code, "year": year, "persons": round(value)})
    if ends is None:
        raise SourceFault(f"{piece.file}: no row has the columns {' and '.join(ENDS)}")
    faults.close()
    table = pa.Table.from_pylist(made, schema=SHAPE)
    bounded(table, source, source.id)
    once(table, ("origin", "destination", "year"), source.id)
    told = (f"codes that the list does not know: {', '.join(sorted(strange))}",) if strange else ()
    return Tidy(table, told, left)


def _head(cells: dict[int, str]) -> tuple[tuple[int, int] | None, dict[int, int]]:
    """The columns of both codes and of the first block of years, where this row is the head of the table."""
    found = {" ".join(text.split()).casefold(): column for column, text in cells.items()}
    if not set(ENDS) <= set(found):
        return None, {}
    years: dict[int, int] = {}
    for column, text in cells.items():
        said = text.strip().removesuffix(".0")
        if re.fullmatch(r"(19|20)\d\d", said) and int(said) not in years.values():
            years[column] = int(said)
    return (found[ENDS[0]], found[ENDS[1]]), years


def _sheet(path: Path) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows of the sheet, with their number and their cells by column."""
    with path.open(encoding="utf-8", newline="") as held:
        for place, row in enumerate(csv.reader(held), 1):
            yield place, dict(enumerate(row))

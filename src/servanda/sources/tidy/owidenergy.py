"""Our World in Data's table of energy: production and consumption of fuels, a row a party, fuel and year."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded, number, once

SHAPE = pa.schema(
    [
        ("party", pa.string()), ("fuel", pa.string()), ("year", pa.int64()), ("production", pa.float64()),
        ("consumption", pa.float64()),
    ]
)  # fmt: skip
FUELS = ("oil", "gas", "coal")
USES = ("production", "consumption")


def owidenergy(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """party, fuel, year, production, consumption in TWh; a row where either is known."""
    known, made, others = codes("iso3"), list[dict[str, Any]](), 0
    for piece, path in pieces:
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig", errors="replace"), newline=""))
        wanted = ["iso_code", "year", *(f"{fuel}_{use}" for fuel in FUELS for use in USES)]
        missing = [name for name in wanted if name not in (rows.fieldnames or ())]
        if missing:
            raise SourceFault(f"{piece.file}: no {', '.join(missing)} in its columns; fetch the whole table again")
        faults = Faults(piece.file)
        for place, row in enumerate(rows, 2):
            named = known.find(row["iso_code"] or "no code")
            if named is None or named.sort is not Sort.PARTY:
                others += 1
                continue
            if not row["year"].isdigit():
                faults.note("'year' is no year", place, row["year"])
                continue
            made += _fuels(row, named.code, place, faults)
        faults.close()
    table = pa.Table.from_pylist(made, schema=SHAPE)
    once(table, ("party", "fuel", "year"), source.id)
    bounded(table, source, source.id)
    return Tidy(table, (), {"no party": others} if others else {})


def _fuels(row: dict[str, str], party: str, place: int, faults: Faults) -> list[dict[str, Any]]:
    made = []
    for fuel in FUELS:
        values: dict[str, float | None] = {}
        for use in USES:
            try:
                values[use] = number(row[f"{fuel}_{use}"])
            except ValueError:
                faults.note(f"'{fuel}_{use}' is no number", place, row[f"{fuel}_{use}"])
                values[use] = None
        if any(value is not None for value in values.values()):
            made.append({"party": party, "fuel": fuel, "year": int(row["year"]), **values})
    return made

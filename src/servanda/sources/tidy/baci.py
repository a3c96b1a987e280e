"""BACI: a zip with a CSV a year; countries by number of Comtrade, products of six digits."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import codes
from servanda.sources.tidy.rows import Tidy, bounded, once

MEMBER = re.compile(r"BACI_HS\d\d_Y(\d{4})_V\w+\.csv")
NAMES = re.compile(r"product_codes_HS\d\d_V\w+\.csv")
COLUMNS = ["t", "i", "j", "k", "v", "q"]
TEXTS = pcsv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=False)


def baci(pieces: list[tuple[Piece, Path]], source: DataSource, years: tuple[int, ...] = ()) -> Tidy:
    """exporter, importer, product, year, value in USD thousand (FOB), weight in tons; of the years asked, or all."""
    tables = []
    for piece, path in pieces:
        with zipfile.ZipFile(path) as archive:
            found = [(name, MEMBER.fullmatch(name.rsplit("/", 1)[-1])) for name in archive.namelist()]
            chosen = [name for name, match in found if match and (not years or int(match.group(1)) in years)]
            if not chosen:
                raise SourceFault(
                    f"{piece.file} holds no table of the years asked for; it holds {', '.join(archive.namelist()[:5])}"
                )
            for name in sorted(chosen):
                with archive.open(name) as stream:
                    tables.append(_year(pcsv.read_csv(stream, convert_options=TEXTS), name))
    made = pa.concat_tables(tables)
    bounded(made, source, source.id)
    once(made, ("exporter", "importer", "product", "year"), source.id)
    return Tidy(made, ("A flow that is not listed is nil for a country that trades in that year.",))


def years_held(pieces: list[tuple[Piece, Path]]) -> list[int]:
    """The years of which the pieces hold a table, in their order."""
    found = set()
    for _, path in pieces:
        with zipfile.ZipFile(path) as archive:
            matches = (MEMBER.fullmatch(name.rsplit("/", 1)[-1]) for name in archive.namelist())
            found |= {int(match.group(1)) for match in matches if match}
    return sorted(found)


def product_names(pieces: list[tuple[Piece, Path]]) -> dict[str, str]:
    """What the publisher calls each product, by its code of six digits; nothing where the list does not lie beside."""
    names: dict[str, str] = {}
    for _, path in pieces:
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                if NAMES.fullmatch(member.rsplit("/", 1)[-1]):
                    with archive.open(member) as stream:
                        rows = csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig"))
                        names |= {row["code"].zfill(6): row["description"].strip() for row in rows}
    return names


def _year(held: pa.Table, name: str) -> pa.Table:
    missing = [one for one in COLUMNS if one not in held.column_names]
    if missing:
        raise SourceFault(f"{name}: no column {', '.join(missing)}; it has {', '.join(held.column_names)}")
    short = pc.not_equal(pc.utf8_length(pc.utf8_trim_whitespace(held["k"])), 6)
    if pc.any(short).as_py():
        rows = pc.indices_nonzero(short).to_pylist()
        told = ", ".join(f"row {row + 2}: {held['k'][row].as_py()!r}" for row in rows[:5])
        raise SourceFault(f"{name}: a product has lost the zero at its head in {len(rows)} rows: {told}")
    return pa.table(
        {
            "exporter": _party(held["i"], name), "importer": _party(held["j"], name),
            "product": pc.utf8_trim_whitespace(held["k"]), "year": _number(held["t"], name).cast(pa.int64()),
            "value": _number(held["v"], name), "weight_t": _number(held["q"], name),
        }
    )  # fmt: skip


def _party(column: pa.ChunkedArray, name: str) -> pa.Array:
    """Alpha-3 of each number; a group keeps its number."""
    coded = column.combine_chunks().dictionary_encode()
    named = codes("comtrade").column(coded.dictionary.to_pylist(), name)
    return pa.array([one.code for one in named]).take(coded.indices)


def _number(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Numbers; NA is a gap here and only here."""
    text = pc.utf8_trim_whitespace(column)
    gap = pc.or_(pc.equal(text, "NA"), pc.equal(text, ""))
    try:
        return pc.if_else(gap, pa.scalar(None, pa.string()), text).cast(pa.float64())
    except pa.ArrowInvalid as fault:
        raise SourceFault(f"{name}: {str(fault)[:160]}; no table was made") from fault

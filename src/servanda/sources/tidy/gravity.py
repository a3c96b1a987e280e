"""What joins two countries: CEPII's Gravity panel (a CSV in a zip) and GeoDist (a CSV)."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import codes
from servanda.sources.tidy.rows import Tidy, bounded, once

PANEL = ("year", "iso3_o", "iso3_d", "country_exists_o", "country_exists_d")
KEPT = ("dist", "contig", "comlang_off", "col_dep_ever", "gdp_o", "gdp_d", "pop_o", "pop_d", "fta_wto", "rta_type",
        "wto_o", "wto_d", "eu_o", "eu_d", "tradeflow_comtrade_o", "tradeflow_comtrade_d", "tradeflow_baci",
        "manuf_tradeflow_baci")  # fmt: skip
WANTED = (*PANEL, *KEPT)
DYADS = ("iso_o", "iso_d")
LINKS = ("dist", "distcap", "distw", "contig", "comlang_off", "colony")


def gravity(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """exporter, importer, year and covariates, of pairs of which both were there that year."""
    tables = []
    for piece, path in pieces:
        if not zipfile.is_zipfile(path):
            tables.append(_texts(path, WANTED))
            continue
        with zipfile.ZipFile(path) as archive:
            names = [
                name
                for name in archive.namelist()
                if name.rsplit("/", 1)[-1].startswith("Gravity_") and name.endswith(".csv")
            ]
            if not names:
                raise SourceFault(f"{piece.file} holds no Gravity_*.csv; it holds {', '.join(archive.namelist()[:5])}")
            with archive.open(names[0]) as stream:
                tables.append(_texts(stream, WANTED))
    held = pa.concat_tables(tables)
    _has(held, PANEL, source)
    there = pc.and_(pc.equal(held["country_exists_o"], "1"), pc.equal(held["country_exists_d"], "1"))
    gone = held.num_rows - pc.sum(there).as_py()
    held = held.filter(there)
    made = pa.table({
        "exporter": _parties(held["iso3_o"], source), "importer": _parties(held["iso3_d"], source),
        "year": held["year"].cast(pa.int64()),
        **{name: _numbers(held[name], name, source) for name in KEPT if name in held.column_names},
    })  # fmt: skip
    bounded(made, source, source.id)
    once(made, ("exporter", "importer", "year"), source.id)
    return Tidy(made, (), {"one of the two did not exist that year": gone} if gone else {})


def geodist(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """exporter, importer and what joins the two; a dot is a gap."""
    held = pa.concat_tables([_texts(path) for _, path in pieces])
    _has(held, DYADS, source)
    made = pa.table({
        "exporter": _parties(held["iso_o"], source), "importer": _parties(held["iso_d"], source),
        **{name: _numbers(held[name], name, source) for name in LINKS if name in held.column_names},
    })  # fmt: skip
    once(made, ("exporter", "importer"), source.id)
    return Tidy(made)


def _texts(stream: Any, wanted: tuple[str, ...] = ()) -> pa.Table:
    """All columns, or those wanted that are there, as text: NA and codes stay what they are."""
    data = stream.read() if hasattr(stream, "read") else Path(str(stream)).read_bytes()
    head = data.split(b"\n", 1)[0].decode("utf-8-sig").strip()
    names = [one.strip().strip('"') for one in head.split(",")]
    # The whole panel has some eighty columns and four million rows: what nobody asks for is never made.
    taken = [name for name in names if name in wanted] if wanted else []
    options = pcsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, include_columns=taken or None
    )
    return pcsv.read_csv(pa.BufferReader(data), convert_options=options)


def _has(held: pa.Table, names: tuple[str, ...], source: DataSource) -> None:
    missing = [name for name in names if name not in held.column_names]
    if missing:
        raise SourceFault(f"{source.id}: no column {', '.join(missing)}; it has {', '.join(held.column_names[:12])}")


def _parties(column: pa.ChunkedArray, source: DataSource) -> pa.Array:
    coded = column.combine_chunks().dictionary_encode()
    named = codes("iso3").column(coded.dictionary.to_pylist(), source.id)
    return pa.array([one.code for one in named]).take(coded.indices)


def _numbers(column: pa.ChunkedArray, name: str, source: DataSource) -> pa.ChunkedArray:
    text = pc.utf8_trim_whitespace(column)
    gap = pc.is_in(text, pa.array(["", ".", "NA"]))
    try:
        return pc.if_else(gap, pa.scalar(None, pa.string()), text).cast(pa.float64())
    except pa.ArrowInvalid as fault:
        raise SourceFault(
            f"{source.id}: '{name}' is no number somewhere ({str(fault)[:120]}); no table was made"
        ) from fault

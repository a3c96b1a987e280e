"""The Formal Bilateral Influence Capacity Index: who could influence whom, with the share of aid told apart."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.tidy.rows import Tidy, bounded, once

NEEDED = {"iso3a": "a", "iso3b": "b", "year": "year", "fbic": "index", "bandwidth": "bandwidth",
          "dependence": "dependence"}  # fmt: skip
AID = "ln_aidaballaidb_ma"
"""The log of one plus the share of a's aid in all aid to b, a mean of five years; in the whole release only."""
SHAPE = pa.schema(
    [
        ("a", pa.string()), ("b", pa.string()), ("year", pa.int64()), ("index", pa.float64()),
        ("bandwidth", pa.float64()), ("dependence", pa.float64()), ("ln_aid_share", pa.float64()),
    ]
)  # fmt: skip


def fbic(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """a, b, year, index of a over b, its two factors, and the log of the share of aid where the file has it.

    Rows without an index are left out and counted. Only these columns are read of some three hundred.
    """
    parts, left, without = [], 0, False
    for piece, path in pieces:
        held = _columns(path, piece.file)
        missing = [name for name in NEEDED if name not in held]
        if missing:
            raise SourceFault(f"{piece.file}: no {', '.join(missing)} in its columns; save the release as CSV")
        without = without or AID not in held
        made = _read(path, piece.file, [*NEEDED, *([AID] if AID in held else [])])
        whole = made.filter(pc.is_valid(made["index"]))
        left += made.num_rows - whole.num_rows
        parts.append(whole)
    table = pa.concat_tables(parts)
    once(table, ("a", "b", "year"), source.id)
    bounded(table, source, source.id)
    told = ("the file does not hold the parts, so that the share of aid cannot be told apart",) if without else ()
    return Tidy(table, told, {"no index": left} if left else {})


def _columns(path: Path, where: str) -> list[str]:
    try:
        with pcsv.open_csv(path) as opened:
            return list(opened.schema.names)
    except (pa.ArrowInvalid, UnicodeDecodeError) as fault:
        raise SourceFault(f"{where} cannot be read as CSV ({str(fault)[:120]})") from fault


def _read(path: Path, where: str, wanted: list[str]) -> pa.Table:
    kinds = {name: pa.string() if name.startswith("iso") else pa.float64() for name in wanted}
    try:
        made = pcsv.read_csv(path, convert_options=pcsv.ConvertOptions(include_columns=wanted, column_types=kinds))
    except (pa.ArrowInvalid, UnicodeDecodeError) as fault:
        raise SourceFault(f"{where}: not as it is known to be ({str(fault)[:160]}); no table was made") from fault
    made = made.rename_columns([NEEDED.get(name, "ln_aid_share") for name in made.column_names])
    if "ln_aid_share" not in made.column_names:
        made = made.append_column("ln_aid_share", pa.nulls(made.num_rows, pa.float64()))
    return made.cast(SHAPE)

"""OpenAlex: works by partner of a party and year, as groups; each pair once, by the side that counts more."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded

SHAPE = pa.schema([("a", pa.string()), ("b", pa.string()), ("year", pa.int64()), ("papers", pa.int64())])
MOST = 200


def openalex(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """a, b, year, papers from answers of the address `partners`; a with itself is what a wrote with anybody abroad."""
    held = codes("iso2")
    found: dict[tuple[str, str, int], int] = {}
    cut, strange = [], 0
    for piece, path in pieces:
        if not {"party", "year"} <= set(piece.asked) or "institution" in piece.asked:
            raise SourceFault(f"{piece.file}: only works by partner become a table; fetch with --address partners")
        own, year = held.find(piece.asked["party"]), int(piece.asked["year"])
        groups = json.loads(path.read_bytes()).get("group_by") or []
        faults = Faults(piece.file)
        for place, group in enumerate(groups, 1):
            partner = held.find(str(group.get("key", "")).rsplit("/", 1)[-1].upper())
            if own is None or partner is None:
                strange += 1
            elif not isinstance(group.get("count"), int):
                faults.note("'count' is no whole number", place, group.get("count"))
            else:
                first, second = sorted((own.code, partner.code))
                found[first, second, year] = max(found.get((first, second, year), 0), group["count"])
        faults.close()
        if len(groups) >= MOST:
            cut.append(f"{piece.asked['party']} {year}")
    rows = [{"a": a, "b": b, "year": year, "papers": many} for (a, b, year), many in sorted(found.items())]
    table = pa.Table.from_pylist(rows, schema=SHAPE)
    bounded(table, source, source.id)
    told = (f"only {MOST} partners are given of {', '.join(cut[:5])}; the smallest may be missing",) if cut else ()
    return Tidy(table, told, {"partners without a code": strange} if strange else {})

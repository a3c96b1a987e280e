"""Netflix's weekly lists by country, as the file with tabs that is saved from their page: the series."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded, once

SHAPE = pa.schema([("party", pa.string()), ("week", pa.string()), ("place", pa.int64()), ("title", pa.string())])
COLUMNS = ("country_iso2", "week", "category", "weekly_rank", "show_title", "season_title")
SERIES = "TV"
NOTHING = ("", "N/A")


def netflix(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """party, week, place, title of series; a season is a title of its own. Films are left out and counted."""
    held = codes("iso2")
    made: list[dict[str, object]] = []
    films, strange = 0, set[str]()
    for piece, path in pieces:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter="\t")
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise SourceFault(
                f"{piece.file}: no column {', '.join(missing)}; is it the file of all weeks and countries?"
            )
        faults = Faults(piece.file)
        for line, row in enumerate(rows, 2):
            party = held.find(row["country_iso2"])
            if row["category"] != SERIES:
                films += 1
            elif party is None or party.sort is not Sort.PARTY:
                strange.add(row["country_iso2"])
            elif not row["weekly_rank"].isdecimal():
                faults.note("'weekly_rank' is no place", line, row["weekly_rank"])
            else:
                season = "" if row["season_title"] in NOTHING else f": {row['season_title']}"
                made.append({"party": party.code, "week": row["week"], "place": int(row["weekly_rank"]),
                             "title": row["show_title"] + season})  # fmt: skip
        faults.close()
    table = pa.Table.from_pylist(made, schema=SHAPE)
    bounded(table, source, source.id)
    once(table, ("party", "week", "place"), source.id)
    told = (f"codes that the list does not know: {', '.join(sorted(strange))}",) if strange else ()
    return Tidy(table, told, {"rows of films": films} if films else {})

"""What a state counts of its people abroad: by country of residence, citizens and persons of origin told apart or not.

Two shapes, as ministries publish them: a row a country with both and their sum, of one date that the file does not
tell; and a row a country with a column for every edition, as CSV or as the JSON of a portal.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Named, Sort
from servanda.sources.tidy.named import named, table
from servanda.sources.tidy.rows import EXAMPLES, Faults, Tidy, bounded, number, once

SHAPE = pa.schema([("origin", pa.string()), ("destination", pa.string()), ("year", pa.int64()),
                   ("citizens", pa.int64()), ("of_origin", pa.int64()), ("persons", pa.int64())])  # fmt: skip
PLACES = ("Country", "국가명", "country_nm")
"""Heads of the column of countries: of the first shape, and of the second as CSV and as JSON."""
PARTS = {"persons": "Total", "citizens": "NRI", "of_origin": "PIO"}
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
EDITION = re.compile(r"(?:연도\s*|year_)?((?:19|20)\d\d)")


def diaspora(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """origin, destination, year, citizens, of_origin, persons: a count of one date, and no flow.

    Parts that are not told apart are gaps. A row whose sum is not that of its parts is kept as published and told.
    Raises SourceFault for a name that is not known, and for a file that does not say of which year it is.
    """
    made: list[dict[str, Any]] = []
    left: dict[str, int] = {}
    off: list[str] = []
    for piece, path in pieces:
        rows = _answer(path, piece.file) if path.suffix.lower() == ".json" else table(path, piece.file)
        place = next((one for one in PLACES if rows and one in rows[0]), None)
        if place is None:
            raise SourceFault(
                f"{piece.file}: no column {' or '.join(PLACES)}; it has {', '.join(rows[0]) or 'nothing'}"
            )
        faults = Faults(piece.file)
        whom = named([row[place] for row in rows], piece.file)
        for line, (row, one) in enumerate(zip(rows, whom, strict=True), 2):
            if one.sort is not Sort.PARTY:
                why = "rows of sums, and of places that are no party of today"
                left[why] = left.get(why, 0) + 1
                continue
            counts = _parted(row, piece, line, faults) if place == PLACES[0] else _editions(row, piece, line, faults)
            made += [{"origin": source.reporter, "destination": one.code, **count} for count in counts]
            off += [_unlike(one, count) for count in counts if not adds_up(count)]
        faults.close()
    found = pa.Table.from_pylist(made, schema=SHAPE)
    bounded(found, source, source.id)
    once(found, ("origin", "destination", "year"), source.id)
    more = f" and {len(off) - EXAMPLES} more" if len(off) > EXAMPLES else ""
    told = (f"where the sum is not that of its parts it is kept as published: {'; '.join(off[:EXAMPLES])}{more}",)
    return Tidy(found, told if off else (), left)


def _answer(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a portal's answer; raises SourceFault where it has none, with what the portal says."""
    held = json.loads(path.read_bytes())
    rows = held.get("data") if isinstance(held, dict) else None
    if not rows:
        said = held.get("resultMsg", "nothing") if isinstance(held, dict) else "no answer of the portal"
        raise SourceFault(f"{name}: no rows under 'data'; the portal says: {said}")
    return [{key: "" if value is None else str(value).strip() for key, value in row.items()} for row in rows]


def adds_up(row: dict[str, Any]) -> bool:
    """Whether all counted are citizens and persons of origin together; true where they are not told apart."""
    parts = (row["citizens"], row["of_origin"])
    return None in parts or sum(parts) == row["persons"]


def _unlike(one: Named, row: dict[str, Any]) -> str:
    return f"{one.code} {row['persons']:,}, and {row['citizens']:,} with {row['of_origin']:,}"


def _parted(row: dict[str, str], piece: Piece, line: int, faults: Faults) -> list[dict[str, Any]]:
    """One count with its parts, of the year that was said when it was added, or stands in its name or its address."""
    where = f"{piece.file} {urlsplit(piece.address or '').query}"
    said = piece.asked.get("year") or next(iter(YEAR.findall(where)), None)
    if said is None or not said.isdigit():
        raise SourceFault(
            f"{piece.file}: the table does not say of which year it is; add it with --set year=, or fetch it"
        )
    missing = [head for head in PARTS.values() if head not in row]
    if missing:
        raise SourceFault(f"{piece.file}: no column {', '.join(missing)}; it has {', '.join(row)}")
    counts = {name: _many(row[head], line, faults) for name, head in PARTS.items()}
    return [] if counts["persons"] is None else [{"year": int(said), **counts}]


def _editions(row: dict[str, str], piece: Piece, line: int, faults: Faults) -> list[dict[str, Any]]:
    """A count for every edition that has one."""
    years = {head: int(found[1]) for head in row if (found := EDITION.fullmatch(head))}
    if not years:
        raise SourceFault(f"{piece.file}: no column of a year, such as 2021; it has {', '.join(row)}")
    made = []
    for head, year in years.items():
        many = _many(row[head], line, faults)
        if many is not None:
            made.append({"year": year, "citizens": None, "of_origin": None, "persons": many})
    return made


def _many(said: str, line: int, faults: Faults) -> int | None:
    try:
        found = number("" if said in ("-", "..") else said)
    except ValueError:
        faults.note("a count is no number", line, said)
        return None
    return None if found is None else round(found)

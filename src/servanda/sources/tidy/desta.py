"""DESTA: treaties by pair or by member, and whether an agreement is in force by a definition that is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv

from servanda.errors import RequestError, SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Named, Sort, codes
from servanda.sources.tidy.rows import Tidy, bounded, number

SHAPE = pa.schema(
    [
        ("number", pa.string()), ("base_treaty", pa.int64()), ("name", pa.string()), ("entry_type", pa.string()),
        ("party", pa.string()), ("year", pa.int64()), ("in_force", pa.int64()),
    ]
)  # fmt: skip
NEEDED = ("number", "base_treaty", "name", "entry_type", "year", "entryforceyear")
MADE = ("base_treaty", "accession", "consolidated")
"""Entries by which a party is bound; amendments change what binds, negotiations bind nobody."""
LEAVES = "withdrawal"


def desta(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """number, base_treaty, name, entry_type, party, year of signature and of entry into force; a row a party."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    others = 0
    for piece, path in pieces:
        for place, row, number_ in _rows(path, piece):
            named = codes("numeric").column([number_], piece.file, place)[0]
            if named.sort is not Sort.PARTY:
                others += 1
            key = (str(row["number"]), named.code)
            seen.setdefault(key, {
                "number": str(row["number"]), "base_treaty": _whole(row["base_treaty"]),
                "name": str(row["name"]).strip(),
                "entry_type": str(row["entry_type"]).strip(), "party": named.code, "year": _whole(row["year"]),
                "in_force": _whole(row["entryforceyear"]),
            })  # fmt: skip
    table = pa.Table.from_pylist(list(seen.values()), schema=SHAPE)
    bounded(table, source, source.id)
    return Tidy(table, (), {"members that are no party of today, kept": others} if others else {})


def in_force(table: pa.Table, parties: Sequence[str], years: Sequence[int], treaty: int | None) -> pa.Table:
    """exporter, importer, year, rta: 1 where both are bound that year, in both directions.

    `treaty` is the number of the treaty in question; None for any treaty, which turns on with the oldest preference for
    part of trade and must be said so. Who withdrew is bound no more from the year of the withdrawal.
    Raises RequestError for a treaty that the table does not have.
    """
    bound = _bound(table, treaty)
    if treaty is not None and not bound:
        raise RequestError(f"no treaty {treaty} came into force in this table")
    rows = []
    for one, other in combinations(sorted(set(parties)), 2):
        for year in years:
            both = any(_is_bound(held.get(one), year) and _is_bound(held.get(other), year) for held in bound.values())
            rows += [
                {"exporter": a, "importer": b, "year": year, "rta": int(both)} for a, b in ((one, other), (other, one))
            ]
    return pa.Table.from_pylist(rows)


def _bound(table: pa.Table, treaty: int | None) -> dict[int, dict[str, tuple[int, int | None]]]:
    """Of each treaty: who was bound from which year, and until which."""
    found: dict[int, dict[str, tuple[int, int | None]]] = defaultdict(dict)
    rows = [row for row in table.to_pylist() if treaty is None or row["base_treaty"] == treaty]
    for row in rows:
        if row["entry_type"] in MADE and row["in_force"] is not None:
            first = min(row["in_force"], found[row["base_treaty"]].get(row["party"], (row["in_force"], None))[0])
            found[row["base_treaty"]][row["party"]] = (first, None)
    for row in rows:
        if row["entry_type"] == LEAVES and row["year"] is not None and row["party"] in _who(row["name"]):
            held = found[row["base_treaty"]].get(row["party"])
            if held:
                found[row["base_treaty"]][row["party"]] = (held[0], row["year"])
    return {number_: held for number_, held in found.items() if held}


def _is_bound(held: tuple[int, int | None] | None, year: int) -> bool:
    return held is not None and held[0] <= year and (held[1] is None or year < held[1])


def _who(name: str) -> set[str]:
    """Who withdrew, by the words after 'withdrawal' in the name; raises SourceFault for an unknown one."""
    words = name.partition(LEAVES)[2].split()
    found: set[str] = set()
    while words:
        for length in range(len(words), 0, -1):
            named: Named | None = codes("names").find(" ".join(words[:length]))
            if named is not None:
                found.add(named.code)
                words = words[length:]
                break
        else:
            raise SourceFault(f"'{name}' says that somebody withdrew and '{' '.join(words)}' is no known name; "
                              "add it to content/codes/names.yml")  # fmt: skip
    return found


def _rows(path: Path, piece: Piece) -> Iterator[tuple[int, dict[str, Any], object]]:
    """Row, its cells, and a member by number: of a table by member, or of one by pair."""
    data = path.read_bytes()
    head = [one.strip().strip('"') for one in data.split(b"\n", 1)[0].decode("utf-8-sig").split(",")]
    members = [name for name in ("iso_n", "iso1", "iso2") if name in head]
    missing = [name for name in NEEDED if name not in head] or ([] if members else ["iso1 and iso2, or iso_n"])
    if missing:
        raise SourceFault(f"{piece.file}: no column {', '.join(missing)}; it has {', '.join(head[:12])}")
    types = dict.fromkeys(head, pa.string())
    held = pcsv.read_csv(
        pa.BufferReader(data), convert_options=pcsv.ConvertOptions(column_types=types, strings_can_be_null=False)
    )
    for place, row in enumerate(held.to_pylist(), 2):
        for name in members:
            yield place, row, row[name]


def _whole(said: object) -> int | None:
    text = str(said).strip()
    found = None if text in ("", "NA") else number(text)
    return None if found is None else int(found)

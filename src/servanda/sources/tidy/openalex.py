"""OpenAlex: works by partner of a party and year, each pair once, by the side that counts more; or works themselves.

Works come as a table of papers (sources/papers.py): a row for each institution of a work, which counts once in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import codes
from servanda.sources.tidy.rows import Faults, Tidy, bounded

SHAPE = pa.schema([("a", pa.string()), ("b", pa.string()), ("year", pa.int64()), ("papers", pa.int64())])
WORKS = pa.schema([("paper", pa.string()), ("institution", pa.string()), ("country", pa.string()),
                   ("year", pa.int64()), ("topic", pa.string())])  # fmt: skip
MOST = 200
"""Groups of an answer without a cursor, as they were handed out until 2025."""


def openalex(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """Works as paper, institution, country, year, topic; or counts by partner as a, b, year, papers."""
    answers = [(piece, json.loads(path.read_bytes())) for piece, path in pieces]
    works = [one for one in answers if one[1].get("results")]
    groups = [one for one in answers if one[1].get("group_by")]
    if works and groups:
        raise SourceFault(f"{source.id}: works and counts by partner in one snapshot; give each a --date of its own")
    return _works(works) if works else _partners(answers, source)


def _partners(answers: list[tuple[Piece, Any]], source: DataSource) -> Tidy:
    """a, b, year, papers from answers of the address `partners`; a with itself is what a wrote with anybody abroad."""
    held = codes("iso2")
    found: dict[tuple[str, str, int], int] = {}
    cut, strange = [], 0
    for piece, answer in answers:
        if not {"party", "year"} <= set(piece.asked) or "institution" in piece.asked:
            raise SourceFault(
                f"{piece.file}: only works and works by partner become a table; fetch with --address partners or works"
            )
        own, year = held.find(piece.asked["party"]), int(piece.asked["year"])
        groups = answer.get("group_by") or []
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
        if len(groups) >= MOST and "next_cursor" not in answer["meta"]:
            cut.append(f"{piece.asked['party']} {year}")
    rows = [{"a": a, "b": b, "year": year, "papers": many} for (a, b, year), many in sorted(found.items())]
    table = pa.Table.from_pylist(rows, schema=SHAPE)
    bounded(table, source, source.id)
    told = (f"only {MOST} partners are given of {', '.join(cut[:5])}; the smallest may be missing",) if cut else ()
    return Tidy(table, told, {"partners without a code": strange} if strange else {})


def _works(answers: list[tuple[Piece, Any]]) -> Tidy:
    """A work that came twice counts once; one without any institution gives no row, and is counted."""
    held = codes("iso2")
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    bare = 0
    for piece, answer in answers:
        faults = Faults(piece.file)
        for place, work in enumerate(answer["results"], 1):
            name, year = str(work.get("id") or "").rsplit("/", 1)[-1], work.get("publication_year")
            if not name or not isinstance(year, int):
                faults.note("'id' or 'publication_year' is missing", place, work.get("id"))
                continue
            if name in seen:
                continue
            seen.add(name)
            topic = (work.get("primary_topic") or {}).get("display_name")
            own = dict.fromkeys(_institutions(work))
            bare += not own
            for institution, short in own:
                party = held.find(short.upper()) if short else None
                rows.append({"paper": name, "institution": institution, "country": party.code if party else None,
                             "year": year, "topic": topic})  # fmt: skip
        faults.close()
    left = {"works without an institution": bare} if bare else {}
    return Tidy(pa.Table.from_pylist(rows, schema=WORKS), (), left)


def _institutions(work: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Every institution of every author, by name and ISO code of its party."""
    for author in work.get("authorships") or ():
        for one in author.get("institutions") or ():
            if one.get("display_name"):
                yield str(one["display_name"]), one.get("country_code")

"""Who came, by nationality, as offices of tourism and of immigration publish it: flows by year or month, and the number
present at the end of a month, which is none.

Four shapes: a row a nationality and year; a row a month and country; a row a nationality and month of those present;
and the answers of the Korean service of entry and exit statistics, as JSON or XML.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Named, Sort, codes
from servanda.sources.tidy.months import MONTHS, gaps
from servanda.sources.tidy.named import named, table
from servanda.sources.tidy.rows import EXAMPLES, Faults, Tidy, bounded, number

SHAPE = pa.schema([("origin", pa.string()), ("destination", pa.string()), ("year", pa.int64()), ("month", pa.int64()),
                   ("persons", pa.int64()), ("counts", pa.string())])  # fmt: skip
ARRIVALS, PRESENT = "arrivals", "present"
LOW, ENOUGH = 0.1, 100
"""A month below this part of both its neighbours, where these are so many, is told, for it looks like a slip."""
Key = tuple[str, int, int | None]
Made = dict[Key, int]
"""How many of an origin in a year and month; None for a whole year."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a shape: where from, when (a year and a month, or both in one), how many, and what is counted."""

    place: str
    year: str
    many: str
    month: str | None
    counts: str


HEADS = (
    _Head("Country", "year", "fta", None, ARRIVALS),
    _Head("country_ko", "yyyymm", "visitors", "yyyymm", ARRIVALS),
    _Head("nationality_ko", "year", "short_term_sojourners", "month", PRESENT),
)
SERVICE = ("ym", "natCd", "natKorNm", "num")
"""What an item of the service has."""


def arrivals(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """origin, destination, year, month (a gap for a whole year), persons, counts: a row a party and time, each once.

    Rows of one party under two of its names are added. A year, month or origin without a row is not nil. Raises
    SourceFault for a name that is not known, and where arrivals and those present would stand in one table.
    """
    made: Made = defaultdict(int)
    stood: dict[Key, set[str]] = defaultdict(set)
    left: dict[str, int] = defaultdict(int)
    counts: set[str] = set()
    for piece, path in pieces:
        rows, whom, sort = _service(piece, path) if path.suffix.lower() in (".json", ".xml") else _file(piece, path)
        counts.add(sort)
        for (said, year, month, many), one in zip(rows, whom, strict=True):
            if one.sort is not Sort.PARTY:
                left["sums, stateless persons and those of no party of today"] += 1
                continue
            key = (one.code, year, month)
            if said in stood[key]:
                raise SourceFault(
                    f"{piece.file}: {said} {year}{f'-{month:02}' if month else ''} stands twice; keep one"
                )
            stood[key].add(said)
            made[key] += many
    if len(counts) > 1:
        raise SourceFault(f"{source.id}: arrivals and those present are of two sources; keep them apart")
    found = pa.Table.from_pylist(
        [{"origin": origin, "destination": source.reporter, "year": year, "month": month, "persons": many,
          "counts": next(iter(counts))} for (origin, year, month), many in _sorted(made)],
        schema=SHAPE,
    )  # fmt: skip
    bounded(found, source, source.id)
    twice = sum(len(names) > 1 for names in stood.values())
    if twice:
        left["added to another name of the same party"] = twice
    return Tidy(found, tuple(_cautions(found, made)), dict(left))


Read = list[tuple[str, int, int | None, int]]
"""Under which name, in which year and month, how many."""


def _file(piece: Piece, path: Path) -> tuple[Read, list[Named], str]:
    rows = table(path, piece.file)
    head = next((one for one in HEADS if {one.place, one.year, one.many} <= set(rows[0])), None)
    if head is None:
        known = "; ".join(f"{one.place}, {one.year}, {one.many}" for one in HEADS)
        raise SourceFault(f"{piece.file}: no table of arrivals that is known ({known}); it has {', '.join(rows[0])}")
    faults, read = Faults(piece.file), []
    whom = named([row[head.place] for row in rows], piece.file)
    kept = []
    for line, (row, one) in enumerate(zip(rows, whom, strict=True), 2):
        try:
            year, month = _when(row[head.year], row[head.month] if head.month else None)
            many = number(row[head.many])
        except ValueError:
            faults.note("a time or a count is no number", line, ", ".join(row.values()))
            continue
        if many is not None:
            read.append((row[head.place], year, month, round(many)))
            kept.append(one)
    faults.close()
    return read, kept, head.counts


def _when(year: str, month: str | None) -> tuple[int, int | None]:
    """2019 and 1, or 201901 for both; ValueError for anything else."""
    if month is None:
        return int(year), None
    if len(year) == 6:
        year, month = year[:4], year[4:]
    if not 1 <= int(month) <= 12:
        raise ValueError(month)
    return int(year), int(month)


def _service(piece: Piece, path: Path) -> tuple[Read, list[Named], str]:
    """Items of the service; a number and a name that mean two parties are a fault."""
    held, faults = codes("edrcnt"), Faults(piece.file)
    read: Read = []
    whom = []
    items = _items(path)
    names = named([item.get("natKorNm", "") for item in items], piece.file, 1) if items else []
    for place, (item, name) in enumerate(zip(items, names, strict=True), 1):
        missing = [one for one in SERVICE if not item.get(one)]
        if missing:
            faults.note(f"no {', '.join(missing)}", place, item)
            continue
        one = held.column([item["natCd"]], piece.file, place)[0]
        if one.sort is Sort.PARTY and name.code != one.code:
            faults.note(
                f"number {item['natCd']} is {one.code}, and the name beside it another", place, item["natKorNm"]
            )
            continue
        try:
            year, month = _when(item["ym"], "")
            read.append((item["natCd"], year, month, round(number(item["num"]) or 0)))
            whom.append(one)
        except ValueError:
            faults.note("a time or a count is no number", place, f"{item['ym']}, {item['num']}")
    faults.close()
    return read, whom, ARRIVALS


def _items(path: Path) -> list[dict[str, str]]:
    """The items of an answer, in either shape; one item stands alone there and not in a list, none as no text."""
    raw = path.read_bytes()
    if raw.lstrip().startswith(b"<"):
        return [{child.tag: (child.text or "").strip() for child in item}
                for item in ElementTree.fromstring(raw).iter("item")]  # fmt: skip
    body = json.loads(raw)["response"].get("body") or {}
    found = (body.get("items") or {}).get("item", [])
    return [{name: str(value).strip() for name, value in item.items()}
            for item in (found if isinstance(found, list) else [found])]  # fmt: skip


def _sorted(made: Made) -> list[tuple[Key, int]]:
    return sorted(made.items(), key=lambda one: (one[0][0], one[0][1], one[0][2] or 0))


def _cautions(found: pa.Table, made: Made) -> list[str]:
    told = gaps(found)
    years = sorted({year for _, year, month in made if month is None})
    missing = [str(year) for year in range(years[0], years[-1]) if year not in years] if years else []
    if missing:
        told.append(f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing: not reported is not nil")
    origins = {origin for origin, *_ in made}
    told.append(f"{len(origins)} origins are named: one that is not has no figure, which is not nil")
    slips = _slips(made)
    if slips:
        more = f" and {len(slips) - EXAMPLES} more" if len(slips) > EXAMPLES else ""
        told.append(f"under a tenth of the months beside, kept as published: {'; '.join(slips[:EXAMPLES])}{more}")
    return told


def _slips(made: Made) -> list[str]:
    """Months in which origins lie below LOW of the month before and of the month after, with how many they are."""
    series: dict[str, dict[int, int]] = defaultdict(dict)
    for (origin, year, month), many in made.items():
        if month is not None:
            series[origin][year * MONTHS + month - 1] = many
    slips: dict[int, int] = defaultdict(int)
    for path in series.values():
        for place, many in path.items():
            beside = min(path.get(place - 1, 0), path.get(place + 1, 0))
            slips[place] += beside >= ENOUGH and many < LOW * beside
    return [f"{place // MONTHS}-{place % MONTHS + 1:02} for {many} of {len(series)} origins"
            for place, many in sorted(slips.items()) if many]  # fmt: skip

"""Civil aviation of India: passengers and freight between it and each country, by quarter.

Two shapes: the collection of all quarters, and the table of a portal with the same columns in words.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Named, Sort, codes
from servanda.sources.tidy.named import named, table
from servanda.sources.tidy.rows import EXAMPLES, Faults, Tidy, bounded, number, once

SHAPE = pa.schema([("origin", pa.string()), ("destination", pa.string()), ("year", pa.int64()), ("quarter", pa.int64()),
                   ("passengers", pa.int64()), ("freight_t", pa.float64())])  # fmt: skip
HEADS = {
    "year": r"year", "quarter": r"quarter", "country": r"country( ?name)?",
    "passengers to": r"(pax|passengers) ?to.*", "passengers from": r"(pax|passengers) ?from.*",
    "freight to": r"freight ?to.*", "freight from": r"freight ?from.*",
}  # fmt: skip
CENTURY = 2000
"""Years are written with two digits."""


def dgca(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """origin, destination, year, quarter, passengers, freight in tonnes: a row a direction and quarter.

    Those on flights between the two, whoever they are. A quarter without a row is not nil; one of 0 was flown by
    nobody. Raises SourceFault for a name that is not known.
    """
    made: list[dict[str, Any]] = []
    left: dict[str, int] = {}
    for piece, path in pieces:
        rows = table(path, piece.file)
        heads = _heads(list(rows[0]), piece.file)
        whom = _whom([row[heads["country"]] for row in rows], piece.file)
        faults = Faults(piece.file)
        for line, (row, one) in enumerate(zip(rows, whom, strict=True), 2):
            if one.sort is not Sort.PARTY:
                left["places that are no party"] = left.get("places that are no party", 0) + 1
                continue
            try:
                year, quarter = int(row[heads["year"]]), int(row[heads["quarter"]].upper().removeprefix("Q"))
                if not 1 <= quarter <= 4:
                    raise ValueError(quarter)
                for way, ends in (("to", (one.code, source.reporter)), ("from", (source.reporter, one.code))):
                    many, tons = number(row[heads[f"passengers {way}"]]), number(row[heads[f"freight {way}"]])
                    if many is not None:
                        made.append({
                            "origin": ends[0], "destination": ends[1], "year": year + CENTURY * (year < 100),
                            "quarter": quarter, "passengers": round(many), "freight_t": tons,
                        })  # fmt: skip
            except ValueError:
                faults.note("a time or an amount is no number", line, ", ".join(row.values()))
        faults.close()
    found = pa.Table.from_pylist(made, schema=SHAPE)
    bounded(found, source, source.id)
    once(found, ("origin", "destination", "year", "quarter"), source.id)
    return Tidy(found, tuple(_gaps(made, source)), left)


def _heads(held: list[str], where: str) -> dict[str, str]:
    """The names of the columns in this file, however they are written."""
    found = {
        what: next((one for one in held if re.fullmatch(pattern, one, re.IGNORECASE)), "")
        for what, pattern in HEADS.items()
    }
    missing = [what for what, one in found.items() if not one]
    if missing:
        raise SourceFault(f"{where}: no column of {', '.join(missing)}; it has {', '.join(held)}")
    return found


def _whom(values: list[str], where: str) -> list[Named]:
    """By the publisher's own list first, else by that of names; a star leads to a note of the publisher."""
    own, said = codes("dgca"), [value.rstrip("* ") for value in values]
    others = iter(named([one for one in said if own.find(one) is None], where))
    return [own.find(one) or next(others) for one in said]


def _gaps(made: list[dict[str, Any]], source: DataSource) -> list[str]:
    """Countries of which a quarter between the first and the last is missing."""
    held: dict[str, set[int]] = {}
    for row in made:
        if row["destination"] == source.reporter:
            held.setdefault(row["origin"], set()).add(row["year"] * 4 + row["quarter"])
    gone = {one: max(its) - min(its) + 1 - len(its) for one, its in held.items()}
    some = [f"{one} {many}" for one, many in sorted(gone.items()) if many]
    more = f" and {len(some) - EXAMPLES} more" if len(some) > EXAMPLES else ""
    return [f"quarters are missing, which is not nil: {', '.join(some[:EXAMPLES])}{more}"] if some else []

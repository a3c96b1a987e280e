"""Korea Customs Service: the XML of the open API by month, and the table of the pages saved as CSV by year."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.months import gaps
from servanda.sources.tidy.rows import VALUED, Faults, Tidy, flows, number

SIDES = (("export", "expDlr", "expWgt"), ("import", "impDlr", "impWgt"))
PAGE_SIDES = (
    ("export", "ExportValueKUSD", "ExportWeightTon"),
    ("import", "ImportValueKUSD", "ImportWeightTon"),
)
SUMS = ("총계", "합계", "total")
"""What the first item says in place of a month: it is the sum of the others."""
FULL_BY = (2, 1)
"""Month and day of the next year by which the twelve months of a year are out."""


def kcs(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """reporter, partner, flow, product, year, month, value; a running year is partial, and what is missing is named."""
    made: list[dict[str, Any]] = []
    sums = 0
    for piece, path in pieces:
        if path.suffix.lower() == ".csv":
            made += _page(piece, path, source)
            continue
        found, many = _items(piece, path, source)
        made += found
        sums += many
    table = flows(made, source, source.id)
    return Tidy(table, tuple(gaps(table)), {"sums of the other rows": sums} if sums else {})


def _items(piece: Piece, path: Path, source: DataSource) -> tuple[list[dict[str, Any]], int]:
    """Rows of an answer of the API, and how many items were sums of the others, to which they must add up."""
    made: list[dict[str, Any]] = []
    faults, sums = Faults(piece.file), 0
    told = {side: 0.0 for side, *_ in SIDES}
    added = dict(told)
    for place, item in enumerate(ElementTree.fromstring(path.read_bytes()).iter("item"), 1):
        said = {child.tag: (child.text or "").strip() for child in item}
        if said.get("year", "").casefold() in SUMS or said.get("hsCd") == "-":
            sums += 1
            for side, value, _ in SIDES:
                told[side] += number(said.get(value)) or 0.0
            continue
        month = re.fullmatch(r"(\d{4})\.(\d\d)", said.get("year", ""))
        if month is None:
            faults.note("'year' is no month such as 2024.01", place, said.get("year"))
            continue
        partner = codes("iso2").column([said["statCd"]], piece.file, place)[0]
        for side, value, weight in SIDES:
            amount = _number(said.get(value), place, faults)
            added[side] += amount or 0.0
            made.append({
                "reporter": source.reporter, "partner": partner.code, "partner_is": str(partner.sort), "flow": side,
                "product": said["hsCd"], "level": len(said["hsCd"]), "year": int(month.group(1)),
                "month": int(month.group(2)), "period": f"{month.group(1)}-{month.group(2)}",
                "value": amount, "unit": "USD", "valuation": VALUED[side],
                "weight_kg": _number(said.get(weight), place, faults), "status": "reported",
            })  # fmt: skip
    faults.close()
    off = [
        f"{side} {added[side]:,.0f} of {told[side]:,.0f}"
        for side in told
        if sums and abs(told[side] - added[side]) > 0.5
    ]
    if off:
        raise SourceFault(f"{piece.file}: rows do not add up to the sum beside them ({'; '.join(off)}); fetch it anew")
    return made, sums


def _page(piece: Piece, path: Path, source: DataSource) -> list[dict[str, Any]]:
    """Rows of a saved page: names of partners and chapters, numbers padded and with commas, in USD thousand."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    needed = ["Year", "Country", "Goods", *(name for side in PAGE_SIDES for name in side[1:])]
    missing = [name for name in needed if rows and name not in rows[0]]
    if missing:
        raise SourceFault(f"{piece.file}: no column {', '.join(missing)}; it has {', '.join(rows[0])}")
    faults, made = Faults(piece.file), []
    partners = codes("names").column([row["Country"] for row in rows], piece.file, 2)
    for place, (row, partner) in enumerate(zip(rows, partners, strict=True), 2):
        year = int(row["Year"])
        on = date.fromisoformat((row.get("ScrapeDatetime") or piece.at)[:10])
        is_partial = on < date(year + 1, *FULL_BY)
        for side, value, weight in PAGE_SIDES:
            tons = _number(row[weight], place, faults)
            made.append({
                "reporter": source.reporter, "partner": partner.code, "partner_is": str(partner.sort), "flow": side,
                "product": row["Goods"].strip(), "level": 2, "year": year, "month": None, "period": row["Year"],
                "value": _number(row[value], place, faults), "unit": "USD thousand", "valuation": VALUED[side],
                "weight_kg": None if tons is None else tons * 1000,
                "status": "partial year" if is_partial else "reported",
            })  # fmt: skip
    faults.close()
    return _added(made)


def _added(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of one group under one name added, for one name can stand for several places there; parties as they are."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for place, row in enumerate(rows):
        same = (row["partner"], row["flow"], row["product"], row["period"])
        key = same if row["partner_is"] == Sort.GROUP else (*same, place)
        if key not in found:
            found[key] = row
            continue
        for name in ("value", "weight_kg"):
            found[key][name] = (found[key][name] or 0.0) + (row[name] or 0.0)
    return list(found.values())


def _number(said: object, place: int, faults: Faults) -> float | None:
    try:
        return number(said)
    except ValueError:
        faults.note("a value is no number", place, said)
        return None

"""India's Export Import Data Bank: tables of its pages saved as CSV, by fiscal year or by month."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Named, Sort, codes
from servanda.sources.tidy.months import gaps
from servanda.sources.tidy.rows import TOTAL, VALUED, Faults, Tidy, flows, number, product_of

FISCAL = re.compile(r"(\d{4})\s*-\s*(\d{4})\s*(\(.*\))?")
MONTH = re.compile(r"([A-Za-z]{3})[a-z]*[-\s.](\d{4})")
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CODE, WHO = ("HSCode", "HS Code", "HSCODE"), ("Country", "Country / Region", "COUNTRY")
SUMS = ("total", "india's total", "grand total", "%share")


def tradestat(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """reporter, partner, flow, product, year, month or fiscal year in `period`, value in USD million.

    A saved table does not say its partner and its flow: they stand with the piece (servanda add --set partner=JPN
    --set flow=export). A blank cell is nil there, and its status says so.
    """
    made: list[dict[str, Any]] = []
    told: list[str] = []
    for piece, path in pieces:
        flow = piece.asked.get("flow", "")
        if flow not in VALUED:
            raise SourceFault(f"{piece.file}: is it export or import? Add it anew with --set flow=export")
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        head = next(
            (place for place, row in enumerate(rows) if any(cell.strip() in (*CODE, *WHO) for cell in row)), None
        )
        if head is None:
            raise SourceFault(
                f"{piece.file}: no row has the heads 'HSCode' or 'Country'; save the table as CSV as it is"
            )
        made += _table(piece, rows, head, flow, source)
        told += _lost(piece, rows, head)
    table = flows(made, source, source.id)
    return Tidy(table, (*told, *gaps(table)))


def _table(piece: Piece, rows: list[list[str]], head: int, flow: str, source: DataSource) -> list[dict[str, Any]]:
    faults, made = Faults(piece.file), []
    names = [cell.strip() for cell in rows[head]]
    periods = [(place, found) for place, name in enumerate(names) if (found := _period(name))]
    if not periods:
        raise SourceFault(f"{piece.file}: no column is a fiscal year (2019-2020) or a month (Apr-2019)")
    coded = next((names.index(one) for one in CODE if one in names), None)
    place_of = next((names.index(one) for one in WHO if one in names), None)
    for place, row in enumerate(rows[head + 1 :], head + 2):
        first = [cell.strip().casefold() for cell in row]
        if not any(first) or any(cell.startswith(SUMS) for cell in first):
            continue
        code, level = product_of(row[coded], None, place, faults) if coded is not None else (TOTAL, 0)
        partner = _partner(row[place_of] if place_of is not None else piece.asked.get("partner", ""), piece.file, place)
        for column, (year, month, label, is_partial) in periods:
            said = row[column] if column < len(row) else ""
            try:
                value = number(said)
            except ValueError:
                faults.note(f"'{names[column]}' is no number", place, said)
                continue
            made.append({
                "reporter": source.reporter, "partner": partner.code, "partner_is": str(partner.sort), "flow": flow,
                "product": code, "level": level, "year": year, "month": month, "period": label,
                "value": 0.0 if value is None else value, "unit": "USD million", "valuation": VALUED[flow],
                "weight_kg": None,
                "status": "partial year" if is_partial else "nil (blank)" if value is None else "reported",
            })  # fmt: skip
    faults.close()
    return made


def _period(name: str) -> tuple[int | None, int | None, str, bool] | None:
    """Year, month, words, and whether it is partial, of the head of a column; None where it is no time."""
    if match := FISCAL.fullmatch(name):
        first, last = int(match.group(1)), int(match.group(2))
        return (None, None, f"FY{first}-{last % 100:02}", bool(match.group(3))) if last == first + 1 else None
    if (match := MONTH.fullmatch(name)) and match.group(1).lower() in NAMES:
        month = NAMES.index(match.group(1).lower()) + 1
        return int(match.group(2)), month, f"{match.group(2)}-{month:02}", False
    return None


def _partner(said: str, where: str, place: int) -> Named:
    if said.strip().casefold() in ("", "wld", "world"):
        return Named("WLD", Sort.GROUP, "World")
    text = said.strip()
    if re.fullmatch(r"[A-Z]{3}", text) and (found := codes("iso3").find(text)):
        return found
    return codes("names").column([text], where, place)[0]


def _lost(piece: Piece, rows: list[list[str]], head: int) -> list[str]:
    """Chapter 01 lost in the head of a copy."""
    names = [cell.strip() for cell in rows[head]]
    coded = next((names.index(one) for one in CODE if one in names), None)
    if coded is None:
        return []
    held = {
        row[coded].strip().zfill(2) for row in rows[head + 1 :] if coded < len(row) and row[coded].strip().isdigit()
    }
    return (
        [f"{piece.file}: chapter 01 is not there beside 02 and 03; sums are short of it"]
        if {"02", "03"} <= held and "01" not in held
        else []
    )

"""Spreadsheets as the text that readers take: a sheet of an xls, xlsx or ods file, alone or in a zip, as CSV.

Cells are written as they are held: whole numbers without a point, days as ISO 8601, empty cells as nothing. What a
publisher's sheet has lost already, such as a zero at the head of a code, no reader brings back; readers look for it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from servanda.errors import ExtraMissing, SourceFault
from servanda.settings import cache

KINDS = (".xls", ".xlsx", ".xlsm", ".ods")


def as_text(path: Path, key: str, sheet: str | None = None) -> Path:
    """The file itself, or its sheet of that name, else its largest, as a CSV that is kept under `key`.

    Raises SourceFault, ExtraMissing.
    """
    found = _inside(path)
    if found is None:
        return path
    name, raw = found
    kept = cache() / "sheets" / f"{key}.csv"
    if not kept.exists():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            _cells(raw, f"{path.name}: {name}" if name else path.name, sheet)
        )
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_text(text.getvalue(), encoding="utf-8")
        part.replace(kept)
    return kept


def _inside(path: Path) -> tuple[str, bytes] | None:
    """The bytes of the spreadsheet and its name within a zip ("" where the file is one); None where there is none."""
    if path.suffix.lower() in KINDS:
        return "", path.read_bytes()
    if path.suffix.lower() != ".zip" or not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if Path(name).suffix.lower() in KINDS]
        return (sheets[0], archive.read(sheets[0])) if len(sheets) == 1 else None


def _cells(raw: bytes, what: str, sheet: str | None) -> Iterator[list[str]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ModuleNotFoundError as missing:
        raise ExtraMissing("a spreadsheet", "measures") from missing
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(raw))
        if sheet is not None and sheet not in book.sheet_names:
            raise SourceFault(f"{what}: there is no sheet '{sheet}' in it; there are {', '.join(book.sheet_names)}")
        sheets = [book.get_sheet_by_name(name) for name in ([sheet] if sheet else book.sheet_names)]
        chosen = max(sheets, key=lambda one: one.height, default=None)
        # Rows above the first that has words are kept too, so that a fault names the row that a person sees.
        rows = chosen.to_python(skip_empty_area=False) if chosen is not None and chosen.height else []
    except (CalamineError, OSError, ValueError) as fault:
        raise SourceFault(f"{what} is no spreadsheet that can be read: {fault}; open it and save it as CSV") from fault
    if not rows:
        raise SourceFault(f"{what} has no sheet with rows; save the sheet of data as CSV")
    yield from ([_said(cell) for cell in row] for row in rows)


def _said(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)

"""Arms transfers as SIPRI hands them out, by position: headers move between vintages, titles and footers come and go.

The trade register has a row a deal. Its columns are found below the line that begins with "Recipient,Supplier" or
"Supplier,Recipient"; of the columns after these two the order is kept though names change and marks of uncertainty
have none. The totals have a row a country and a column a year. Not open: cite what you read, hand on no table.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from servanda.errors import RequestError, SourceFault

REGISTER = pa.schema(
    [
        ("recipient", pa.string()), ("supplier", pa.string()), ("ordered_in", pa.int64()), ("designation", pa.string()),
        ("description", pa.string()), ("ordered", pa.float64()), ("delivered", pa.float64()),
        ("years", pa.list_(pa.int64())), ("comments", pa.string()), ("tiv_unit", pa.float64()),
        ("tiv_order", pa.float64()), ("tiv_delivered", pa.float64()), ("is_uncertain", pa.bool_()),
    ]
)  # fmt: skip
"""A row a deal. TIV is SIPRI's trend-indicator value, in millions: a volume of arms and no price."""
TOTALS = pa.schema([("party", pa.string()), ("year", pa.int64()), ("tiv", pa.float64()), ("is_under_half", pa.bool_())])
"""A row a country and year. A published "0" is more than nothing and less than half a million: `is_under_half`."""
WIDE = 16
"""Columns of a deal, uncertainty marks counted."""
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Register:
    """The deals with the vintage that the file names, if it names one, and the lines that are no deal."""

    table: pa.Table
    vintage: str | None
    left_out: tuple[str, ...]


def register(path: Path) -> Register:
    """The trade register of a file; raises SourceFault with the rows that are not as they are known to be."""
    lines = _lines(path)
    at = next((place for place, row in enumerate(lines) if _head(row) in (HEAD, HEAD[::-1])), None)
    if at is None:
        raise SourceFault(
            f"{path.name}: no line begins with 'Recipient,Supplier'; export the trade register as CSV and try again"
        )
    turned = _head(lines[at]) == HEAD[::-1]
    faults: list[str] = []
    left_out: list[str] = []
    rows = []
    for number, row in enumerate(lines[at + 1 :], at + 2):
        if not any(row):
            continue
        if len(row) < WIDE or not (row[0] and row[1]) or not row[6]:
            left_out.append(f"line {number}: {','.join(row)[:60]}")
            continue
        try:
            rows.append(_deal(row, turned))
        except ValueError as fault:
            faults.append(f"line {number}: {fault}")
    if faults:
        told = "\n".join(f"  {one}" for one in faults[:EXAMPLES])
        raise SourceFault(f"{path.name}: {len(faults)} deals not as they are known to be; no table was made\n{told}")
    if not rows:
        raise SourceFault(f"{path.name}: no deal below its header; export the trade register with rows")
    dated = [
        found[0] for row in lines[:at] if (found := re.findall(r"\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d", ",".join(row)))
    ]
    return Register(pa.Table.from_pylist(rows, schema=REGISTER), dated[0] if dated else None, tuple(left_out))


HEAD = ("recipient", "supplier")


def _head(row: list[str]) -> tuple[str, ...]:
    return tuple(cell.casefold() for cell in row[:2])


def _deal(row: list[str], turned: bool) -> dict[str, object]:
    first, second = row[:2]
    recipient, supplier = (second, first) if turned else (first, second)
    ordered_in, _ = _whole(row[2], "year of order")
    years = [int(one) for one in re.findall(r"\d{4}", row[10])]
    if re.sub(r"[\d\s;,()?-]", "", row[10]):
        raise ValueError(f"years of delivery {row[10]!r}")
    return {
        "recipient": recipient, "supplier": supplier, "ordered_in": ordered_in, "designation": row[6],
        "description": row[7], "ordered": _number(row[4], "number ordered"),
        "delivered": _number(row[8], "number delivered"), "years": _each(row[10], years), "comments": row[12],
        "tiv_unit": _number(row[13], "TIV of a unit"), "tiv_order": _number(row[14], "TIV of the order"),
        "tiv_delivered": _number(row[15], "TIV delivered"),
        "is_uncertain": any("?" in row[at] or "(" in row[at] for at in (2, 3, 4, 5, 8, 9)),
    }  # fmt: skip


def _each(said: str, years: list[int]) -> list[int]:
    """Years of delivery; a stretch such as 2018-2021 is every year of it."""
    if re.search(r"\d{4}\s*-\s*\d{4}", said):
        return list(range(years[0], years[-1] + 1))
    return years


def _whole(said: str, what: str) -> tuple[int | None, bool]:
    found = _number(said, what)
    return (None if found is None else int(found)), "(" in said


def _number(said: str, what: str) -> float | None:
    """A number that may stand in brackets where it is uncertain; none where the cell is empty."""
    plain = said.strip().strip("()?").replace(",", "").strip()
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError:
        raise ValueError(f"{what} {said!r} is no number") from None


def totals(path: Path) -> pa.Table:
    """The official yearly totals of a file, by country; TOTALS. Which side they are of, the file's name may not say."""
    lines = _lines(path)
    at = next(
        (place for place, row in enumerate(lines) if sum(bool(re.fullmatch(r"\d{4}", cell)) for cell in row) > 1), None
    )
    if at is None:
        raise SourceFault(f"{path.name}: no line of years; export the import or export values as CSV and try again")
    years = {place: int(cell) for place, cell in enumerate(lines[at]) if re.fullmatch(r"\d{4}", cell)}
    rows = []
    for row in lines[at + 1 :]:
        cells = [(years[place], cell) for place, cell in enumerate(row) if place in years and cell]
        if not row[:1] or not row[0] or not cells:
            continue
        if any(not re.fullmatch(r"[\d., ]+", cell) for _, cell in cells):
            continue  # a footer, whose words run over several cells
        rows += [_total(row[0], year, cell) for year, cell in cells]
    if not rows:
        raise SourceFault(f"{path.name}: no country below its line of years; export the values with rows")
    return pa.Table.from_pylist(rows, schema=TOTALS)


def _total(party: str, year: int, cell: str) -> dict[str, object]:
    value = float(cell.replace(",", "").replace(" ", ""))
    return {"party": party, "year": year, "tiv": value, "is_under_half": value == 0}


def _lines(path: Path) -> list[list[str]]:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise RequestError(f"cannot read {path}: {fault.strerror or fault}") from fault
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]

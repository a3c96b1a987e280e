"""UN Comtrade: the JSON of the preview and of the API with a key, its bulk files, and the CSV of a page."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.tidy.rows import VALUED, Faults, Tidy, flows, number, product_of

FLOW = {
    "M": "import", "X": "export", "RM": "re-import", "RX": "re-export",
    "Import": "import", "Export": "export", "Re-Import": "re-import", "Re-Export": "re-export",
}  # fmt: skip
GZIP = b"\x1f\x8b"
NEEDED = ("reporterCode", "partnerCode", "flowCode", "cmdCode", "period", "primaryValue")
BROKEN_DOWN = ("partner2Code", "customsCode", "motCode")
"""By a second partner, customs procedure and mode of transport; only the rows for all of them together are read."""
ALL = {"partner2Code": ("0", "", "None"), "customsCode": ("C00", "", "None"), "motCode": ("0", "", "None")}


def comtrade(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """reporter, partner, flow, product, year, month, value in USD, valuation, status: reported or added up."""
    made: list[dict[str, Any]] = []
    left: dict[str, int] = {}
    held, absent, vintages = codes("comtrade"), set[str](), set[str]()
    for piece, path in pieces:
        rows = list(_rows(path))
        faults = Faults(piece.file)
        missing = [name for name in NEEDED if rows and name not in rows[0]]
        if missing:
            raise SourceFault(f"{piece.file}: no {', '.join(missing)} in its rows; they have {', '.join(rows[0])}")
        whole = [row for row in rows if all(str(row.get(name)) in ALL[name] for name in BROKEN_DOWN if name in row)]
        if len(rows) > len(whole):
            left["broken down by second partner, customs or transport"] = (
                left.get("broken down by second partner, customs or transport", 0) + len(rows) - len(whole)
            )
        vintages |= {str(row["classificationCode"]) for row in whole if row.get("classificationCode")}
        reporters = held.column([row["reporterCode"] for row in whole], piece.file)
        partners = held.column([row["partnerCode"] for row in whole], piece.file)
        for place, (row, reporter, partner) in enumerate(zip(whole, reporters, partners, strict=True), 1):
            if reporter.sort is not Sort.PARTY:
                left["reporter is no party of today"] = left.get("reporter is no party of today", 0) + 1
                continue
            made.append(_flow(row, place, reporter.code, partner, faults))
        faults.close()
        absent |= _absent(piece, {one.code for one in reporters})
    told = [f"no row of {', '.join(sorted(absent))}, which was asked for: not reported is not nil"] if absent else []
    if len(vintages) > 1:
        told.append(f"products are of several vintages ({', '.join(sorted(vintages))}): one code can be two products")
    return Tidy(flows(made, source, source.id), tuple(told), left)


def _flow(row: dict[str, Any], place: int, reporter: str, partner: Any, faults: Faults) -> dict[str, Any]:
    level = row.get("aggrLevel")
    product, digits = product_of(row["cmdCode"], int(level) if level not in (None, "") else None, place, faults)
    flow = FLOW.get(str(row["flowCode"]))
    if flow is None:
        faults.note(f"'flowCode' is none of {', '.join(FLOW)}", place, row["flowCode"])
    period = str(row["period"])
    if not (period.isdigit() and len(period) in (4, 6)):
        faults.note("'period' is no year and no month", place, period)
    try:
        value, weight = number(row["primaryValue"]), number(row.get("netWgt"))
    except ValueError:
        faults.note("'primaryValue' or 'netWgt' is no number", place, row["primaryValue"])
        value = weight = None
    added = str(row.get("isReported")).lower() == "false"
    return {
        "reporter": reporter, "partner": partner.code, "partner_is": str(partner.sort), "flow": flow,
        "product": product, "level": digits, "year": int(period[:4]) if period[:4].isdigit() else None,
        "month": int(period[4:]) if len(period) == 6 and period.isdigit() else None, "period": period, "value": value,
        "unit": "USD", "valuation": VALUED.get(flow or ""), "weight_kg": weight,
        "status": "added up by the source" if added else "reported",
    }  # fmt: skip


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a JSON answer, of a bulk file (tabs, under gzip), or of a CSV; a list of files has none."""
    data = path.read_bytes()
    if data.startswith(GZIP):
        yield from csv.DictReader(io.StringIO(gzip.decompress(data).decode("utf-8-sig")), delimiter="\t")
        return
    if path.suffix.lower() == ".csv":
        yield from csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        return
    yield from (row for row in json.loads(data)["data"] if "fileUrl" not in row)


def _absent(piece: Piece, there: set[str]) -> set[str]:
    """Reporters that were asked for and gave no row."""
    held = codes("comtrade")
    asked = [held.find(one) for one in piece.asked.get("reporter", "").split(",") if one]
    return {one.code for one in asked if one and one.code not in there}

"""WITS: SDMX JSON of trade totals and of tariffs; a tariff always says of what kind it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.errors import SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.codes import Named, Sort, codes
from servanda.sources.tidy.rows import TOTAL, VALUED, Faults, Tidy, bounded, flows, number, once, product_of

TARIFFS = pa.schema(
    [
        ("importer", pa.string()), ("partner", pa.string()), ("kind", pa.string()), ("product", pa.string()),
        ("level", pa.int64()), ("year", pa.int64()), ("rate", pa.float64()), ("unit", pa.string()),
        ("lines", pa.int64()), ("lines_without_rate", pa.int64()), ("least", pa.float64()), ("most", pa.float64()),
    ]
)  # fmt: skip
"""A row a tariff of a subheading. `kind` is MFN, preferential or applied; `lines_without_rate` have a specific duty."""
INDICATORS = {"XPRT-TRD-VL": "export", "MPRT-TRD-VL": "import"}
KINDS = {"MFN": "MFN", "PREF": "preferential", "PRF": "preferential", "AHS": "applied", "BND": "bound"}
MFN_PARTNER = "000"
OTHER = -1
"""The level of groups of products that are no level of the Harmonized System, such as Capital goods."""


def wits(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """Flows in USD thousand, or tariffs in per cent; a snapshot holds one of the two."""
    sorts = {
        "tariffs" if "/TRN/" in (piece.address or "") or "datatype" in piece.asked else "trade" for piece, _ in pieces
    }
    if len(sorts) > 1:
        raise SourceFault("this snapshot of wits holds trade and tariffs; fetch them under two dates")
    return _tariffs(pieces, source) if sorts == {"tariffs"} else _trade(pieces, source)


def _trade(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    made: list[dict[str, Any]] = []
    for piece, path in pieces:
        faults = Faults(piece.file)
        for place, (said, value, _) in enumerate(_observations(path), 1):
            flow = INDICATORS.get(said["INDICATOR"])
            if flow is None:
                faults.note(f"'INDICATOR' is none of {', '.join(INDICATORS)}", place, said["INDICATOR"])
                continue
            reporter, partner = (_named(said[name], piece.file, place) for name in ("REPORTER", "PARTNER"))
            product = said["PRODUCTCODE"]
            made.append({
                "reporter": reporter.code, "partner": "WLD" if partner.code in ("WLD", "0") else partner.code,
                "partner_is": str(partner.sort), "flow": flow,
                "product": TOTAL if product.casefold() == "total" else product,
                "level": 0 if product.casefold() == "total" else OTHER,
                "year": int(said["TIME_PERIOD"]), "month": None, "period": said["TIME_PERIOD"], "value": number(value),
                "unit": "USD thousand", "valuation": VALUED[flow], "weight_kg": None, "status": "reported",
            })  # fmt: skip
        faults.close()
    return Tidy(flows(made, source, source.id))


def _tariffs(pieces: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    made: list[dict[str, Any]] = []
    without = 0
    for piece, path in pieces:
        faults = Faults(piece.file)
        for place, (said, value, told) in enumerate(_observations(path), 1):
            product, level = product_of(said["PRODUCTCODE"], 6, place, faults)
            kind = KINDS.get(str(told.get("TARIFFTYPE") or ("MFN" if said["PARTNER"] == MFN_PARTNER else "")).upper())
            if kind is None:
                faults.note(f"'TARIFFTYPE' is none of {', '.join(KINDS)}", place, told.get("TARIFFTYPE"))
                continue
            lines, none = (_whole(told.get(name)) for name in ("TOTALNOOFLINES", "NBR_NA_LINES"))
            is_known = not (lines and none and none >= lines)
            without += not is_known
            made.append({
                "importer": _named(said["REPORTER"], piece.file, place).code,
                "partner": _of(said["PARTNER"], piece.file, place),
                "kind": kind, "product": product, "level": level, "year": int(said["TIME_PERIOD"]),
                "rate": number(value) if is_known else None, "unit": "per cent", "lines": lines,
                "lines_without_rate": none,
                "least": number(told.get("MIN_RATE")) if is_known else None,
                "most": number(told.get("MAX_RATE")) if is_known else None,
            })  # fmt: skip
        faults.close()
    table = pa.Table.from_pylist(made, schema=TARIFFS)
    bounded(table, source, source.id)
    once(table, ("importer", "partner", "kind", "product", "year"), source.id)
    told_all = (
        [f"{without} subheadings have specific duties only: their rate is not known, and not 0"] if without else []
    )
    return Tidy(table, tuple(told_all))


def one_kind(table: pa.Table, kind: str) -> pa.Table:
    """The tariffs of one kind; raises SourceFault naming the kinds that there are: applied is not MFN."""
    there = sorted(set(table["kind"].to_pylist()))
    if kind not in there:
        raise SourceFault(f"no tariff is {kind}; these are {', '.join(there)}, which is something else")
    return table.filter(pa.compute.equal(table["kind"], kind))


def _observations(path: Path) -> Iterator[tuple[dict[str, str], Any, dict[str, Any]]]:
    """Each observation: its dimensions by name, its value, its attributes by name."""
    data = json.loads(path.read_bytes())
    shape = data["structure"]
    outer, inner = shape["dimensions"]["series"], shape["dimensions"]["observation"]
    attributes = shape.get("attributes", {}).get("observation", [])
    for part in data["dataSets"]:
        for key, series in part.get("series", {}).items():
            fixed = {
                one["id"]: str(one["values"][int(place)]["id"])
                for one, place in zip(outer, key.split(":"), strict=True)
            }
            for at, cells in series.get("observations", {}).items():
                moving = {
                    one["id"]: str(one["values"][int(place)]["id"])
                    for one, place in zip(inner, at.split(":"), strict=True)
                }
                told = {
                    one["id"]: one["values"][place]["id"]
                    for one, place in zip(attributes, cells[1:], strict=False)
                    if place is not None and place < len(one["values"])
                }
                yield {**fixed, **moving}, cells[0], told


def _named(said: str, where: str, place: int) -> Named:
    """A number of M49, or alpha-3 in either case."""
    if said.upper() == "WLD":
        return Named("WLD", Sort.GROUP, "World")
    return codes("numeric" if said.isdigit() else "iso3").column([said.upper()], where, place)[0]


def _of(said: str, where: str, place: int) -> str:
    return "WLD" if said == MFN_PARTNER else _named(said, where, place).code


def _whole(said: object) -> int | None:
    found = number(said)
    return None if found is None else int(found)

"""A registry of institutions as somebody hands it in, and the names of places and words that go with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.errors import RequestError
from servanda.settings import shipped_content
from servanda.sources.codes import Sort as Kind
from servanda.sources.codes import codes
from servanda.sources.table import Column, Sort, columns_of, read
from servanda.store import yaml

COLUMNS = ("ror", "name", "aliases", "cc", "city")
Row = dict[str, str | None]


def registry(path: Path) -> list[Row]:
    """Rows of ror, name, aliases (bars between them), cc, city, without institutions that were withdrawn.

    The registry's own file as JSON, in its first or second form, or as CSV; or a table of those columns, CSV or
    Parquet. Raises TableFault with rows, RequestError for a file that is none of these.
    """
    if path.suffix.lower() == ".json":
        return _json(path)
    held = columns_of(path)
    if "id" in held and any(one.startswith("names.types.") or one.startswith("names_types_") for one in held):
        return _flat(path, held)
    known = [
        Column("ror"), Column("name", Sort.WORDS), Column("aliases", Sort.WORDS, gaps=True, optional=True),
        Column("cc", gaps=True, optional=True), Column("city", Sort.WORDS, gaps=True, optional=True),
        Column("status", gaps=True, optional=True),
    ]  # fmt: skip
    return _there(read(path, known, ["ror"]).to_pylist(), path)


def _there(rows: list[dict[str, Any]], path: Path) -> list[Row]:
    found = [{name: row.get(name) for name in COLUMNS} for row in rows if row.get("status") != "withdrawn"]
    if not found:
        raise RequestError(
            f"{path.name} holds no institution; give the registry's file or columns {', '.join(COLUMNS)}"
        )
    return found


def _json(path: Path) -> list[Row]:
    try:
        every = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise RequestError(f"there is no file {path}; give the registry's JSON, or a table") from fault
    except ValueError as fault:
        raise RequestError(
            f"{path.name} is not JSON ({fault}); give the registry's file as it was downloaded"
        ) from fault
    if isinstance(every, dict):
        every = every.get("items", [every])
    return _there(records(every, path.name), path)


def records(every: list[dict[str, Any]], where: str) -> list[dict[str, Any]]:
    """Records of the registry, in either form, as rows of COLUMNS and status; raises RequestError naming others."""
    rows, faults = [], []
    for place, one in enumerate(every):
        try:
            rows.append(_second(one) if "names" in one else _first(one))
        except (KeyError, TypeError, AttributeError, IndexError):
            faults.append(place)
    if faults:
        raise RequestError(
            f"{where}: {len(faults)} records are in neither form of the registry (records "
            f"{', '.join(str(one) for one in faults[:5])}); expected id with names and locations, or name and country"
        )
    return rows


def _second(one: dict[str, Any]) -> dict[str, Any]:
    shown = next((name["value"] for name in one["names"] if "ror_display" in name["types"]), one["names"][0]["value"])
    others = [name["value"] for name in one["names"] if name["value"] != shown]
    place = (one.get("locations") or [{}])[0].get("geonames_details", {})
    return {"ror": one["id"], "name": shown, "aliases": "|".join(others), "cc": place.get("country_code"),
            "city": place.get("name"), "status": one.get("status")}  # fmt: skip


def _first(one: dict[str, Any]) -> dict[str, Any]:
    others = [*one.get("aliases", ()), *one.get("acronyms", ()), *(label["label"] for label in one.get("labels", ()))]
    city = (one.get("addresses") or [{}])[0].get("city")
    return {"ror": one["id"], "name": one["name"], "aliases": "|".join(others),
            "cc": (one.get("country") or {}).get("country_code"), "city": city,
            "status": one.get("status")}  # fmt: skip


def _flat(path: Path, held: list[str]) -> list[Row]:
    """The registry's own CSV: lists with semicolons between, each perhaps with its language before it."""
    shown = next(one for one in held if one.endswith("ror_display"))
    others = [one for one in held if one.startswith(("names.types.", "names_types_")) and one != shown]
    town = next((one for one in held if one.endswith("geonames_details.name")), None)
    party = next((one for one in held if one.endswith("geonames_details.country_code")), None)
    wanted = [Column("id"), Column(shown, Sort.WORDS)]
    wanted += [Column(one, Sort.WORDS, gaps=True) for one in (*others, town, party, "status") if one and one in held]
    rows = []
    for row in read(path, wanted, ["id"]).to_pylist():
        names = [_bare(part) for one in others for part in (row[one] or "").split(";") if part.strip()]
        rows.append({"ror": row["id"], "name": _bare(row[shown]), "aliases": "|".join(names),
                     "cc": _one(row, party), "city": _one(row, town), "status": row.get("status")})  # fmt: skip
    return _there(rows, path)


def _bare(said: str) -> str:
    head, colon, rest = said.strip().partition(": ")
    return rest if colon and len(head) <= 7 and " " not in head else said.strip()


def _one(row: dict[str, Any], name: str | None) -> str | None:
    return (row[name] or "").split(";")[0].strip() or None if name else None


def texts(path: Path) -> pa.Table:
    """Affiliations, one a row."""
    return read(path, [Column("affiliation", Sort.WORDS, gaps=True)])


def spellings(content: Path | None = None) -> dict[str, str]:
    """Words and towns by what they are another spelling of: `univ` is `university`."""
    root = (content or shipped_content()) / "names"
    made: dict[str, str] = {}
    for file in ("words.yml", "places.yml"):
        for right, others in yaml.read(root / file, f"names/{file}").items():
            made |= {str(one): str(right) for one in others}
    return made


def where() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Names of parties, and of their regions and some towns, with the parties (alpha-2) that they are in."""
    import pycountry

    short = {one.alpha_3: one.alpha_2 for one in pycountry.countries}
    parties: dict[str, set[str]] = {}
    for said, one in codes("names").known.items():
        if one.sort is Kind.PARTY and one.code in short:
            parties.setdefault(said, set()).add(short[one.code])
    for one in pycountry.countries:
        parties.setdefault(one.alpha_3, set()).add(one.alpha_2)
    for said, held in yaml.read(shipped_content() / "names" / "parties.yml", "names/parties.yml").items():
        parties.setdefault(str(said), set()).add(str(held))
    towns: dict[str, set[str]] = {}
    for part in pycountry.subdivisions:
        if len(part.name) > 4:
            towns.setdefault(part.name, set()).add(part.country_code)
    for said, held in yaml.read(shipped_content() / "names" / "towns.yml", "names/towns.yml").items():
        towns.setdefault(str(said), set()).add(str(held))
    return ({said: frozenset(held) for said, held in parties.items()},
            {said: frozenset(held) for said, held in towns.items()})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of affiliations: a weight for each thing seen, the answer's, and the least probability."""

    seen: dict[str, float]
    answer: dict[str, float]
    least: float


def learned() -> Learned:
    """The weights that come with the program (content/models/affiliations.json)."""
    plain = json.loads((shipped_content() / "models" / "affiliations.json").read_text(encoding="utf-8"))
    return Learned(plain["seen"], plain["answer"], plain["least"])

"""Rebuild the shipped tables of people: `python -m servanda.sources.recipes.people --from FOLDER [--to FOLDER]`.

FOLDER holds what the cards in content/tables/people name under `made_from`. Nothing is estimated: rows are chosen,
names become codes, and a 0 that means not reported is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from servanda.errors import RequestError
from servanda.model.snapshot import Piece
from servanda.sources.codes import Sort, codes
from servanda.sources.declared import source
from servanda.sources.recipes.rebuild import Rows, command, handed, rebuild
from servanda.sources.shipped import shipped
from servanda.sources.tidy.dgca import dgca
from servanda.sources.tidy.diaspora import diaspora as counted
from servanda.sources.tidy.passports import OWN, requirement

CHOSEN = ("AUS", "BRA", "CHN", "DEU", "GBR", "IDN", "IND", "JPN", "KOR", "MYS", "NPL", "SGP", "THA", "USA", "VNM")
"""Parties of the cases and their peers."""
OTHERS = "OTH"
"""Origins that the source lumps."""
LUMP = "Other countries"
"""The word of the source for them."""
LATE = 2015
"""The first year of which students are held for all."""
STOCK = "stock_un2020"
EVERY_TEN = (2000, 2010, 2020)
"""Years of the stock that are held for all; of the parties every year is."""
Cell = tuple[str, str, int, Any]
"""Origin, country of study, year and how many."""
RENAMED = {"ROM": "ROU"}
"""Codes of GeoDist that are no longer those of ISO 3166."""
PARTIES = ("IND", "JPN", "KOR", "VNM")
COUNTED = {"overseasindians": "india_overseas_indians_by_country_2016.csv", "overseaskoreans": "overseas_koreans.csv"}
"""What states count of their people abroad, by source; the year of the first stands in its name."""
FLOWN = "country.csv"
"""Passengers by country and quarter, as the collection has them."""


def visas(folder: Path) -> pa.Table:
    """Changes of the requirement among the chosen: a row from the first snapshot that shows it."""
    rows = pq.read_table(_path(folder, "visa_requirement_changes_2019_2026.parquet")).to_pylist()
    held: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: str(row["valid_from_snapshot"])):
        if row["passport"] in CHOSEN and row["dest"] in CHOSEN and row["passport"] != row["dest"]:
            word, days = requirement(row["req"])
            its = held.setdefault((row["passport"], row["dest"]), [])
            if word != OWN and (not its or its[-1]["requirement"] != word):
                its.append({"passport": row["passport"], "destination": row["dest"],
                            "since": row["valid_from_snapshot"], "requirement": word, "days": days})  # fmt: skip
    made = [one for key in sorted(held) for one in held[key]]
    return pa.Table.from_pylist(made, pa.schema([("passport", pa.string()), ("destination", pa.string()),
        ("since", pa.string()), ("requirement", pa.string()), ("days", pa.int16())]))  # fmt: skip


def residents(folder: Path) -> pa.Table:
    """People living in one economy and born in another, of the economies of trade/manufacturing."""
    table = pq.read_table(_path(folder, "un_migrant_stock_2020rev_and_estimated_flows.parquet"))
    rows = table.filter(pc.equal(table["measure"], STOCK)).to_pylist()
    known = _joined()
    made = []
    for row in rows:
        here, there = _code(row["origin"]), _code(row["dest"])
        kept = row["year"] in EVERY_TEN or here in PARTIES or there in PARTIES
        if here in known and there in known and here != there and row["n"] > 0 and kept:
            made.append({"origin": here, "destination": there, "year": row["year"], "persons": row["n"]})
    return _flows(made, "persons", pa.int32())


def students(folder: Path) -> pa.Table:
    """Students among the chosen, and those of lumped origins; of late years those among the economies of
    trade/manufacturing too.

    Two files of one source: by country of study, where small origins are lumped, and by origin, where small countries
    of study are. What the one lumps the other may name, and is then taken out of the lump, or it would stand twice;
    where both name a cell they must agree.
    """
    with _path(folder, "uis_students_origins_by_destination_1998_2021.csv").open(encoding="utf-8") as file:
        received = [(row["origin_country_lumped"], row["dest_country_name"], int(row["year"]), row["value_lumped"])
                    for row in csv.DictReader(file)]  # fmt: skip
    by_origin = pq.read_table(_path(folder, "uis_students_destinations_by_origin.parquet")).to_pylist()
    sent = [(row["origin_country_name"], row["dest_country_lumped"], row["year"], row["value_lumped"])
            for row in by_origin if row["origin_country_name"] != LUMP]  # fmt: skip
    received = _unlumped(received, sent)
    wide = _joined() | set(CHOSEN)
    cells: dict[tuple[str, str, int], int] = {}
    for origin, destination, year, many in (*received, *sent):
        here, there = OTHERS if origin == LUMP else _code(origin), _code(destination)
        chosen = there in CHOSEN and (here == OTHERS or here in CHOSEN)
        if not many or not (chosen or (year >= LATE and here in wide and there in wide)):
            continue
        found = int(float(many))
        if cells.setdefault((here, there, year), found) != found:
            raise RequestError(f"the two files of students differ for {here} in {there} in {year}; take them anew")
    return _flows(({"origin": here, "destination": there, "year": year, "students": many}
                   for (here, there, year), many in cells.items()), "students", pa.int32())  # fmt: skip


def _unlumped(received: list[Cell], sent: list[Cell]) -> list[Cell]:
    """The cells by country of study with their lumps less what the file by origin names of them."""
    known = {cell[:3] for cell in received}
    named: dict[tuple[str, int], float] = {}
    for origin, destination, year, many in sent:
        if (origin, destination, year) not in known:
            named[destination, year] = named.get((destination, year), 0.0) + float(many or 0)
    made = []
    for origin, destination, year, many in received:
        rest = float(many or 0) - (named.get((destination, year), 0.0) if origin == LUMP else 0.0)
        if rest < -1:
            raise RequestError(f"the file by origin names more of {destination} in {year} than is lumped there")
        if rest >= 1:
            made.append((origin, destination, year, rest))
    return made


def flights(folder: Path) -> pa.Table:
    """Services between each of the parties and every other economy, and among the economies of trade/manufacturing."""
    with _path(folder, "openflights_country_pairs_2014.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = _joined()
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        pair = tuple(sorted((_code(row["c1"]), _code(row["c2"]))))
        if all(pair) and pair[0] != pair[1] and (set(pair) & set(PARTIES) or set(pair) <= known):
            routes, lines = seen.get((pair[0], pair[1]), (0, 0))
            seen[pair[0], pair[1]] = (routes + int(row["routes"]), max(lines, int(row["airlines"])))
    made = [{"a": a, "b": b, "year": 2014, "services": routes, "airlines": lines}
            for (a, b), (routes, lines) in sorted(seen.items())]  # fmt: skip
    return pa.Table.from_pylist(made, pa.schema([("a", pa.string()), ("b", pa.string()), ("year", pa.int16()),
        ("services", pa.int16()), ("airlines", pa.int16())]))  # fmt: skip


def between(folder: Path) -> pa.Table:
    """What lies between every two of the economies of trade/manufacturing and the parties, each pair once."""
    known = _joined()
    made = []
    for row in pq.read_table(_path(folder, "cepii_geodist_dyads.parquet")).to_pylist():
        a, b = (RENAMED.get(row[side], row[side]) for side in ("iso_o", "iso_d"))
        if a in known and b in known and a < b:
            made.append({"a": a, "b": b, "dist": row["dist"], "cntg": int(row["contig"]),
                         "lang": int(row["comlang_off"]), "clny": int(row["colony"])})  # fmt: skip
    made.sort(key=lambda row: (row["a"], row["b"]))
    flag = pa.int8()
    return pa.Table.from_pylist(made, pa.schema([("a", pa.string()), ("b", pa.string()), ("dist", pa.float32()),
        ("cntg", flag), ("lang", flag), ("clny", flag)]))  # fmt: skip


def diaspora(folder: Path) -> pa.Table:
    """People abroad as their own state counts them, in the economies of trade/manufacturing and among the chosen."""
    known = _joined() | set(CHOSEN)
    rows = []
    for name, file in COUNTED.items():
        path = _path(folder, file)
        held = counted([(Piece(path.name, "", path.stat().st_size, ""), path)], source(name)).table
        rows += [row for row in held.to_pylist() if row["destination"] in known]
    rows.sort(key=lambda row: (row["origin"], row["destination"], row["year"]))
    whole = pa.int32()
    return pa.Table.from_pylist(rows, pa.schema([("origin", pa.string()), ("destination", pa.string()),
        ("year", pa.int16()), ("citizens", whole), ("of_origin", whole), ("persons", whole)]))  # fmt: skip


def passengers(folder: Path) -> pa.Table:
    """Passengers of direct flights between the parties of the cases, by quarter, as one of them counts them."""
    path = _path(folder, FLOWN)
    held = dgca([(Piece(path.name, "", path.stat().st_size, ""), path)], source("dgca")).table
    rows = [{name: row[name] for name in held.column_names[:5]} for row in held.to_pylist()
            if {row["origin"], row["destination"]} <= set(PARTIES)]  # fmt: skip
    rows.sort(key=lambda row: (row["origin"], row["destination"], row["year"], row["quarter"]))
    return pa.Table.from_pylist(rows, pa.schema([("origin", pa.string()), ("destination", pa.string()),
        ("year", pa.int16()), ("quarter", pa.int8()), ("passengers", pa.int32())]))  # fmt: skip


RECIPES: dict[str, Rows] = {
    "people/visas": visas,
    "people/residents": residents,
    "people/students": students,
    "people/flights": flights,
    "people/diaspora": diaspora,
    "people/passengers": passengers,
    "people/between": between,
}


def _flows(made: Iterable[dict[str, Any]], value: str, sort: pa.DataType) -> pa.Table:
    rows = sorted(made, key=lambda row: (row["origin"], row["destination"], row["year"]))
    return pa.Table.from_pylist(rows, pa.schema([("origin", pa.string()), ("destination", pa.string()),
        ("year", pa.int16()), (value, sort)]))  # fmt: skip


def _joined() -> set[str]:
    """The economies of which it is known what joins them, and the parties."""
    return {*pc.unique(shipped("trade/manufacturing").table["exporter"]).to_pylist(), *PARTIES}


def _code(name: str) -> str:
    """The party of a name, by the exact list; nothing where it names none of today."""
    found = codes("names").find(name)
    return found.code if found is not None and found.sort is Sort.PARTY else ""


def _path(folder: Path, name: str) -> Path:
    return handed(folder, name, "people")


def build(folder: Path, target: Path, only: Sequence[str] = ()) -> dict[str, int]:
    """Write the tables to `target` (a folder of content); rows of each. Raises RequestError for a missing file."""
    return rebuild(RECIPES, folder, target, only)


main = command(RECIPES, "people")

if __name__ == "__main__":
    main()

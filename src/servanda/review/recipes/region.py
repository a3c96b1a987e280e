"""Rebuild the shipped tables of the region: `python -m servanda.review.recipes.region --from FOLDER [--to FOLDER]`.

FOLDER holds the roll calls of the General Assembly as Voeten publishes them: un_rollcall_matrix_1946_2021.parquet
(a row a roll call, a column a member by its code in the Correlates of War: 1 yes, 2 abstain, 3 no) and
un_rollcall_meta_1946_2021.parquet (rcid, session, para, amend, resid). Both tables are measured from them, by
measures/region/agreement.py and ideal.py, on all votes and on those on final passage. Of whom the parties write papers
with, and where their students go, rows are chosen and names become codes; nothing is estimated.
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from servanda.measures.region.agreement import agreement
from servanda.measures.region.ideal import ideal_points
from servanda.sources.codes import Codes, Sort, codes
from servanda.sources.recipes.people import OTHERS, PARTIES
from servanda.sources.recipes.rebuild import Rows, command, handed

MEMBERS = {
    "2": "USA", "365": "RUS", "710": "CHN", "732": "KOR", "740": "JPN", "750": "IND", "775": "MMR", "800": "THA",
    "811": "KHM", "812": "LAO", "816": "VNM", "820": "MYS", "830": "SGP", "835": "BRN", "840": "PHL", "850": "IDN",
    "900": "AUS",
}  # fmt: skip
"""Code in the Correlates of War, and of ISO 3166: parties of the cases, the powers, the members of ASEAN, a peer."""
SETS = ("all", "final")
"""All recorded votes, and those on final passage: no vote on a paragraph, none on an amendment."""
PAPERS_SINCE = 2000
FIRST = 1945
"""Session 1 met in 1946."""
POSITIVE = "2"
"""The anchor of the sign: the United States lie above 0."""


class Rolls:
    """The votes of one set, as rows of roll call, session, member and vote, all of one length."""

    def __init__(self, folder: Path, which: str) -> None:
        matrix = pq.read_table(_path(folder, "un_rollcall_matrix_1946_2021.parquet"))
        about = pq.read_table(_path(folder, "un_rollcall_meta_1946_2021.parquet")).to_pylist()
        kept = {row["rcid"]: row for row in about if which == "all" or not (row["para"] == 1 or row["amend"] == 1)}
        codes = [name for name in matrix.column_names if name != "rcid"]
        table = np.column_stack([matrix[code].to_numpy() for code in codes])
        calls = matrix["rcid"].to_pylist()
        rows = np.array([place for place, call in enumerate(calls) if call in kept])
        self.session = np.repeat([kept[calls[row]]["session"] for row in rows], len(codes)).astype(np.int64)
        # The same resolution put again is one question, which bridges sessions.
        self.rollcall = np.repeat([str(kept[calls[row]]["resid"] or calls[row]) for row in rows], len(codes))
        self.single = np.repeat([str(calls[row]) for row in rows], len(codes))
        self.member = np.tile(np.array(codes), len(rows))
        self.vote = table[rows].ravel().astype(np.int64)


def agreements(folder: Path) -> pa.Table:
    """a, b, session, votes_of, votes, half, strict, s, kappa, pi: every two of the members, in every session."""
    rows: list[dict[str, Any]] = []
    for which in SETS:
        rolls = Rolls(folder, which)
        for one in agreement(rolls.single, rolls.session, rolls.member, rolls.vote):
            for place in np.flatnonzero(np.isin(one.a, list(MEMBERS)) & np.isin(one.b, list(MEMBERS))):
                pair = sorted((MEMBERS[str(one.a[place])], MEMBERS[str(one.b[place])]))
                figures = {name: _gap(getattr(one, name)[place]) for name in ("half", "strict", "s", "kappa", "pi")}
                rows.append(
                    {"a": pair[0], "b": pair[1], "session": one.session, "votes_of": which,
                     "votes": int(one.votes[place]), **figures}
                )  # fmt: skip
    return _table(sorted(rows, key=lambda row: (row["votes_of"], row["a"], row["b"], row["session"])))


def points(folder: Path) -> pa.Table:
    """member, session, votes_of, votes, point, low, high: the members' positions among all who vote."""
    rows: list[dict[str, Any]] = []
    for which in SETS:
        rolls = Rolls(folder, which)
        made = ideal_points(rolls.rollcall, rolls.session, rolls.member, rolls.vote, POSITIVE)
        for place in np.flatnonzero(np.isin(made.member, list(MEMBERS))):
            rows.append(
                {"member": MEMBERS[str(made.member[place])], "session": int(made.session[place]), "votes_of": which,
                 "votes": int(made.votes[place]), "point": _gap(made.point[place]), "low": _gap(made.low[place]),
                 "high": _gap(made.high[place])}
            )  # fmt: skip
    return _table(sorted(rows, key=lambda row: (row["votes_of"], row["member"], row["session"])))


def papers(folder: Path) -> pa.Table:
    """party, partner, year, papers: joint papers of each of the parties with everybody, whole counts."""
    table = pq.read_table(_path(folder, "openalex_country_coauthorship_1990_2023.parquet", "technology"))
    known = codes("iso2")
    made = [
        {"party": own, "partner": other, "year": row["year"], "papers": row["n"]}
        for row in table.filter(pc.greater_equal(table["year"], PAPERS_SINCE)).to_pylist()
        for own, other in permutations((_code(known, row["a"]), _code(known, row["b"])))
        if own in PARTIES and other and other != own
    ]
    return _counts(made, ("party", "partner"), "papers")


def students(folder: Path) -> pa.Table:
    """origin, destination, year, students: where students of the parties go. The source names the ten largest
    destinations of an origin and lumps the rest; destinations that are no party of today go into the lump."""
    known = codes("names")
    held: dict[tuple[str, str, int], float] = {}
    for row in pq.read_table(_path(folder, "uis_students_destinations_by_origin.parquet", "people")).to_pylist():
        origin = _code(known, row["origin_country_name"])
        if origin in PARTIES and row["value_lumped"]:
            key = (origin, _code(known, row["dest_country_lumped"]) or OTHERS, row["year"])
            held[key] = held.get(key, 0.0) + row["value_lumped"]
    made = [
        {"origin": origin, "destination": there, "year": year, "students": round(many)}
        for (origin, there, year), many in held.items()
    ]
    return _counts(made, ("origin", "destination"), "students")


RECIPES: dict[str, Rows] = {
    "region/agreement": agreements,
    "region/points": points,
    "region/papers": papers,
    "region/students": students,
}


def _code(known: Codes, said: str) -> str:
    """The party of a code or a name; nothing where it is none of today."""
    found = known.find(said)
    return found.code if found is not None and found.sort is Sort.PARTY else ""


def _counts(rows: list[dict[str, Any]], who: tuple[str, str], what: str) -> pa.Table:
    """The rows in their order, as small as they can be."""
    schema = pa.schema([*((name, pa.string()) for name in who), ("year", pa.int16()), (what, pa.int32())])
    return pa.Table.from_pylist(sorted(rows, key=lambda row: tuple(row[name] for name in (*who, "year"))), schema)


def _gap(value: float) -> float | None:
    """Four digits; nothing where there is no value."""
    return round(float(value), 4) if np.isfinite(value) else None


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    made = pa.Table.from_pylist(rows)
    small = {pa.float64(): pa.float32(), pa.int64(): pa.int16()}
    return made.cast(pa.schema([(one.name, small.get(one.type, one.type)) for one in made.schema]))


def _path(folder: Path, name: str, area: str = "region") -> Path:
    return handed(folder, name, area)


main = command(RECIPES, "the region")

if __name__ == "__main__":
    main()

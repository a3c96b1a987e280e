"""Joint papers from works: by hand, by the other road through matrices, from partitions, and from the shell."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.measures.technology.collaboration import together
from servanda.measures.technology.joint import WORLD, institutions, pairs, parties
from servanda.sources.duck import tables
from servanda.sources.works import alpha3, works
from tests.faces.test_cli import Say, say

__all__ = ["say"]
PLACE = pa.struct(
    [("id", pa.string()), ("display_name", pa.string()), ("ror", pa.string()), ("country_code", pa.string())]
)
AUTHOR = pa.struct([("institutions", pa.list_(PLACE)), ("countries", pa.list_(pa.string()))])
TOPIC = pa.struct([("id", pa.string()), ("display_name", pa.string())])
SHAPE = pa.schema([("id", pa.string()), ("title", pa.string()), ("publication_year", pa.int32()),
                   ("primary_topic", TOPIC), ("authorships", pa.list_(AUTHOR))])  # fmt: skip
Author = tuple[list[tuple[str, str | None]], list[str]]


def work(number: int, year: int, *authors: Author, topic: str | None = "Wind Energy") -> dict[str, Any]:
    return {
        "id": f"https://openalex.org/W{number}", "title": "A title", "publication_year": year,
        "primary_topic": {"id": "T1", "display_name": topic} if topic else None,
        "authorships": [
            {"institutions": [{"id": name, "display_name": name, "ror": None, "country_code": code} for name, code in its],
             "countries": countries}
            for its, countries in authors
        ],
    }  # fmt: skip


BY_HAND = (
    # Two authors of one institution and one of another; one author of two parties.
    work(1, 2020, ([("IISc", "IN")], ["IN"]), ([("IISc", "IN")], ["IN"]), ([("KAIST", "KR")], ["KR"])),
    work(2, 2020, ([("IISc", "IN"), ("KAIST", "KR")], ["IN", "KR"])),
    # Parties that only the affiliation tells of, and an institution of no party.
    work(3, 2020, ([], ["IN"]), ([], ["US"]), ([("Nowhere", None)], [])),
    # One party alone, nobody at all, and a year apart.
    work(4, 2020, ([("KAIST", "KR")], ["KR"]), topic=None),
    work(5, 2020),
    work(6, 2021, ([("IISc", "IN")], ["IN"]), ([("KAIST", "KR")], ["KR"]), ([("MIT", "US")], ["US"])),
)


def partitions(root: Path) -> Path:
    """As the snapshot lies: by the day of the last change. A later one has a column more."""
    for day, rows, more in (("2026-01-01", BY_HAND[:3], False), ("2026-02-01", BY_HAND[3:], True)):
        folder = root / "works" / f"updated_date={day}"
        folder.mkdir(parents=True)
        made = pa.Table.from_pylist(list(rows), schema=SHAPE)
        made = made.append_column("is_xpac", pa.array([False] * made.num_rows)) if more else made
        pq.write_table(made, folder / "part_0000.parquet")
    return root / "works"


EXPECTED = {
    ("IND", "KOR", 2020): 2, ("IND", "USA", 2020): 1, ("IND", WORLD, 2020): 3, ("KOR", WORLD, 2020): 2,
    ("USA", WORLD, 2020): 1, (WORLD, WORLD, 2020): 3, ("IND", "KOR", 2021): 1, ("IND", "USA", 2021): 1,
    ("KOR", "USA", 2021): 1, ("IND", WORLD, 2021): 1, ("KOR", WORLD, 2021): 1, ("USA", WORLD, 2021): 1,
    (WORLD, WORLD, 2021): 1,
}  # fmt: skip


def counted(table: pa.Table) -> dict[tuple[str, str, int], int]:
    return {(row["a"], row["b"], row["year"]): row["papers"] for row in table.to_pylist()}


def test_by_hand_from_partitions(tmp_path: Path) -> None:
    held = works(partitions(tmp_path))
    assert counted(pairs(parties(held), alpha3()).to_pyarrow()) == EXPECTED
    rows = {tuple(row.values()) for row in institutions(held).to_pyarrow().to_pylist()}
    first = "https://openalex.org/W1"
    assert {row[1:] for row in rows if row[0] == first} == {
        ("IISc", "IN", 2020, "Wind Energy"), ("KAIST", "KR", 2020, "Wind Energy")}  # fmt: skip
    assert ("https://openalex.org/W3", "Nowhere", None, 2020, "Wind Energy") in rows and len(rows) == 9


def test_the_other_road_leads_to_the_same_counts() -> None:
    draw = np.random.default_rng(3)
    paper, party, year = draw.integers(0, 4000, 9000), draw.integers(0, 12, 9000), draw.integers(2000, 2004, 4000)
    (rows,) = tables(rows=pa.table({"paper": paper, "country": [f"C{one:02}" for one in party], "year": year[paper]}))
    found = counted(pairs(rows).to_pyarrow())
    for one in range(2000, 2004):
        on = year[paper] == one
        held = together(paper[on], party[on], 12)
        for a in range(12):
            for b in range(a + 1, 12):
                assert found.get((f"C{a:02}", f"C{b:02}", one), 0) == held[a, b]


def test_what_is_no_snapshot_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"there is no \.parquet in"):
        works(tmp_path)
    pq.write_table(pa.table({"id": ["W1"]}), tmp_path / "part_0000.parquet")
    with pytest.raises(RequestError, match="has no publication_year, primary_topic, authorships"):
        works(tmp_path)


def test_from_the_shell(say: Say, tmp_path: Path) -> None:
    folder, own, out = partitions(tmp_path), tmp_path / "papers.parquet", tmp_path / "joint.parquet"
    code, _, err = say("compute", "joint", "--works", str(folder), "--institutions", str(own), "--out", str(out))
    assert code == 0 and f"wrote {len(EXPECTED)} rows" in err
    assert counted(pq.read_table(out)) == EXPECTED and pq.read_table(own).num_rows == 9
    code, said, _ = say("compute", "joint", "--table", str(own))
    assert code == 0
    by_institution = {
        (row["a"], row["b"], int(row["year"])): int(row["papers"]) for row in csv.DictReader(io.StringIO(said))
    }
    assert by_institution["IND", "KOR", 2020] == 2 and ("IND", "USA", 2020) not in by_institution
    assert say("compute", "joint")[0] == 2 and say("compute", "joint", "--table", str(own), "--spark")[0] == 2

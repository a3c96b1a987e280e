"""Joint papers of pairs that somebody hands in, with the international papers of either and of the world."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from servanda.sources.table import Column, Sort, TableFault, read

WORLD = "WLD"
_YEAR, _PAPERS = Column("year", Sort.WHOLE, 1500, 2200), Column("papers", Sort.NUMBER, 0)


@dataclass(frozen=True, slots=True)
class Joint:
    """Joint papers of two in a year, international papers of either and of the world."""

    a: str
    b: str
    year: int
    papers: float
    of_a: float
    of_b: float
    world: float


def joint(table: Path, totals: Path) -> list[Joint]:
    """Every row of a, b, year, papers with its totals; raises TableFault where a total is missing or too small."""
    rows = read(table, [Column("a"), Column("b"), _YEAR, _PAPERS], ["a", "b", "year"]).to_pylist()
    of = {(row["party"], row["year"]): row["papers"]
          for row in read(totals, [Column("party"), _YEAR, _PAPERS], ["party", "year"]).to_pylist()}  # fmt: skip
    wanted = [(party, row["year"]) for row in rows for party in (row["a"], row["b"], WORLD)]
    missing = [key for key in dict.fromkeys(wanted) if key not in of]
    if missing:
        told = ", ".join(f"{party} {year}" for party, year in missing[:5])
        raise TableFault(totals.name, [f"{len(missing)} totals are missing: {told}; {WORLD} is the world"])
    made = [Joint(row["a"], row["b"], row["year"], row["papers"], of[row["a"], row["year"]], of[row["b"], row["year"]],
                  of[WORLD, row["year"]]) for row in rows]  # fmt: skip
    wrong = [one for one in made if one.papers > min(one.of_a, one.of_b) or max(one.of_a, one.of_b) > one.world]
    if wrong:
        told = ", ".join(f"{one.a} and {one.b} {one.year}: {one.papers:g} of {one.of_a:g} and {one.of_b:g} of "
                         f"{one.world:g}" for one in wrong[:5])  # fmt: skip
        raise TableFault(table.name, [f"{len(wrong)} rows have more joint papers than totals allow: {told}"])
    return made

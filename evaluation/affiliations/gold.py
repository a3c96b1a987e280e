"""Affiliations with their right answer and the registry they are named from, out of the shared folder (not committed)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from evaluation.reading.gold import Missing, shared
from servanda.measures.technology.names.candidates import matches
from servanda.measures.technology.names.evidence import places
from servanda.measures.technology.names.known import Known, known
from servanda.measures.technology.names.known import places as placed
from servanda.measures.technology.names.weigh import seen
from servanda.measures.technology.names.words import words
from servanda.sources.registry import registry, spellings, where


@dataclass(frozen=True, slots=True)
class Right:
    """An affiliation with its answer: the id ("" where there is none) and the party ("" where the registry lacks it)."""

    said: str
    ror: str
    party: str


@dataclass(frozen=True, slots=True)
class Held:
    """A candidate of an affiliation: which (a number), whose name, whether it is right, and what is seen of it."""

    number: int
    place: int
    right: bool
    seen: dict[str, float]


def gold() -> list[Right]:
    """Every affiliation; raises Missing where the file is not there."""
    rows = pq.read_table(_file("gold_affiliation_to_ror_70.parquet")).to_pylist()
    return [Right(row["affiliation"] or "", row["ror"] or "", row["country_of_ror"] or "") for row in rows]


def institutions() -> Known:
    """The part of the registry that is there."""
    return made(_file("ror_records_IN_KR_partial.csv"))


def made(path: Path) -> Known:
    """A registry of a file, with the names of places and spellings that come with the program."""
    same = spellings()
    parties, towns = where()
    return known(registry(path), placed(parties, towns, same), same)


def candidates(every: list[Right], held: Known) -> list[Held]:
    """Every candidate of every affiliation."""
    found = []
    for number, one in enumerate(every):
        said = words(one.said, held.same)
        near = matches(said, held)
        if not near:
            continue
        named = places(said, held)
        for match in near:
            place = held.names[match.name].place
            right = held.institutions[place].ror == one.ror
            found.append(Held(number, place, right, seen(match, near, said, named, held)))
    return found


def _file(name: str) -> Path:
    path = shared() / "data" / "technology" / name
    if not path.exists():
        raise Missing(f"no affiliations: {path} is not there")
    return path

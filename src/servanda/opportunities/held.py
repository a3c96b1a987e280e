"""The table of papers that a user added, as numbers, with who may meet by it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from servanda.errors import RequestError
from servanda.measures.technology.links import AHEAD, Ranked, rank
from servanda.measures.technology.network.graph import Papers
from servanda.model.snapshot import Snapshot
from servanda.sources.declared import sources
from servanda.sources.papers import numbered, papers
from servanda.sources.snapshots import latest
from servanda.sources.tidy.read import tidy

SOURCE = "papers"
PAIRS = 300_000
"""Pairs of institutions that are ranked where nobody says from how many papers on: a matter of some seconds."""
ADD = f"servanda add FILE --source {SOURCE}"
"""The command that adds a table."""


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A table of papers with the words that name it."""

    papers: Papers
    cite: str


def newest(root: Path) -> Snapshot | None:
    """The newest table of papers that was added."""
    found = latest(root, SOURCE)
    return found if found and found.pieces else None


def added(snapshot: Snapshot, root: Path) -> HeldTable:
    """The table of a snapshot; raises TableFault with rows, SourceFault where its bytes changed."""
    made = tidy(snapshot, sources()[SOURCE], root).table
    files = ", ".join(one.file for one in snapshot.pieces)
    return HeldTable(Papers(*numbered(made)), f"{files}, added {snapshot.date}")


def of_file(path: Path) -> HeldTable:
    """The table of a file; raises TableFault with rows."""
    return HeldTable(Papers(*papers(path)), path.name)


def last_year(held: Papers, before: int) -> int:
    """The last year of the table before the year `before`; raises RequestError where there is none."""
    years = held.year[held.year < before]
    if not len(years):
        raise RequestError(f"the table has no paper of a year before {before}")
    return int(years.max())


def least_papers(held: Papers, pair: tuple[str, str], until: int, most: int = PAIRS) -> float:
    """The least papers until a year of institutions of the two that make at most so many pairs: 1, or 2 and more.

    Whoever has written once is seldom next to write with somebody; many thousand of them only take time.
    """
    once = np.unique(np.stack([held.paper, held.institution])[:, held.year <= until], axis=1)
    papers = np.bincount(once[1], minlength=len(held.names)) if once.size else np.zeros(len(held.names))
    one, other = (np.sort(papers[held.parties == side]) for side in pair)
    least = 1
    while (len(one) - np.searchsorted(one, least)) * (len(other) - np.searchsorted(other, least)) > most:
        least += 1
    return float(least)


def ranked(table: HeldTable, pair: tuple[str, str], until: int, least: float, ahead: int = AHEAD) -> Ranked:
    """Institutions of the two that never met, by their chance; raises RequestError with the reason where none is."""
    strange = [side for side in pair if side not in set(table.papers.parties)]
    if strange:
        some = ", ".join(sorted(set(table.papers.parties) - {""})[:5])
        raise RequestError(f"{table.cite} has no institution of {' or '.join(strange)}; it has {some}")
    made = rank(table.papers, until, pair, least, ahead)
    if isinstance(made, str):
        raise RequestError(made)
    return made

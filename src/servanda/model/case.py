"""A pair of parties and the record that is kept of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from servanda.model.commitment import Commitment, Thread
from servanda.model.decision import Decision
from servanda.model.dialogue import Item, Meeting, Reply, Series
from servanda.model.document import Document, Event
from servanda.model.evidence import Assessment, Evidence
from servanda.model.figure import Barrier, Figure
from servanda.model.period import When
from servanda.model.roadmap import Roadmap
from servanda.model.source import STRICT
from servanda.model.text import Text


@dataclass(frozen=True, slots=True)
class Search:
    """One pass of searching: who looked, when, where, and what was looked for and not found."""

    __pydantic_config__ = STRICT

    id: str
    by: str
    on: When
    where: str
    limits: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rival claims on one matter, side by side."""

    __pydantic_config__ = STRICT

    topic: str
    claims: tuple[str, ...]
    search: str = "first"


@dataclass(frozen=True, slots=True)
class Case:
    """Two parties, and how their record was searched."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    parties: tuple[str, str]
    searches: tuple[Search, ...]
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """All that the register holds of one case, at one entry. The nouns stand in the order of their ids."""

    case: Case
    documents: dict[str, Document]
    threads: dict[str, Thread]
    commitments: dict[str, Commitment]
    evidence: dict[str, Evidence]
    assessments: dict[str, Assessment]
    events: dict[str, Event]
    figures: dict[str, Figure]
    barriers: dict[str, Barrier]
    entries: int
    texts: dict[str, Text] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    agenda: dict[str, Item] = field(default_factory=dict)
    roadmaps: dict[str, Roadmap] = field(default_factory=dict)

    def evidence_on(self) -> dict[str, list[Evidence]]:
        """Evidence by commitment, withdrawn rows left out, oldest first, undated last."""
        gone = {row.withdraws for row in self.evidence.values() if row.withdraws}
        found: dict[str, list[Evidence]] = {name: [] for name in self.commitments}
        for row in self.evidence.values():
            if row.id not in gone:
                found[row.commitment].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (row.date.last if row.date else date.max, row.id))
        return found

    def searched_on(self, search: str) -> date:
        """The day on which the pass of that name was made."""
        return next(one.on.last for one in self.case.searches if one.id == search)

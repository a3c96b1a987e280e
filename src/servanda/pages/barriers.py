"""The barriers reported between a pair, in both directions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from servanda.model.figure import Barrier
from servanda.pages.frame import Ask
from servanda.pages.library import Library


@dataclass(frozen=True, slots=True)
class BarriersPage:
    """Barriers by who imposes them; counts by status of what is shown."""

    title: str
    total: int
    by_status: dict[str, int]
    chosen: str
    groups: dict[str, tuple[Barrier, ...]]


def barriers(library: Library, ask: Ask) -> BarriersPage:
    """The barriers of the case, of one status or of all."""
    record = library.record(ask.case or "", ask.as_of)
    names = {code: party.short for code, party in library.words.parties.items()}
    chosen = ask.one("status")
    counts = Counter(one.status for one in record.barriers.values())
    groups: dict[str, tuple[Barrier, ...]] = {}
    for one in record.barriers.values():
        if not chosen or one.status == chosen:
            by = " and ".join(names[code] for code in one.imposed_by)
            groups[by] = (*groups.get(by, ()), one)
    return BarriersPage(
        f"Barriers: {record.case.title}", len(record.barriers), dict(counts.most_common()), chosen, groups
    )

"""What the two watch alike, by lists that a user added; nothing where none were. No record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from servanda.measures.people.titles import titles
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.sources.declared import source
from servanda.sources.snapshots import latest
from servanda.sources.tidy.read import tidy


def added(name: str, root: Path) -> tuple[str, ...]:
    """What tells the newest lists that were added from any others: their hashes; nothing where there are none."""
    found = latest(root, name)
    return tuple(one.sha256 for one in found.pieces) if found else ()


def watched(pair: Pair, name: str, root: Path, day: date) -> Reading | None:
    """Titles watched in both by the weeks up to the day; None where no list was added."""
    found = latest(root, name)
    if found is None or not found.pieces:
        return None
    rows = tidy(found, source(name), root).table.to_pylist()
    return titles((row for row in rows if row["week"] <= day.isoformat()), *pair)

"""What the two watch alike, by lists that a user added; nothing where none were. No record."""

from __future__ import annotations

from datetime import date

from servanda.measures.people.titles import titles
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.sources.added import Added


def watched(pair: Pair, held: Added, day: date) -> Reading | None:
    """Titles watched in both by the weeks up to the day; None where no list was added that can be read."""
    if held.table is None:
        return None
    return titles((row for row in held.table.to_pylist() if row["week"] <= day.isoformat()), *pair)

"""What every chapter of an area has: whose, of which day, its sentences, and what was promised about the area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.model.finding import Finding
from servanda.review.items import Item
from servanda.review.review import Review


@dataclass(frozen=True, slots=True)
class Chapter:
    """The head of a chapter. `findings` are of what happened, `promises` of what was promised and `items` its threads;
    `names` holds every party that is spoken of."""

    case: str
    title: str
    parties: tuple[str, str]
    names: dict[str, str]
    as_of: date
    findings: tuple[Finding, ...]
    promises: tuple[Finding, ...]
    items: tuple[Item, ...]


def head(
    review: Review, area: str, found: Iterable[Finding | None], names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The fields of a chapter from the review of the pair; of the sentences those that have figures."""
    own = review.areas.get(area)
    return {
        "case": review.case,
        "title": f"{area.capitalize()}: {review.title}",
        "parties": review.parties,
        "names": dict(review.names if names is None else names),
        "as_of": review.as_of,
        "findings": tuple(one for one in found if one),
        "promises": own.findings if own else (),
        "items": tuple(item for item in review.items if item.area == area),
    }

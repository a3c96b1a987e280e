"""What the rules of the findings may speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.reading import Reading
from servanda.review.concreteness import Concreteness
from servanda.review.delivery import Delivery
from servanda.review.items import Item
from servanda.review.series import Series


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rules may speak of: the readings of the pair or of one area, on a day."""

    parties: tuple[str, str]
    names: dict[str, str]
    as_of: date
    documents: int
    promising: int
    first_document: date | None
    concreteness: Concreteness
    delivery: Delivery
    items: tuple[Item, ...]
    series: tuple[Series, ...]
    titles: dict[str, str]
    area: str | None = None


def counted(name: str, value: float, unit: str, expected: int) -> Reading:
    """A plain count as a reading."""
    return Reading(name, unit, float(value), used=int(value), expected=expected)

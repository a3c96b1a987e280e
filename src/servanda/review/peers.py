"""Beside other pairs, by the same rules, and only for what may be compared."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.reading import Reading
from servanda.review.concreteness import Concreteness
from servanda.review.delivery import Delivery

WARNING = (
    "The records were searched differently. What the wording of the promises shows may be compared with care; "
    "rates of delivery may not, and are left out."
)
NOT_COMPARED = {
    "delivered": "depends on how hard each record was searched",
    "no evidence found": "is a verdict on each search",
    "days to delivery": "depends on which deliveries were found",
    "overdue": "depends on which dates and deliveries were found",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """What may be compared of one pair, with what its searchers warn of."""

    case: str
    title: str
    threads: int
    commitments: int
    readings: dict[str, Reading]
    no_evidence: Reading
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """The pair and its peers, side by side."""

    warning: str
    not_compared: dict[str, str]
    pairs: tuple[Peer, ...]


def peer(case: str, title: str, made: Concreteness, came: Delivery, warnings: tuple[str, ...]) -> Peer:
    """One column of the comparison. The share without evidence shows how the searches differ; it is not a result."""
    readings = {"concrete": made.concrete, **made.parts, "restated": made.restated}
    return Peer(case, title, made.threads, made.commitments, readings, came.unknown, warnings)

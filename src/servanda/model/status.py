"""What became of a commitment, in one word, and the words that others use for the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Status of a commitment or a thread. The last is a verdict on the search, not on the parties."""

    DELIVERED = "delivered"
    PARTLY = "partly delivered"
    ON_SCHEDULE = "in progress: on schedule"
    BEHIND = "in progress: behind schedule"
    NOT_STARTED = "not started"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    NO_EVIDENCE = "no evidence found"

    @property
    def is_open(self) -> bool:
        """True while something is still owed, or may be."""
        return self not in (Status.DELIVERED, Status.LAPSED, Status.SUPERSEDED)

    @property
    def is_known(self) -> bool:
        """True where evidence carries the status."""
        return self is not Status.NO_EVIDENCE

    @property
    def elsewhere(self) -> Elsewhere:
        """The nearest word on the scales of others."""
        return ELSEWHERE[self]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One status on four scales of others; None where that scale has no word for it.

    g20: G20 Research Group (-1, 0, +1). ogp: Open Government Partnership, level of completion.
    esamiksha: the four classes of India's e-SamikSha. iati: IATI activity status code and name.
    """

    g20: int | None
    ogp: str
    esamiksha: str | None
    iati: str | None


ELSEWHERE: dict[Status, Elsewhere] = {
    Status.DELIVERED: Elsewhere(1, "Complete", "Implemented", "4 Closed"),
    Status.PARTLY: Elsewhere(0, "Substantial", "In progress: behind schedule", "2 Implementation"),
    Status.ON_SCHEDULE: Elsewhere(0, "Limited", "In progress: on schedule", "2 Implementation"),
    Status.BEHIND: Elsewhere(0, "Limited", "In progress: behind schedule", "2 Implementation"),
    Status.NOT_STARTED: Elsewhere(-1, "Not started", "Yet to start", "1 Pipeline/identification"),
    Status.LAPSED: Elsewhere(-1, "Not started", None, "5 Cancelled"),
    Status.SUPERSEDED: Elsewhere(None, "No evidence available", None, "5 Cancelled"),
    Status.NO_EVIDENCE: Elsewhere(None, "No evidence available", None, None),
}

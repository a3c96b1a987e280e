"""The cycle of meetings: a series, its meetings, the items of an agenda, and what is resolved on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from servanda.model.commitment import Target
from servanda.model.period import Deadline, When
from servanda.model.source import STRICT
from servanda.model.words import Action, Area


class Rhythm(StrEnum):
    """How often a series meets."""

    YEARLY = "yearly"
    HALF_YEARLY = "half-yearly"

    @property
    def months(self) -> int:
        """Months from one meeting to the next."""
        return 12 if self is Rhythm.YEARLY else 6


class Role(StrEnum):
    """As what a person speaks. What each may do is one table (dialogue/may.py)."""

    CO_CHAIR = "co-chair"
    POLICYMAKER = "policymaker"
    BUSINESS = "business"
    ACADEMIC = "academic"
    OBSERVER = "observer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class MeetingState(StrEnum):
    """How far a meeting is: its agenda in the making, agreed by both, at the table, closed by both."""

    PLANNED = "planned"
    AGREED = "agreed"
    HELD = "held"
    CLOSED = "closed"


class ItemState(StrEnum):
    """What became of an item at the table."""

    OPEN = "open"
    DECIDED = "decided"
    DEFERRED = "deferred"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person with the party and role as which they speak. `tracks` are those they belong to; none means all."""

    name: str
    party: str | None
    role: Role
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A strand of a series that meets apart, for some areas."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Meetings that return. Id: the case and a slug."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    title: str
    rhythm: Rhythm
    tracks: tuple[Track, ...] = ()
    search: str = "first"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who sits at the table. `party` is None for an independent."""

    __pydantic_config__ = STRICT

    name: str
    role: Role
    party: str | None = None
    track: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A party's key, turned by a named person over words whose SHA-256 is `seal`: over other words it does not hold."""

    __pydantic_config__ = STRICT

    party: str
    by: str
    at: str
    seal: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What an owner was given of the minutes: the SHA-256 of its words, and when."""

    __pydantic_config__ = STRICT

    owner: str
    sha256: str
    at: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a series. `minutes` is the time at the table; `document` the paper that both have signed."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    series: str
    number: int
    date: When
    host: str
    minutes: int = 180
    place: str | None = None
    participants: tuple[Participant, ...] = ()
    state: MeetingState = MeetingState.PLANNED
    agreed: tuple[Signature, ...] = ()
    signed: tuple[Signature, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    document: str | None = None
    search: str = "first"


@dataclass(frozen=True, slots=True)
class Resolution:
    """An undertaking in the making, as it is put down at the table; a commitment once both have signed.

    `thread` is the one that it continues, `commitment` what it became.
    """

    __pydantic_config__ = STRICT

    says: str
    parties: tuple[str, ...]
    owner: str
    area: Area
    action: Action
    deadline: Deadline
    deliverable: str
    mechanism: str | None = None
    target: Target | None = None
    thread: str | None = None
    commitment: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda, with what became of it.

    `proposed_by` is "record", the code of a party, or a track. `decision` holds the words of what was decided, or the
    reason for which it was dropped; `until` the day to which it was deferred; `carried` the item that it continues.
    """

    __pydantic_config__ = STRICT

    id: str
    case: str
    meeting: str
    place: int
    title: str
    reason: str
    minutes: int
    proposed_by: str = "record"
    track: str | None = None
    commitments: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    state: ItemState = ItemState.OPEN
    decision: str | None = None
    until: When | None = None
    resolutions: tuple[Resolution, ...] = ()
    carried: str | None = None
    search: str = "first"

    @property
    def is_settled(self) -> bool:
        """Whether a meeting may close over it: decided, deferred with a date, or dropped with a reason."""
        if self.state is ItemState.DECIDED:
            return bool(self.decision)
        if self.state is ItemState.DEFERRED:
            return self.until is not None
        return self.state is ItemState.DROPPED and bool(self.decision)


@dataclass(frozen=True, slots=True)
class Reply:
    """A party's right of reply to an assessment: its own words, beside it for as long as it stands."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    commitment: str
    assessment: str
    party: str
    by: str
    says: str
    at: str
    search: str = "first"

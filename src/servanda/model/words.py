"""Closed lists: the only words a field may hold. What each means stands in content/words."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    """What a commitment is about."""

    TRADE = "trade"
    TECHNOLOGY = "technology"
    DEFENCE = "defence"
    REGION = "region"
    PEOPLE = "people"
    ENERGY = "energy"
    DEVELOPMENT = "development"
    INSTITUTIONS = "institutions"


class Action(StrEnum):
    """How far the act goes, weakest first; after the action categories of the Universal Periodic Review."""

    CONSIDERING = "considering"
    CONTINUING = "continuing"
    GENERAL = "general"
    SPECIFIC = "specific"


class Instrument(StrEnum):
    """The ladder of instruments, lowest rung first. Money is never summed across rungs."""

    STATEMENT = "statement"
    MEMORANDUM = "memorandum of understanding"
    TERM_SHEET = "term sheet"
    CONTRACT = "contract"
    AGREEMENT = "agreement in force"

    @property
    def rung(self) -> int:
        """Height on the ladder, from 0."""
        return list(Instrument).index(self)


class Undertaking(StrEnum):
    """What sort of promise a commitment is, as the researcher sorted it."""

    NAMED = "promise with a named deliverable"
    TARGET = "target with value and date"
    AIM = "general aim"
    OPEN_ENDED = "open-ended cooperation under an MoU"
    AT_EVENT = "instrument or act completed at the event"
    COMPANY = "company or contract commitment"
    REQUEST = "request or support asked by one side"


class Shown(StrEnum):
    """What one piece of evidence shows of the promised act."""

    COMPLETED = "completed"
    PARTLY = "partly completed"
    STEP = "step taken"
    NOT_BEGUN = "not begun"
    MISSED = "missed"
    ENDED = "ended"
    REPLACED = "replaced"
    NO_BEARING = "no bearing"

    @property
    def stance(self) -> Stance:
        """Whether that supports the promise being kept, contradicts it or only mentions the matter."""
        if self in (Shown.COMPLETED, Shown.PARTLY, Shown.STEP):
            return Stance.SUPPORTS
        return Stance.MENTIONS if self is Shown.NO_BEARING else Stance.CONTRADICTS


class Stance(StrEnum):
    """How a piece of evidence stands to the commitment."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MENTIONS = "mentions"


class Publisher(StrEnum):
    """Who published a source."""

    OFFICIAL = "official"
    REPRINT = "official text, reprinted"
    INSTITUTION = "institution"
    PRESS = "press"
    AGGREGATOR = "aggregator"
    RECOLLECTION = "recollection"


class Act(StrEnum):
    """What an entry does to the register."""

    PUT = "put"
    WITHDRAW = "withdraw"


class Kind(StrEnum):
    """The nouns that the register remembers, in the order in which they must be entered."""

    CASE = "case"
    DOCUMENT = "document"
    THREAD = "thread"
    COMMITMENT = "commitment"
    EVIDENCE = "evidence"
    ASSESSMENT = "assessment"
    EVENT = "event"
    FIGURE = "figure"
    BARRIER = "barrier"
    TEXT = "text"
    DECISION = "decision"
    REPLY = "reply"
    SERIES = "series"
    MEETING = "meeting"
    ITEM = "item"
    ROADMAP = "roadmap"

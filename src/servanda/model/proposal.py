"""What the reader proposes for each passage of a text. A person decides; see Decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from servanda.model.source import STRICT
from servanda.model.words import Action, Area


class Kind(StrEnum):
    """What a passage does (CODEBOOK, version 2), in the order in which the first that applies counts."""

    COMMITMENT = "commitment"
    OUTCOME = "outcome"
    EXPECTATION = "expectation"
    CALL = "call"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Why:
    """Words that carried a decision: characters `start` to `end` of the text, what they spoke for, and how much.

    `weight` is in log odds; a weight below zero spoke against.
    """

    start: int
    end: int
    cue: str
    weight: float


@dataclass(frozen=True, slots=True)
class Restated:
    """An earlier promise of the same act: where it stands, its words, how sure, and what changed.

    `earlier` is the id of a commitment in the register, or of a document with the characters of the passage.
    `change` is nothing, date, number or strength.
    """

    __pydantic_config__ = STRICT

    earlier: str
    said: str
    probability: float
    change: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the concreteness score: its name, the points given of how many, and the words that earned them."""

    __pydantic_config__ = STRICT

    name: str
    points: float
    of: float
    words: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What is read of a commitment: who undertakes it, how far it goes, by when, how much, through what, for what.

    `due` is an ISO date, month, year or interval, or "recurring"; `concreteness` is 0 to 100, the sum of `parts`.
    """

    __pydantic_config__ = STRICT

    parties: tuple[str, ...]
    action: Action
    area: Area
    deadline: str | None = None
    due: str | None = None
    quantity: str | None = None
    mechanism: str | None = None
    deliverable: str | None = None
    concreteness: float | None = None
    parts: tuple[Part, ...] = ()
    restates: Restated | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """One passage as read: characters `start` to `end` of the text, its kind and how probable that is.

    `probabilities` holds all five kinds, in the order of Kind. `terms` are there for a commitment only.
    """

    start: int
    end: int
    text: str
    paragraph: int
    kind: Kind
    probability: float
    probabilities: tuple[float, ...] = ()
    terms: Terms | None = None
    why: tuple[Why, ...] = ()
    heading: str | None = None
    lead_in: str | None = None
    is_item: bool = False
    is_heading: bool = False

"""An undertaking of a future act by a party, and the thread of undertakings that promise the same."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.period import Deadline
from servanda.model.source import STRICT, Quote, Source
from servanda.model.words import Action, Area, Instrument, Undertaking


@dataclass(frozen=True, slots=True)
class Target:
    """An amount that makes the act measurable. The unit keeps the source's words."""

    __pydantic_config__ = STRICT

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """One undertaking, in our words, as one document gives it.

    `parties` are the states that owe the act; none where a third body (a firm, a bank, a city) does.
    `owner` keeps the researcher's words for who is responsible; `bodies` are the bodies named in them.
    """

    __pydantic_config__ = STRICT

    id: str
    case: str
    document: str
    thread: str
    says: str
    area: Area
    parties: tuple[str, ...]
    owner: str
    action: Action
    instrument: Instrument
    kind: Undertaking
    source: Source
    confidence: str
    text_basis: str
    bodies: tuple[str, ...] = ()
    deliverable: str | None = None
    deadline: Deadline | None = None
    target: Target | None = None
    mechanism: str | None = None
    quote: Quote | None = None
    subjects: tuple[str, ...] = ()
    note: str | None = None
    coding_note: str | None = None
    search: str = "first"

    def components(self) -> dict[str, bool]:
        """Which of the six parts of a concrete promise it has."""
        return {
            "owner": bool(self.bodies),
            "deliverable": self.deliverable is not None,
            "deadline": self.deadline is not None,
            "measure": self.target is not None,
            "mechanism": self.mechanism is not None,
            "instrument": self.instrument.rung > 0,
        }

    @property
    def is_concrete(self) -> bool:
        """Names what will exist and binds it: a deliverable, and a deadline or a measure as well."""
        parts = self.components()
        return parts["deliverable"] and (parts["deadline"] or parts["measure"])


COMPONENTS = ("owner", "deliverable", "deadline", "measure", "mechanism", "instrument")


@dataclass(frozen=True, slots=True)
class Thread:
    """Commitments that promise the same thing over the years. Counted once wherever things are counted."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    title: str
    search: str = "first"

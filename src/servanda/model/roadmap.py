"""Dated steps towards what was promised: who does what, by when, after what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.errors import ValueProblem
from servanda.model.period import When
from servanda.model.source import STRICT, Source
from servanda.model.words import Area


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong; `seen_in` are commitments and events of the record in which it has come true before."""

    __pydantic_config__ = STRICT

    says: str
    seen_in: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step: of a commitment of the register, or a proposal with its source, exactly one of the two.

    `needs` are steps of the same roadmap that must be done before; `baseline` is the date that was set first, where
    `due` has moved since; `done` is when it was done, where the register does not say so by itself.
    """

    __pydantic_config__ = STRICT

    id: str
    title: str
    owner: str
    due: When
    parties: tuple[str, ...] = ()
    starts: When | None = None
    baseline: When | None = None
    done: When | None = None
    needs: tuple[str, ...] = ()
    commitment: str | None = None
    proposal: Source | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", self.id):
            raise ValueProblem(f"'{self.id}' is no id of a step; write letters, digits and hyphens, as sea-trials-2")
        if (self.commitment is None) is (self.proposal is None):
            raise ValueProblem(
                "a step is of a commitment or a proposal with its source; write exactly one of 'commitment', 'proposal'"
            )


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Steps with owners, dates, dependencies and risks. `by` says who drew it up, `on` when; a draft binds nobody."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    title: str
    area: Area
    says: str
    by: str
    on: When
    milestones: tuple[Milestone, ...]
    risks: tuple[Risk, ...] = ()
    note: str | None = None
    search: str = "first"

    def __post_init__(self) -> None:
        names = [one.id for one in self.milestones]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueProblem(f"the step {', '.join(twice)} stands twice; an id names one step, write another")
        if not names:
            raise ValueProblem("a roadmap without a step; write at least one under 'milestones'")

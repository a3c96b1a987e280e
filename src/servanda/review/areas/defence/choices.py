"""What the chapter on defence is reckoned from: choices by hand, read from content/review/defence.yml."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.model.source import STRICT
from servanda.review.areas.chosen import chosen


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal of the record: the thread that it is of, the figures that are layers of it, which are never added, and the
    event that ended it, where one did; its status is then the event's and not the thread's, which may go on."""

    __pydantic_config__ = STRICT

    title: str
    thread: str
    layers: tuple[str, ...]
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator of spending: the unit in which it is shown, of how many of its own."""

    __pydantic_config__ = STRICT

    unit: str
    over: float = 1.0


@dataclass(frozen=True, slots=True)
class Category:
    """A category of arms, by the words with which a description of it ends."""

    __pydantic_config__ = STRICT

    name: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DefenceChoices:
    """The source of transfers that a user adds, the years of a stretch, the kind of event that is an exercise, and the
    deals of each case. Sources of official totals and of spending, with the indicators of the latter; kinds of events
    and words by which dialogues (`met`) and agreements (`agreed`) are known; categories of arms, and of how many years
    it is told what could be supplied."""

    __pydantic_config__ = STRICT

    transfers: str
    years: int
    exercise: str
    totals: str = "sipritotals"
    spending: str = "worldbank"
    spent: dict[str, Shown] = field(default_factory=dict)
    met: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    offered: int = 10
    categories: tuple[Category, ...] = ()
    deals: dict[str, tuple[Deal, ...]] = field(default_factory=dict)


def defence_choices() -> DefenceChoices:
    """The choices for defence."""
    return chosen("defence", DefenceChoices)

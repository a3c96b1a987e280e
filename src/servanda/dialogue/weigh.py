"""What is spoken of first: points with their parts and reasons, read from content/dialogue/agenda.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.source import STRICT
from servanda.settings import shipped_content
from servanda.store.door import Door


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of item: its points, the least minutes that it needs, and why."""

    __pydantic_config__ = STRICT

    points: float
    least: int
    reason: str


@dataclass(frozen=True, slots=True)
class Lateness:
    """Points of a date that is past, in full after so many days."""

    __pydantic_config__ = STRICT

    points: float
    full_after_days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """Points for each time that a promise was made again."""

    __pydantic_config__ = STRICT

    points: float
    most: float
    reason: str


@dataclass(frozen=True, slots=True)
class Levels:
    """Points of the level of the document that promised."""

    __pydantic_config__ = STRICT

    points: dict[str, float]
    reason: str


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one trait."""

    __pydantic_config__ = STRICT

    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Every weight of the agenda."""

    __pydantic_config__ = STRICT

    sorts: dict[str, Sort]
    lateness: Lateness
    repeated: Repeated
    levels: Levels
    rung: Points
    target: Points
    horizon_days: dict[str, int]
    undated_after: int


def held_in(content: Path, name: str) -> Path:
    """The content folder that holds a file of rules: the given one, or the shipped where that has none of its own."""
    return content if (content / "dialogue" / f"{name}.yml").exists() else shipped_content()


@lru_cache(maxsize=4)
def rules(content: Path) -> Rules:
    """The weights; raises ContentError naming what must be mended."""
    folder = held_in(content, "agenda")
    door = Door(folder)
    file = folder / "dialogue" / "agenda.yml"
    found = door.noun(Rules, door.open(file), door.name(file))
    door.close()
    assert isinstance(found, Rules)
    return found


def weigh(
    held: Rules, sort: str, record: Record, members: tuple[Commitment, ...], days_overdue: int = 0
) -> dict[str, float]:
    """The points of an item by what they are for; parts of nothing are left out. Who the parties are plays no part."""
    parts = {"sort": held.sorts[sort].points}
    parts["lateness"] = held.lateness.points * min(1.0, days_overdue / held.lateness.full_after_days)
    parts["repeated"] = min(held.repeated.most, held.repeated.points * max(0, len(members) - 1))
    levels = [held.levels.points.get(record.documents[one.document].level, 0.0) for one in members]
    parts["level"] = max(levels, default=0.0)
    parts["rung"] = held.rung.points * max((one.instrument.rung for one in members), default=0)
    parts["target"] = held.target.points * any(one.target for one in members)
    return {name: round(points, 1) for name, points in parts.items() if points}

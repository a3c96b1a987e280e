"""A statement, agreement, memorandum, minutes: what states put before the public."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.period import When
from servanda.model.source import STRICT, Source


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a case, known by a stable id that can be read aloud."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    date: When
    type: str
    title: str
    level: str
    source: Source
    confidence: str
    place: str | None = None
    note: str | None = None
    search: str = "first"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened between the parties, dated."""

    __pydantic_config__ = STRICT

    id: str
    case: str
    date: When
    event: str
    kind: str
    source: Source
    confidence: str
    detail: str | None = None
    documents: tuple[str, ...] = ()
    search: str = "first"

"""What a person or an institution can join."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.source import STRICT, Source
from servanda.model.words import Area


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: who may join, who hosts it, and when it opens, as its source says it."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    who: str
    area: Area
    host: str
    cycle: str
    source: Source
    confidence: str
    note: str | None = None

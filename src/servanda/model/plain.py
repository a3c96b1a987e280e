"""Nouns to plain data and back, by one reader a noun."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from servanda.model.case import Case
from servanda.model.commitment import Commitment, Thread
from servanda.model.decision import Decision
from servanda.model.dialogue import Item, Meeting, Reply, Series
from servanda.model.document import Document, Event
from servanda.model.evidence import Assessment, Evidence
from servanda.model.figure import Barrier, Figure
from servanda.model.roadmap import Roadmap
from servanda.model.text import Text
from servanda.model.words import Kind

NOUNS: dict[Kind, type] = {
    Kind.CASE: Case,
    Kind.DOCUMENT: Document,
    Kind.THREAD: Thread,
    Kind.COMMITMENT: Commitment,
    Kind.EVIDENCE: Evidence,
    Kind.ASSESSMENT: Assessment,
    Kind.EVENT: Event,
    Kind.FIGURE: Figure,
    Kind.BARRIER: Barrier,
    Kind.TEXT: Text,
    Kind.DECISION: Decision,
    Kind.REPLY: Reply,
    Kind.SERIES: Series,
    Kind.MEETING: Meeting,
    Kind.ITEM: Item,
    Kind.ROADMAP: Roadmap,
}


_readers: dict[type, TypeAdapter[Any]] = {}


def reader(noun: type) -> TypeAdapter[Any]:
    """The pydantic reader of a noun: unknown fields and words are errors."""
    if noun not in _readers:
        _readers[noun] = TypeAdapter(noun)
    return _readers[noun]


def to_plain(noun: object) -> dict[str, Any]:
    """A noun as plain data, defaults left out."""
    plain: dict[str, Any] = reader(type(noun)).dump_python(noun, mode="json", exclude_defaults=True)
    return plain


def from_plain(kind: Kind, plain: dict[str, Any]) -> Any:
    """The noun that the plain data describes."""
    return reader(NOUNS[kind]).validate_python(plain)

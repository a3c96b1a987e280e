"""The verb that finds any noun of the register by its id, with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.errors import RequestError, nearest
from servanda.model.commitment import Commitment
from servanda.model.words import Kind
from servanda.register.recall import known_on, recall
from servanda.register.threads import Turn, strand_of
from servanda.store import items
from servanda.store.connect import Store

KINDS = (Kind.COMMITMENT, Kind.THREAD, Kind.DOCUMENT, Kind.EVIDENCE, Kind.BARRIER, Kind.FIGURE, Kind.EVENT, Kind.TEXT,
         Kind.DECISION, Kind.SERIES, Kind.MEETING, Kind.ITEM, Kind.REPLY, Kind.ROADMAP, Kind.CASE)  # fmt: skip
_SHELVES = {Kind.DOCUMENT: "documents", Kind.THREAD: "threads", Kind.EVIDENCE: "evidence", Kind.BARRIER: "barriers",
            Kind.FIGURE: "figures", Kind.EVENT: "events", Kind.COMMITMENT: "commitments",
            Kind.TEXT: "texts", Kind.DECISION: "decisions", Kind.SERIES: "series", Kind.MEETING: "meetings",
            Kind.ITEM: "agenda", Kind.REPLY: "replies", Kind.ROADMAP: "roadmaps"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A noun, of which kind it is, the commitments that belong to it, and for a thread what changed each time."""

    kind: Kind
    noun: Any
    commitments: tuple[Commitment, ...]
    turns: tuple[Turn, ...]


def look_up(store: Store, name: str, as_of: date) -> Found:
    """The noun of that id as the register knew it on the day; raises RequestError with the nearest ids."""
    with store.read() as unit:
        held = {kind: case for kind in KINDS if (case := items.case_of(unit, kind, name)) is not None}
        if not held:
            near = nearest(name, items.refs(unit, KINDS))
            hint = f"; nearest are {', '.join(near)}" if near else "; see 'servanda commitments'"
            raise RequestError(f"nothing in the register is called '{name}'{hint}")
        kind, case = next(iter(held.items()))
        record = recall(unit, case, known_on(unit, as_of))
    noun = record.case if kind is Kind.CASE else getattr(record, _SHELVES[kind]).get(name)
    if noun is None:
        raise RequestError(f"the register did not hold {name} on {as_of}; choose a later day")
    every = record.commitments.values()
    if kind is Kind.DOCUMENT:
        return Found(kind, noun, tuple(one for one in every if one.document == name), ())
    if kind is Kind.THREAD:
        members = tuple(one for one in every if one.thread == name)
        begun = any(record.documents[one.document].date.first <= as_of for one in members)
        return Found(kind, noun, members, strand_of(record, name, as_of).turns if begun else ())
    return Found(kind, noun, (), ())

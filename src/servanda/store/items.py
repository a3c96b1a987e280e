"""The present state: every noun as its last entry left it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, select

from servanda.model.case import Record
from servanda.model.entry import Entry
from servanda.model.plain import NOUNS, reader
from servanda.model.words import Act, Kind
from servanda.store.entries import read_all
from servanda.store.tables import items

_SHELVES = {
    Kind.DOCUMENT: "documents", Kind.THREAD: "threads", Kind.COMMITMENT: "commitments", Kind.EVIDENCE: "evidence",
    Kind.ASSESSMENT: "assessments", Kind.EVENT: "events", Kind.FIGURE: "figures", Kind.BARRIER: "barriers",
    Kind.TEXT: "texts", Kind.DECISION: "decisions", Kind.REPLY: "replies", Kind.SERIES: "series",
    Kind.MEETING: "meetings", Kind.ITEM: "agenda", Kind.ROADMAP: "roadmaps",
}  # fmt: skip


def apply(unit: Connection, made: Sequence[Entry]) -> None:
    """Bring the present state up to the entries just made."""
    last = {(entry.kind, entry.ref): entry for entry in made}
    by_kind: dict[str, list[str]] = {}
    for kind, ref in last:
        by_kind.setdefault(kind, []).append(ref)
    for kind, refs in by_kind.items():
        for start in range(0, len(refs), 500):
            unit.execute(delete(items).where(items.c.kind == kind, items.c.ref.in_(refs[start : start + 500])))
    rows = [
        {"kind": entry.kind, "ref": entry.ref, "case_id": entry.case, "seq": entry.seq, "body": entry.body}
        for entry in last.values()
        if entry.act == Act.PUT
    ]
    if rows:
        unit.execute(items.insert(), rows)


def bodies(unit: Connection, case: str) -> dict[tuple[str, str], str]:
    """The body of every noun of a case, by kind and id."""
    query = select(items.c.kind, items.c.ref, items.c.body).where(items.c.case_id == case)
    return {(row.kind, row.ref): row.body for row in unit.execute(query)}


def bodies_about(unit: Connection, case: str, kind: Kind, beginning: str) -> list[str]:
    """The bodies of the nouns of a kind whose ids begin so, in the order of their ids."""
    query = select(items.c.body).where(items.c.case_id == case, items.c.kind == kind).order_by(items.c.ref)
    return list(unit.execute(query.where(items.c.ref.startswith(beginning, autoescape=True))).scalars())


def all_bodies(unit: Connection) -> dict[tuple[str, str], tuple[int, str, str]]:
    """Number of the last entry, case and body of every noun, by kind and id."""
    query = select(items.c.kind, items.c.ref, items.c.seq, items.c.case_id, items.c.body)
    return {(row.kind, row.ref): (row.seq, row.case_id, row.body) for row in unit.execute(query)}


def held_by_others(unit: Connection, case: str, kind: Kind, refs: Sequence[str]) -> dict[str, str]:
    """Those of the ids that another case holds already, with that case."""
    found: dict[str, str] = {}
    for start in range(0, len(refs), 500):
        some = items.c.ref.in_(refs[start : start + 500])
        query = select(items.c.ref, items.c.case_id).where(items.c.kind == kind, some, items.c.case_id != case)
        found.update({row.ref: row.case_id for row in unit.execute(query)})
    return found


def bodies_at(unit: Connection, case: str, upto: int) -> dict[tuple[str, str], str]:
    """The body of every noun of a case as of an entry, replayed from the chain."""
    found: dict[tuple[str, str], str] = {}
    for entry in read_all(unit, upto, case):
        if entry.act == Act.PUT:
            found[(entry.kind, entry.ref)] = entry.body
        else:
            found.pop((entry.kind, entry.ref), None)
    return found


def cases(unit: Connection) -> list[str]:
    """The ids of the cases held, in order."""
    return list(unit.execute(select(items.c.ref).where(items.c.kind == Kind.CASE).order_by(items.c.ref)).scalars())


def bodies_of_kind(unit: Connection, kind: Kind) -> list[tuple[str, str]]:
    """Id and body of every noun of a kind, in the order of ids."""
    query = select(items.c.ref, items.c.body).where(items.c.kind == kind).order_by(items.c.ref)
    return [(row.ref, row.body) for row in unit.execute(query)]


def case_of(unit: Connection, kind: Kind, ref: str) -> str | None:
    """The case that holds a noun."""
    return unit.execute(select(items.c.case_id).where(items.c.kind == kind, items.c.ref == ref)).scalar()


def last_entries(unit: Connection, kind: Kind, beginning: str) -> dict[str, int]:
    """The number of the last entry about each noun of a kind whose id begins so."""
    query = select(items.c.ref, items.c.seq).where(items.c.kind == kind)
    return {row.ref: row.seq for row in unit.execute(query.where(items.c.ref.startswith(beginning, autoescape=True)))}


def refs(unit: Connection, kinds: Iterable[Kind]) -> list[str]:
    """The ids of all nouns of the given kinds."""
    return list(unit.execute(select(items.c.ref).where(items.c.kind.in_([str(kind) for kind in kinds]))).scalars())


@lru_cache(maxsize=30_000)
def _noun(kind: Kind, body: str) -> Any:
    """A noun from its body. Nouns never change, and few differ from entry to entry: what was read is kept."""
    return reader(NOUNS[kind]).validate_json(body)


def record(found: dict[tuple[str, str], str], entries: int) -> Record:
    """The record that the bodies of one case make up."""
    shelves: dict[str, dict[str, Any]] = {shelf: {} for shelf in _SHELVES.values()}
    case: Any = None
    for (word, ref), body in sorted(found.items()):
        kind = Kind(word)
        noun = _noun(kind, body)
        if kind is Kind.CASE:
            case = noun
        else:
            shelves[_SHELVES[kind]][ref] = noun
    return Record(case=case, entries=entries, **shelves)

"""The index of commitments: full text, filters, counts of each filter, sorted pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, select, text

from servanda.store.tables import commitments, standings

FACETS = ("case_id", "area", "status", "owed_by", "instrument", "action")
SORTS = {
    "made": (commitments.c.made, commitments.c.ref),
    "-made": (commitments.c.made.desc(), commitments.c.ref),
    "due": (standings.c.due, commitments.c.ref),
    "id": (commitments.c.ref,),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, on which day. `chosen` holds the words picked in each facet."""

    day: date
    words: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    overdue: bool = False
    thread: str | None = None
    sort: str = "-made"
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """One commitment found, with its standing on the day."""

    ref: str
    case: str
    status: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and for each facet how many each word would leave."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]


def index(unit: Connection, rows: Sequence[dict[str, Any]], stretches: Sequence[dict[str, Any]]) -> None:
    """Put commitments and their standings into the index, in place of what it held of them."""
    remove(unit, [row["ref"] for row in rows])
    if rows:
        unit.execute(commitments.insert(), list(rows))
    if stretches:
        unit.execute(standings.insert(), list(stretches))
    if rows and unit.dialect.name == "sqlite":
        insert = text("INSERT INTO commitment_words(rowid, ref, words) SELECT rowid, ref, words FROM commitments WHERE ref = :ref")
        unit.execute(insert, [{"ref": row["ref"]} for row in rows])


def remove(unit: Connection, refs: Sequence[str]) -> None:
    """Take commitments out of the index."""
    for start in range(0, len(refs), 500):
        some = list(refs[start : start + 500])
        if unit.dialect.name == "sqlite":
            marks = ",".join(f":r{place}" for place in range(len(some)))
            gone = text(f"DELETE FROM commitment_words WHERE rowid IN (SELECT rowid FROM commitments WHERE ref IN ({marks}))")
            unit.execute(gone, {f"r{place}": ref for place, ref in enumerate(some)})
        unit.execute(delete(standings).where(standings.c.ref.in_(some)))
        unit.execute(delete(commitments).where(commitments.c.ref.in_(some)))


def find(unit: Connection, query: Query) -> Found:
    """The page of commitments that the query asks for, with the counts of each facet."""
    columns = (commitments.c.ref, commitments.c.case_id, standings.c.status, standings.c.due)
    wanted = _matching(unit, select(*columns), query)
    page = wanted.order_by(*_order(query.sort)).limit(query.size).offset((query.page - 1) * query.size)
    hits = tuple(Hit(*row) for row in unit.execute(page))
    facets = {name: _facet(unit, query, name) for name in FACETS}
    total = unit.execute(_matching(unit, select(func.count()), query)).scalar() or 0
    return Found(total, hits, facets)


def _order(sort: str) -> tuple[Any, ...]:
    order = SORTS.get(sort, SORTS["-made"])
    return (standings.c.due.is_(None), *order) if sort == "due" else order


def _facet(unit: Connection, query: Query, name: str) -> dict[str, int]:
    column = _column(name)
    counted = select(column, func.count()).group_by(column)
    rows = unit.execute(_matching(unit, counted, query, leave_out=name))
    return {row[0]: row[1] for row in sorted(rows, key=lambda row: (-row[1], row[0]))}


def _column(name: str) -> ColumnElement[Any]:
    return standings.c.status if name == "status" else commitments.c[name]


def _matching(unit: Connection, query: Select[Any], asked: Query, leave_out: str | None = None) -> Select[Any]:
    holds = and_(standings.c.ref == commitments.c.ref, standings.c.start <= asked.day, standings.c.stop > asked.day)
    query = query.select_from(commitments.join(standings, holds))
    for name, words in asked.chosen.items():
        if words and name != leave_out:
            query = query.where(_column(name).in_(words))
    if asked.thread:
        query = query.where(commitments.c.thread == asked.thread)
    if asked.overdue:
        closed = ("delivered", "lapsed", "superseded")
        query = query.where(standings.c.due < asked.day, standings.c.status.not_in(closed))
    for condition in _text_conditions(unit.dialect.name, asked.words):
        query = query.where(condition)
    return query


def _text_conditions(dialect: str, words: str) -> list[ColumnElement[bool]]:
    """Latin words match as beginnings of words by the full-text index; words in other scripts match anywhere."""
    terms = re.findall(r"\w+", words)
    latin = [term for term in terms if term.isascii()]
    found: list[ColumnElement[bool]] = []
    if latin and dialect == "sqlite":
        match = " ".join(f'"{term}"*' for term in latin)
        found.append(text("commitments.rowid IN (SELECT rowid FROM commitment_words WHERE commitment_words MATCH :match)").bindparams(match=match))  # type: ignore[arg-type]
    elif latin:
        match = " & ".join(f"{term.lower()}:*" for term in latin)
        found.append(text("to_tsvector('simple', commitments.words) @@ to_tsquery('simple', :match)").bindparams(match=match))  # type: ignore[arg-type]
    found.extend(commitments.c.words.contains(term, autoescape=True) for term in terms if not term.isascii())
    return found

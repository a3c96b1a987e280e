"""Append to the register, and bring the present state and the index after it. Called inside a verb's unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.entry import Change, Entry
from servanda.model.words import Act, Kind
from servanda.register.rule import promise, showing, standings
from servanda.store import entries, items, search

BOTH, THIRD = "both", "third body"
_APART = (Kind.TEXT, Kind.DECISION, Kind.REPLY, Kind.SERIES, Kind.MEETING, Kind.ITEM)
"""Nouns on which nothing in the index rests."""


def remember(unit: Connection, changes: Sequence[Change], at: str, who: str, why: str) -> list[Entry]:
    """Make entries of the changes, in their order, with all that follows from them."""
    made = write_down(unit, changes, at, who, why)
    index(unit, made)
    return made


def write_down(unit: Connection, changes: Sequence[Change], at: str, who: str, why: str) -> list[Entry]:
    """Make entries of the changes and bring the present state after them. `index` must follow in the same unit."""
    made = entries.append(unit, changes, at, who, why)
    items.apply(unit, made)
    return made


def index(unit: Connection, made: Sequence[Entry]) -> None:
    """Bring the index of commitments after the entries; the present state must be whole by then."""
    moving = [entry for entry in made if entry.kind not in _APART]
    for case in sorted({entry.case for entry in moving}):
        _index(unit, case, [entry for entry in moving if entry.case == case])


def _index(unit: Connection, case: str, made: Sequence[Entry]) -> None:
    bodies = items.bodies(unit, case)
    if (Kind.CASE, case) not in bodies:
        return
    record = items.record(bodies, made[-1].seq)
    touched = _touched(record, made)
    gone = [entry.ref for entry in made if entry.kind == Kind.COMMITMENT and entry.act == Act.WITHDRAW]
    search.remove(unit, gone)
    evidence = record.evidence_on()
    rows: list[dict[str, Any]] = []
    stretches: list[dict[str, Any]] = []
    for name in touched:
        one = record.commitments[name]
        rows.append(_row(record, one))
        made_on = record.documents[one.document].date.first
        shown = [showing(row, record.searched_on(row.search)) for row in evidence[name]]
        stretches.extend(
            {"ref": name, "start": part.start, "stop": part.stop, "status": part.status, "due": part.due}
            for part in standings(promise(one, made_on), shown)
        )
    search.index(unit, rows, stretches)


def _touched(record: Record, made: Sequence[Entry]) -> list[str]:
    by_kind: dict[str, set[str]] = {}
    for entry in made:
        by_kind.setdefault(entry.kind, set()).add(entry.ref)
    if Kind.CASE in by_kind:
        return list(record.commitments)
    shown = {row.commitment for row in record.evidence.values() if row.id in by_kind.get(Kind.EVIDENCE, set())}
    # Evidence that was withdrawn is no longer in the record: its id begins with its commitment's.
    shown |= {ref.rsplit("-", 1)[0] for ref in by_kind.get(Kind.EVIDENCE, set())}
    wanted = by_kind.get(Kind.COMMITMENT, set()) | shown
    documents, threads = by_kind.get(Kind.DOCUMENT, set()), by_kind.get(Kind.THREAD, set())
    return [
        one.id
        for one in record.commitments.values()
        if one.id in wanted or one.document in documents or one.thread in threads
    ]


def owed_by(one: Commitment) -> str:
    """Who owes it: a party's code, "both", or "third body" where no state does."""
    if not one.parties:
        return THIRD
    return one.parties[0] if len(one.parties) == 1 else BOTH


def _row(record: Record, one: Commitment) -> dict[str, Any]:
    document, thread = record.documents[one.document], record.threads[one.thread]
    said = (one.id, one.says, one.deliverable, one.mechanism, one.owner, *one.bodies, document.title, thread.title)
    return {
        "ref": one.id, "case_id": one.case, "thread": one.thread, "document": one.document,
        "made": document.date.first, "year": document.date.first.year, "area": str(one.area), "owed_by": owed_by(one),
        "instrument": str(one.instrument), "action": str(one.action), "says": one.says,
        "words": " ".join(word for word in said if word),
    }  # fmt: skip

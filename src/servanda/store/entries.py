"""Append to the chain and read it. Nothing here changes or removes an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from servanda.model.entry import GENESIS, Change, Entry, chain
from servanda.store.tables import entries, head


def append(unit: Connection, changes: Sequence[Change], at: str, who: str, why: str) -> list[Entry]:
    """Chain the changes onto the register, in their order."""
    last = unit.execute(select(head.c.seq, head.c.hash)).first()
    seq, before = (last.seq, last.hash) if last else (0, GENESIS)
    made: list[Entry] = []
    for change in changes:
        entry = chain(change, seq + 1, at, who, why, before)
        made.append(entry)
        seq, before = entry.seq, entry.hash
    if made:
        unit.execute(entries.insert(), [_row(entry) for entry in made])
        if last:
            unit.execute(head.update().values(seq=seq, hash=before))
        else:
            unit.execute(head.insert().values(one=1, seq=seq, hash=before))
    return made


def read_all(unit: Connection, upto: int | None = None, case: str | None = None) -> Iterator[Entry]:
    """Entries in the order of their numbers, up to and with `upto`, of one case or of all."""
    query = select(entries).order_by(entries.c.seq)
    if upto is not None:
        query = query.where(entries.c.seq <= upto)
    if case is not None:
        query = query.where(entries.c.case_id == case)
    for row in unit.execute(query.execution_options(yield_per=2000)):
        yield Entry(*row)


def of(unit: Connection, kinds_refs: Sequence[tuple[str, str]]) -> list[Entry]:
    """The entries about the given nouns, oldest first."""
    found: list[Entry] = []
    for kind, ref in kinds_refs:
        query = select(entries).where(entries.c.kind == kind, entries.c.ref == ref)
        found.extend(Entry(*row) for row in unit.execute(query))
    return sorted(found, key=lambda entry: entry.seq)


def below(unit: Connection, case: str, kinds: Sequence[str], beginning: str) -> list[Entry]:
    """The entries of a case about nouns of the kinds whose ids begin so, oldest first."""
    query = select(entries).where(entries.c.kind.in_([str(kind) for kind in kinds]), entries.c.case_id == case)
    found = query.where(entries.c.ref.startswith(beginning, autoescape=True)).order_by(entries.c.seq)
    return [Entry(*row) for row in unit.execute(found)]


def refs(unit: Connection, case: str, kind: str) -> list[str]:
    """The ids of all nouns of a kind that a case ever held, those since withdrawn as well."""
    query = select(entries.c.ref).where(entries.c.case_id == case, entries.c.kind == kind).distinct()
    return sorted(unit.execute(query).scalars())


def head_of(unit: Connection) -> tuple[int, str]:
    """Number and hash of the last entry; (0, zeros) in an empty register."""
    last = unit.execute(select(head.c.seq, head.c.hash)).first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def known_by(unit: Connection, moment: str) -> int:
    """The number of the last entry made at or before the moment (ISO 8601, UTC)."""
    return unit.execute(select(func.max(entries.c.seq)).where(entries.c.at <= moment)).scalar() or 0


def last_about(unit: Connection, case: str, upto: int, besides: Sequence[str]) -> int:
    """The number of the last entry of a case, up to and with `upto`, about a noun of none of the kinds `besides`."""
    query = select(entries.c.seq).where(
        entries.c.case_id == case, entries.c.seq <= upto, entries.c.kind.not_in(besides)
    )
    return unit.execute(query.order_by(entries.c.seq.desc()).limit(1)).scalar() or 0


def first_at(unit: Connection) -> str | None:
    """When the first entry was made."""
    return unit.execute(select(func.min(entries.c.at))).scalar()


def _row(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq, "at": entry.at, "who": entry.who, "why": entry.why, "act": entry.act, "kind": entry.kind,
        "ref": entry.ref, "case_id": entry.case, "body": entry.body, "before": entry.before, "hash": entry.hash,
    }  # fmt: skip

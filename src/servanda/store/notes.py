"""The private notes of each party: a chain of its own, beside the register's. Every query names the party it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, insert, select, text, update

from servanda.model.entry import GENESIS, seal
from servanda.model.words import Act
from servanda.store.connect import hold
from servanda.store.tables import note_heads, notes


@dataclass(frozen=True, slots=True)
class Note:
    """What a party noted for itself about a noun of the register. `of` is the note that a withdrawal takes back."""

    party: str
    seq: int
    at: str
    by: str
    act: str
    about: str
    ref: str
    says: str
    of: int | None
    before: str
    hash: str


def append(
    unit: Connection, party: str, at: str, by: str, act: Act, about: str, ref: str, says: str, of: int | None = None
) -> Note:
    """Chain a note onto those of its party."""
    hold(unit, f"notes {party}")
    by_key(unit)
    last, before = head_of(unit, party)
    words = (party, str(last + 1), at, by, str(act), about, ref, says, str(of or ""), before)
    made = Note(party, last + 1, at, by, str(act), about, ref, says, of, before, seal(words))
    fields = Note.__dataclass_fields__
    unit.execute(insert(notes), {name: getattr(made, name) for name in fields})
    if last:
        unit.execute(update(note_heads).where(note_heads.c.party == party).values(seq=made.seq, hash=made.hash))
    else:
        unit.execute(insert(note_heads), {"party": party, "seq": made.seq, "hash": made.hash})
    return made


def seal_of(note: Note) -> str:
    """The hash that a note should have, from what it says."""
    return seal((
        note.party, str(note.seq), note.at, note.by, note.act, note.about, note.ref, note.says, str(note.of or ""),
        note.before,
    ))  # fmt: skip


def head_of(unit: Connection, party: str) -> tuple[int, str]:
    """Number and hash of a party's last note; (0, zeros) where it has none."""
    query = select(note_heads.c.seq, note_heads.c.hash).where(note_heads.c.party == party)
    row = unit.execute(query).first()
    return (row[0], row[1]) if row else (0, GENESIS)


def about(party: str, kind: str, ref: str) -> Select[Any]:
    """The query for a party's notes about one noun: the key of the index in full, so that no other row is met."""
    found = select(notes).where(notes.c.party == party, notes.c.about == kind, notes.c.ref == ref)
    return found.order_by(notes.c.seq)


def by_key(unit: Connection) -> None:
    """Have the database go by the key even where few rows are held: else the other's rows would be passed over."""
    if unit.dialect.name == "postgresql":
        unit.execute(text("SET LOCAL enable_seqscan = off"))


def read(unit: Connection, party: str, kind: str, ref: str) -> list[Note]:
    """A party's notes about one noun, withdrawals as well, oldest first."""
    by_key(unit)
    return [Note(*row) for row in unit.execute(about(party, kind, ref))]


def find(unit: Connection, party: str, seq: int) -> Note | None:
    """A party's note of a number."""
    by_key(unit)
    row = unit.execute(select(notes).where(notes.c.party == party, notes.c.seq == seq)).first()
    return Note(*row) if row else None


def read_all(unit: Connection, party: str) -> Iterator[Note]:
    """All notes of a party, oldest first."""
    query = select(notes).where(notes.c.party == party).order_by(notes.c.seq)
    for row in unit.execute(query.execution_options(yield_per=1000)):
        yield Note(*row)

"""The verb that shows tampering: walk the chain, and hold the present state against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from servanda.model.case import Record
from servanda.model.entry import GENESIS, seal_of
from servanda.model.words import Act
from servanda.register.desk import orphans
from servanda.register.rule import promise, showing, standings
from servanda.store import entries, items, search
from servanda.store.connect import Store


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were read, the hash of the last, what does not hold, and which decisions are orphans.

    An orphan is no damage: its words are no longer in its text, and a person must look.
    """

    entries: int
    head: str
    problems: tuple[str, ...]
    orphans: tuple[str, ...] = ()


def verify(store: Store, expect: str | None = None) -> Verdict:
    """Read every entry; name each one altered, removed or out of order, and each noun that differs from its entries.

    `expect` is a hash kept from an earlier run: it must still stand in the chain. It shows a chain rewritten whole.
    """
    with store.read() as unit:
        walk = _Walk(expect)
        problems = list(walk.chain(unit))
        problems.extend(_present(unit, walk.last_of))
        if not problems:
            problems.extend(_index(unit))
        if expect and not walk.met:
            problems.append(
                f"the hash {expect} stands nowhere in the chain: it was rewritten, or is another register's"
            )
        return Verdict(walk.count, walk.hash, tuple(problems), () if problems else tuple(_orphans(unit)))


def _orphans(unit: Connection) -> Iterator[str]:
    """The decisions in force whose words are no longer in their text."""
    last, _ = entries.head_of(unit)
    for case in items.cases(unit):
        record = items.record(items.bodies(unit, case), last)
        for text in record.texts.values():
            for one in orphans(text, record.decisions.values()):
                follows = f", which made {one.commitment}" if one.commitment else ""
                yield f"decision {one.id} of {one.coder}{follows}: “{one.words[:60]}” is no longer in {text.id}"


def _index(unit: Connection) -> Iterator[str]:
    """The index of commitments held against the rule, on the day of the case's last search."""
    last, _ = entries.head_of(unit)
    for case in items.cases(unit):
        record = items.record(items.bodies(unit, case), last)
        day = max(one.on.last for one in record.case.searches)
        asked = search.Query(day, chosen={"case_id": (case,)}, size=max(1, len(record.commitments)))
        held = {hit.ref: (hit.status, hit.due) for hit in search.find(unit, asked).hits}
        for name, standing in _standings(record, day).items():
            if held.get(name) != standing:
                yield f"commitment {name} stands wrongly in the index for search"


def _standings(record: Record, day: date) -> dict[str, tuple[str, date | None]]:
    evidence = record.evidence_on()
    found = {}
    for one in record.commitments.values():
        shown = [showing(row, record.searched_on(row.search)) for row in evidence[one.id]]
        made = promise(one, record.documents[one.document].date.first)
        for part in standings(made, shown):
            if part.start <= day < part.stop:
                found[one.id] = (str(part.status), part.due)
    return found


class _Walk:
    """One pass over the chain; remembers the last entry of every noun."""

    def __init__(self, expect: str | None) -> None:
        self.expect = expect
        self.met = False
        self.count = 0
        self.seq = 0
        self.hash = GENESIS
        self.last_of: dict[tuple[str, str], tuple[int, str, str] | None] = {}

    def chain(self, unit: Connection) -> Iterator[str]:
        for entry in entries.read_all(unit):
            self.count += 1
            gap = entry.seq - self.seq - 1
            if gap > 0:
                first = self.seq + 1
                which = f"entry {first} was" if gap == 1 else f"entries {first} to {entry.seq - 1} were"
                yield f"{which} removed"
            if seal_of(entry) != entry.hash:
                yield f"entry {entry.seq} ({entry.kind} {entry.ref}) was altered: its words do not give its hash"
            elif gap == 0 and entry.before != self.hash:
                which = f"entry {entry.seq} ({entry.kind} {entry.ref})"
                yield f"{which} does not follow entry {self.seq}: one of them was replaced"
            self.seq, self.hash = entry.seq, entry.hash
            self.met = self.met or entry.hash == self.expect
            put = entry.act == Act.PUT
            self.last_of[(entry.kind, entry.ref)] = (entry.seq, entry.case, entry.body) if put else None
        seq, hash_ = entries.head_of(unit)
        if seq > self.seq:
            which = f"entry {seq} was" if seq == self.seq + 1 else f"entries {self.seq + 1} to {seq} were"
            yield f"{which} removed from the end"
        elif seq < self.seq:
            yield f"entries {seq + 1} to {self.seq} were added past the end without the register's hand"
        elif hash_ != self.hash:
            yield f"entry {seq} was replaced: its hash is not the one the register kept"


def _present(unit: Connection, last_of: dict[tuple[str, str], tuple[int, str, str] | None]) -> Iterator[str]:
    held = items.all_bodies(unit)
    wanted = {name: last for name, last in last_of.items() if last is not None}
    for kind, ref in sorted(wanted.keys() | held.keys()):
        said, has = wanted.get((kind, ref)), held.get((kind, ref))
        if said is None:
            yield f"{kind} {ref} stands in the present state and in no entry"
        elif has is None:
            yield f"{kind} {ref} is missing from the present state; entry {said[0]} put it"
        elif has != said:
            yield f"{kind} {ref} differs in the present state from entry {said[0]} that put it"

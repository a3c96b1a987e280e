"""What was promised, could be joined, and no programme serves: a gap of the list, where somebody searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from servanda.model.case import Record
from servanda.model.programme import State
from servanda.opportunities.programmes import Held
from servanda.register.threads import Strand, strands


@dataclass(frozen=True, slots=True)
class Gap:
    """A thread that no programme of the list serves, or only such as are closed."""

    case: str
    thread: str
    title: str
    says: str
    area: str
    status: str
    first_promised: date
    why: str
    closed: tuple[str, ...]


def promises(records: Iterable[Record], as_of: date) -> dict[str, str]:
    """Threads and commitments that a programme may serve, as case/id, with their words, as known on the day."""
    made: dict[str, str] = {}
    for record in records:
        case = record.case.id
        made.update({f"{case}/{_slug(one.id)}": one.title for one in record.threads.values()})
        begun = [one for one in record.commitments.values() if record.documents[one.document].date.first <= as_of]
        made.update({f"{case}/{one.id}": one.says for one in begun})
    return made


def gaps(records: Iterable[Record], book: Held, joinable: Sequence[str], as_of: date) -> tuple[Gap, ...]:
    """Threads with a word of `joinable` that no open programme serves, for pairs that were searched; oldest first.

    A thread that was delivered, lapsed or was superseded waits for nobody.
    """
    looked = {frozenset(one.parties) for one in book.searched if one.on.first <= as_of}
    served: dict[str, list[tuple[str, State]]] = {}
    for one in book.programmes.values():
        for name in one.serves:
            served.setdefault(name, []).append((one.title, one.state))
    found = []
    for record in records:
        if frozenset(record.case.parties) not in looked:
            continue
        for strand in strands(record, as_of).values():
            if not strand.ruling.status.is_open or not _can_be_joined(record, strand, joinable):
                continue
            names = [f"{record.case.id}/{name}" for name in (_slug(strand.thread), *(m.id for m in strand.members))]
            its = [one for name in names for one in served.get(name, [])]
            if all(state is State.CLOSED for _, state in its):
                found.append(_gap(record, strand, tuple(title for title, _ in its)))
    return tuple(sorted(found, key=lambda one: (one.first_promised, one.thread)))


def _gap(record: Record, strand: Strand, closed: tuple[str, ...]) -> Gap:
    first = min(record.documents[one.document].date.first for one in strand.members)
    why = f"only closed calls serve it: {', '.join(closed)}" if closed else "no programme of the list serves it"
    latest = strand.latest
    return Gap(
        record.case.id, _slug(strand.thread), record.threads[strand.thread].title, latest.says, str(latest.area),
        str(strand.ruling.status), first, why, closed,
    )  # fmt: skip


def _can_be_joined(record: Record, strand: Strand, joinable: Sequence[str]) -> bool:
    said = f"{record.threads[strand.thread].title} {strand.latest.says}".casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) for word in joinable)


def _slug(thread: str) -> str:
    return thread.split(".", 1)[-1]

"""The verb that shows how a status came about: the rule step by step, the evidence it weighed, and who entered what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from servanda.errors import RequestError, nearest
from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.document import Document
from servanda.model.entry import Entry
from servanda.model.evidence import Assessment, Evidence
from servanda.model.plain import from_plain
from servanda.model.status import Elsewhere
from servanda.model.words import Act, Kind
from servanda.register.ledger import owed_by
from servanda.register.recall import known_on, recall
from servanda.register.rule import VERSION, Ruling, Showing, Standing, promise, rule, showing, standings
from servanda.register.threads import Strand, strand_of
from servanda.store import entries, items
from servanda.store.connect import Store


@dataclass(frozen=True, slots=True)
class Weighed:
    """One piece of evidence as the rule saw it: whether it counted on the day, and whether it carried the status."""

    evidence: Evidence
    counted: bool
    carried: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """One entry of the register about the commitment, and the status that the rule gave once it was known."""

    seq: int
    at: str
    who: str
    why: str
    what: str
    status: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """Everything about one commitment on a day."""

    commitment: Commitment
    document: Document
    case_title: str
    owed_by: str
    as_of: date
    entries: int
    rule_version: str
    ruling: Ruling
    elsewhere: Elsewhere
    weighed: tuple[Weighed, ...]
    standings: tuple[Standing, ...]
    assessments: tuple[Assessment, ...]
    agreed: str
    thread_title: str
    strand: Strand
    history: tuple[Trace, ...]
    not_found: tuple[str, ...]
    searched: tuple[str, ...]


def explain(store: Store, name: str, as_of: date) -> Account:
    """The account of a commitment by its id; raises RequestError naming the nearest ids."""
    with store.read() as unit:
        case = items.case_of(unit, Kind.COMMITMENT, name)
        if case is None:
            near = nearest(name, items.refs(unit, (Kind.COMMITMENT,)))
            hint = f"; nearest are {', '.join(near)}" if near else "; see 'servanda commitments'"
            raise RequestError(f"no commitment '{name}'{hint}")
        record = recall(unit, case, known_on(unit, as_of))
        if name not in record.commitments:
            raise RequestError(f"the register did not hold {name} on {as_of}; choose a later day")
        return told(unit, record, name, as_of)


def told(unit: Connection, record: Record, name: str, as_of: date) -> Account:
    """The account of a commitment of a record that is read; raises RequestError for a day before it was made."""
    made = record.documents[record.commitments[name].document].date
    if made.first > as_of:
        raise RequestError(f"{name} was promised on {made}, after {as_of}; choose a later day")
    return account(record, name, as_of, _history(unit, record, name, as_of))


def account(record: Record, name: str, as_of: date, history: Sequence[Trace] = ()) -> Account:
    """The account from a record."""
    one = record.commitments[name]
    document = record.documents[one.document]
    rows = record.evidence_on()[name]
    made = promise(one, document.date.first)
    shown = [showing(row, record.searched_on(row.search)) for row in rows]
    ruling = rule(made, shown, as_of)
    verdicts = tuple(given for given in record.assessments.values() if given.commitment == name)
    searches = [search for search in record.case.searches if search.id in {one.search, *(row.search for row in rows)}]
    strand = strand_of(record, one.thread, max(as_of, document.date.first))
    return Account(
        commitment=one, document=document, case_title=record.case.title, owed_by=owed_by(one), as_of=as_of,
        entries=record.entries, rule_version=VERSION, ruling=ruling, elsewhere=ruling.status.elsewhere,
        weighed=tuple(
            Weighed(row, seen.seen <= as_of, row.id in ruling.carried_by) for row, seen in zip(rows, shown, strict=True)
        ),
        standings=tuple(standings(made, shown)), assessments=verdicts, agreed=agreed(record, verdicts),
        thread_title=record.threads[one.thread].title, strand=strand, history=tuple(history),
        not_found=tuple(words for search in searches for words in search.not_found),
        searched=tuple(search.where for search in searches),
    )  # fmt: skip


def agreed(record: Record, verdicts: Sequence[Assessment]) -> str:
    """What the keys say: agreed only where both parties' last verdicts are the same word."""
    last = {one.key: one.verdict for one in verdicts}
    said = [last.get(party) for party in record.case.parties]
    if None in said:
        missing = [party for party in record.case.parties if party not in last]
        return f"not assessed by {' and '.join(missing)}"
    return f"agreed: {said[0]}" if said[0] == said[1] else "the parties differ"


def _history(unit: Connection, record: Record, name: str, as_of: date) -> list[Trace]:
    """The entries about the commitment up to those that the record knows, with the status after each batch of them."""
    known: dict[str, Showing] = {}
    withdraws: dict[str, str | None] = {}
    traces = []
    one = record.commitments[name]
    first = record.documents[one.document].date.first
    searched = {search.id: search.on.last for search in record.case.searches}
    for entry in _entries(unit, record, name):
        body = json.loads(entry.body) if entry.act == Act.PUT else None
        if entry.kind == Kind.COMMITMENT and body is not None:
            one = from_plain(Kind.COMMITMENT, body)
        if entry.kind == Kind.EVIDENCE:
            known.pop(entry.ref, None)
            withdraws.pop(entry.ref, None)
            if body is not None:
                row = from_plain(Kind.EVIDENCE, body)
                # A search that is no longer named found its evidence at the latest when it was entered.
                known[row.id] = showing(row, searched.get(row.search, date.fromisoformat(entry.at[:10])))
                withdraws[row.id] = row.withdraws
        shown = [row for ref, row in known.items() if ref not in withdraws.values()]
        status = None if entry.kind == Kind.ASSESSMENT else str(rule(promise(one, first), shown, as_of).status)
        traces.append(Trace(entry.seq, entry.at, entry.who, entry.why, _what(entry.kind, entry.act, body), status))
    return traces


def _entries(unit: Connection, record: Record, name: str) -> list[Entry]:
    """The entries about the commitment, its evidence and its assessments, those since withdrawn as well."""
    found = entries.of(unit, [(str(Kind.COMMITMENT), name)])
    beside = entries.below(unit, record.case.id, (Kind.EVIDENCE, Kind.ASSESSMENT), f"{name}-")
    its = {entry.ref for entry in beside if (json.loads(entry.body) or {}).get("commitment") == name}
    found += [entry for entry in beside if entry.ref in its]
    return sorted((entry for entry in found if entry.seq <= record.entries), key=lambda entry: entry.seq)


def _what(kind: str, act: str, body: dict[str, object] | None) -> str:
    if body is None:
        return f"{kind} withdrawn"
    if kind == Kind.EVIDENCE:
        return f"evidence: {body['claim']} ({body['shows']})"
    if kind == Kind.ASSESSMENT:
        return f"assessment by {body['by']}: {body['verdict']}"
    return f"{kind} {act}"

"""The verbs that carry a case between its YAML and the register: import and export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servanda import __version__
from servanda.errors import ContentError, RequestError
from servanda.model.case import Record
from servanda.model.entry import Change, Entry, plain_text
from servanda.model.plain import to_plain
from servanda.model.words import Act, Kind
from servanda.register.content import cases, read_case, write_case
from servanda.register.ledger import index, write_down
from servanda.store import entries, items
from servanda.store.connect import Store

_LAST = (Kind.REPLY, Kind.SERIES, Kind.MEETING, Kind.ITEM, Kind.ROADMAP)


@dataclass(frozen=True, slots=True)
class Kept:
    """What an import did to a case: nouns put and withdrawn, and the number of its last entry."""

    case: str
    put: int
    withdrawn: int
    last: int


def bring_in(store: Store, content: Path, who: str, why: str, at: str, only: Sequence[str] = ()) -> list[Kept]:
    """Import: turn what changed in the YAML into entries, a case at a time; all cases or none."""
    held = cases(content)
    if not held:
        raise RequestError(f"{content} holds no case; expected {content / 'cases' / 'NAME' / 'case.yml'}")
    for case in only:
        if case not in held:
            raise RequestError(f"no case '{case}' in {content}; it holds {', '.join(held)}")
    wanted = list(only) or held
    records = {case: read_case(content, case) for case in wanted}
    with store.write() as unit:
        return [_bring_in(unit, records[case], who, why, at) for case in wanted]


def _bring_in(unit: Any, record: Record, who: str, why: str, at: str) -> Kept:
    case = record.case.id
    present = items.bodies(unit, case)
    wanted = {(kind, ref): plain for kind, ref, plain, _ in _nouns(record)}
    _check_elsewhere(unit, case, [name for name in wanted if name not in present])
    # What rests on another noun goes before it, so that the record can be read at every entry.
    last_first = sorted(set(present) - set(wanted), key=lambda name: (-list(Kind).index(Kind(name[0])), name[1]))
    gone = [Change(Act.WITHDRAW, Kind(kind), ref, case, None) for kind, ref in last_first]
    put = 0
    made: list[Entry] = []
    order = [one.id for one in record.case.searches]
    for search in order:
        changes = [
            Change(Act.PUT, kind, ref, case, plain)
            for kind, ref, plain, found in _nouns(record)
            if found == search and present.get((kind, ref)) != plain_text(plain)
        ]
        put += len(changes)
        if changes:
            made += write_down(unit, changes, at, who, f"{why} ({search} search)")
    if gone:
        made += write_down(unit, gone, at, who, f"{why} (no longer in the content)")
    index(unit, made)
    return Kept(case, put, len(gone), entries.head_of(unit)[0])


def _check_elsewhere(unit: Any, case: str, names: Sequence[tuple[Kind, str]]) -> None:
    """An id names one noun in the whole register: a second case must not take it over."""
    by_kind: dict[Kind, list[str]] = {}
    for kind, ref in names:
        by_kind.setdefault(kind, []).append(ref)
    taken = [
        f"cases/{case}: {kind} {ref}: case {other} holds this id already; write another id"
        for kind, refs in by_kind.items()
        for ref, other in items.held_by_others(unit, case, kind, refs).items()
    ]
    if taken:
        raise ContentError(taken)


def _nouns(record: Record) -> list[tuple[Kind, str, dict[str, Any], str]]:
    """Every noun with the search that found it, in the order in which nouns must be entered.

    A thread comes with the first of its commitments.
    """
    first = record.case.searches[0].id
    order = {one.id: place for place, one in enumerate(record.case.searches)}
    begun: dict[str, str] = {}
    for one in record.commitments.values():
        if order[one.search] < order.get(begun.get(one.thread, ""), len(order)):
            begun[one.thread] = one.search
    rows: list[tuple[Kind, str, dict[str, Any], str]] = [(Kind.CASE, record.case.id, to_plain(record.case), first)]
    shelves = (
        (Kind.DOCUMENT, record.documents), (Kind.THREAD, record.threads), (Kind.COMMITMENT, record.commitments),
        (Kind.EVIDENCE, record.evidence), (Kind.ASSESSMENT, record.assessments), (Kind.EVENT, record.events),
        (Kind.FIGURE, record.figures), (Kind.BARRIER, record.barriers), (Kind.TEXT, record.texts),
        (Kind.DECISION, record.decisions), (Kind.REPLY, record.replies), (Kind.SERIES, record.series),
        (Kind.MEETING, record.meetings), (Kind.ITEM, record.agenda), (Kind.ROADMAP, record.roadmaps),
    )  # fmt: skip
    for kind, shelf in shelves:
        for noun in shelf.values():
            search = begun.get(noun.id, first) if kind is Kind.THREAD else noun.search
            # Dialogue and roadmaps speak of nouns of every search: they are entered when all of them are there.
            search = record.case.searches[-1].id if kind in _LAST else search
            rows.append((kind, noun.id, to_plain(noun), search))
    return rows


def write_out(store: Store, folder: Path, only: Sequence[str] = (), words_from: Path | None = None) -> list[Path]:
    """Export: write the register's cases back as YAML, the same to the byte as they would be imported.

    The closed lists are copied from `words_from`, so that the folder can be imported by itself.
    """
    with store.read() as unit:
        held = items.cases(unit)
        for case in only:
            if case not in held:
                raise RequestError(f"no case '{case}' in the register; it holds {', '.join(held) or 'none'}")
        records = [items.record(items.bodies(unit, case), entries.head_of(unit)[0]) for case in only or held]
    try:
        written = [path for record in records for path in write_case(folder, record)]
        if words_from is not None and words_from.resolve() != folder.resolve():
            for path in sorted((words_from / "words").glob("*.yml")):
                (folder / "words").mkdir(parents=True, exist_ok=True)
                (folder / "words" / path.name).write_bytes(path.read_bytes())
                written.append(folder / "words" / path.name)
        return written
    except OSError as fault:
        raise RequestError(f"cannot write to {folder}: {fault.strerror}; choose another folder") from fault


def seed(store: Store, content: Path, at: str) -> list[Kept]:
    """Build the register from the shipped cases where it is empty; otherwise leave it as it is."""
    with store.read() as unit:
        if entries.head_of(unit)[0]:
            return []
    return bring_in(store, content, f"Servanda {__version__}", "the cases that came with the program", at)

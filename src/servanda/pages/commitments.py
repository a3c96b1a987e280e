"""The commitments of a pair, or of all pairs: search, facets, sort, pages, CSV."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.period import When
from servanda.model.status import Status
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.plain import plain
from servanda.pages.sheet import sheet
from servanda.register.ledger import owed_by
from servanda.store import search
from servanda.store.search import Found, Hit, Query

SORTS = {"-made": "newest first", "made": "oldest first", "due": "by date due", "id": "by id"}
SIZE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One commitment in the list."""

    id: str
    case: str
    says: str
    made: When
    document: str
    area: str
    owed_by: str
    owner: str
    status: str
    due: date | None
    days_overdue: int
    thread: str
    evidence: int
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a facet: how many it would leave, whether it is chosen, and where choosing leads."""

    word: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class CommitmentsPage:
    """One page of the list, with facets that say how many each choice would leave."""

    title: str
    words: str
    total: int
    page: int
    pages: int
    sort: str
    overdue: bool
    rows: tuple[Row, ...]
    facets: dict[str, tuple[Choice, ...]]

    @property
    def narrowed(self) -> bool:
        """Whether a word of a facet is chosen."""
        return any(one.chosen for choices in self.facets.values() for one in choices)


def commitments(library: Library, ask: Ask, size: int = SIZE) -> CommitmentsPage:
    """The page that the query of the address asks for."""
    query = _query(ask, size)
    with library.store.read() as unit:
        found = search.find(unit, query)
    title = f"Commitments: {library.record(ask.case, ask.as_of).case.title}" if ask.case else "Commitments"
    records = {case: library.known(case, ask.as_of) for case in {hit.case for hit in found.hits}}
    pieces = {case: record.evidence_on() for case, record in records.items() if record}
    rows = []
    for hit in found.hits:
        record = records[hit.case]
        if record and hit.ref in record.commitments:
            rows.append(_row(record, hit, ask, len(pieces[hit.case][hit.ref])))
    pages = max(1, -(-found.total // size))
    return CommitmentsPage(
        title,
        query.words,
        found.total,
        query.page,
        pages,
        query.sort,
        query.overdue,
        tuple(rows),
        _facets(library, found, query, ask),
    )


def as_sheet(page: CommitmentsPage) -> str:
    """The rows of the list as CSV."""
    columns = [field.name for field in fields(Row)]
    return sheet(columns, [list(plain(row).values()) for row in page.rows])


def _query(ask: Ask, size: int) -> Query:
    chosen = {name: tuple(ask.query.get(name, ())) for name in search.FACETS}
    if ask.case:
        chosen["case_id"] = (ask.case,)
    page = ask.one("page", "1")
    thread = ask.one("thread")
    return Query(
        day=ask.as_of,
        words=ask.one("q").strip()[:200],
        chosen={name: words for name, words in chosen.items() if words},
        overdue=ask.one("overdue") == "1",
        thread=f"{ask.case}.{thread}" if thread and ask.case else None,
        sort=ask.one("sort") if ask.one("sort") in SORTS else "-made",
        page=min(max(int(page[:9]), 1), 10_000) if page.isascii() and page.isdigit() else 1,
        size=size,
    )


def _row(record: Record, hit: Hit, ask: Ask, evidence: int) -> Row:
    one: Commitment = record.commitments[hit.ref]
    document = record.documents[one.document]
    late = (ask.as_of - hit.due).days if hit.due and Status(hit.status).is_open else 0
    return Row(
        one.id,
        one.case,
        one.says,
        document.date,
        document.title,
        str(one.area),
        owed_by(one),
        one.owner,
        hit.status,
        hit.due,
        max(0, late),
        one.thread.removeprefix(f"{one.case}."),
        evidence,
        ask.link(f"/{one.case}/commitments/{one.id}"),
    )


def _facets(library: Library, found: Found, query: Query, ask: Ask) -> dict[str, tuple[Choice, ...]]:
    names = {code: party.short for code, party in library.words.parties.items()}
    made: dict[str, tuple[Choice, ...]] = {}
    for name, counts in found.facets.items():
        if name == "case_id" and ask.case:
            continue
        chosen = query.chosen.get(name, ())
        choices = []
        for word in dict.fromkeys([*counts, *chosen]):
            now: list[Any] = [one for one in chosen if one != word] if word in chosen else [*chosen, word]
            choices.append(
                Choice(word, names.get(word, word), counts.get(word, 0), word in chosen, ask.with_(**{name: now}))
            )
        made[name] = tuple(choices)
    return made

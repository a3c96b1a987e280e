"""The verb: the state of a partnership on a day, from the register alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from servanda.errors import RequestError
from servanda.model.case import Case, Conflict, Record, Search
from servanda.model.finding import Finding
from servanda.model.words import Area, Kind
from servanda.register.recall import known_on, recall, which_case
from servanda.register.threads import Strand, strands
from servanda.register.words import Words, words
from servanda.review.concreteness import Concreteness, concreteness
from servanda.review.delivery import Delivery, delivery
from servanda.review.findings import AREA, MORE, STATE, findings
from servanda.review.ground import Ground
from servanda.review.items import Item, items, owners
from servanda.review.peers import NOT_COMPARED, WARNING, Peers, peer
from servanda.review.series import Gap, Series, gaps, known_figures, publishers, series
from servanda.store import entries
from servanda.store import items as shelf
from servanda.store.connect import Store


@dataclass(frozen=True, slots=True)
class Owed:
    """What one owner owes: open threads, how many past their date with evidence, how many past it with none."""

    owner: str
    name: str
    open: int
    overdue: int
    unanswered: int
    oldest: str | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaReview:
    """The same readings for one area."""

    area: str
    threads: int
    commitments: int
    concreteness: Concreteness
    delivery: Delivery
    overdue: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """On what the record rests: sources by kind of publisher, for documents, commitments and evidence."""

    addresses: int
    documents: dict[str, int]
    commitments: dict[str, int]
    evidence: dict[str, int]
    commitments_with_evidence: int
    searches: tuple[Search, ...]
    conflicts: tuple[Conflict, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a pair on a day. `entries` is the number of the last entry of the register that it knows."""

    case: str
    title: str
    parties: tuple[str, str]
    names: dict[str, str]
    as_of: date
    entries: int
    area: str | None
    counts: dict[str, int]
    state: tuple[Finding, ...]
    concreteness: Concreteness
    delivery: Delivery
    owed: tuple[Owed, ...]
    overdue: tuple[Item, ...]
    items: tuple[Item, ...]
    areas: dict[str, AreaReview]
    findings: tuple[Finding, ...]
    figures: tuple[Series, ...]
    gaps: tuple[Gap, ...]
    sources: Sources
    peers: Peers | None = None


def review(
    store: Store, content: Path, said: Sequence[str], as_of: date, area: str | None = None, with_peers: bool = False
) -> Review:
    """The review of the pair that the two names say, as the register knew it on the day.

    Raises RequestError with the nearest names for a country, a pair or an area that is not there.
    """
    if area is not None and area not in [str(word) for word in Area]:
        raise RequestError(f"no area '{area}'; the areas are {', '.join(Area)}")
    lists = words(content)
    codes = [lists.party(one).code for one in said]
    with store.read() as unit:
        upto = known_on(unit, as_of)
        record = recall(unit, which_case(unit, codes, upto), upto)
        others = [recall(unit, case, upto) for case in _peer_cases(unit, record, upto)] if with_peers else []
    return build(record, lists, as_of, area, others)


def _peer_cases(unit: Connection, record: Record, upto: int) -> list[str]:
    """The other cases that the register knew by the entry."""
    others = [case for case in shelf.cases(unit) if case != record.case.id]
    first = {entry.ref: entry.seq for entry in reversed(entries.of(unit, [(str(Kind.CASE), case) for case in others]))}
    return [case for case in others if first[case] <= upto]


def build(record: Record, lists: Words, as_of: date, area: str | None = None, others: Sequence[Record] = ()) -> Review:
    """The review from a record: no store, no clock."""
    found = _within(record, as_of, area)
    if not found:
        what = f"no commitment in {area}" if area else "no commitment yet"
        raise RequestError(f"{record.case.title}: {what} on {as_of}; choose a later day or another area")
    listed = items(record, found, as_of)
    ground = _ground(record, lists, as_of, found, listed, whole=area is None)
    state = findings(ground, STATE)
    return Review(
        case=record.case.id,
        title=record.case.title,
        parties=record.case.parties,
        names=ground.names,
        as_of=as_of,
        entries=record.entries,
        area=area,
        counts=_counts(record, as_of, found, ground.documents),
        state=state,
        concreteness=ground.concreteness,
        delivery=ground.delivery,
        owed=_owed(record.case, ground.names, listed),
        overdue=tuple(one for one in listed if one.days_overdue),
        items=listed,
        areas=_areas(record, lists, as_of, found, listed),
        findings=(*state, *findings(ground, MORE)),
        figures=ground.series,
        gaps=gaps(known_figures(record, as_of)),
        sources=_sources(record, as_of),
        peers=_peers(record, found, others, as_of, area) if others else None,
    )


def _within(record: Record, as_of: date, area: str | None) -> list[Strand]:
    """The threads of the record on the day, of one area or of all; a thread is of the area of its last wording."""
    return [strand for strand in strands(record, as_of).values() if area is None or strand.latest.area == area]


def _ground(
    record: Record,
    lists: Words,
    as_of: date,
    found: Sequence[Strand],
    listed: tuple[Item, ...],
    area: str | None = None,
    whole: bool = False,
) -> Ground:
    seen = {one.document for strand in found for one in strand.members}
    dated = [
        one.date.first for one in record.documents.values() if (whole or one.id in seen) and one.date.first <= as_of
    ]
    return Ground(
        parties=record.case.parties,
        names={code: lists.named(code).short for code in record.case.parties},
        as_of=as_of,
        documents=len(dated),
        promising=len(seen),
        first_document=min(dated, default=None),
        concreteness=concreteness(found),
        delivery=delivery(found, as_of, with_odds=area is None),
        items=listed,
        series=series(known_figures(record, as_of)),
        titles={one.id: one.title for one in record.threads.values()},
        area=area,
    )


def _areas(
    record: Record, lists: Words, as_of: date, found: Sequence[Strand], listed: tuple[Item, ...]
) -> dict[str, AreaReview]:
    made = {}
    for area in Area:
        within = [strand for strand in found if strand.latest.area is area]
        if within:
            its = tuple(one for one in listed if one.area is area)
            ground = _ground(record, lists, as_of, within, its, str(area))
            made[str(area)] = AreaReview(
                str(area),
                len(within),
                ground.concreteness.commitments,
                ground.concreteness,
                ground.delivery,
                tuple(one.thread for one in its if one.days_overdue),
                findings(ground, AREA),
            )
    return made


def _counts(record: Record, as_of: date, found: Sequence[Strand], documents: int) -> dict[str, int]:
    """How much the record holds on the day; evidence and events count from the first day they can mean."""
    members = {one.id for strand in found for one in strand.members}
    evidence = [row for rows in record.evidence_on().values() for row in rows if row.commitment in members]
    return {
        "documents": documents,
        "commitments": len(members),
        "threads": len(found),
        "evidence": sum(row.date is None or row.date.first <= as_of for row in evidence),
        "assessments": sum(one.commitment in members for one in record.assessments.values()),
        "events": sum(one.date.first <= as_of for one in record.events.values()),
        "figures": sum(one.subject == "pair" for one in record.figures.values()),
        "agreement_facts": sum(one.subject != "pair" for one in record.figures.values()),
        "barriers": len(record.barriers),
        "conflicts": len(record.case.conflicts),
    }


def _owed(case: Case, names: dict[str, str], listed: tuple[Item, ...]) -> tuple[Owed, ...]:
    made = []
    for owner in owners(case.parties):
        its = [
            one for one in listed if one.owed_by == owner and one.status not in ("delivered", "lapsed", "superseded")
        ]
        oldest = max(its, key=lambda one: one.age_days, default=None)
        made.append(
            Owed(
                owner,
                names.get(owner, {"both": "both parties"}.get(owner, "third bodies")),
                len(its),
                sum(bool(one.days_overdue) and one.known for one in its),
                sum(bool(one.days_overdue) and not one.known for one in its),
                oldest.thread if oldest else None,
                tuple(one.thread for one in its),
            )
        )
    return tuple(made)


def _sources(record: Record, as_of: date) -> Sources:
    documents = [one.source for one in record.documents.values() if one.date.first <= as_of]
    begun = [name for name, one in record.commitments.items() if record.documents[one.document].date.first <= as_of]
    held = record.evidence_on()
    evidence = [row for name in begun for row in held[name] if row.date is None or row.date.first <= as_of]
    commitments = [record.commitments[name].source for name in begun]
    every = [*documents, *commitments, *(row.source for row in evidence)]
    return Sources(
        addresses=len({source.url for source in every if source.url}),
        documents=publishers(str(source.publisher) for source in documents),
        commitments=publishers(str(source.publisher) for source in commitments),
        evidence=publishers(str(row.source.publisher) for row in evidence),
        commitments_with_evidence=len(Counter(row.commitment for row in evidence)),
        searches=record.case.searches,
        conflicts=record.case.conflicts,
        warnings=record.case.warnings,
    )


def _peers(record: Record, found: Sequence[Strand], others: Sequence[Record], as_of: date, area: str | None) -> Peers:
    columns = [(record, list(found)), *((other, _within(other, as_of, area)) for other in others)]
    return Peers(
        WARNING,
        NOT_COMPARED,
        tuple(
            peer(
                one.case.id, one.case.title, concreteness(its), delivery(its, as_of, with_odds=False), one.case.warnings
            )
            for one, its in columns
            if its
        ),
    )

"""Hand-made promises for the tests of the review, and the record with its two parties' names exchanged."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.model.case import Case, Record, Search
from servanda.model.commitment import Commitment, Target, Thread
from servanda.model.document import Document
from servanda.model.evidence import Evidence
from servanda.model.figure import Figure
from servanda.model.party import Party
from servanda.model.period import Deadline, When
from servanda.model.source import Source
from servanda.model.words import Action, Area, Instrument, Publisher, Shown, Undertaking
from servanda.register.threads import Strand, strands
from servanda.register.words import Words
from servanda.review.concreteness import concreteness
from servanda.review.delivery import delivery
from servanda.review.ground import Ground
from servanda.review.items import items
from servanda.review.review import Review
from servanda.review.series import series

TODAY = date(2026, 11, 23)
PAPER = Source("Gazette", Publisher.OFFICIAL, "https://gazette.example/1")
LISTS = Words(
    {
        "ZEM": Party("ZEM", "Republic of Zembla", "Zembla", "Zemblan"),
        "RUR": Party("RUR", "Kingdom of Ruritania", "Ruritania", "Ruritanian"),
    },
    {},
)


@dataclass
class Said:
    """One promise: the thread it belongs to, what its words name, and what is shown of it."""

    thread: str
    made: str
    deadline: str | None = None
    target: float | None = None
    deliverable: str | None = None
    mechanism: str | None = None
    bodies: tuple[str, ...] = ()
    instrument: Instrument = Instrument.STATEMENT
    action: Action = Action.SPECIFIC
    kind: Undertaking = Undertaking.NAMED
    area: Area = Area.TRADE
    parties: tuple[str, ...] = ("ZEM", "RUR")
    shown: tuple[tuple[Shown, str | None], ...] = ()


def record_of(*said: Said, figures: tuple[Figure, ...] = (), case: str = "c") -> Record:
    """The record of the promises, each in a document of its own."""
    documents, commitments, evidence, threads = {}, {}, {}, {}
    for place, one in enumerate(said):
        paper, name, thread = f"D{place}", f"C{place}", f"{case}.{one.thread}"
        threads[thread] = Thread(thread, case, f"The {one.thread}")
        documents[paper] = Document(paper, case, When.parse(one.made), "t", "t", "l", PAPER, "high")
        commitments[name] = Commitment(
            name, case, paper, thread, f"Promise the {one.thread}", one.area, one.parties, "the owner", one.action,
            one.instrument, one.kind, PAPER, "high", "full", bodies=one.bodies, deliverable=one.deliverable,
            deadline=Deadline.parse(one.deadline) if one.deadline else None,
            target=Target(one.target, "USD bn") if one.target is not None else None, mechanism=one.mechanism,
        )  # fmt: skip
        for number, (shows, when) in enumerate(one.shown):
            day = When.parse(when) if when else None
            evidence[f"{name}-{number}"] = Evidence(
                f"{name}-{number}", case, name, "claim", shows, PAPER, "high", "person: a reader", day
            )
    held = Case(case, "The two coasts", ("ZEM", "RUR"), (Search("first", "a", When.on(TODAY), "everywhere"),))
    return Record(
        held, documents, threads, commitments, evidence, {}, {}, {one.id: one for one in figures}, {}, entries=0
    )


def strands_of(*said: Said, day: date = TODAY) -> list[Strand]:
    """The threads of the promises on the day."""
    return list(strands(record_of(*said), day).values())


def ground_of(*said: Said, day: date = TODAY, figures: tuple[Figure, ...] = ()) -> Ground:
    """What the rules of the findings may speak of, from the promises."""
    record = record_of(*said, figures=figures)
    found = list(strands(record, day).values())
    return Ground(
        ("ZEM", "RUR"), {"ZEM": "Zembla", "RUR": "Ruritania"}, day, len(record.documents), len(record.documents),
        min(one.date.first for one in record.documents.values()), concreteness(found), delivery(found, day),
        items(record, found, day), series(figures), {one.id: one.title for one in record.threads.values()},
    )  # fmt: skip


def exchanged(record: Record) -> Record:
    """The same record with each party in the other's place, wherever a party's code stands."""
    first, second = record.case.parties
    other = {first: second, second: first}

    def codes(parties: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(other.get(code, code) for code in parties)

    def each(shelf: Mapping[str, Any], *fields: str) -> dict[str, Any]:
        return {
            name: dataclasses.replace(one, **{field: codes(getattr(one, field)) for field in fields})
            for name, one in shelf.items()
        }

    return dataclasses.replace(
        record,
        case=dataclasses.replace(record.case, parties=(second, first)),
        commitments=each(record.commitments, "parties"),
        barriers=each(record.barriers, "imposed_by", "affects"),
        assessments={
            name: dataclasses.replace(one, key=other.get(one.key, one.key)) for name, one in record.assessments.items()
        },
    )


def renamed(thing: Any, other: Mapping[str, str]) -> Any:
    """Plain data of anything, with every name that `other` holds replaced, in keys and inside sentences as well."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: renamed(getattr(thing, field.name), other) for field in dataclasses.fields(thing)}
    if isinstance(thing, Mapping):
        # Pairs in their order: an order that depends on who the parties are would be a difference too.
        return [(renamed(key, other), renamed(value, other)) for key, value in thing.items()]
    if isinstance(thing, tuple | list):
        return [renamed(one, other) for one in thing]
    if isinstance(thing, str):
        # Whole words only: an id or an address may hold a code.
        return re.sub(r"(?<![\w-])\w+(?![\w-])", lambda word: other.get(word[0], word[0]), thing)
    return thing


def same_but_for_names(made: Review, other_way: Review) -> bool:
    """Whether the review of the exchanged record is the review with the two parties' names exchanged."""
    (one, two), names = made.parties, made.names
    other = {one: two, two: one, names[one]: names[two], names[two]: names[one]}
    return bool(renamed(other_way, other) == renamed(made, {}))

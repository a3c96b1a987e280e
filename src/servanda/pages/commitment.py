"""One commitment: its life line, its evidence with exact sources, and the rule that gave its status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.errors import PageMissing, nearest
from servanda.model.case import Record
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.register.anchor import stands
from servanda.register.desk import in_force
from servanda.register.explain import Account, told
from servanda.register.rule import Standing


@dataclass(frozen=True, slots=True)
class Moment:
    """One point on the life line: a promise, a piece of evidence, a date due, a change of status."""

    day: date
    shown: str
    kind: str
    words: str
    link: str | None
    source: str | None
    here: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """The exact words that were read, who decided, and where they stand; `stands` is False for an orphan."""

    words: str
    coder: str
    address: str
    stands: bool


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """The account of one commitment, with the life line of its thread."""

    title: str
    account: Account
    cited: Cited | None
    line: tuple[Moment, ...]
    standings: tuple[Standing, ...]


def commitment(library: Library, ask: Ask, name: str) -> CommitmentPage:
    """The page of a commitment; raises PageMissing with the nearest ids."""
    record = library.record(ask.case or "", ask.as_of)
    if name not in record.commitments:
        near = nearest(name, record.commitments)
        raise PageMissing(f"no commitment '{name}' here" + (f"; nearest are {', '.join(near)}" if near else ""))
    with library.store.read() as unit:
        made = told(unit, record, name, ask.as_of)
    title = f"{name}: {made.commitment.says}"
    return CommitmentPage(title, made, _cited(record, ask, name), _line(library, ask, made), made.standings)


def _cited(record: Record, ask: Ask, name: str) -> Cited | None:
    """The words of the text that the commitment was read in, where it was read here."""
    for text in record.texts.values():
        for one in in_force(text, record.decisions.values()):
            if one.commitment == name:
                where = stands(one.quote, text.characters)
                address = ask.link(f"/read/{text.id}", at=where[0] if where else None)
                return Cited(one.words, one.coder, address, where is not None)
    return None


def _line(library: Library, ask: Ask, made: Account) -> tuple[Moment, ...]:
    record = library.record(ask.case or "", ask.as_of)
    rows = record.evidence_on()
    found = []
    for turn in made.strand.turns:
        one = record.commitments[turn.commitment]
        when = record.documents[one.document].date
        words = f"{turn.change}: {one.says} ({turn.detail})"
        found.append(
            Moment(
                when.first,
                str(when),
                "promise",
                words,
                ask.link(f"/{one.case}/commitments/{one.id}"),
                None,
                one.id == made.commitment.id,
            )
        )
        for row in rows[one.id]:
            if row.date and row.date.first <= ask.as_of:
                found.append(
                    Moment(
                        row.date.first,
                        str(row.date),
                        str(row.shows),
                        row.claim,
                        None,
                        row.source.url,
                        one.id == made.commitment.id,
                    )
                )
    due = made.strand.ruling.due
    if due:
        found.append(Moment(due, due.isoformat(), "due", "the date promised, in force", None, None, True))
    seen: dict[tuple[date, str, str], Moment] = {}
    for moment in sorted(found, key=lambda one: (one.day, one.kind != "promise", one.words)):
        seen.setdefault((moment.day, moment.kind, moment.words), moment)
    return tuple(seen.values())

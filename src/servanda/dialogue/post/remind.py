"""Reminders by written rules: what goes out, to whom and when. The same rule for every party; no clock, no post.

Past its date is only what the status rule says is past it, and where nothing was found a question goes out.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from servanda.dialogue.papers.phrases import by, flat, names_of, on
from servanda.dialogue.papers.points import deadline_of
from servanda.dialogue.weigh import held_in
from servanda.model.case import Record
from servanda.model.period import Deadline
from servanda.model.source import STRICT
from servanda.register.threads import Strand, strands
from servanda.register.words import Words
from servanda.review.wording import count, day
from servanda.store.door import Door

PLACES = frozenset(("title", "commitment", "owner", "parties", "due", "days", "status", "promised"))


class Side(StrEnum):
    """On which side of the date a rule waits."""

    BEFORE = "before"
    AFTER = "after"


class Where(StrEnum):
    """Of what a rule speaks: what has time left, what is shown late, what nothing was found on."""

    OPEN = "open"
    LATE = "shown late"
    SILENT = "nothing found"


class To(StrEnum):
    """To whom a notice goes."""

    OWNER = "owner"
    COORDINATOR = "coordinator"
    CO_CHAIRS = "co-chairs"
    AGENDA = "next agenda"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A written rule: so many days before or after the date, where that is the state of it, this is said to these."""

    __pydantic_config__ = STRICT

    id: str
    days: int
    of: Side
    where: Where
    to: tuple[To, ...]
    says: str
    because: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One word to one recipient, once: `key` is made of the promise, its date, the rule and the recipient.

    `party` is None where the recipient belongs to none. `days` are past the date, below zero where it is ahead.
    """

    key: str
    case: str
    rule: str
    thread: str
    commitment: str
    to: To
    party: str | None
    owner: str
    due: date
    days: int
    subject: str
    says: str
    because: str
    sources: tuple[str, ...]
    is_question: bool

    @property
    def recipient(self) -> str:
        """The recipient in one word, by which addresses are kept: "owner ZEM", "co-chairs RUR", "next agenda"."""
        return f"{self.to} {self.party}" if self.party else str(self.to)


def reminders(content: Path) -> tuple[Reminder, ...]:
    """The rules of content/dialogue/escalation.yml; raises ContentError listing what must be mended."""
    folder = held_in(content, "escalation")
    door = Door(folder)
    file = folder / "dialogue" / "escalation.yml"
    name = door.name(file)
    found: dict[str, Reminder] = {}
    for place, row in enumerate(door.rows(door.open(file), name, "")):
        one = door.noun(Reminder, row, name, f"[{place}]")
        if one is None:
            continue
        for field, words in _faults(one, found):
            door.note(name, f"[{place}].{field}", words)
        found[one.id] = one
    door.close()
    return tuple(found.values())


def _faults(one: Reminder, found: Collection[str]) -> Iterable[tuple[str, str]]:
    if one.id in found:
        yield "id", f"'{one.id}' stands twice; write another id"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", one.id):
        yield "id", f"'{one.id}' is no id; write small letters, figures and hyphens"
    if one.days < 0:
        yield "days", f"{one.days} is below zero; write the days, and before or after under 'of'"
    if not one.to:
        yield "to", f"nobody is told; write one of {', '.join(To)}"
    if (one.of is Side.BEFORE) != (one.where is Where.OPEN):
        yield "where", f"'{one.where}' cannot be {one.of} the date; write open before it, the others after it"
    try:
        used = {field for _, field, _, _ in string.Formatter().parse(one.says) if field is not None}
        plain = one.says == "".join(
            words + (f"{{{field}}}" if field is not None else "")
            for words, field, _, _ in string.Formatter().parse(one.says)
        )
    except ValueError as fault:
        yield "says", f"its braces do not match ({fault}); write {{title}}, each in one pair"
        return
    strange = sorted(used - PLACES)
    if strange or not plain:
        yield "says", f"unknown place {strange or 'with a form of its own'}; known are {', '.join(sorted(PLACES))}"


def due_notices(
    record: Record, words: Words, as_of: date, rules: Sequence[Reminder], already: Collection[str] = ()
) -> list[Notice]:
    """The notices that are due on a day and have not gone out, by thread and recipient."""
    made: list[Notice] = []
    for _, strand in sorted(strands(record, as_of).items()):
        last: dict[tuple[To, str | None], Reminder] = {}
        for rule in sorted(_come(strand, as_of, rules), key=_how_far):
            last |= {who: rule for to in rule.to for who in _recipients(record, strand, to)}
        made += [_notice(record, words, strand, as_of, rule, to, party) for (to, party), rule in last.items()]
    return [one for one in made if one.key not in already]


def _how_far(rule: Reminder) -> int:
    return -rule.days if rule.of is Side.BEFORE else rule.days


def state_of(strand: Strand, as_of: date) -> Where | None:
    """Of which rules a promise is the business; None where it has no date, is settled, or was met in part by it."""
    ruling = strand.ruling
    if not ruling.status.is_open or ruling.due is None or strand.is_at_event:
        return None
    if ruling.days_overdue:
        return Where.SILENT if strand.is_silent else Where.LATE
    return Where.OPEN if ruling.due >= as_of else None


def _come(strand: Strand, as_of: date, rules: Sequence[Reminder]) -> list[Reminder]:
    """The rules whose day has come."""
    where, due = state_of(strand, as_of), strand.ruling.due
    if where is None or due is None:
        return []
    past = (as_of - due).days
    return [one for one in rules if one.where is where and past >= _how_far(one)]


def _recipients(record: Record, strand: Strand, to: To) -> list[tuple[To, str | None]]:
    if to is To.AGENDA:
        return [(to, None)]
    if to is To.OWNER:
        return [(to, party) for party in strand.parties] or [(to, None)]
    parties = record.case.parties if to is To.CO_CHAIRS else strand.parties or record.case.parties
    return [(to, party) for party in parties]


def key_of(strand: Strand, rule: str, to: To, party: str | None) -> str:
    """The key of a notice: another date makes another notice."""
    said = (strand.thread, str(strand.ruling.due), rule, str(to), party or "")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _notice(
    record: Record, words: Words, strand: Strand, as_of: date, rule: Reminder, to: To, party: str | None
) -> Notice:
    one, due = strand.latest, strand.ruling.due or as_of
    past = (as_of - due).days
    title = flat(record.threads[strand.thread].title)
    document = record.documents[one.document]
    places = {
        "title": title, "commitment": one.id, "owner": flat(one.owner), "due": _due(strand, due),
        "parties": names_of(words, one.parties) or "others than the two parties", "days": count(abs(past), "day"),
        "status": str(strand.ruling.status), "promised": f"{on(document.date)} in {flat(document.title)}",
    }  # fmt: skip
    is_question = rule.where is Where.SILENT
    lead = "Question" if is_question else "Past its date" if past > 0 else "Due soon"
    return Notice(
        key=key_of(strand, rule.id, to, party), case=record.case.id, rule=rule.id, thread=strand.thread,
        commitment=one.id, to=to, party=party, owner=flat(one.owner), due=due, days=past,
        subject=f"{lead}: {title} ({one.id})", says=flat(rule.says.format_map(places)), because=flat(rule.because),
        sources=tuple(dict.fromkeys(member.source.url for member in reversed(strand.members) if member.source.url)),
        is_question=is_question,
    )  # fmt: skip


def _due(strand: Strand, due: date) -> str:
    """The date as it was promised, no more precise than its source; a rhythm by the day on which its turn ends."""
    deadline: Deadline | None = deadline_of(strand)
    return by(deadline).removeprefix("by ") if deadline and deadline.when else day(due)

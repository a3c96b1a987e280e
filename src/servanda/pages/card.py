"""The card of one passage: what the reader made of it and why, what was decided, and the fields to correct it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.model.case import Record
from servanda.model.decision import Coding, Decision
from servanda.model.passage import Passage
from servanda.model.proposal import Kind, Part, Proposed, Restated
from servanda.model.text import Text
from servanda.model.words import Action, Area
from servanda.pages.typed import Typed
from servanda.register.desk import Desk
from servanda.register.propose import asks_again, bodies, coding, scored, version
from servanda.register.undertake import worded

ACTIONS, AREAS, KINDS = [str(word) for word in Action], [str(word) for word in Area], [str(word) for word in Kind]
TERMS = ("deadline", "due", "quantity", "mechanism", "deliverable")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Some words of a passage: those that `carried` the machine's reading, or the `mark` of a heading."""

    text: str
    carried: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """Words that carried the machine's reading, and how much they weighed, in log odds."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Given:
    """A decision as the card tells it: who, what, when, and the commitment that it made."""

    id: str
    coder: str
    answer: str
    day: str
    kind: str | None
    commitment: str | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields: what was typed, else what was decided, else what was proposed."""

    kind: str
    parties: tuple[str, ...]
    action: str
    area: str
    deadline: str
    due: str
    quantity: str
    mechanism: str
    deliverable: str
    says: str
    bodies: str
    thread: str


def chance(probability: float) -> str:
    """A probability in per cent: never all, for a machine's reading is not certain."""
    return "over 99 %" if probability >= 0.995 else "under 1 %" if probability < 0.005 else f"{probability * 100:.0f} %"


@dataclass(frozen=True, slots=True)
class Card:
    """One passage before a coder. `place` is None for a stretch that a person marked; `proposed` of a blind coder is.

    `continues` is the thread of the earlier promise that it restates, where that is in this case.
    """

    place: int | None
    start: int
    end: int
    fragments: tuple[Fragment, ...]
    heading: str | None
    lead_in: str | None
    proposed: Coding | None
    chance: str
    others: tuple[tuple[str, str], ...]
    why: tuple[Carrier, ...]
    restates: Restated | None
    again: str
    continues: str | None
    concreteness: float | None
    parts: tuple[Part, ...]
    decided: Given | None
    earlier: tuple[Given, ...]
    asked_again: bool
    fields: Fields
    last: bool


def card(desk: Desk, record: Record, where: Passage, read: Proposed | None, typed: Typed | None = None) -> Card:
    """The card of a passage, or of a stretch marked in the text."""
    place = desk.at(where.start, where.end)
    held = desk.decided.get((where.start, where.end))
    now = coding(read, version()) if read else None
    shown = held.coding if held and held.coding else now if not held else None
    terms = shown.promised if shown else None
    parts = scored(terms, where.text, len(desk.text.parties)).parts if terms else ()
    return Card(
        place=None if place is None else place + 1, start=where.start, end=where.end, fragments=fragments(where, read),
        heading=where.heading, lead_in=where.lead_in if where.lead_in != where.text else None, proposed=now,
        chance=chance(read.probability) if read else "",
        others=_others(read), why=tuple(Carrier(desk.text.characters[one.start : one.end], one.weight)
                                        for one in (read.why if read else ())),
        restates=read.terms.restates if read and read.terms else None,
        again=chance(read.terms.restates.probability) if read and read.terms and read.terms.restates else "",
        continues=_continues(record, read),
        concreteness=sum(part.points for part in parts) if parts else None, parts=parts,
        decided=_given(held, True) if held else None, earlier=_earlier(desk, record, where, held),
        asked_again=bool(held and asks_again(held, now, desk.text)),
        fields=_fields(desk.text, record, where, held, read, typed or {}),
        last=place is None or place + 1 == len(desk.spoken),
    )  # fmt: skip


def fragments(where: Passage, read: Proposed | None) -> tuple[Fragment, ...]:
    """The words of a passage in order, those that carried the reading apart."""
    found, at = [], where.start
    if where.is_heading and where.text.startswith("#"):
        mark = where.text[: len(where.text) - len(where.text.lstrip("# "))]
        found, at = [Fragment(mark, mark=True)], where.start + len(mark)
    for one in sorted(read.why if read else (), key=lambda why: (why.start, -why.end)):
        start, end = max(one.start, at), min(one.end, where.end)
        if start < end and one.weight > 0:
            found += [Fragment(where.text[at - where.start : start - where.start])] if at < start else []
            found.append(Fragment(where.text[start - where.start : end - where.start], True))
            at = end
    rest = where.text[at - where.start :]
    return tuple([*found, Fragment(rest)] if rest else found)


def _continues(record: Record, read: Proposed | None) -> str | None:
    before = read.terms.restates if read and read.terms else None
    one = record.commitments.get(before.earlier) if before else None
    return one.thread if one else None


def _others(read: Proposed | None) -> tuple[tuple[str, str], ...]:
    """The other kinds that were at all likely, most likely first."""
    if read is None:
        return ()
    pairs = zip(Kind, read.probabilities, strict=False)
    likely = sorted((share, str(kind)) for kind, share in pairs if kind is not read.kind and share >= 0.005)
    return tuple((kind, chance(share)) for share, kind in reversed(likely[-2:]))


def _given(one: Decision, holds: bool) -> Given:
    kind = str(one.coding.kind) if one.coding else None
    return Given(one.id, one.coder, str(one.answer), one.at[:10], kind, one.commitment, holds)


def _earlier(desk: Desk, record: Record, where: Passage, held: Decision | None) -> tuple[Given, ...]:
    """The decisions on the same words that a later one withdrew, newest first."""
    found = []
    wanted = list(held.withdraws) if held else []
    while wanted:
        one = record.decisions.get(wanted.pop())
        if one is not None:
            found.append(_given(one, False))
            wanted += one.withdraws
    return tuple(found)


def _fields(
    text: Text, record: Record, where: Passage, held: Decision | None, read: Proposed | None, typed: Typed
) -> Fields:
    given = held.coding if held and held.coding else None
    terms = (given.terms if given else None) or (read.terms if read else None)
    of_reader = bodies(read.terms, read.text) if read else ()
    rejected = held is not None and held.coding is None
    kind = str(given.kind) if given else "" if rejected or read is None else str(read.kind)
    one = record.commitments.get(held.commitment or "") if held else None
    known: Mapping[str, object] = {
        "kind": kind, "action": terms.action if terms else "", "area": terms.area if terms else "",
        **{name: getattr(terms, name, None) or "" for name in TERMS},
        "says": (given.says if given else None) or worded(where.text),
        "bodies": ", ".join(given.bodies if given else of_reader),
        "thread": one.thread.removeprefix(f"{text.case}.") if one else (given.thread if given else None) or "",
    }  # fmt: skip
    said = {name: (typed[name] or ("",))[0] if name in typed else str(value) for name, value in known.items()}
    parties = terms.parties if terms else ()
    return Fields(parties=tuple(typed.get("parties", ())) if typed else parties, **said)

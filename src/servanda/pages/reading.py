"""The reading page: the text with what was found in it, the card of one passage, and how far the coder has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from servanda.errors import ExtraMissing, PageMissing, RequestError
from servanda.model.case import Record
from servanda.model.decision import Answer, Decision
from servanda.model.passage import Passage
from servanda.model.proposal import Kind, Proposed
from servanda.model.text import Text
from servanda.pages.card import ACTIONS, AREAS, KINDS, Card, Fragment, card, fragments
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.typed import Typed, stretch_of
from servanda.register.decide import text_of
from servanda.register.desk import Desk, Stretch, blind_coders, coded, in_force, is_word, lay
from servanda.register.propose import Read, against, asks_again, coding, proposals, version

STATES = {Answer.ACCEPT: "accepted", Answer.CORRECT: "corrected", Answer.REJECT: "rejected", Answer.ADD: "added"}
AGAIN, CODED = "look again", "coded"
SIGNS = {"accepted": "✓", "corrected": "✎", "rejected": "✕", "added": "＋", AGAIN: "?", CODED: "✓"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage in the text: its place, what it is taken for, what became of it, and where its card is.

    The number of a paragraph has no place.
    """

    place: int
    start: int
    fragments: tuple[Fragment, ...]
    kind: str
    state: str
    label: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Passages that stand together: a heading, a list item, or plain."""

    form: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many are decided, of how many: of those that matter first, and of the rest."""

    decided: int
    of: int
    others: int
    of_others: int


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A text before a coder. In a blind coder's there is nothing of the reader's and nothing of anybody else's."""

    title: str
    text: str
    sha256: str
    case: str
    case_title: str
    document: str
    date: str
    language: str
    parties: dict[str, str]
    who: str
    blind: bool
    reader: str | None
    without: str | None
    progress: Progress
    paragraphs: tuple[Paragraph, ...]
    card: Card
    number: tuple[int, int] | None
    ways: dict[str, str | None]
    made: tuple[str, ...]
    threads: dict[str, str]
    orphans: tuple[Decision, ...]
    coders: tuple[str, ...]
    undo: bool
    problem: str | None

    @property
    def done(self) -> bool:
        """Whether all that matters is decided."""
        return self.progress.decided == self.progress.of

    def words(self, name: str) -> list[str]:
        """A closed list of the codebook."""
        return {"kind": KINDS, "action": ACTIONS, "area": AREAS}[name]

    def sign(self, state: str) -> str:
        """The sign of what became of a passage."""
        return SIGNS.get(state, "")


def reading(
    library: Library, ask: Ask, name: str, problem: str | None = None, typed: Typed | None = None,
    read: Read = proposals,
) -> ReadingPage:  # fmt: skip
    """The page of a text, as the query says who reads and what; with what was typed, where that was refused."""
    text, record = text_here(library, name)
    who, blind = ask.one("who").strip()[:80], ask.one("blind") == "1"
    desk = lay(text, record.decisions.values(), who, blind)
    found, without = ({}, None) if blind else read_by(desk, read)
    queue = [one for one in desk.spoken if blind or matters(desk, one, found)]
    here, problem = _chosen(desk, ask, queue, found, problem)
    extra = None if blind or (here.start, here.end) in found else _own(text, desk, here, read)
    proposed = found.get((here.start, here.end)) or extra
    shown = card(desk, record, here, against(proposed, record, text) if proposed else None, typed)
    its = [one for one in record.decisions.values() if one.text == text.id]
    held = in_force(text, its, who, blind)
    return ReadingPage(
        f"Reading: {text.title}", text.id, text.sha256, text.case, record.case.title, text.document, str(text.date),
        text.language, {code: library.words.named(code).short for code in text.parties}, who, blind,
        version() if found else None, without, _progress(desk, queue, found), _paragraphs(desk, here, found, ask),
        shown, _number(here, found), _ways(desk, here, queue, ask, name),
        tuple(one.commitment for one in desk.decided.values() if one.commitment), _threads(record),
        desk.orphans, tuple(blind_coders(its)) if not blind else (),
        bool(held) and held[-1].coder == who, problem,
    )  # fmt: skip


def text_here(library: Library, name: str) -> tuple[Text, Record]:
    """A text with the record of its case; raises PageMissing with the nearest ids."""
    try:
        return text_of(library.store, name)
    except RequestError as fault:
        raise PageMissing(str(fault)) from fault


def read_by(desk: Desk, read: Read) -> tuple[dict[Stretch, Proposed], str | None]:
    """The machine's reading by stretch; or nothing, and the sentence that says why."""
    try:
        return {(one.start, one.end): one for one in read(desk.text, desk.passages)}, None
    except ExtraMissing as fault:
        return {}, f"{fault}. Without it you can code by hand"


def matters(desk: Desk, one: Passage, found: Mapping[Stretch, Proposed]) -> bool:
    """Whether a passage is, or is proposed to be, a commitment."""
    held, read = coded(desk, one), found.get((one.start, one.end))
    decided = held is not None and held.coding is not None and held.coding.kind is Kind.COMMITMENT
    return decided or (read is not None and read.kind is Kind.COMMITMENT)


def _is_open(desk: Desk, one: Passage, found: Mapping[Stretch, Proposed]) -> bool:
    """Whether a passage waits for a decision."""
    held, read = coded(desk, one), found.get((one.start, one.end))
    return held is None or asks_again(held, coding(read, "") if read else None, desk.text)


def _chosen(
    desk: Desk, ask: Ask, queue: list[Passage], found: Mapping[Stretch, Proposed], problem: str | None
) -> tuple[Passage, str | None]:
    """The passage or stretch that the address asks for; else the first that waits for a decision."""
    text = desk.text
    try:
        stretch = stretch_of(ask.query, text)
    except RequestError as fault:
        stretch, problem = None, problem or str(fault)
    if stretch and is_word(text.characters[stretch[0] : stretch[1]]):
        return _passage(desk, *stretch), problem
    at, after = _position(ask, "at"), _position(ask, "after")
    if at is not None:
        return _covering(desk, at), problem
    waiting = [one for one in queue if _is_open(desk, one, found)]
    begin = -1 if after is None else after
    following = [one for one in waiting if one.start > begin] or waiting
    if following:
        return following[0], problem
    return _covering(desk, max(begin, 0)), problem


def _passage(desk: Desk, start: int, end: int) -> Passage:
    """The stretch as a passage, without the white space around it."""
    words = desk.text.characters[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    place = desk.at(start, end)
    if place is not None:
        return desk.spoken[place]
    of = _covering(desk, start)
    return Passage(start, end, desk.text.characters[start:end], of.paragraph, heading=of.heading, lead_in=of.lead_in)


def _own(text: Text, desk: Desk, here: Passage, read: Read) -> Proposed | None:
    """What the reader makes of a stretch that is no passage: the terms from which its coder may begin."""
    near = [one for one in desk.passages if one.end <= here.start or one.start >= here.end]
    try:
        found = read(text, sorted([*near, here], key=lambda one: one.start))
    except ExtraMissing:
        return None
    return next((one for one in found if (one.start, one.end) == (here.start, here.end)), None)


def _position(ask: Ask, name: str) -> int | None:
    said = ask.one(name)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _covering(desk: Desk, at: int) -> Passage:
    """The passage at a character, or the nearest after it, or the last."""
    return next((one for one in desk.spoken if one.end > at), desk.spoken[-1])


def _progress(desk: Desk, queue: list[Passage], found: Mapping[Stretch, Proposed]) -> Progress:
    mine = {(one.start, one.end) for one in queue}
    others = [one for one in desk.spoken if (one.start, one.end) not in mine]
    return Progress(
        sum(not _is_open(desk, one, found) for one in queue), len(queue),
        sum(not _is_open(desk, one, found) for one in others), len(others),
    )  # fmt: skip


def _paragraphs(desk: Desk, here: Passage, found: Mapping[Stretch, Proposed], ask: Ask) -> tuple[Paragraph, ...]:
    made = []
    places = {one.start: place for place, one in enumerate(desk.spoken, 1)}
    for _, group in groupby(desk.passages, key=lambda one: one.paragraph):
        its = list(group)
        first = its[0]
        form = "heading" if first.is_heading else "item" if first.is_item else "plain"
        made.append(Paragraph(form, tuple(_mark(desk, places.get(one.start, 0), one, here, found, ask) for one in its)))
    return tuple(made)


def _mark(
    desk: Desk, place: int, one: Passage, here: Passage, found: Mapping[Stretch, Proposed], ask: Ask
) -> Mark:  # fmt: skip
    held, read = coded(desk, one), found.get((one.start, one.end))
    kind = (
        ""
        if held and not held.coding
        else str(held.coding.kind)
        if held and held.coding
        else str(read.kind)
        if read
        else ""
    )
    state = ""
    if held:
        state = CODED if desk.blind else AGAIN if _is_open(desk, one, found) else STATES[held.answer]
    label = ", ".join(word for word in (f"Passage {place}", kind, state) if word)
    chosen = one.start < here.end and here.start < one.end
    return Mark(
        place,
        one.start,
        fragments(one, read if chosen else None),
        kind,
        state,
        label,
        address(ask, at=one.start),
        chosen,
    )


def _number(here: Passage, found: Mapping[Stretch, Proposed]) -> tuple[int, int] | None:
    """Which of the proposed commitments it is, as `servanda read` counts them."""
    promised = [one for one in found.values() if one.kind is Kind.COMMITMENT]
    starts = [one.start for one in sorted(promised, key=lambda one: one.start)]
    return (starts.index(here.start) + 1, len(starts)) if here.start in starts else None


def _ways(desk: Desk, here: Passage, queue: list[Passage], ask: Ask, name: str) -> dict[str, str | None]:
    """Where the neighbours are: of those that matter, and of all passages."""

    def way(passages: list[Passage], forward: bool) -> str | None:
        beside = [one for one in passages if (one.start > here.start if forward else one.start < here.start)]
        return address(ask, at=(beside[0] if forward else beside[-1]).start) if beside else None

    every = list(desk.spoken)
    return {
        "next": way(queue, True), "previous": way(queue, False), "following": way(every, True),
        "before": way(every, False), "agreement": ask.link(f"/read/{name}/agreement"),
        "open": ask.link(f"/read/{name}", who=ask.one("who")), "anew": ask.link("/read", document=desk.text.document),
    }  # fmt: skip


def address(ask: Ask, **changes: object) -> str:
    """The same reader at another place of the same text."""
    kept = {name: ask.one(name) for name in ("who", "blind") if ask.one(name)}
    return ask.link("", **kept, **changes)


def _threads(record: Record) -> dict[str, str]:
    return {one.id.removeprefix(f"{one.case}."): one.title for one in record.threads.values()}

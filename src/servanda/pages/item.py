"""One item of an agenda with its file: promise, evidence, what each side says of it; and what is decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.dialogue.assess import Keys, keys
from servanda.dialogue.gather import shown
from servanda.dialogue.table import ASKED, open_questions, score
from servanda.dialogue.work import seen_of
from servanda.errors import PageMissing, nearest
from servanda.model.commitment import Commitment
from servanda.model.dialogue import Item, ItemState, Meeting, Series
from servanda.model.document import Document
from servanda.model.evidence import Evidence
from servanda.model.figure import Barrier
from servanda.model.proposal import Part
from servanda.model.words import Action, Area, Kind
from servanda.pages.dialogue import Speaking, deeds, names
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.options import Option, options
from servanda.register.threads import Strand, strand_of
from servanda.store.notes import Note

RECENT = 6


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment in the file of an item: where it was made, how its thread stands, its evidence, who says what."""

    commitment: Commitment
    document: Document
    strand: Strand
    evidence: tuple[Evidence, ...]
    more: int
    keys: Keys


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item with its file. `typed` is what came back from a form; `score` how concrete that undertaking is."""

    title: str
    case: str
    item: Item
    seen: int
    meeting: Meeting
    series: Series
    promised: tuple[Promised, ...]
    earlier: tuple[str, ...]
    barriers: tuple[Barrier, ...]
    options: tuple[Option, ...]
    names: dict[str, str]
    deeds: frozenset[str]
    speaking: Speaking
    notes: tuple[Note, ...]
    states: tuple[str, ...]
    asked: dict[str, str]
    questions: tuple[str, ...]
    score: float
    parts: tuple[Part, ...]
    areas: tuple[str, ...]
    actions: tuple[str, ...]
    verdicts: tuple[str, ...]
    problem: str
    typed: Mapping[str, tuple[str, ...]]


def item(
    library: Library, ask: Ask, name: str, said: Speaking, notes: tuple[Note, ...] = (), problem: str = "",
    typed: Mapping[str, tuple[str, ...]] | None = None,
) -> ItemPage:  # fmt: skip
    """The page of an item. `notes` are the private ones of the visitor's own party."""
    record = library.record(ask.case or "", ask.as_of)
    if name not in record.agenda:
        near = nearest(name, record.agenda)
        raise PageMissing(f"no item '{name}' here" + (f"; nearest are {', '.join(near)}" if near else ""))
    one = record.agenda[name]
    meeting = record.meetings[one.meeting]
    held = record.evidence_on()
    called = names(library, record.case.parties)
    found: dict[str, Promised] = {}
    for ref in one.commitments:
        commitment = record.commitments.get(ref)
        if commitment is None or record.documents[commitment.document].date.first > ask.as_of:
            continue
        strand = strand_of(record, commitment.thread, ask.as_of)
        latest = strand.latest
        rows = shown(strand.members, held, ask.as_of)
        found[strand.thread] = Promised(
            latest, record.documents[latest.document], strand, rows[:RECENT], max(0, len(rows) - RECENT),
            keys(record, latest.id, called),
        )  # fmt: skip
    typed = typed or {}
    asked = {field: (values or ("",))[0] for field, values in typed.items()} | {"parties": typed.get("parties", ())}
    points, parts = score(asked, len(record.case.parties))
    with library.store.read() as unit:
        seen = seen_of(unit, Kind.ITEM, name)
    return ItemPage(
        one.title, record.case.id, one, seen, meeting, record.series[meeting.series], tuple(found.values()),
        tuple(ref for ref in one.commitments if ref not in {made.commitment.id for made in found.values()}),
        tuple(record.barriers[ref] for ref in one.barriers if ref in record.barriers),
        options(library, ask, found),
        names(library, record.case.parties), deeds(said, record.case.parties, one.track), said, notes,
        tuple(state for state in ItemState if state is not ItemState.OPEN), ASKED, tuple(open_questions(asked)), points,
        parts, tuple(Area), tuple(Action), tuple(library.words.lists["verdicts"]), problem, typed,
    )  # fmt: skip

"""The threads of a pair: each promise once, however often it was made."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.errors import PageMissing, nearest
from servanda.model.commitment import Commitment
from servanda.model.document import Document
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.options import Option, options
from servanda.register.threads import Strand, Turn, strand_of
from servanda.review.items import Item


@dataclass(frozen=True, slots=True)
class ThreadsPage:
    """All threads, those promised most often first."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """One promise of the thread with its document."""

    turn: Turn
    commitment: Commitment
    document: Document


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One thread: what was promised when, what changed each time, what came of it, and what could be changed."""

    title: str
    item: Item
    strand: Strand
    turns: tuple[Turned, ...]
    options: tuple[Option, ...]
    names: dict[str, str]


def threads(library: Library, ask: Ask) -> ThreadsPage:
    """Every thread of the case on the day."""
    review = library.review(ask.case or "", ask.as_of)
    order = sorted(review.items, key=lambda item: (-item.times, item.first_promised.first, item.thread))
    return ThreadsPage(f"Threads: {review.title}", tuple(order))


def thread(library: Library, ask: Ask, name: str) -> ThreadPage:
    """One thread; raises PageMissing with the nearest."""
    review = library.review(ask.case or "", ask.as_of)
    wanted = f"{ask.case}.{name}"
    item = next((one for one in review.items if one.thread == wanted), None)
    if item is None:
        near = nearest(wanted, [one.thread for one in review.items])
        hint = f"; nearest are {', '.join(one.split('.', 1)[1] for one in near)}" if near else ""
        raise PageMissing(f"no thread '{name}' by {ask.as_of}{hint}")
    record = library.record(ask.case or "", ask.as_of)
    strand = strand_of(record, wanted, ask.as_of)
    turns = tuple(
        Turned(
            turn, record.commitments[turn.commitment], record.documents[record.commitments[turn.commitment].document]
        )
        for turn in strand.turns
    )
    packages = options(library, ask, {wanted})
    return ThreadPage(item.title, item, strand, turns, packages, review.names)

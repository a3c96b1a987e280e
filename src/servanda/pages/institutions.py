"""Who writes with whom among institutions, and who should meet, by the table of papers that a user added."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from servanda.dialogue.papers.introduction import introduction
from servanda.errors import PageMissing, ServandaError
from servanda.measures.technology.links import AHEAD, Ranked
from servanda.model.snapshot import Snapshot
from servanda.opportunities.held import ADD, HeldTable, added, last_year, least_papers, newest, ranked
from servanda.opportunities.introductions import Introduction, introductions
from servanda.opportunities.network import Network, joint_by_year, network
from servanda.opportunities.programmes import programmes
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.network import Picture, picture, told
from servanda.pages.sheet import sheet
from servanda.review.areas.technology.promises import Written
from servanda.settings import snapshots
from servanda.sources.subjects import on, subjects

LISTED = 200
"""Pairs in the file; the page shows the first of them."""
FIELDS = 60
"""Fields that can be chosen: those most written on by institutions of the two."""
COLUMNS = ("place", "institution", "party", "other institution", "other party", "chance of a first joint paper",
           "low, 95 %", "high, 95 %", "place by size alone", "why", "programmes that may pay")  # fmt: skip

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A tie as the table beneath the picture has it."""

    left: str
    right: str
    said: str


@dataclass(frozen=True, slots=True)
class Institutions:
    """The map and the pairs, of one `field` or of all; or why there is neither, or no pairs.

    `cite` names the table with its day, `until` the last year that is looked at; pairs are of institutions with `least`
    papers and more.
    """

    command: str
    missing: str | None = None
    no_pairs: str | None = None
    cite: str = ""
    until: int = 0
    ahead: int = AHEAD
    least: int = 1
    fields: tuple[str, ...] = ()
    field: str = ""
    network: Network | None = None
    picture: Picture | None = None
    rows: tuple[Row, ...] = ()
    pairs: tuple[Introduction, ...] = ()


def institutions(library: Library, ask: Ask, pair: Pair) -> Institutions:
    """What the newest table says of the pair on the day; no fault of a table keeps the rest of the page away."""
    root = snapshots()
    try:
        snapshot = newest(root)
        if snapshot is None:
            return Institutions(ADD, "No openly licensed table of papers by institution comes with this program")
        return _made(library, ask, pair, snapshot, root)
    except ServandaError as fault:
        return Institutions(ADD, f"The table that was added cannot be used: {fault}")


def pairs_csv(made: Institutions) -> str:
    """The pairs as a sheet, the source in the last line."""
    rows = [
        (one.place, one.names[0], one.parties[0], one.names[1], one.parties[1], f"{one.chance:.5f}", f"{one.low:.5f}",
         f"{one.high:.5f}", one.by_size, "; ".join(one.reasons),
         "; ".join(f"{each.title} ({each.state})" for each in one.programmes))
        for one in made.pairs
    ]  # fmt: skip
    field = f", {made.field}" if made.field else ""
    return sheet(COLUMNS, [*rows, (f"# source: {made.cite}; papers until {made.until}{field}",)])


def letter(library: Library, ask: Ask, made: Institutions) -> bytes:
    """The letter of the pair whose names the address gives, in Word; raises PageMissing where it is not in the list."""
    names = (ask.one("one"), ask.one("other"))
    for one in made.pairs:
        if one.names == names:
            said = {party: library.words.named(party).short for party in one.parties}
            return introduction(one, said, made.until, made.ahead, made.cite, ask.as_of)
    raise PageMissing("no such pair in the list; take the letter from the list of the page")


def written(library: Library, pair: Pair) -> Written | None:
    """Joint papers of the two on each subject by year, of the table that was added; none where there is none to use."""
    root = snapshots()
    try:
        snapshot = newest(root)
        if snapshot is None:
            return None
        key, table = _read(library, snapshot, root)
    except ServandaError:
        return None  # the map says what is wrong with it

    def made() -> Written:
        held = {name: on(name, table.papers.topics) for name in subjects().subjects}
        joint = {name: joint_by_year(table.papers, pair, topics) for name, topics in held.items() if topics}
        return Written(joint, table.cite)

    return library.reckoned((*key, "written", pair), made)


def _read(library: Library, snapshot: Snapshot, root: Path) -> tuple[tuple[object, ...], HeldTable]:
    """The table, read once, with what its readings are kept under."""
    key = ("papers", snapshot.date, tuple(one.sha256 for one in snapshot.pieces))
    return key, library.reckoned(key, lambda: added(snapshot, root))


def _meant(table: HeldTable, field: str) -> frozenset[int]:
    """The topics of a subject, or the one topic of a name."""
    topics = table.papers.topics
    return on(field, topics) if field in subjects().subjects else frozenset({topics.index(field)})


def _made(library: Library, ask: Ask, pair: Pair, snapshot: Snapshot, root: Path) -> Institutions:
    key, table = _read(library, snapshot, root)
    until = last_year(table.papers, ask.as_of.year)
    fields = library.reckoned((*key, "fields", pair), lambda: _fields(table, pair))
    field = ask.one("field") if ask.one("field") in fields else ""
    least, order = library.reckoned((*key, "ranked", pair, until), lambda: _ranked(table, pair, until))
    where = library.content

    def drawn() -> Institutions:
        topics = _meant(table, field) if field else None
        found: tuple[Introduction, ...] = ()
        if not isinstance(order, str):
            found = introductions(table.papers, order, programmes(where).values(), topics, LISTED)
        net = network(table.papers, pair, until, found, topics)
        names = {party: library.words.named(party).short for party in pair}
        rows = tuple(Row(net.left[tie.left].name, net.right[tie.right].name, told(tie)) for tie in net.ties)
        reason = order if isinstance(order, str) else None
        return Institutions(ADD, None, reason, table.cite, until, AHEAD, least, fields, field, net,
                            picture(net, names, pair), rows, found)  # fmt: skip

    return library.reckoned((*key, "institutions", pair, until, field), drawn)


def _ranked(table: HeldTable, pair: Pair, until: int) -> tuple[int, Ranked | str]:
    """From how many papers on, and the pairs by their chance, or why there are none: the map does not wait for them."""
    least = least_papers(table.papers, pair, until)
    try:
        return int(least), ranked(table, pair, until, least)
    except ServandaError as fault:
        return int(least), str(fault)


def _fields(table: HeldTable, pair: Pair) -> tuple[str, ...]:
    """The subjects that the table has topics of; then its topics, or venues, that the two write on most, by name."""
    held = table.papers
    theirs = held.topic[np.isin(held.parties[held.institution], pair) & (held.topic >= 0)]
    rows = np.bincount(theirs, minlength=len(held.topics))
    first = [int(place) for place in np.argsort(-rows, kind="stable")[:FIELDS] if rows[place]]
    known = [name for name in subjects().subjects if on(name, held.topics)]
    return tuple(dict.fromkeys([*known, *sorted((held.topics[place] for place in first), key=str.casefold)]))

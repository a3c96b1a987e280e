"""What a keeper of the programmes should look at: dates gone by, old knowledge, dead ends, promises not there."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from servanda.model.programme import ANY, Programme, Requires, State
from servanda.opportunities.programmes import Held

OLD_DAYS = 365
"""A closing date or an open door is asked about again once a year."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to mend: what sort, of which programme, and what to do."""

    sort: str
    programme: str
    says: str


def check(
    book: Held, pairs: tuple[tuple[str, str], ...], as_of: date, promised: Container[str] | None = None
) -> tuple[Flag, ...]:
    """Every flag on the day, in the order of the programmes.

    `pairs` are those of the register; `promised` the threads and commitments that `serves` may name, None where no
    register is at hand.
    """
    made: list[Flag] = []
    for one in book.programmes.values():
        made += _stale(one, as_of)
        if dead_end(one, book, pairs):
            made.append(Flag("dead end", one.id, f"{one.title} serves no pair that is held; say so, or drop it"))
        if promised is not None:
            made += [
                Flag("serves nothing", one.id, f"'{name}' is no thread or commitment of the register; mend serves")
                for name in one.serves
                if name not in promised
            ]
    return tuple(made)


def _stale(one: Programme, as_of: date) -> list[Flag]:
    made = []
    if one.closes and one.closes.last < as_of and one.state in (State.OPEN, State.ROLLING):
        made.append(
            Flag("stale deadline", one.id, f"closed on {one.closes} and still {one.state}; look for a new round")
        )
    if one.state is State.OPEN and not one.closes:
        made.append(Flag("no deadline", one.id, "open without a closing date; write closes, or rolling"))
    if (as_of - one.checked.last).days > OLD_DAYS:
        made.append(Flag("not checked", one.id, f"last looked at {one.checked}; look again"))
    known = one.known or one.source.date
    if one.state is not State.CLOSED and known and (as_of - known.last).days > OLD_DAYS:
        made.append(Flag("old knowledge", one.id, f"{one.state}, by a source that speaks of {known}; ask the host"))
    if one.source.url is None:
        made.append(Flag("no source", one.id, "rests on recollection; find its page"))
    return made


def dead_end(one: Programme, book: Held, pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether no pair can use a programme: for neither direction do its rules on parties take both in."""
    return not any(_open(one, book, a, b) for pair in pairs for a, b in (pair, pair[::-1]))


def _open(one: Programme, book: Held, origin: str, towards: str) -> bool:
    for rule in one.requires:
        party = {Requires.ORIGIN: origin, Requires.HOST: towards, Requires.PARTNER: towards}.get(rule.on)
        if party is None or not rule.any_of:
            continue
        codes = rule.any_of
        if rule.on is Requires.PARTNER and ANY not in codes:
            codes = tuple(code for code in codes if not book.includes((code,), origin))
        if not book.includes(codes, party):
            return False
    return True

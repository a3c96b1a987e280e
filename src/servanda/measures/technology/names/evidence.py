"""What the words of an affiliation say of where it is: parties and towns named outside the name itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.measures.technology.names.known import Known
from servanda.measures.technology.names.words import Word

MOST = 4
"""Words in the name of a place."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is named: from which word to which, and in which parties it can be."""

    start: int
    end: int
    parties: frozenset[str]
    is_party: bool
    key: tuple[str, ...]


def places(said: Sequence[Word], known: Known) -> list[Place]:
    """The places that a text names, longest first where they lie in each other; letters such as UK in capitals only."""
    found: list[Place] = []
    place = 0
    while place < len(said):
        one = _at(said, place, known)
        if one is None:
            place += 1
            continue
        found.append(one)
        place = one.end
    return found


def _at(said: Sequence[Word], start: int, known: Known) -> Place | None:
    for length in range(min(MOST, len(said) - start), 0, -1):
        run = said[start : start + length]
        if run[0].segment != run[-1].segment:
            continue
        words = tuple(one.folded for one in run)
        for held, is_party in ((known.places.parties, True), (known.places.towns, False)):
            if words in held and _spelt(run):
                return Place(start, start + length, held[words], is_party, words)
    return None


def _spelt(run: Sequence[Word]) -> bool:
    return len(run) > 1 or len(run[0].written) > 3 or run[0].written.isupper()


def where(found: Sequence[Place], start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The party named outside the words from `start` to `end`, the last where there are several; and the parties that
    the towns named there can be in.
    """
    outside = [one for one in found if one.end <= start or one.start >= end]
    named = [one.parties for one in outside if one.is_party]
    towns = [one.parties for one in outside if not one.is_party]
    return (named[-1] if named else frozenset()), frozenset().union(*towns) if towns else frozenset()


def only(found: Sequence[Place]) -> str | None:
    """The one party that the places of a text agree on: what it names last, else what all its towns have in common."""
    named = [one for one in found if one.is_party]
    if named:
        return next(iter(named[-1].parties)) if len(named[-1].parties) == 1 else None
    towns = [one.parties for one in found]
    shared = frozenset.intersection(*towns) if towns else frozenset()
    return next(iter(shared)) if len(shared) == 1 else None

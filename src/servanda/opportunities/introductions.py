"""Institutions that have not written together and may: why, with what chance, and what would pay for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from servanda.errors import RequestError
from servanda.measures.technology.links import Ranked, reasons
from servanda.measures.technology.network.graph import Papers
from servanda.model.programme import Programme, Requires, State, Want
from servanda.sources.subjects import named, on, subjects

FUNDED = (Want.CALL, Want.RESEARCH)
"""What a programme must offer to pay for work of two institutions."""
SIDES = (Requires.ORIGIN, Requires.HOST, Requires.PARTNER)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two institutions by name, with the chance of a first joint paper and its bounds, the place by size alone, why,
    and programmes that may pay for it.
    """

    place: int
    names: tuple[str, str]
    parties: tuple[str, str]
    chance: float
    low: float
    high: float
    by_size: int
    reasons: tuple[str, ...]
    programmes: tuple[Programme, ...]


def introductions(
    held: Papers, made: Ranked, known: Iterable[Programme], topics: frozenset[int] | None = None, first: int = 20
) -> tuple[Introduction, ...]:
    """The likeliest pairs, without those of one firm; with `topics`, of institutions that both wrote on one of them."""
    numbers = [number for number in range(len(made.one)) if not made.firm[number]]
    if topics is not None:
        wrote = np.asarray(made.network.topics[:, sorted(topics)].sum(axis=1)).ravel() > 0
        numbers = [number for number in numbers if wrote[made.one[number]] and wrote[made.other[number]]]
    size = made.network.papers[made.one] * made.network.papers[made.other]
    order = {number: place for place, number in enumerate(sorted(numbers, key=lambda one: (-size[one], one)), 1)}
    listed = tuple(known)
    found = []
    for place, number in enumerate(numbers[:first], 1):
        one, other = int(made.one[number]), int(made.other[number])
        parties = (str(held.parties[one]), str(held.parties[other]))
        found.append(
            Introduction(place, (held.names[one], held.names[other]), parties, float(made.chance[number]),
                         float(made.low[number]), float(made.high[number]), order[number],
                         tuple(reasons(held, made, number)), funds(listed, parties)[:SHOWN])
        )  # fmt: skip
    return tuple(found)


def funds(known: Iterable[Programme], parties: Sequence[str]) -> tuple[Programme, ...]:
    """Programmes for joint research that name a party of the two and no other; open ones first, closed ones last."""
    both = {*parties, "any"}
    found = []
    for one in known:
        named = {code for rule in one.requires if rule.on in SIDES for code in rule.any_of}
        if set(one.wants) & set(FUNDED) and named and named <= both and named & set(parties):
            found.append(one)
    order = (State.OPEN, State.ROLLING, State.UNVERIFIED, State.CLOSED)
    return tuple(sorted(found, key=lambda one: (order.index(one.state), one.id)))


def topics_of(held: Papers, area: str) -> frozenset[int]:
    """The topics of a table that belong to the subjects an area names (content/subjects), or have it in their name.

    Raises RequestError where none does, or the table has no topics.
    """
    if not held.topics:
        raise RequestError("the table has no column topic or venue, so that no area can be told; leave it out")
    meant = {area.casefold()} & set(subjects().subjects) or set(named(area))
    places = frozenset(place for place, name in enumerate(held.topics) if area.casefold() in name.casefold())
    places = places.union(*(on(name, held.topics) for name in meant))
    if not places:
        some = ", ".join(held.topics[:8]) + (" ..." if len(held.topics) > 8 else "")
        raise RequestError(f"no topic of the table is of '{area}' or has it in its name; it has {some}")
    return places

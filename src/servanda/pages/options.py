"""What could be changed about a promise: the packages that would change it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.errors import ExtraMissing
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.parts import part
from servanda.review.review import Review
from servanda.scenarios.shelf import Found, listed

if TYPE_CHECKING:
    from servanda.scenarios.result import Number


@dataclass(frozen=True, slots=True)
class Package:
    """A scenario that can be run, with where its page is and whether it stands among those that are compared."""

    name: str
    title: str
    says: str
    kind: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A package that speaks of what is on the table, with what it would do to each party's balance where it works line
    by line."""

    package: Package
    balance: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A package that a review cites: what `servanda scenario run` takes, whose idea it is, and the titles of the
    threads of the review that it would change, by their ids."""

    name: str
    title: str
    says: str
    threads: dict[str, str]


def every(library: Library) -> list[Found]:
    """All scenarios of the content, read once."""
    return library.kept(("scenarios",), lambda: listed(library.content))


def cited(scenarios: Iterable[Found], review: Review) -> tuple[Cited, ...]:
    """The packages that would change a thread of the review. Nothing is run for it."""
    held = {item.thread: item.title for item in review.items}
    found = []
    for one in scenarios:
        case = one.name.partition("/")[0]
        names = [f"{case}.{thread}" for thread in one.scenario.idea.threads]
        threads = {name: held[name] for name in names if name in held}
        if threads:
            found.append(Cited(one.name, one.scenario.title, one.scenario.idea.says, threads))
    return tuple(found)


def options(library: Library, ask: Ask, threads: Collection[str]) -> tuple[Option, ...]:
    """The packages that would change one of the threads; none without the part that measures."""
    try:
        scenarios = part("servanda.pages.scenarios", "a scenario")
    except ExtraMissing:  # the promise is told all the same
        return ()
    found: tuple[Option, ...] = scenarios.changing(library, ask, threads)
    return found

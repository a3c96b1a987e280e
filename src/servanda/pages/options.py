"""What could be changed about a promise: the packages that were spoken of where it was made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.errors import ExtraMissing
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.parts import part

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


def options(library: Library, ask: Ask, documents: Collection[str]) -> tuple[Option, ...]:
    """The packages whose idea was spoken of in one of the documents; none without the part that measures."""
    try:
        scenarios = part("servanda.pages.scenarios", "a scenario")
    except ExtraMissing:  # the promise is told all the same
        return ()
    found: tuple[Option, ...] = scenarios.spoken_of(library, ask, documents)
    return found

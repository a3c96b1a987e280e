"""Whom a publisher means by a code or a name: exactly, and never by guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

from servanda.errors import RequestError, SourceFault, nearest
from servanda.model.source import STRICT
from servanda.settings import shipped_content
from servanda.store.door import Door

EXAMPLES = 5


class Sort(StrEnum):
    """What a code stands for: a party of today, a group of parties (or a place of none), or a party that was."""

    PARTY = "party"
    GROUP = "group"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a code names. `code` is alpha-3 of a party; of a group or a former party, the publisher's own."""

    code: str
    sort: Sort
    name: str


@dataclass(frozen=True, slots=True)
class _List:
    """A publisher's codes where they differ from `base` (none: all are its own); those that it only used before; groups
    and former parties."""

    __pydantic_config__ = STRICT

    base: Literal["numeric", "iso3", "iso2", "names", "none"]
    codes: dict[str, str] = field(default_factory=dict)
    older: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    others_are_groups: bool = False


class Codes:
    """A list of codes or names, read once."""

    def __init__(self, name: str, given: _List, states: dict[str, str]) -> None:
        self.name = name
        self.groups_beside = given.others_are_groups
        self.known: dict[str, Named] = {
            self._key(code): Named(party, Sort.PARTY, party) for code, party in states.items()
        }
        for code, party in {**given.older, **given.codes}.items():
            self.known[self._key(code)] = Named(party, Sort.PARTY, party)
        for held, sort in ((given.groups, Sort.GROUP), (given.former, Sort.FORMER)):
            for code, words in held.items():
                self.known[self._key(code)] = Named(code, sort, words)
        own = {self._key(code) for code in (*given.codes, *given.older)}
        self.of = {one.code: key for key, one in self.known.items() if one.sort is Sort.PARTY and key not in own}
        self.of |= {party: self._key(code) for code, party in reversed(given.codes.items())}

    def find(self, said: object) -> Named | None:
        """Whom a code names; None where the list does not know it."""
        key = self._key(said)
        found = self.known.get(key)
        if found is None and self.groups_beside and key:
            return Named(key, Sort.GROUP, key)
        return found

    def column(self, values: Sequence[object], where: str, first: int = 1) -> list[Named]:
        """Whom each value names; raises SourceFault naming the rows of those that the list does not know.

        `first` is the number of the first row.
        """
        seen: dict[object, Named | None] = {}
        unknown: dict[str, list[int]] = {}
        found: list[Named] = []
        for row, value in enumerate(values, first):
            if value not in seen:
                seen[value] = self.find(value)
            one = seen[value]
            if one is None:
                unknown.setdefault(str(value), []).append(row)
            else:
                found.append(one)
        if unknown:
            told = "; ".join(f"{value!r} in row {rows[0]}" + (f" and {len(rows) - 1} more" if len(rows) > 1 else "")
                             for value, rows in list(unknown.items())[:EXAMPLES])  # fmt: skip
            raise SourceFault(
                f"{where}: {len(unknown)} {'names' if self.name == 'names' else 'codes'} are not known ({told}); "
                f"nothing is guessed: add them to content/codes/{self.name}.yml"
            )
        return found

    def code(self, party: str) -> str:
        """The publisher's code of a party; raises RequestError where it has none."""
        if party in self.of:
            return self.of[party]
        near = nearest(party, self.of)
        raise RequestError(
            f"'{party}' has no code in the list '{self.name}'" + (f"; nearest is {near[0]}" if near else "")
        )

    def _key(self, said: object) -> str:
        text = " ".join(str(said).split())
        if self.name == "names":
            return text.casefold()
        return (text.removesuffix(".0").lstrip("0") or "0") if text.removesuffix(".0").isdigit() else text


def codes(name: str, content: Path | None = None) -> Codes:
    """The list of a name in content/codes; raises RequestError where there is none."""
    return _codes(name, content or shipped_content())


@lru_cache(maxsize=32)
def _codes(name: str, content: Path) -> Codes:
    path = content / "codes" / f"{name}.yml"
    if not path.exists():
        path, content = shipped_content() / "codes" / f"{name}.yml", shipped_content()
    if not path.exists():
        raise RequestError(f"no list of codes '{name}'; write content/codes/{name}.yml")
    door = Door(content)
    given = door.noun(_List, door.open(path), door.name(path))
    door.close()
    return Codes(name, given, _states(given.base))


def _states(base: str) -> dict[str, str]:
    """Codes or names of ISO 3166 with the alpha-3 of each; none where a publisher's are all its own."""
    if base == "none":
        return {}
    import pycountry

    every = list(pycountry.countries)
    if base == "names":
        pairs = [(getattr(one, kind), one.alpha_3) for one in every
                 for kind in ("name", "common_name", "official_name") if hasattr(one, kind)]  # fmt: skip
        return dict(pairs)
    kind = {"numeric": "numeric", "iso3": "alpha_3", "iso2": "alpha_2"}[base]
    return {getattr(one, kind): one.alpha_3 for one in every}

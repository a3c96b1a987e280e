"""The institutions of a registry, by the words of their names."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from servanda.measures.technology.names.words import key

MOST_WORDS = 14
"""Names longer than this are found by their words alone."""
NO_PLACE = frozenset(
    "center central north south east west northern southern eastern western capital metropolitan".split()
)
"""Regions that bear these words as their whole name are not told from what the words mean."""
_BRACKET = re.compile(r"\s*\([^)]*\)\s*$")


class Form(StrEnum):
    """How a name came to be: the registry's own, another of its names, letters, or one of them without its town."""

    NAME = "name"
    ALIAS = "alias"
    LETTERS = "letters"
    SHORTER = "shorter"


@dataclass(frozen=True, slots=True)
class Institution:
    """One of a registry. `town` is folded; `is_branch` says that its name ends in a bracket, as of a company's part
    in one party.
    """

    ror: str
    name: str
    party: str
    town: tuple[str, ...]
    is_branch: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is looked for: its folded words and whose it is."""

    key: tuple[str, ...]
    place: int
    form: Form


@dataclass(frozen=True, slots=True)
class Places:
    """Names of parties and of towns and regions, folded, with the parties (ISO 3166 alpha-2) that they are in."""

    parties: Mapping[tuple[str, ...], frozenset[str]]
    towns: Mapping[tuple[str, ...], frozenset[str]]


@dataclass(slots=True)
class Known:
    """A registry made ready. Build with `known`."""

    institutions: list[Institution]
    names: list[Name]
    places: Places
    same: Mapping[str, str]
    exact: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    holding: dict[str, list[int]] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    alike: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)
    own: dict[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1

    def called(self, party: str) -> tuple[str, ...]:
        """The names of a party that are one word of five letters or more."""
        if party not in self.own:
            self.own[party] = tuple(
                words[0]
                for words, held in self.places.parties.items()
                if len(words) == 1 and party in held and len(words[0]) > 4
            )
        return self.own[party]

    def weight(self, words: Sequence[str]) -> float:
        """How much words say: the sum of their rarity."""
        return sum(self.rarity.get(one, 6.0) for one in words)


def places(
    parties: Mapping[str, frozenset[str]], towns: Mapping[str, frozenset[str]], same: Mapping[str, str]
) -> Places:
    """Names of places, folded; one that is a party's is no town's."""
    made: list[dict[tuple[str, ...], frozenset[str]]] = []
    for held in (parties, towns):
        folded: dict[tuple[str, ...], frozenset[str]] = {}
        for said, where in held.items():
            words = key(said, same)
            if words and not set(words) <= NO_PLACE:
                folded[words] = folded.get(words, frozenset()) | where
        made.append(folded)
    return Places(*made)


def known(rows: Sequence[Mapping[str, str | None]], places: Places, same: Mapping[str, str]) -> Known:
    """A registry from rows of ror, name, aliases (bars between them), cc, city."""
    institutions: list[Institution] = []
    names: dict[tuple[tuple[str, ...], int], Name] = {}
    towns = {name: set(held) for name, held in places.towns.items()}
    for place, row in enumerate(rows):
        town = key(re.sub(r"-(si|do|gun|gu|shi|ku)$", "", row.get("city") or ""), same)
        party = (row.get("cc") or "").upper()
        name = row["name"] or ""
        institutions.append(Institution(row["ror"] or "", name, party, town, bool(_BRACKET.search(name))))
        if town and party:
            towns.setdefault(town, set()).add(party)
        for made in _names(name, row.get("aliases") or "", place, town, same):
            names.setdefault((made.key, place), made)
    found = Known(institutions, list(names.values()), Places(places.parties, {
        name: frozenset(held) for name, held in towns.items()}), same)  # fmt: skip
    _index(found)
    return found


def _names(name: str, aliases: str, place: int, town: tuple[str, ...], same: Mapping[str, str]) -> list[Name]:
    made = []
    every = [(name, Form.NAME), (_BRACKET.sub("", name), Form.NAME)]
    every += [(one.strip(), Form.ALIAS) for one in aliases.split("|") if one.strip()]
    for said, form in every:
        words = key(said, same)
        if not words:
            continue
        if len(words) == 1 and said.isascii() and sum(one.isupper() for one in said) >= 2:
            made.append(Name(words, place, Form.LETTERS))
        else:
            made.append(Name(words, place, form))
        if town and words[-len(town) :] == town and len(words) - len(town) >= 2:
            made.append(Name(words[: -len(town)], place, Form.SHORTER))
        elif form is Form.NAME and "," in said and len(key(said.split(",", 1)[0], same)) >= 2:
            made.append(Name(key(said.split(",", 1)[0], same), place, Form.SHORTER))
    return made


def _index(found: Known) -> None:
    exact: dict[tuple[str, ...], list[int]] = defaultdict(list)
    holding: dict[str, list[int]] = defaultdict(list)
    seen: Counter[str] = Counter()
    for number, one in enumerate(found.names):
        exact[one.key].append(number)
        found.longest = max(found.longest, min(len(one.key), MOST_WORDS))
        for word in set(one.key):
            holding[word].append(number)
            seen[word] += 1
    many = len(found.names)
    found.exact, found.holding = dict(exact), dict(holding)
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in seen:
        if len(word) > 4:
            alike[word[0], len(word)].append(word)
    found.alike = dict(alike)
    found.rarity = {word: math.log(1 + many / count) for word, count in seen.items()}

"""The programmes of content/opportunities, read whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from servanda.model.period import When
from servanda.model.programme import ANY, Applicant, Programme, Requirement, Requires
from servanda.model.source import STRICT, Source
from servanda.register.words import Words, words
from servanda.settings import shipped_content
from servanda.store.door import Door

Noun = TypeVar("Noun")
_OF_PARTIES = (Requires.ORIGIN, Requires.HOST, Requires.PARTNER)


@dataclass(frozen=True, slots=True)
class Group:
    """Parties that rules of eligibility name together."""

    __pydantic_config__ = STRICT

    code: str
    says: str
    members: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Searched:
    """For which pair programmes were looked for, when, and where."""

    __pydantic_config__ = STRICT

    parties: tuple[str, str]
    on: When
    where: str


@dataclass(frozen=True, slots=True)
class Held:
    """What content knows of programmes: by id; the groups of parties by code; which pairs were searched."""

    programmes: dict[str, Programme]
    groups: dict[str, Group]
    searched: tuple[Searched, ...]

    def names(self, codes: tuple[str, ...], lists: Words) -> str:
        """Parties and groups in words."""
        said = [self.groups[one].says if one in self.groups else lists.named(one).short for one in codes if one != ANY]
        return " or ".join(said)

    def includes(self, codes: tuple[str, ...], party: str) -> bool:
        """Whether the codes of a rule take a party in."""
        return any(one in (ANY, party) or (one in self.groups and party in self.groups[one].members) for one in codes)


def home_of(content: Path) -> Path:
    """The content that holds the programmes: this folder, or that of the program where it has none of its own."""
    return content if (content / "opportunities" / "programmes.yml").exists() else shipped_content()


def programmes(content: Path) -> dict[str, Programme]:
    """Every programme by its id; raises ContentError listing what must be mended."""
    return held(content).programmes


def held(content: Path) -> Held:
    """Programmes, groups and searches; raises ContentError listing what must be mended."""
    door, folder, lists = Door(content), content / "opportunities", words(content)
    groups = {one.code: one for one in _rows(door, folder / "groups.yml", Group)}
    searched = tuple(_rows(door, folder / "searched.yml", Searched))
    file = folder / "programmes.yml"
    name = door.name(file)
    found: dict[str, Programme] = {}
    for place, row in enumerate(door.rows(door.open(file), name, "")):
        one = door.noun(Programme, row, name, f"[{place}]")
        if one is None:
            continue
        if one.id in found:
            door.note(name, f"[{place}].id", f"'{one.id}' stands twice; write another id")
        door.known(name, f"{one.id}.confidence", one.confidence, lists.lists["confidence"], "confidence")
        for number, rule in enumerate(one.requires):
            _known(door, f"{one.id}.requires[{number}].any_of", name, rule, lists, groups)
        if not all(1 <= month <= 12 for month in one.months):
            door.note(name, f"{one.id}.months", f"months are numbers from 1 to 12, found {list(one.months)}")
        found[one.id] = one
    door.close()
    return Held(found, groups, searched)


def _rows(door: Door, file: Path, kind: type[Noun]) -> list[Noun]:
    name = door.name(file)
    rows = [door.noun(kind, row, name, f"[{place}]") for place, row in enumerate(door.rows(door.open(file), name, ""))]
    return [one for one in rows if one is not None]


def _known(
    door: Door, place: str, file: str, rule: Requirement, lists: Words, groups: dict[str, Group]
) -> None:  # fmt: skip
    """Note every code of a rule that no list holds."""
    for code in rule.any_of:
        if code == ANY:
            continue
        if rule.on in _OF_PARTIES:
            if code not in groups and not lists.knows(code):
                door.known(file, place, code, [*groups, *lists.parties], "party or group")
        elif rule.on is Requires.LEVEL:
            door.known(file, place, code, lists.lists["levels"], "level")
        elif rule.on is Requires.FIELD:
            door.known(file, place, code, lists.lists["fields"], "field")
        elif rule.on is Requires.APPLICANT:
            door.known(file, place, code, list(Applicant), "applicant")
        else:
            door.note(file, place, f"a rule on {rule.on} has no codes; leave any_of out")

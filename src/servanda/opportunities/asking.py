"""How a profile is understood: words of the asker to the closed lists. What is not understood is said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from servanda.errors import ContentError, RequestError
from servanda.model.programme import Applicant, Profile, Want
from servanda.model.source import STRICT
from servanda.register.words import Words, words
from servanda.store import yaml
from servanda.store.door import Door

KEYS = {
    "country": "party", "party": "party", "from": "party", "origin": "party", "nationality": "party",
    "towards": "towards", "to": "towards", "destination": "towards", "partner country": "towards",
    "who": "applicant", "applicant": "applicant", "kind": "applicant", "as": "applicant",
    "level": "level", "education": "level", "degree": "level",
    "field": "fields", "fields": "fields", "discipline": "fields",
    "skills": "skills", "skill": "skills", "knows": "skills", "expertise": "skills", "interests": "skills",
    "topics": "skills", "languages": "skills",
    "wants": "wants", "want": "wants", "looking for": "wants", "seeks": "wants",
    "age": "age", "partners": "partners", "partner": "partners", "about": "about", "note": "about",
    "description": "about", "summary": "about",
}  # fmt: skip
"""What a line of a profile may be called."""
LONGEST = 2000
_LEADING = frozenset("a an the from as of am is being i and or".split())


@dataclass(frozen=True, slots=True)
class Asking:
    """Content: words for the closed lists, words that mean the same, and words that are never used."""

    __pydantic_config__ = STRICT

    wants: dict[str, tuple[str, ...]]
    applicants: dict[str, tuple[str, ...]]
    levels: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[str, ...]]
    alike: tuple[tuple[str, ...], ...]
    unused: tuple[str, ...]
    joinable: tuple[str, ...]


@lru_cache(maxsize=4)
def asking(content: Path) -> Asking:
    """What content says of how profiles are understood; raises ContentError."""
    door = Door(content)
    file = content / "opportunities" / "asking.yml"
    made = door.noun(Asking, door.open(file), door.name(file))
    door.close()
    assert isinstance(made, Asking)
    return made


def read(path: Path) -> dict[Any, Any]:
    """The lines of a profile's YAML file; raises RequestError saying what is wrong and what to write."""
    try:
        plain = yaml.read(path, path.name)
    except ContentError as fault:
        raise RequestError(f"the profile cannot be read: {'; '.join(fault.problems)}") from fault
    if not isinstance(plain, dict):
        raise RequestError(f"{path.name} is no profile; write lines such as 'country: IND' and 'wants: [fellowship]'")
    return plain


def profile(plain: Mapping[Any, Any], content: Path) -> Profile:
    """The profile that plain data describes.

    Lines that are not understood are named in `unused`, and words of who somebody is are left out. Raises RequestError
    for a party that is none, for an age that cannot be, and for lines that are too long.
    """
    lists, known = words(content), asking(content)
    given: dict[str, list[str]] = {}
    unused: list[str] = []
    for name, value in plain.items():
        key = KEYS.get(str(name).strip().casefold().replace("_", " "))
        said = _said(value, str(name))
        if key is None or not said:
            unused += [str(name)] if said else []
        else:
            given.setdefault(key, []).extend(said)
    wants, left = _chosen(given.get("wants", []), known.wants, [str(one) for one in Want])
    levels, odd = _chosen(given.get("level", []), known.levels, list(lists.lists["levels"]))
    kinds, other = _chosen(given.get("applicant", []), known.applicants, [str(one) for one in Applicant])
    fields, rest = _chosen(given.get("fields", []), known.fields, list(lists.lists["fields"]))
    skills = given.get("skills", [])
    found, _ = _chosen(skills, known.fields, [])
    unused += [f"{name}: {one}" for name, its in (("wants", left), ("level", odd), ("who", other)) for one in its]
    blind = frozenset(known.unused)
    about = " ".join([*given.get("about", []), *left, *rest])
    return Profile(
        party=_party(given.get("party", []), lists),
        towards=_party(given.get("towards", []), lists),
        applicant=_applicant(kinds, bool(levels or given.get("age"))),
        level=max(levels, default=None),
        fields=tuple(fields),
        near=tuple(one for one in found if one not in fields),
        skills=tuple(one for one in (without(said, blind) for said in [*skills, *rest]) if one),
        wants=tuple(Want(one) for one in wants),
        age=_age(given.get("age", [])),
        partners=tuple(lists.party(one).code for one in given.get("partners", [])),
        about=without(about, blind),
        unused=tuple(unused),
    )


def without(said: str, unused: frozenset[str]) -> str:
    """The words without those that are never used, and without the small words that led to them."""
    kept: list[str] = []
    for one in said.split():
        if _bare(one) not in unused:
            kept.append(one)
            continue
        while kept and _bare(kept[-1]) in _LEADING:
            kept.pop()
    return " ".join(kept)


def _bare(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word.casefold()).removesuffix("'s").removesuffix("’s")


def _said(value: Any, name: str) -> list[str]:
    if value is None or isinstance(value, (Mapping, bool)):
        return []
    every = value if isinstance(value, (list, tuple)) else [value]
    said = [" ".join(str(one).split()) for one in every if one is not None and not isinstance(one, (Mapping, list))]
    if sum(map(len, said)) > LONGEST:
        raise RequestError(f"'{name}' of the profile is longer than {LONGEST} characters; say it in a few words")
    parts = [part.strip() for one in said for part in (re.split(r"[,;]", one) if name != "about" else [one])]
    return [part for part in parts if part]


def _chosen(
    said: Sequence[str], known: Mapping[str, Sequence[str]], words_: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Words of a closed list that are meant, in order, and what means none of them."""
    meant: dict[str, str] = {one.casefold(): one for one in words_}
    for word, others in known.items():
        meant.update({other.casefold(): word for other in others if other.casefold() not in meant})
    found: list[str] = []
    left: list[str] = []
    for one in said:
        word = meant.get(one.casefold()) or meant.get(_bare(one)) or _within(one, meant) or ""
        if not word:
            left.append(one)
        elif word not in found:
            found.append(word)
    return found, left


def _within(said: str, meant: Mapping[str, str]) -> str | None:
    """The longest known word that stands in what was said as a whole word: 'PhD student' says 'phd'."""
    low = said.casefold()
    for one in sorted(meant, key=lambda word: (-len(word), word)):
        if len(one) > 2 and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", low):
            return meant[one]
    return None


def _party(said: Sequence[str], lists: Words) -> str | None:
    return lists.party(said[0]).code if said else None


def _applicant(kinds: Sequence[str], is_taught: bool) -> Applicant | None:
    """As what somebody asks; who has a level of education or an age is a person."""
    return Applicant(kinds[0]) if kinds else Applicant.PERSON if is_taught else None


def _age(said: Sequence[str]) -> int | None:
    if not said:
        return None
    if not said[0].isdecimal() or not 5 <= int(said[0]) <= 120:
        raise RequestError(f"age '{said[0]}' cannot be; write whole years, such as 24")
    return int(said[0])

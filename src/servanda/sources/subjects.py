"""Technologies that statements name: by which words, and where each is found in papers, patents and trade."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from servanda.model.source import STRICT, Source
from servanda.settings import shipped_content
from servanda.store.door import Door


@dataclass(frozen=True, slots=True)
class Subject:
    """A technology. `words` name it in a promise where none of `unless` does, `topics` in names of topics of papers;
    `fields` of papers (or `papers`, a table of its own), `classes` of patents and the list of `products` come nearest.
    One that `is_general` is of all fields.
    """

    __pydantic_config__ = STRICT

    words: tuple[str, ...]
    topics: tuple[str, ...]
    unless: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    papers: str | None = None
    classes: tuple[str, ...] = ()
    products: str | None = None
    is_general: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """All of them, with the rule by which words name them, the years before and after that are compared, and on whose
    classifications they rest."""

    __pydantic_config__ = STRICT

    rule: str
    span: int
    sources: tuple[Source, ...]
    subjects: dict[str, Subject]


@lru_cache(maxsize=1)
def subjects() -> Subjects:
    """The subjects that come with the program; raises ContentError with file and place where one is off."""
    root = shipped_content()
    path = root / "subjects" / "technology.yml"
    door = Door(root)
    found = door.noun(Subjects, door.open(path), door.name(path))
    door.close()
    assert isinstance(found, Subjects)
    return found


def named(said: str) -> tuple[str, ...]:
    """The subjects that words name, by the rule of the list, in its order; a general one where no other is named."""
    known = subjects().subjects
    found = [name for name, one in known.items() if _stands(one.words, _without(said, one.unless))]
    return tuple([name for name in found if not known[name].is_general] or found)


def on(subject: str, topics: tuple[str, ...]) -> frozenset[int]:
    """The places of the topics of a table that belong to a subject."""
    one = subjects().subjects[subject]
    return frozenset(place for place, name in enumerate(topics) if _stands(one.topics, _without(name, one.unless)))


def _stands(words: tuple[str, ...], said: str) -> bool:
    return bool(words) and _pattern(words).search(said) is not None


def _without(said: str, unless: tuple[str, ...]) -> str:
    return _pattern(unless).sub(" ", said) if unless else said


@lru_cache(maxsize=128)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words as a whole, or with the s of a plural; short ones in capitals, such as AI, as written."""
    each = (
        f"(?-i:{re.escape(one)})" if one.isupper() and len(one) < 4 else f"{re.escape(one)}s?"
        for one in sorted(words, key=len, reverse=True)
    )  # fmt: skip
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})(?![\w-])", re.IGNORECASE)

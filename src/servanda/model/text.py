"""One language version of a document: the characters that are read, and where they come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from servanda.model.period import When
from servanda.model.source import STRICT, Source


@dataclass(frozen=True, slots=True)
class Text:
    """The characters of a document in one language, known by the document and the language: D-2018-COAST.en.

    `sha256` is that of the characters. Characters that change keep the id: the register remembers the earlier ones.
    """

    __pydantic_config__ = STRICT

    id: str
    case: str
    document: str
    language: str
    title: str
    date: When
    parties: tuple[str, ...]
    sha256: str
    characters: str
    source: Source
    search: str = "first"


def fingerprint(characters: str) -> str:
    """SHA-256 of some characters, in hexadecimal."""
    return hashlib.sha256(characters.encode()).hexdigest()

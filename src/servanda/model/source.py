"""Where a claim comes from."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.period import When
from servanda.model.words import Publisher

STRICT = {"extra": "forbid", "allow_inf_nan": False}


@dataclass(frozen=True, slots=True)
class Source:
    """A published page or paper. `url` is None only for a recollection or a paper without address."""

    __pydantic_config__ = STRICT

    title: str
    publisher: Publisher
    url: str | None = None
    date: When | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words, as the W3C Web Annotation selectors have them.

    `start` and `end` count characters of the text whose SHA-256 is `text_hash`.
    """

    __pydantic_config__ = STRICT

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    text_hash: str | None = None

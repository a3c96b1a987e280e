"""States and how people name them."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.source import STRICT


@dataclass(frozen=True, slots=True)
class Party:
    """A state by its ISO 3166 alpha-3 code, or a named group of states.

    `name` is the long form, `short` the everyday one, `of` the adjective ("Indian").
    """

    __pydantic_config__ = STRICT

    code: str
    name: str
    short: str
    of: str
    aliases: tuple[str, ...] = ()
    capital: str | None = None
    members: tuple[str, ...] = ()

"""Data that others publish: where it can be asked for and under what terms, and what is known of a shipped table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from servanda.model.source import STRICT


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of a source. `is_open` only where figures may be handed on by anybody, for any purpose."""

    __pydantic_config__ = STRICT

    name: str
    is_open: bool
    url: str | None = None
    terms: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """One way to ask a source. `pattern` has its choices in braces.

    A call is made for every value of the choices in `each`; several values of a choice in `joined` go into one call,
    with the mark between them that is given there. `defaults` are values where none are asked for. `codes` is the list
    of codes in which parties are named (content/codes). `answer` says how an answer is looked at, `rows` is the most
    that one call gives, `key` the setting that holds a key (in the header `key_header`, else in the pattern), `pause`
    the least seconds between calls, `calls` the most calls a day,
    `usd` what a call costs of a budget. A `form` is filled in by hand in a browser and never
    asked by this program.
    """

    __pydantic_config__ = STRICT

    name: str
    pattern: str
    what: str
    answer: Literal["comtrade", "worldbank", "sdmx", "kcs", "datagokr", "openalex", "ror", "zip", "file"] = "file"
    each: tuple[str, ...] = ()
    joined: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: str = "iso3"
    key: str | None = None
    key_header: str | None = None
    rows: int | None = None
    pause: float = 1.0
    calls: int | None = None
    usd: float | None = None
    is_form: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The names in braces that a caller fills in, in their order; page, cursor and key are filled in on the way."""
        found = re.findall(r"{(\w+)}", self.pattern)
        return tuple(dict.fromkeys(one for one in found if one not in ("page", "cursor", "key")))

    @property
    def is_paged(self) -> bool:
        """Whether the pattern has a page in it."""
        return "{page}" in self.pattern

    @property
    def is_cursored(self) -> bool:
        """Whether each answer says where the next begins, so that there is no last page."""
        return "{cursor}" in self.pattern


@dataclass(frozen=True, slots=True)
class Bound:
    """What a column of a source's table can hold; a value outside stops the reading of it."""

    __pydantic_config__ = STRICT

    column: str
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownError:
    """What is known to be off in a source, and what is done about it."""

    __pydantic_config__ = STRICT

    what: str
    done: str


@dataclass(frozen=True, slots=True)
class DataSource:
    """A publisher's data as it can be asked for.

    `reader` is the reader of its tables (sources/tidy), `reporter` the party whose own statistics these are, where they
    are one party's; `valuation` says how goods are valued (FOB, CIF), where they are; `sheet` names the sheet of its
    workbooks, else the largest is read.
    """

    __pydantic_config__ = STRICT

    id: str
    title: str
    publisher: str
    url: str
    licence: Licence
    cite: str
    coverage: str
    units: str
    shape: str
    addresses: tuple[Address, ...] = ()
    reader: str | None = None
    reporter: str | None = None
    sheet: str | None = None
    valuation: str | None = None
    bounds: tuple[Bound, ...] = ()
    known_errors: tuple[KnownError, ...] = ()

    def address(self, name: str) -> Address:
        """The address of a name; KeyError where there is none."""
        for one in self.addresses:
            if one.name == name:
                return one
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class ColumnCard:
    """A column of a shipped table: what it holds, in what unit, and of which data source it is."""

    __pydantic_config__ = STRICT

    name: str
    sort: Literal["code", "words", "number", "whole"]
    what: str
    source: str
    unit: str | None = None
    least: float | None = None
    most: float | None = None
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class TableCard:
    """What is known of a shipped table. `dated` is the day or year of its data, `recipe` the command that rebuilds it.

    `key` names the columns that name a row once; `words` say what codes mean.
    """

    __pydantic_config__ = STRICT

    id: str
    title: str
    dated: str
    period: str
    rows: int
    unit: str
    key: tuple[str, ...]
    columns: tuple[ColumnCard, ...]
    made_from: str
    recipe: str
    caveats: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """The data sources behind the columns, each once."""
        return tuple(dict.fromkeys(one.source for one in self.columns))

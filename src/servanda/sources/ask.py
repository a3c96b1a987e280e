"""What to ask a source: from choices such as reporter and year to the exact addresses, before any is asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import quote

from servanda.errors import RequestError, nearest
from servanda.model.data import Address, DataSource
from servanda.sources.codes import Sort, codes

PARTIES = ("reporter", "partner", "party")
"""Choices that are parties, and are written in the source's own codes."""
MOST_CALLS = 20_000
LONGEST = 120
"""Characters of a file's name before the eight that make it its own."""
FIRST_PAGE = 1
FIRST_CURSOR = "*"
"""By which OpenAlex is asked for the first of many answers, each of which says where the next begins."""

Choices = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its choices, in the source's own codes, several values of a choice as a tuple."""

    address: Address
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    page: int = FIRST_PAGE
    cursor: str = FIRST_CURSOR

    @property
    def shown(self) -> str:
        """The address that is asked, with *** where a key goes."""
        return self._filled("***")

    def asked(self, key: str | None) -> str:
        """The address with the key in it, where it goes there."""
        return self._filled(key or "")

    @property
    def file(self) -> str:
        """The name of the file that the answer is kept in: short, and its own."""
        path = self.shown.partition("?")[0].rsplit("/", 1)[-1]
        if self.address.answer in ("zip", "file") and "." in path:
            return re.sub(r"[^\w.-]", "_", path)
        told = "_".join(_short(values) for _, values in self.choices)
        page = f"_p{self.page}" if self.address.is_paged or self.address.is_cursored else ""
        ending = "xml" if self.address.answer == "kcs" else "json"
        own = hashlib.sha256(self.shown.encode()).hexdigest()[:8]
        return re.sub(r"[^\w.-]", "_", f"{self.address.name}_{told}"[:LONGEST]) + f"{page}_{own}.{ending}"

    @property
    def told(self) -> dict[str, str]:
        """The choices as a manifest has them."""
        return {name: ",".join(values) for name, values in self.choices}

    def halves(self) -> tuple[Call, Call] | None:
        """Two calls for the same: the longest of the joined choices in two parts; None where all are one."""
        longest = max(self.choices, key=lambda one: len(one[1]) if one[0] in self.address.joined else 0, default=None)
        if longest is None or longest[0] not in self.address.joined or len(longest[1]) < 2:
            return None
        name, values = longest
        middle = len(values) // 2
        first, second = (
            tuple((one, part if one == name else had) for one, had in self.choices)
            for part in (values[:middle], values[middle:])
        )
        return Call(self.address, first), Call(self.address, second)

    def _filled(self, key: str) -> str:
        words = {
            name: self.address.joined.get(name, ",").join(quote(one, safe="") for one in values)
            for name, values in self.choices
        }
        return self.address.pattern.format(**words, page=self.page, cursor=quote(self.cursor, safe="*"),
                                           key=quote(key, safe="*"))  # fmt: skip


def plan(source: DataSource, name: str | None, wanted: Choices, content: Path | None = None) -> list[Call]:
    """All calls for what is wanted, from an address of the source (its first where none is named).

    Raises RequestError for an unknown choice, one that is missing, or a source that is only had by hand.
    """
    address = _address(source, name)
    strange = sorted(set(wanted) - set(address.choices))
    if strange:
        has = ", ".join(address.choices) or "no choices"
        raise RequestError(f"{source.id} ({address.name}) has no choice '{strange[0]}'; it has {has}")
    given = {one: tuple(wanted.get(one) or address.defaults.get(one, ())) for one in address.choices}
    missing = [one for one in address.choices if not given[one]]
    if missing:
        raise RequestError(f"{source.id} ({address.name}) needs {' and '.join(_option(one) for one in missing)}")
    coded = {one: _coded(address, one, values, content) for one, values in given.items()}
    parts: list[list[tuple[str, tuple[str, ...]]]] = [
        [(one, values)] if one in address.joined else [(one, (value,)) for value in values]
        for one, values in coded.items()
    ]
    calls = [Call(address, tuple(chosen)) for chosen in product(*parts)]
    if len(calls) > MOST_CALLS:
        raise RequestError(f"that is {len(calls):,} calls of {source.id}; ask for less at once, or for its bulk files")
    return calls


def years(said: str) -> tuple[str, ...]:
    """Years from words such as 2010-2014,2016; raises RequestError."""
    found: list[str] = []
    for part in said.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()) or (dash and int(last) < int(first)):
            raise RequestError(f"'{said}' are no years; write 2019, or 2010-2014,2016")
        found += [str(year) for year in range(int(first), int(last or first) + 1)]
    return tuple(dict.fromkeys(found))


def _address(source: DataSource, name: str | None) -> Address:
    live = [one for one in source.addresses if not one.is_form]
    if name is not None:
        for one in source.addresses:
            if one.name == name:
                if one.is_form:
                    raise RequestError(_by_hand(source, one))
                return one
        near = nearest(name, [one.name for one in source.addresses])
        raise RequestError(f"{source.id} has no address '{name}'" + (f"; nearest is {near[0]}" if near else ""))
    if not live:
        raise RequestError(_by_hand(source, source.addresses[0]) if source.addresses else f"{source.id} has no address")
    return live[0]


def _by_hand(source: DataSource, address: Address) -> str:
    return (
        f"{source.id} is had by hand: {address.what} At {address.pattern}, then servanda add FILE --source {source.id}"
    )


def _coded(address: Address, choice: str, values: Sequence[str], content: Path | None) -> tuple[str, ...]:
    """Values in the source's own codes; words such as all, and the defaults of the source, stay as they are."""
    if choice not in PARTIES:
        return tuple(values)
    held = codes(address.codes.removesuffix("-lower"), content)
    own = address.defaults.get(choice, ())
    made = [one if one in own or one.casefold() == "all" else held.code(_party(one, content)) for one in values]
    if address.codes == "numeric":
        made = [one.zfill(3) if one.isdigit() else one for one in made]
    return tuple(one.lower() for one in made) if address.codes.endswith("-lower") else tuple(made)


def _party(said: str, content: Path | None) -> str:
    """Alpha-3 of a party that is said by name or by code."""
    named = codes("names", content).find(said)
    return named.code if named and named.sort is Sort.PARTY else said.upper()


def _option(choice: str) -> str:
    return "--year" if choice == "year" else f"--set {choice}=..."


def _short(values: Sequence[str]) -> str:
    if len(values) <= 3:
        return "+".join(values).replace("+", "-")
    return f"{values[0]}-{values[-1]}-of-{len(values)}"

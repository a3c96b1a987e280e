"""The door for content: from plain data to nouns, every fault with file, place, what was expected and what to write."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from servanda.errors import ContentError, nearest
from servanda.model.plain import reader
from servanda.store import yaml


class Door:
    """Collects nouns and problems while a folder is read; `close` raises if there was any problem."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[str] = []

    def open(self, path: Path) -> Any:
        """The plain data of a file; None, with the problem noted, where it cannot be read."""
        try:
            return yaml.read(path, self.name(path))
        except ContentError as fault:
            self.problems.extend(fault.problems)
            return None

    def name(self, path: Path) -> str:
        """A file's name as problems show it."""
        return path.relative_to(self.root).as_posix()

    def noun(self, kind: type, plain: Any, file: str, place: str = "") -> Any:
        """The noun that the data describes; None, with every problem noted, where it does not."""
        if not isinstance(plain, dict):
            self.note(file, place, f"expected fields and values, found {plain!r}; write 'name: value' lines")
            return None
        try:
            return reader(kind).validate_python(plain)
        except ValidationError as fault:
            for error in fault.errors(include_url=False):
                self.note(file, _join(place, error["loc"]), _sentence(kind, error))
            return None

    def shelf(self, folder: str, kind: type, pattern: str = "*.yml") -> dict[str, Any]:
        """The nouns of a folder, a file each, by their id, which is what the file is called; every fault noted."""
        held = self.root / folder
        found = {}
        for path in sorted(held.glob(pattern)):
            file, name = self.name(path), path.relative_to(held).with_suffix("").as_posix()
            one = self.noun(kind, self.open(path), file)
            if one is None:
                continue
            if one.id != name:
                self.note(file, "id", f"expected '{name}', as the file is called, found '{one.id}'")
            found[one.id] = one
        return found

    def pairs(self, data: Any, file: str) -> dict[Any, Any]:
        """Lines of 'name: words'; empty, with the problem noted, where they are something else."""
        if data is None:
            return {}
        if not isinstance(data, dict):
            self.note(
                file,
                "",
                f"expected lines of 'name: words', found {type(data).__name__}; write 'name: words', one a line",
            )
            return {}
        for name, words in data.items():
            if not isinstance(words, str):
                self.note(
                    file,
                    str(name),
                    f"expected words, found {words!r}; write '{name}: ...', with quotes around a number",
                )
        return data

    def rows(self, data: Any, file: str, place: str) -> list[Any]:
        """A list of rows; empty, with the problem noted, where there is no list."""
        if data is None:
            return []
        if not isinstance(data, list):
            self.note(file, place, f"expected a list, found {type(data).__name__}; write lines that begin with '- '")
            return []
        return data

    def note(self, file: str, place: str, words: str) -> None:
        """Remember a problem."""
        self.problems.append(f"{file}: {place + ': ' if place else ''}{words}")

    def known(self, file: str, place: str, word: str, words: Iterable[str], what: str) -> None:
        """Note a problem unless the word is one of the words."""
        held = list(words)
        if word not in held:
            near = nearest(word, held)
            hint = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(sorted(held)[:8])}"
            self.note(file, place, f"unknown {what} '{word}'; {hint}")

    def close(self) -> None:
        """Raise if anything was wrong."""
        if self.problems:
            raise ContentError(self.problems)


def _join(place: str, loc: tuple[int | str, ...]) -> str:
    for part in loc:
        if isinstance(part, int):
            place += f"[{part}]"
        elif not part.startswith(("function-", "is-instance")):
            place += f".{part}" if place else part
    return place


def _sentence(kind: type, error: ErrorDetails) -> str:
    sort, found = error["type"], error.get("input")
    field = str(error["loc"][-1]) if error["loc"] else ""
    if sort == "missing":
        return f"missing; every {_noun(kind, error)} needs it: write '{field}: ...'"
    if sort in ("unexpected_keyword_argument", "extra_forbidden"):
        fields = _fields(kind, error)
        near = nearest(field, fields)
        return f"unknown field; {'did you mean ' + near[0] + '?' if near else 'known are ' + ', '.join(fields)}"
    if sort in ("enum", "literal_error"):
        return f"unknown word {found!r}; write one of: {error.get('ctx', {}).get('expected', '')}"
    if sort == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    return f"{error['msg'][0].lower()}{error['msg'][1:]}, found {found!r}"


def _owner(kind: type, error: ErrorDetails) -> type:
    """The noun inside `kind` that the error is about."""
    for part in error["loc"][:-1]:
        if isinstance(part, str) and dataclasses.is_dataclass(kind):
            hint = get_type_hints(kind).get(part, kind)
            inner = [one for one in (hint, *get_args(hint)) if isinstance(one, type) and dataclasses.is_dataclass(one)]
            kind = inner[0] if inner else kind
    return kind


def _fields(kind: type, error: ErrorDetails) -> list[str]:
    return [field.name for field in dataclasses.fields(_owner(kind, error))]


def _noun(kind: type, error: ErrorDetails) -> str:
    return _owner(kind, error).__name__.lower()

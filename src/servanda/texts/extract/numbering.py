"""The numbers that Word puts before paragraphs: they are not in the text of a DOCX and must be counted anew."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from servanda.texts.extract.marks import spelled

_SORTS = {
    "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I", "decimalZero": "01",
    "ganada": "가", "chosung": "ㄱ", "none": "",
}  # fmt: skip
_GANADA, _CHOSUNG = "가나다라마바사아자차카타파하", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_DEEPEST = 9
_MOST = 100_000


@dataclass(slots=True)
class _Level:
    """One level of a list: how its numbers are written, and with which it begins."""

    sort: str = "1"
    pattern: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class _Definition:
    """A list as the file defines it; lists that go back to one definition count on together."""

    levels: dict[int, _Level] = field(default_factory=dict)
    linked: str = ""


class Numbering:
    """The lists of a document, counted from its first paragraph to its last."""

    def __init__(self, root: Any, styles: dict[str, str]) -> None:
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._linked: dict[str, str] = {}
        for one in root if root is not None else ():
            if local(one) == "abstractNum":
                self._define(one)
            elif local(one) == "num":
                self._use(one)
        # A definition may be no more than the name of a style that names a list.
        for definition in self._definitions.values():
            other = self._lists.get(styles.get(definition.linked, ""), "")
            if definition.linked and other in self._definitions and not definition.levels:
                definition.levels = self._definitions[other].levels

    def mark(self, name: str, level: int) -> str:
        """The mark of the next paragraph of a list: "3.", "(b)", "•" for a bullet, nothing where it has none."""
        source = self._lists.get(name)
        definition = self._definitions.get(source or "")
        if source is None or definition is None or not 0 <= level < _DEEPEST:
            return ""
        here = definition.levels.get(level, _Level())
        if here.sort == "•":
            return "•"
        counts = self._counts.setdefault(source, [-1] * _DEEPEST)
        restart = self._starts.get((name, level))
        if restart is not None and (name, level) not in self._begun:
            counts[level] = restart - 1
        self._begun.add((name, level))
        for depth in range(level + 1):
            if counts[depth] < 0:
                counts[depth] = definition.levels.get(depth, _Level()).start - (depth == level)
        counts[level] = min(counts[level] + 1, _MOST)
        counts[level + 1 :] = [-1] * (_DEEPEST - level - 1)
        return _written(here, definition, counts)

    def _define(self, element: Any) -> None:
        made = _Definition()
        for one in element:
            if local(one) == "numStyleLink":
                made.linked = value(one)
            elif local(one) == "lvl":
                made.levels[number(attribute(one, "ilvl"), 0)] = _level(one)
        self._definitions[attribute(element, "abstractNumId")] = made

    def _use(self, element: Any) -> None:
        name = attribute(element, "numId")
        for one in element:
            if local(one) == "abstractNumId":
                self._lists[name] = value(one)
            elif local(one) == "lvlOverride":
                for inner in one:
                    if local(inner) == "startOverride":
                        self._starts[name, number(attribute(one, "ilvl"), 0)] = number(value(inner), 1)


def _level(element: Any) -> _Level:
    made = _Level()
    for one in element:
        kind = local(one)
        if kind == "numFmt":
            made.sort = "•" if value(one) == "bullet" else _SORTS.get(value(one), "1")
        elif kind == "lvlText":
            made.pattern = value(one)
        elif kind == "start":
            made.start = number(value(one), 1)
        elif kind == "isLgl":
            made.legal = value(one) not in ("0", "false")
    return made


def _written(here: _Level, definition: _Definition, counts: list[int]) -> str:
    if not here.sort:
        return ""

    def one(found: re.Match[str]) -> str:
        depth = int(found.group(1)) - 1
        sort = "1" if here.legal else definition.levels.get(depth, _Level()).sort
        return _spelled(max(counts[depth], 0), sort)

    return re.sub(r"%([1-9])", one, here.pattern).strip()


def _spelled(count: int, sort: str) -> str:
    if sort in ("가", "ㄱ"):
        letters = _GANADA if sort == "가" else _CHOSUNG
        return letters[(count - 1) % len(letters)]
    return f"{count:02d}" if sort == "01" else spelled(count, sort)


def local(element: Any) -> str:
    """The name of an element without its family: files of the strict kind name another family."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute of an element, of whichever family."""
    for key, held in element.attrib.items():
        if key.rsplit("}", 1)[-1] == name:
            return str(held)
    return ""


def value(element: Any) -> str:
    """What an element says of itself in its one attribute."""
    return attribute(element, "val")


def number(text: str, otherwise: int) -> int:
    """A whole number, or another where it is none."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else otherwise


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of the given names."""
    for one in element if element is not None else ():
        if local(one) in names:
            yield one


def target_of(links: Any, sort: str, folder: str) -> str:
    """The name of the part to which a link of a sort leads, inside the file; empty where there is none."""
    for link in children(links, "Relationship"):
        if attribute(link, "Type").endswith(f"/{sort}") and attribute(link, "TargetMode") != "External":
            target = attribute(link, "Target")
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return ""

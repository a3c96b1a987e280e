"""The cells of the minutes: how each field of an item stands in a table, and how what stands there is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from servanda.dialogue.papers.paper import allowed
from servanda.errors import ValueProblem
from servanda.model.dialogue import Item, ItemState, Resolution
from servanda.model.period import Deadline, When
from servanda.model.words import Action, Area

ITEM, UNDERTAKING, NEW = "Item", "Undertaking", "new"
OF_ITEM = {"title": "Title", "decision": "Decision", "state": "State", "until": "Deferred to"}
OF_RESOLUTION = {
    "says": "Says", "owner": "Owner", "parties": "Parties", "deadline": "By when", "deliverable": "Deliverable",
    "mechanism": "Mechanism", "area": "Area", "action": "Action",
}  # fmt: skip
ASKED = {
    "title": "write what the item is called",
    "says": "write what is undertaken",
    "owner": "write who answers for it",
    "deliverable": "write what will exist when it is done: how will we know?",
    "parties": "write the codes of those who owe it, with commas between, or - where a third body does",
}
_OPTIONAL = ("decision", "until", "mechanism")
_MAY_BE_MANY = re.compile(r"[A-Z][A-Z0-9]{1,11}(?:-[A-Z0-9]+)*")
_LONGEST = 20_000


def tidy(words: str | None) -> str:
    """Words without what a program of letters changes by itself: blanks doubled or at an end, soft hyphens."""
    text = allowed(words or "").replace("\u2011", "-").replace("\u00ad", "")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


def texts(noun: Item | Resolution) -> dict[str, str]:
    """Each field of an item or an undertaking as its cell shows it; empty where there is nothing."""
    fields = OF_ITEM if isinstance(noun, Item) else OF_RESOLUTION
    return {name: _text(getattr(noun, name)) for name in fields}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value) or "-"
    return str(value)


def value_of(field: str, words: str, known: Collection[str] = ()) -> Any:
    """What a cell says; raises ValueProblem with what to write. `known` are the codes that may stand for a party."""
    said = tidy(words)
    if len(said) > _LONGEST:
        raise ValueProblem(f"longer than {_LONGEST:,} letters; write it shorter")
    if not said and field in _OPTIONAL:
        return None
    if field in ("state", "area", "action"):
        return _word(field, said)
    line = " ".join(said.split())
    if field == "until":
        return When.parse(line)
    if field == "deadline":
        return Deadline.parse(line)
    if field == "parties":
        return _codes(line, known)
    if not said:
        raise ValueProblem(f"empty; {ASKED[field]}")
    return said


def _word(field: str, said: str) -> Any:
    words: dict[str, type[ItemState] | type[Area] | type[Action]] = {"state": ItemState, "area": Area, "action": Action}
    try:
        return words[field](said.casefold())
    except ValueError as fault:
        raise ValueProblem(f"'{said}' is no {field}; write one of {', '.join(words[field])}") from fault


def _codes(line: str, known: Collection[str]) -> tuple[str, ...]:
    if line == "-":
        return ()
    found = tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", line) if part))
    if not found:
        raise ValueProblem(f"empty; {ASKED['parties']}")
    for code in found:
        if not _MAY_BE_MANY.fullmatch(code):
            raise ValueProblem(f"'{code}' is no code of a party; {ASKED['parties']}")
        if known and code not in known:
            raise ValueProblem(f"'{code}' is not at this table; write {' or '.join(sorted(known))}")
    return found


def summary(cells: Mapping[str, str]) -> str:
    """An undertaking or an item in one stretch of words, its empty cells left out."""
    labels = {**OF_ITEM, **OF_RESOLUTION}
    return "; ".join(f"{labels.get(name, name)}: {tidy(words)}" for name, words in cells.items() if tidy(words))


def resolution_of(cells: Mapping[str, str], known: Collection[str] = ()) -> Resolution:
    """The undertaking that a block of cells describes; raises ValueProblem naming the first cell that cannot be."""
    held: dict[str, Any] = {}
    for name, label in OF_RESOLUTION.items():
        try:
            held[name] = value_of(name, cells.get(name, ""), known)
        except ValueProblem as fault:
            raise ValueProblem(f"{label}: {fault}") from fault
    return Resolution(**held)


def put(noun: Any, field: str, words: str, known: Collection[str] = ()) -> Any:
    """The item or undertaking with one field as the cell says."""
    return replace(noun, **{field: value_of(field, words, known)})

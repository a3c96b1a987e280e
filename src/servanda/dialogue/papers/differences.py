"""Each difference between minutes as they were sent, as they came back, and as the record has them now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from servanda.dialogue.papers.cells import NEW, OF_ITEM, resolution_of, summary, texts, tidy, value_of
from servanda.dialogue.papers.filled import Block, Filled, is_blank
from servanda.errors import ValueProblem
from servanda.model.dialogue import Item, Resolution


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, known by its number. `before` is what was sent, `after` what came back, `now` what the record holds.

    `resolution` counts the undertakings as they were sent, from 1. `problem` says why it cannot be taken and what to
    write. `is_conflict` where the record changed meanwhile as well, to something else.
    """

    number: int
    item: str | None
    resolution: int | None
    field: str
    before: str | None
    after: str | None
    problem: str | None = None
    now: str | None = None
    is_conflict: bool = False
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Sheet:
    """Collects the differences, numbered as they are found. `doubt` where it is not known what was sent."""

    now: dict[str, Item]
    known: Collection[str]
    doubt: bool
    found: list[Difference] = field(default_factory=list)

    def add(self, item: str | None, what: str, before: str, after: str, **more: Any) -> None:
        """Remember a difference."""
        more.setdefault("is_conflict", False)
        more["is_conflict"] = bool(more["is_conflict"]) or (self.doubt and item is not None)
        resolution = more.pop("resolution", None)
        number = len(self.found) + 1
        self.found.append(Difference(number, item, resolution, what, before or None, after or None, **more))


def compare(sheet: Sheet, sent: Sequence[Item], filled: Sequence[Filled]) -> None:
    """Note every difference between the items that were sent and those that came back."""
    by_id = {one.id: one for one in sent}
    seen: set[str] = set()
    fresh = 0
    for one in filled:
        if one.item.casefold() == NEW or not one.item:
            if not is_blank(one):
                fresh += 1
                _added(sheet, one, f"{NEW} {fresh}")
        elif one.item not in by_id or one.item in seen:
            problem = (
                "stands twice; put what is new into its first table" if one.item in seen else "no such item was sent"
            )
            _whole(sheet, one, one.item, f"{problem}; or write new beside Item")
        else:
            seen.add(one.item)
            _item(sheet, by_id[one.item], one)
        for label, words in one.strange:
            sheet.add(one.item, label, "", words or label, problem="no such field is here; put it into a cell that is")
    for lost in sent:
        if lost.id not in seen:
            problem = "its table is gone; an item is dropped by its state, with the reason under Decision"
            sheet.add(lost.id, "item", lost.title, "", problem=problem)


def _whole(sheet: Sheet, one: Filled, name: str, problem: str | None) -> None:
    cells = {**one.cells}
    told = [summary(cells), *(summary(block.cells) for block in one.blocks)]
    sheet.add(name, "item", "", " | ".join(part for part in told if part) or name, problem=problem,
              cells=tuple(cells.items()))  # fmt: skip


def _added(sheet: Sheet, one: Filled, name: str) -> None:
    """An item that was not sent, and each of its undertakings."""
    problem = next((said for key in OF_ITEM if (said := _problem(key, one.cells.get(key) or _begins(key)))), None)
    sheet.add(name, "item", "", summary(one.cells) or name, problem=problem, cells=tuple(one.cells.items()))
    for block in one.blocks:
        _new_block(sheet, name, block)


def _begins(key: str) -> str:
    return "open" if key == "state" else ""


def _problem(key: str, words: str, known: Collection[str] = ()) -> str | None:
    try:
        value_of(key, words, known)
    except ValueProblem as fault:
        return str(fault)
    return None


def _item(sheet: Sheet, sent: Item, one: Filled) -> None:
    now = sheet.now.get(sent.id)
    _fields(sheet, sent.id, None, texts(sent), texts(now) if now else None, one.cells)
    place = aligned(sent.resolutions, now.resolutions if now else ())
    seen: set[int] = set()
    for block in one.blocks:
        number = int(block.number) if block.number.isascii() and block.number.isdigit() else 0
        if not 1 <= number <= len(sent.resolutions) or number in seen:
            _new_block(sheet, sent.id, block)
        elif any(block.cells.values()):
            seen.add(number)
            before, at = sent.resolutions[number - 1], place[number - 1]
            held = texts(now.resolutions[at]) if now and at is not None else None
            _fields(sheet, sent.id, number, texts(before), held, block.cells)
    for number, before in enumerate(sent.resolutions, 1):
        if number not in seen:
            at = place[number - 1]
            is_same = now is not None and at is not None and texts(now.resolutions[at]) == texts(before)
            problem = None if at is not None else "the record no longer holds this undertaking"
            sheet.add(sent.id, "undertaking", summary(texts(before)), "", resolution=number, problem=problem,
                      is_conflict=at is not None and not is_same)  # fmt: skip


def _fields(
    sheet: Sheet, item: str, number: int | None, sent: dict[str, str], now: dict[str, str] | None, cells: dict[str, str]
) -> None:
    for key, before in sent.items():
        after = cells.get(key, "")
        if tidy(after) == tidy(before) or _is_same(key, before, after):
            continue
        what = "item" if number is None else "undertaking"
        problem = f"the record no longer holds this {what}" if now is None else _problem(key, after, sheet.known)
        held = now[key] if now else ""
        is_conflict = now is not None and tidy(held) not in (tidy(before), tidy(after))
        sheet.add(item, key, before, after, resolution=number, problem=problem, now=held, is_conflict=is_conflict)


def _is_same(key: str, before: str, after: str) -> bool:
    """Whether two ways of writing mean one value: codes without blanks, a word of a list with a large letter."""
    try:
        return bool(value_of(key, before) == value_of(key, after))
    except ValueProblem:
        return False


def _new_block(sheet: Sheet, item: str, block: Block) -> None:
    if not any(block.cells.values()):
        return
    problem = None
    try:
        resolution_of(block.cells, sheet.known)
    except ValueProblem as fault:
        problem = str(fault)
    sheet.add(item, "undertaking", "", summary(block.cells), problem=problem, cells=tuple(block.cells.items()))


def aligned(sent: Sequence[Resolution], now: Sequence[Resolution]) -> list[int | None]:
    """For each undertaking that was sent its place in the record now: the same one, the same words, the same place."""
    found: list[int | None] = [None] * len(sent)
    rules: tuple[Callable[[int, int], bool], ...] = (
        lambda old, new: sent[old] == now[new],
        lambda old, new: sent[old].says == now[new].says,
        lambda old, new: old == new and len(sent) == len(now),
    )
    for rule in rules:
        for old in range(len(sent)):
            free = (new for new in range(len(now)) if new not in found and rule(old, new))
            if found[old] is None:
                found[old] = next(free, None)
    return found

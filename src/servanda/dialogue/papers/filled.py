"""What stands in edited minutes: tables by row, words outside them, comments. Tracked changes are taken as proposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from servanda.dialogue.papers.cells import ITEM, NEW, OF_ITEM, OF_RESOLUTION, UNDERTAKING, tidy
from servanda.dialogue.papers.opened import Opened
from servanda.texts.extract.numbering import attribute, children, local

_GONE = frozenset(("del", "moveFrom"))
_UNSAID = frozenset(("rPr", "pPr", "instrText", "delText", "delInstrText", "txbxContent"))
_SIGNS = {"tab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_LABELS = {label.casefold(): name for name, label in {**OF_ITEM, **OF_RESOLUTION}.items()}


@dataclass(slots=True)
class Block:
    """One undertaking as it came back: what stands beside the word, and its cells."""

    number: str
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Filled:
    """One item as it came back. `strange` are rows that no field claims."""

    item: str
    cells: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    strange: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin: who, when by their clock, what, and the item at which it hangs."""

    by: str
    at: str
    says: str
    item: str | None


@dataclass(slots=True)
class Came:
    """All that came back. `tracked` are those whose tracked changes were taken as proposed."""

    items: list[Filled] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    tracked: list[str] = field(default_factory=list)
    pictures: int = 0


def came(opened: Opened) -> Came:
    """Read the body once, in order."""
    made = Came()
    hangs: dict[str, str] = {}
    for one in _blocks(opened.body):
        if local(one) == "p":
            made.outside.append(_paragraph(one)[0])
        else:
            _rows(one, made)
        name = made.items[-1].item if made.items and local(one) == "tbl" else ""
        hangs |= {attribute(mark, "id"): name for mark in _each(one, "commentReference")}
    for part in (opened.body, *opened.beside):
        made.outside += [_said(box) for box in _each(part, "txbxContent") if not _is_second(box)]
    for part in opened.beside:
        made.outside += _beside(part)
    made.outside = [words for words in map(tidy, made.outside) if words]
    made.comments = [_comment(one, hangs) for one in children(opened.comments, "comment")]
    marks = [one for name in ("ins", "del", "moveFrom", "moveTo") for one in _each(opened.body, name)]
    made.tracked = sorted({attribute(one, "author") or "somebody" for one in marks})
    made.pictures = sum(1 for name in ("drawing", "pict") for _ in _each(opened.body, name))
    return made


def _each(root: Any, name: str) -> Iterator[Any]:
    """The elements of a name, of whichever family."""
    return (one for one in root.iter("{*}" + name)) if root is not None else iter(())


def _is_second(box: Any) -> bool:
    """Whether it is the second form of one drawing, for old programs: its words stand in the first already."""
    return any(local(one) == "Fallback" for one in box.iterancestors())


def _beside(part: Any) -> list[str]:
    """What is written in a margin or in the notes at the foot; a number of a page alone is the form's own."""
    if local(part) in ("footnotes", "endnotes"):
        return [_said(one) for one in part if attribute(one, "type") in ("", "normal")]
    said = [_paragraph(one)[0] if local(one) == "p" else _said(one) for one in _blocks(part)]
    return [words for words in said if any(letter.isalpha() for letter in words)]


def _comment(one: Any, hangs: dict[str, str]) -> Comment:
    by, at = attribute(one, "author") or "somebody", attribute(one, "date")
    return Comment(tidy(by), tidy(at), tidy(_said(one)), hangs.get(attribute(one, "id")) or None)


def _blocks(holder: Any) -> Iterator[Any]:
    """The paragraphs and tables that an element holds, also those in a frame of another; what was deleted is gone."""
    for one in holder:
        kind = local(one)
        if kind in ("p", "tbl"):
            yield one
        elif kind not in _GONE and kind not in ("sectPr", "tcPr"):
            yield from _blocks(one)


def _said(holder: Any) -> str:
    """The words of all paragraphs that an element holds, a line each, those of tables in it as well."""
    words = ""
    for one in _blocks(holder):
        if local(one) == "p":
            said, is_joined = _paragraph(one)
            words += said if is_joined else f"{said}\n"
        else:
            words += "".join(f"{_said(cell)}\n" for row in _lines(one) for cell in row)
    return words.removesuffix("\n")


def _paragraph(element: Any) -> tuple[str, bool]:
    """The words of a paragraph, and whether its end was deleted, so that the next goes on with its line."""
    marks = [one for above in children(element, "pPr") for inner in children(above, "rPr") for one in inner]
    return _run(element), any(local(one) in _GONE for one in marks)


def _run(element: Any) -> str:
    parts = []
    for one in element:
        kind = local(one)
        if kind in _GONE or kind in _UNSAID:
            continue
        if kind == "t":
            parts.append(one.text or "")
        elif kind in _SIGNS:
            parts.append(_SIGNS[kind])
        elif kind == "sym":
            parts.append(_sign(attribute(one, "char")))
        elif kind == "AlternateContent":
            parts += [_run(inner) for inner in list(one)[:1]]
        elif kind:
            parts.append(_run(one))
    return "".join(parts)


def _sign(code: str) -> str:
    """A sign of a picture font by its number; a number that none can be is a bullet."""
    try:
        found = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "•"
    return found if found.isprintable() else "•"


def _lines(table: Any) -> list[list[Any]]:
    """The cells of a table by row; rows and cells that were deleted are gone."""
    return [
        [cell for cell in _cells(row, "tc") if not _has(cell, "tcPr", "cellDel")]
        for row in _cells(table, "tr")
        if not _has(row, "trPr", "del")
    ]


def _cells(holder: Any, name: str) -> Iterator[Any]:
    for one in holder:
        kind = local(one)
        if kind == name:
            yield one
        elif kind not in _GONE and kind not in ("tbl", "p", "tc"):
            yield from _cells(one, name)


def _has(element: Any, above: str, name: str) -> bool:
    return any(True for one in children(element, above) for _ in children(one, name))


def _rows(table: Any, into: Came) -> None:
    """Put each row where its label says. A table without an id goes on with the item before it."""
    for row in _lines(table):
        said = [tidy(_said(cell)) for cell in row]
        if not any(said):
            continue
        label = said[0].rstrip(":").strip().casefold()
        words = said[1] if len(said) > 1 else ""
        if label == ITEM.casefold():
            into.items.append(Filled(" ".join(words.split())))
        elif not into.items:
            into.outside.append(": ".join(said))
            continue
        else:
            _row(into.items[-1], label, said[0], words)
        into.items[-1].strange += [(said[0], more) for more in said[2:] if more]


def _row(item: Filled, label: str, shown: str, words: str) -> None:
    if label == UNDERTAKING.casefold():
        number = " ".join(words.split())
        item.blocks.append(Block(number))
        if number.casefold() != NEW and not number.isdecimal() and number:
            item.strange.append((shown, words))
        return
    name = _LABELS.get(label, "")
    cells = item.cells if name in OF_ITEM else item.blocks[-1].cells if name and item.blocks else None
    if cells is None:
        item.strange.append((shown, words))
    elif name in cells:
        item.strange.append((f"{shown} (a second time)", words))
    else:
        cells[name] = words


def is_blank(item: Filled) -> bool:
    """Whether it is the form's empty table, left as it was."""
    return not any(item.cells.values()) and not any(any(one.cells.values()) for one in item.blocks)


def is_seal(words: str, lead: str) -> bool:
    """Whether a line is the form's own seal."""
    rest = words.removeprefix(tidy(lead)).strip()
    return words.startswith(tidy(lead)) and len(rest) == 64 and all(one in "0123456789abcdef" for one in rest)

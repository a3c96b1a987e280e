"""What a reader of one format hands over: pieces in reading order, and how they are written down as one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from servanda.texts.extract.marks import bullet

HEADING_WORDS, HEADING_LETTERS = 25, 200
NOTES = "Footnotes"

_LIGATURES = str.maketrans(
    {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
    | dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFC])
)
# Controls, lone surrogates and words of a private alphabet say nothing to a reader, and a store may refuse them.
_UNSAYABLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
_FULL_STOP = re.compile(r"[.;,:][\"'”’)\]]*$")


class Role(StrEnum):
    """What a piece is in the text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, paragraph, list item, row of a table or footnote; `mark` is the number or letter an item carries."""

    role: Role
    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The pieces of a document in reading order, with what the document says of itself and what a reader should know.

    `fault` is why there is no text to read, where there is none: a word that the caller turns into a sentence.
    """

    pieces: tuple[Piece, ...] = ()
    title: str | None = None
    date: str | None = None
    note: tuple[str, ...] = ()
    fault: str = ""

    def plain(self) -> dict[str, Any]:
        """The draft as lists and words, to be sent from one process to another."""
        return asdict(self)


def draft_of(sent: dict[str, Any]) -> Draft:
    """The draft that another process sent."""
    pieces = tuple(Piece(Role(one["role"]), one["words"], one["mark"]) for one in sent["pieces"])
    return Draft(pieces, sent["title"], sent["date"], tuple(sent["note"]), sent["fault"])


def tidy(words: str) -> str:
    """The words on one line: ligatures spelled out, one space between words, nothing that cannot be seen."""
    seen = _UNSAYABLE.sub("", words.translate(_LIGATURES))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def piece(words: str, bold: bool = False) -> Piece | None:
    """A paragraph, or the item or heading that its first sign and its type make it; None where it says nothing."""
    opened = bullet(words.lstrip())
    said = tidy(words.lstrip()[opened.end() :] if opened else words)
    if not re.search(r"\w", said):
        return None
    if opened:
        return Piece(Role.ITEM, said, "-")
    if bold and is_title(said) and not _FULL_STOP.search(said):
        return heading(said)
    return Piece(Role.PARAGRAPH, said)


def heading(words: str) -> Piece | None:
    """A heading; a paragraph where it is too long to be one; None where it says nothing."""
    said = tidy(words)
    if not re.search(r"\w", said):
        return None
    return Piece(Role.HEADING if is_title(said) else Role.PARAGRAPH, said)


def is_title(said: str) -> bool:
    """True for words that are few enough to be a heading."""
    return len(said) <= HEADING_LETTERS and len(said.split()) <= HEADING_WORDS


def row(cells: Iterable[str]) -> Piece | None:
    """A row of a table; None where no cell says anything."""
    said = [tidy(cell) for cell in cells]
    if not any(re.search(r"\w", cell) for cell in said):
        return None
    return Piece(Role.ROW, " ".join(" | ".join(said).split()))


def moved(notes: int) -> str:
    """What a reader should know of footnotes."""
    return "1 footnote was moved to the end" if notes == 1 else f"{notes} footnotes were moved to the end"


def write(pieces: Sequence[Piece]) -> str:
    """The pieces as one text: a blank line between them, each on one line, footnotes at the end."""
    body = [_line(one) for one in pieces if one.role != Role.NOTE]
    notes = [_line(one) for one in pieces if one.role == Role.NOTE]
    lines = [*body, *([f"## {NOTES}", *notes] if notes else [])]
    return "\n\n".join(lines) + "\n" if lines else ""


def _line(one: Piece) -> str:
    if one.role == Role.HEADING:
        return f"## {one.words}"
    return f"{one.mark} {one.words}" if one.mark else one.words

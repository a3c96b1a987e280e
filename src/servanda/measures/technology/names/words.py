"""The words of a name or an affiliation, folded so that spellings meet, with where the original breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LINKS = frozenset(
    "of for and the at in on de du des la le di della da do dos y und fur der co ltd inc pvt llc gmbh limited".split()
)
"""Words that say nothing of themselves: left out of what is compared."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LETTERS = re.compile(r"(?<![A-Za-z])((?:[A-Za-z][.&]\s?){2,}[A-Za-z]?)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that says something: folded, as it was written, the segment it stands in, the link word before and after,
    and whether a bracket or a dash stands before it.
    """

    folded: str
    written: str
    segment: int
    before: str
    after: str
    apart: bool


def folded(word: str, same: Mapping[str, str]) -> str:
    """A word without case, accents and plural; what `same` writes otherwise stands for what it is written for."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one))
    plain = unicodedata.normalize("NFC", plain).casefold().replace("’", "").replace("'", "")
    if plain in same:
        return same[plain]
    if plain.isascii() and len(plain) > 4 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        plain = plain[:-3] + "y" if plain.endswith("ies") else plain[:-1]
    return same.get(plain, plain)


def words(said: str, same: Mapping[str, str]) -> list[Word]:
    """The words of a text in order, link words left out. A comma, semicolon, bar, slash or bracket ends a segment."""
    text = _LETTERS.sub(lambda found: re.sub(r"[.&\s]", "", found[1]) + " ", said)
    made: list[Word] = []
    segment, before, last, apart = 0, "", 0, False
    for found in _WORD.finditer(text):
        gap = text[last : found.start()]
        ended = bool(re.search(r"[.]\s", gap)) and bool(made) and not _short(made[-1], same)
        if ended or any(mark in gap for mark in ",;|/()[]:") or re.search(r"\s[-–—]\s", gap):
            segment, before = segment + 1, ""
        apart = apart or any(mark in gap for mark in "-–—&()")
        last = found.end()
        plain = found[0].casefold()
        if plain in LINKS:
            before = plain
            if made and made[-1].segment == segment and not made[-1].after:
                made[-1] = _followed(made[-1], plain)
            continue
        made.append(Word(folded(found[0], same), found[0], segment, before, "", apart))
        before, apart = "", False
    return made


def _short(one: Word, same: Mapping[str, str]) -> bool:
    """Whether the dot after a word may be that of an abbreviation."""
    return len(one.written) < 5 or one.written.casefold() in same


def _followed(one: Word, after: str) -> Word:
    return Word(one.folded, one.written, one.segment, one.before, after, one.apart)


def key(said: str, same: Mapping[str, str]) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(one.folded for one in words(said, same))


def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter added, lost, changed, or by two that changed places."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    if len(one) > len(other):
        one, other = other, one
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[place:] == other[place + 1 :]
    swapped = one[place : place + 2] == other[place : place + 2][::-1] and one[place + 2 :] == other[place + 2 :]
    return one[place + 1 :] == other[place + 1 :] or swapped

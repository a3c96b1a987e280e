"""Lines into one paragraph: a word that was broken at the end of a line is whole again, a compound keeps its hyphen."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"
_HYPHENS = rf"\-{SOFT_HYPHEN}\u2010\u2011"
_BROKEN = re.compile(rf"([^\W\d_][\w’'.{_HYPHENS}]*|\d+)[{_HYPHENS}]$")
_NEXT = re.compile(rf"[(\"“‘]?([^\W_][\w’'{_HYPHENS}]*)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_CLOSED_UP = re.compile(r"\S[—–/-]$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[^\s.,;)>]$")
_ADDRESS_ON = re.compile(r"[^\s.]+[./=&?%][^\s.]")
_CLOSED_DOWN = re.compile(r"—\w")
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u3001\u3002\uff00-\uffef]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")

# First halves that are written with a hyphen also where a word without one is found in a dictionary, and first halves
# that are no words but begin compounds; and those that seldom do.
_APART = frozenset("anti co counter cross ex long mid non pan post self short well".split())
_BEGINNINGS = frozenset("multi socio micro agri euro afro indo sino".split())
_PREFIXES = frozenset("de dis en in inter mis over pre re sub super trans un under up".split())
# How often a word of the dictionary is met: below the first it is weak evidence against a hyphen, above the second it
# is so common that hardly anybody writes it with one.
_SELDOM, _USUAL = 200, 500


@dataclass(frozen=True, slots=True)
class Known:
    """What a document tells of its words: those that stand whole on a line, and how its lines end.

    `spaced`: they end in the space that they had. `breaks`: words are broken at their ends, not only at hyphens.
    """

    words: frozenset[str] = frozenset()
    spaced: bool = False
    breaks: bool = True


@lru_cache(maxsize=1)
def dictionary() -> dict[str, int]:
    """English words with how often they are met."""
    held = files("spellchecker") / "resources" / "en.json.gz"
    words: dict[str, int] = json.loads(gzip.decompress(held.read_bytes()))
    return words


def known_of(lines: Sequence[str]) -> Known:
    """What the lines of a document tell, in their order."""
    found: set[str] = set()
    for before, line in zip(["", *lines], lines, strict=False):
        whole = _BROKEN.sub("", line.rstrip())
        if _BROKEN.search(before.rstrip()):
            whole = _NEXT.sub("", whole, count=1)
        found.update(word.lower().replace("\u2010", "-").replace("\u2011", "-") for word in _WORD.findall(whole))
    words = frozenset(found)
    breaks = any(_is_broken(line, after, words) for line, after in pairwise(lines))
    return Known(words, any(line.endswith(" ") for line in lines), breaks)


def _is_broken(line: str, after: str, words: frozenset[str]) -> bool:
    """True where the end of a line surely breaks a word: its halves are none, and the file does not say so itself."""
    last, following = _BROKEN.search(line.rstrip()), _NEXT.match(after)
    if not last or not following or line.rstrip().endswith(SOFT_HYPHEN):
        return False
    head, tail = _halves(last.group(1), following.group(1))
    if head + tail not in words and head + tail not in dictionary():
        return False
    return f"{head}-{tail}" not in words and not (head in dictionary() and tail in dictionary())


def _halves(first: str, second: str) -> tuple[str, str]:
    parts = rf"[{_HYPHENS}]"
    return re.split(parts, first.lower())[-1], re.split(parts, second.lower())[0].removesuffix("’s").removesuffix("'s")


def joined(lines: Sequence[str], known: Known) -> str:
    """The lines as one, with what the ends of lines did to the words undone. A space at a line's end is the file's."""
    parts: list[str] = []
    for line in lines:
        if parts and line.strip():
            # Only the end of what was gathered matters: a paragraph may go on over hundreds of lines.
            before = parts[-1]
            cut = known.spaced and not before.endswith(" ")
            parts[-1] = _end(before.rstrip(), line, known, cut)
            parts.append(line)
        elif line.strip():
            parts.append(line)
    return "".join(parts).rstrip()


def _end(text: str, line: str, known: Known, cut: bool) -> str:
    """The end of a line as it stands before the next: without its hyphen, or with the space between."""
    last, following = _BROKEN.search(text), _NEXT.match(line)
    if last and following:
        first, second = last.group(1).replace(SOFT_HYPHEN, ""), following.group(1)
        if second in ("and", "or", "to") and f"{first}{second}".lower() not in known.words:
            return f"{text} "  # short- and long-term
        whole = text[-1] != SOFT_HYPHEN and _is_compound(first, second, known)
        return text if whole else text[:-1]
    if _ADDRESS.search(text) and _ADDRESS_ON.match(line):
        return text
    if _CLOSED_UP.search(text) or (_CLOSED_DOWN.match(line) and text[-1].isalnum()):
        return text
    if _WITHOUT_SPACES.match(text[-1]) and _WITHOUT_SPACES.match(line[0]):
        return text
    hangul = bool(_HANGUL.match(text[-1])), bool(_HANGUL.match(line[0]))
    if (any(hangul) and cut) or (all(hangul) and _is_one_word(text, line, known.words)):
        return text
    return f"{text} "


def _is_one_word(text: str, line: str, known: frozenset[str]) -> bool:
    """True where the end of a line and the beginning of the next make a word that the document knows."""
    first, second = re.search(r"\w+$", text), re.match(r"\w+", line)
    return bool(first and second and (first.group() + second.group()).lower() in known)


def _is_compound(first: str, second: str, known: Known) -> bool:
    """True where the hyphen belongs to the word and was not put there by the end of the line."""
    if first[-1].isdigit() or not second[0].islower():
        # AGREE-MENT is a word in capitals, U.S.-LED a compound: as in small letters.
        return not (first.isupper() and second.isupper() and (first + second).lower() in dictionary())
    head, tail = _halves(first, second)
    if f"{head}-{tail}" in known.words or (first.isupper() and len(first) > 1):
        return True
    if head + tail in known.words:
        return False
    if tail not in dictionary() and tail not in known.words:
        return False  # half a word
    often = dictionary().get(head + tail, 0)
    if not known.breaks:
        return often < _USUAL
    if often:
        doubled = head[-1] == tail[0] and head[-1] in "aeiou"  # re-emphasise, co-operate
        return often < _SELDOM and (head in _APART or doubled)
    return head in _BEGINNINGS or head in _APART or (head in dictionary() and head not in _PREFIXES)

"""Words as the subwords a transformer knows: whole where they are known, else the longest known parts.

WordPiece as BERT has it, without capitals and accents (Devlin et al. 2019, BERT, section 3; Wu et al. 2016, Google's
Neural Machine Translation System, section 4.1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

UNKNOWN, FIRST, BETWEEN = "[UNK]", "[CLS]", "[SEP]"
LONGEST = 60
"""A run of more characters than this is no word."""
MOST_MET = 50_000
"""Words that are kept with their subwords; a server reads for months."""
INSIDE = "##"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_PLAIN = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
"""The same of text in plain letters, which most is: ten times as fast."""


@dataclass(frozen=True, slots=True)
class Subwords:
    """The subwords that are known, each with its number; words that were met are kept with their subwords."""

    numbers: Mapping[str, int]
    met: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def of(self, said: str) -> list[int]:
        """The numbers of the subwords of a text, in order."""
        return [number for word in words(said) for number in self._word(word)]

    def _word(self, word: str) -> Sequence[int]:
        if word not in self.met:
            if len(self.met) >= MOST_MET:
                self.met.clear()
            self.met[word] = self._split(word)
        return self.met[word]

    def _split(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(word):
            end = len(word) if len(word) <= LONGEST else start
            lead = INSIDE if start else ""
            while end > start and lead + word[start:end] not in self.numbers:
                end -= 1
            if end == start:
                return (self.numbers[UNKNOWN],)
            found.append(self.numbers[lead + word[start:end]])
            start = end
        return tuple(found)


def words(said: str) -> list[str]:
    """Words and marks of a text, folded: small letters, no accents, every mark and every Han character alone."""
    if said.isascii() and not _CONTROL.search(said):
        return _PLAIN.findall(said.lower())
    plain = unicodedata.normalize("NFD", said.lower())
    spaced = "".join(_spaced(letter) for letter in plain if unicodedata.category(letter) != "Mn")
    return spaced.split()


def _spaced(letter: str) -> str:
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cf"):
        return ""
    mark = kind.startswith("P") or (letter.isascii() and not letter.isalnum())
    return f" {letter} " if mark or "\u4e00" <= letter <= "\u9fff" else letter

"""The parser's rules for single words, applied from memory: the same marks as its own component, a tenth of the time.

The component looks every word of every sentence up in some 180 patterns. All but a few ask only for a word's tag, its
relation and, of some hundred words, how it is spelled; so what they did to a word once they do to it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "remembered_ruler"
MOST = 50_000
"""Spellings that are kept; a server reads for months."""
Key = tuple[int, int, int]
Marks = tuple[int, int, int]


class Remembered(AttributeRuler):  # type: ignore[misc]
    """The rules of a ruler, with what they did to a word of some tag, relation and spelling."""

    def learn(self, patterns: Sequence[Mapping[str, Any]]) -> None:
        """Take over the patterns of a ruler; nothing is remembered of others."""
        self.clear()
        self.add_patterns(patterns)
        every = [pattern for one in patterns for pattern in one["patterns"]]
        strings = self.vocab.strings
        asked = [condition for pattern in every for token in pattern for condition in _conditions(token)]
        self._spelled = {strings.add(said) for name, said in asked if name == "LOWER"}
        self._shaped = [re.compile(said) for name, said in asked if name == "REGEX"]
        firsts = [_first(pattern) for pattern in every if len(pattern) > 1]
        self._pair_words = {strings.add(said) for name, said in firsts if name == "LOWER"}
        self._pair_relations = {strings.add(said) for name, said in firsts if name == "DEP"}
        self._known: dict[Key | None, Marks] = {}
        self._met: dict[int, int | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Mark the words of a parsed text; one with white space, or words that rules name in pairs, is looked up."""
        asked = [self._key(*word) for word in doc.to_array([TAG, DEP, LOWER]).tolist()]
        known = [self._known.get(key) for key in asked]
        if None not in known:
            return doc.from_array([POS, MORPH, LEMMA], np.array(known, np.uint64))
        marked: Doc = super().__call__(doc)
        if None not in asked:
            self._known.update(zip(asked, map(tuple, marked.to_array([POS, MORPH, LEMMA]).tolist()), strict=True))
        return marked

    def _key(self, tag: int, relation: int, lower: int) -> Key | None:
        """All that a rule for one word asks of it; None where more than one word may be asked for."""
        if lower not in self._met:
            if len(self._met) >= MOST:
                self._met.clear()
            said = self.vocab.strings[lower]
            apart = said.isspace() or lower in self._pair_words or any(shape.search(said) for shape in self._shaped)
            self._met[lower] = None if apart else lower if lower in self._spelled else 0
        spelled = self._met[lower]
        return None if spelled is None or relation in self._pair_relations else (tag, relation, spelled)


@Language.factory(NAME)  # type: ignore[untyped-decorator]
def _make(nlp: Language, name: str) -> Remembered:
    return Remembered(nlp.vocab, name)


def remember(loaded: Language) -> Language:
    """The pipeline with its ruler replaced by one that remembers."""
    patterns = loaded.get_pipe("attribute_ruler").patterns
    loaded.replace_pipe("attribute_ruler", NAME)
    loaded.get_pipe("attribute_ruler").learn(patterns)
    return loaded


def _conditions(token: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a rule asks of the spelling of a word: words by name, or a pattern."""
    asked = token.get("LOWER")
    if isinstance(asked, str):
        yield "LOWER", asked
    elif asked and "REGEX" in asked:
        yield "REGEX", asked["REGEX"]
    elif asked:
        yield from (("LOWER", said) for said in asked["IN"])
    if unknown := set(token) - {"LOWER", "TAG", "DEP", "IS_SPACE"}:
        raise ValueError(f"the parser has a rule by {', '.join(sorted(unknown))}; what it did cannot be remembered")


def _first(pattern: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """By what a rule for several words is known to be in question: a word that it names, or a relation."""
    for name in ("LOWER", "DEP"):
        for token in pattern:
            if isinstance(token.get(name), str):
                return name, token[name]
    raise ValueError(f"the parser has a rule for several words that names none: {pattern}")

"""How near a programme lies to what somebody says: by words and their likes, and by sentence vectors where installed.

Words: cosine of term weights, tf = 1 + ln n, idf = ln((1 + N) / (1 + df)) + 1 (Manning, Raghavan and Schütze,
Introduction to Information Retrieval, 6.2-6.4; idf smoothed). Words that mean the same (content) add the line they
stand in, at half weight, so that a scholarship is found by who asks for a stipend.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from servanda.model.programme import Profile, Programme

_SKIPPED = frozenset("a an and as at by for from in into is it of on or the to with who which i my me we our".split())
HALF = 0.5


class Vectors(Protocol):
    """Texts to vectors of unit length: of what somebody says, and of all programmes."""

    def of_profile(self, said: str) -> Sequence[float]:
        """One vector."""

    def of_programmes(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text."""


def told(programme: Programme) -> str:
    """What a programme says of itself, in one text."""
    kinds = ", ".join(programme.wants)
    return ". ".join(one for one in (programme.title, programme.who, kinds, ", ".join(programme.topics)) if one)


def asked(profile: Profile) -> str:
    """What a profile says it knows and wants, in one text: no party, no age, no word of who somebody is."""
    kinds, skills = ", ".join(profile.wants), ", ".join(profile.skills)
    return ". ".join(one for one in (kinds, skills, profile.about) if one)


def by_words(query: str, texts: Sequence[str], alike: Sequence[Sequence[str]] = ()) -> list[float]:
    """The cosine of term weights of a query with each text, from 0 to 1; without `alike` it is keyword search."""
    lines = _lines(alike)
    counted = [_counted(text, lines) for text in texts]
    seen = Counter(term for one in counted for term in one)
    rare = {term: math.log((1 + len(texts)) / (1 + count)) + 1 for term, count in seen.items()}
    wanted = _weighed(_counted(query, lines), rare)
    return [sum(weight * one.get(term, 0.0) for term, weight in wanted.items()) for one in
            (_weighed(one, rare) for one in counted)]  # fmt: skip


def nearness(query: str, texts: Sequence[str], alike: Sequence[Sequence[str]], vectors: Vectors | None) -> list[float]:
    """The nearness of each text to a query, from 0 to 1: by words, or where there are vectors the mean of both."""
    words = by_words(query, texts, alike)
    if vectors is None or not query.strip():
        return words
    cosines = by_vectors(query, texts, vectors)
    return [(word + cosine) / 2 for word, cosine in zip(words, cosines, strict=True)]


def by_vectors(query: str, texts: Sequence[str], vectors: Vectors) -> list[float]:
    """The cosine of the vector of a query with that of each text, none below 0."""
    first = vectors.of_profile(query)
    return [max(0.0, sum(a * b for a, b in zip(first, one, strict=True))) for one in vectors.of_programmes(texts)]


def _lines(alike: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for number, words in enumerate(alike):
        for word in words:
            found.setdefault(_stem(word), []).append(f"={number}")
    return {word: tuple(lines) for word, lines in found.items()}


def _counted(text: str, lines: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """How often each word and each line of likes stands in a text; a line counts once, at half weight."""
    stems = [_stem(one) for one in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.casefold()) if one not in _SKIPPED]
    counts: dict[str, float] = {one: 1 + math.log(many) for one, many in Counter(stems).items()}
    counts.update({line: HALF for one in stems for line in lines.get(one, ())})
    return counts


def _weighed(counts: Mapping[str, float], rare: Mapping[str, float]) -> dict[str, float]:
    made = {term: count * rare.get(term, 0.0) for term, count in counts.items()}
    long = math.sqrt(sum(weight * weight for weight in made.values()))
    return {term: weight / long for term, weight in made.items()} if long else {}


def _stem(word: str) -> str:
    """A word without the commonest endings of number: no more, for longer cuts join what does not belong together."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word

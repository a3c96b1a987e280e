"""Which institutions an affiliation may name: names that stand in it word for word, and names that nearly do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.measures.technology.names.known import Form, Known
from servanda.measures.technology.names.words import Word, near

LOOKED_AT = 12
LEAST_COVER = 0.75
SEEN_OFTEN = 400
"""A word in more names than this does not by itself bring a name up."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name found from word `start` to `end`: which (of `Known.names`), and how much of it is there, 0 to 1."""

    start: int
    end: int
    name: int
    cover: float


def matches(said: Sequence[Word], known: Known) -> list[Match]:
    """Names in a text: whole ones that lie in no longer one, and near ones in segments that hold no whole one."""
    whole = _whole(said, known)
    taken = {said[place].segment for one in whole for place in range(one.start, one.end)
             if known.names[one.name].form is not Form.SHORTER}  # fmt: skip
    found = list(whole)
    for segment in sorted({one.segment for one in said}):
        if segment not in taken:
            found += _nearly(said, segment, known)
    return found


def _whole(said: Sequence[Word], known: Known) -> list[Match]:
    folded = tuple(one.folded for one in said)
    spans: list[tuple[int, int]] = []
    for start in range(len(folded)):
        for length in range(min(known.longest, len(folded) - start), 0, -1):
            if folded[start : start + length] in known.exact and _says(said[start : start + length], known):
                spans.append((start, start + length))
                break
    spans = [one for one in spans if not any(_inside(one, other) for other in spans)]
    return [Match(start, end, name, 1.0) for start, end in spans for name in known.exact[folded[start:end]]]


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _says(run: Sequence[Word], known: Known) -> bool:
    """Whether words may be a name: letters stand in capitals, and one plain word is no name unless it is rare."""
    if len(run) > 1:
        return True
    word = run[0]
    forms = {known.names[one].form for one in known.exact[(word.folded,)]}
    if Form.LETTERS in forms:
        return sum(one.isupper() for one in word.written) >= 2 and len(word.written) > 2
    return len(word.written) > 4 or not word.written.isascii()


def _nearly(said: Sequence[Word], segment: int, known: Known) -> list[Match]:
    places = [place for place, one in enumerate(said) if one.segment in (segment, segment + 1)]
    own = [place for place in places if said[place].segment == segment]
    if len(own) < 2:
        return []
    folded = [_spelt(said[place].folded, known) for place in places]
    score: dict[int, float] = {}
    for word in dict.fromkeys(folded[: len(own)]):
        held = known.holding.get(word, ())
        if len(held) <= SEEN_OFTEN:
            for name in held:
                score[name] = score.get(name, 0.0) + known.rarity[word]
    found = []
    for name in sorted(score, key=lambda one: (-score[one], one))[:LOOKED_AT]:
        words = known.names[name].key
        if len(words) < 2:
            continue
        there = known.weight([one for one in words if one in folded])
        cover = there / known.weight(words)
        if cover >= LEAST_COVER:
            at = [place for place, word in zip(places, folded, strict=True) if word in words]
            found.append(Match(min(at), max(at) + 1, name, min(cover, 0.99)))
    return found


def _spelt(word: str, known: Known) -> str:
    """The word, or the one word of the registry that differs from it by a letter."""
    if word in known.rarity or len(word) < 6 or not word.isascii():
        return word
    if word not in known.spelt:
        alike = [other for length in (-1, 0, 1) for other in known.alike.get((word[0], len(word) + length), ())
                 if near(word, other)]  # fmt: skip
        known.spelt[word] = alike[0] if len(alike) == 1 else word
    return known.spelt[word]

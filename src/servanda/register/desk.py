"""A text as it lies before one coder: its passages by their bounds, what was decided of each, and the orphans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from servanda.model.decision import Decision
from servanda.model.passage import Passage
from servanda.model.text import Text
from servanda.register.anchor import stands
from servanda.texts.split import split

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Desk:
    """A text before a coder. `decided` holds what is in force, by the stretch where its words stand now.

    Who codes openly shares one desk: the record has one reading in force. Who codes blind has a desk of their own, on
    which nothing of the others lies. `orphans` are decisions in force whose words are no longer in the text.
    """

    text: Text
    coder: str
    blind: bool
    passages: tuple[Passage, ...]
    decided: dict[Stretch, Decision]
    orphans: tuple[Decision, ...]

    @property
    def spoken(self) -> tuple[Passage, ...]:
        """The passages that say something: the number of a paragraph does not."""
        return tuple(one for one in self.passages if speaks(one))

    def at(self, start: int, end: int) -> int | None:
        """The place among the spoken passages of the one that is exactly this stretch."""
        return next((at for at, one in enumerate(self.spoken) if (one.start, one.end) == (start, end)), None)

    def undecided(self) -> tuple[Passage, ...]:
        """The spoken passages of which nothing is decided."""
        return tuple(one for one in self.spoken if (one.start, one.end) not in self.decided)


def lay(text: Text, decisions: Iterable[Decision], coder: str = "", blind: bool = False) -> Desk:
    """Lay a text before a coder."""
    passages = _Passages(text.characters)
    decided: dict[Stretch, Decision] = {}
    orphans = []
    for one in in_force(text, decisions, coder, blind):
        where = stands(one.quote, text.characters)
        if where is None:
            orphans.append(one)
            continue
        passages.bound(parts(where, one.cuts))
        if not one.answer.moves:
            decided[where] = one
    found = passages.sorted()
    held = {(one.start, one.end) for one in found}
    orphans += [one for where, one in decided.items() if where not in held]
    return Desk(
        text, coder, blind, found, {where: one for where, one in decided.items() if where in held}, tuple(orphans)
    )


def in_force(text: Text, decisions: Iterable[Decision], coder: str = "", blind: bool = False) -> list[Decision]:
    """The decisions of a desk that no later one withdraws, in their order."""
    its = [one for one in decisions if one.text == text.id and one.blind == blind and (not blind or one.coder == coder)]
    gone = {name for one in its for name in one.withdraws}
    return sorted((one for one in its if one.id not in gone), key=lambda one: one.number)


def blind_coders(decisions: Iterable[Decision]) -> list[str]:
    """Who coded blind, in the order of their first decision."""
    return list(dict.fromkeys(one.coder for one in sorted(decisions, key=lambda one: one.number) if one.blind))


def orphans(text: Text, decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions in force about a text, of all coders, whose words are no longer in it."""
    its = list(decisions)
    desks = [in_force(text, its), *(in_force(text, its, coder, True) for coder in blind_coders(its))]
    return [one for desk in desks for one in desk if stands(one.quote, text.characters) is None]


def coded(desk: Desk, one: Passage) -> Decision | None:
    """What was decided of a passage."""
    return desk.decided.get((one.start, one.end))


def parts(where: Stretch, cuts: Sequence[int]) -> list[Stretch]:
    """The stretches into which cuts part one; a cut that lies outside parts nothing."""
    start, end = where
    places = [start, *(start + cut for cut in cuts if 0 < cut < end - start), end]
    return list(pairwise(places))


def speaks(one: Passage) -> bool:
    """Whether a passage has words."""
    return any(letter.isalpha() for letter in one.text)


def is_word(characters: str) -> bool:
    """Whether there is anything to read in some characters."""
    return any(one.isalnum() for one in characters)


class _Passages:
    """The passages of a text while their bounds are moved: every letter stays in exactly one of them."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        self.held = {(one.start, one.end): one for one in split(characters)}

    def bound(self, wanted: Sequence[Stretch]) -> None:
        """Make each of the wanted stretches, which lie side by side, a passage of its own."""
        trimmed = [self._trim(*one) for one in wanted]
        if all(one in self.held for one in trimmed):
            return
        first, last = wanted[0][0], wanted[-1][1]
        met = sorted(one for one in self.held if one[0] < last and one[1] > first)
        sources = [self.held.pop(one) for one in met]
        rest = [(one.start, first) for one in sources[:1] if one.start < first]
        rest += [(last, one.end) for one in sources[-1:] if one.end > last]
        for start, end in [*(self._trim(*one) for one in rest), *trimmed]:
            if is_word(self.characters[start:end]):
                self.held[start, end] = self._cut(sources, start, end)

    def sorted(self) -> tuple[Passage, ...]:
        """The passages in the order of the text."""
        return tuple(self.held[one] for one in sorted(self.held))

    def _cut(self, sources: Sequence[Passage], start: int, end: int) -> Passage:
        of = next((one for one in sources if one.start <= start < one.end), None)
        words = self.characters[start:end]
        if of is None:  # between passages there is white space only
            return Passage(start, end, words, sources[0].paragraph if sources else 0)
        whole = start == of.start
        return replace(
            of,
            start=start,
            end=end,
            text=words,
            is_item=of.is_item and whole,
            is_heading=of.is_heading and end == of.end,
        )

    def _trim(self, start: int, end: int) -> Stretch:
        words = self.characters[start:end]
        return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))

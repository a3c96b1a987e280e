"""What the machine reads in the passages of a text. Never kept: the same reader reads the same again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock

from servanda.model.case import Record
from servanda.model.decision import Coding, Decision
from servanda.model.passage import Passage
from servanda.model.proposal import Proposed, Terms
from servanda.model.text import Text
from servanda.texts.split import split

Read = Callable[[Text, Sequence[Passage]], tuple[Proposed, ...]]
BEFORE, AFTER = 30, 3
"""Neighbours read along with a passage whose bounds were moved."""
_turn = Lock()


def proposals(text: Text, passages: Sequence[Passage]) -> tuple[Proposed, ...]:
    """The machine's reading of every passage; raises ExtraMissing where the reader is not installed.

    Bounds as the splitter made them are read once; where a coder moved some, what lies about them is read anew.
    """
    with _turn:  # two visitors who open one long text are not to read it twice
        whole = {(one.start, one.end): one for one in _whole(text, version())}
        places = [place for place, one in enumerate(passages) if (one.start, one.end) not in whole]
        for place in places:
            one = passages[place]
            whole[one.start, one.end] = _near(
                text, tuple(passages[max(0, place - BEFORE) : place + AFTER]), one, version()
            )
    return tuple(replace(whole[one.start, one.end], text=one.text) for one in passages)


def version() -> str:
    """Which weights read."""
    from servanda.texts.read import weights

    return f"reading-{weights()}"


def coding(one: Proposed, reader: str) -> Coding:
    """A proposal as a decision keeps it: the parts of the score can be had again from the terms."""
    terms = replace(one.terms, parts=()) if one.terms else None
    return Coding(one.kind, terms, bodies=bodies(one.terms, one.text), probability=one.probability, reader=reader)


def against(one: Proposed, record: Record, text: Text) -> Proposed:
    """A proposal with the earlier promise of the record that it seems to make again."""
    from servanda.register.repeated import repeated

    return repeated((one,), record, text.date.first)[0]


def asks_again(one: Decision, now: Coding | None, text: Text) -> bool:
    """Whether a passage is asked about once more: only where the text and the machine's reading both changed since."""
    if now is None or one.proposed is None or one.quote.text_hash == text.sha256:
        return False
    return (one.proposed.kind, _bare(one.proposed.terms)) != (now.kind, _bare(now.terms))


def _bare(terms: Terms | None) -> Terms | None:
    """The terms without what is computed from them or found beside them."""
    return replace(terms, concreteness=None, parts=(), restates=None) if terms else None


def bodies(terms: Terms | None, words: str) -> tuple[str, ...]:
    """The body that the score found named as responsible; what is to be made is not responsible for itself."""
    named = next((part.words for part in terms.parts if part.name == "owner"), "") if terms else ""
    made = (terms.deliverable or "") if terms else ""
    return (named,) if named and named in words and named not in made else ()


def scored(terms: Terms, words: str, of_parties: int) -> Terms:
    """Terms as a person has them, with the score that they give."""
    from servanda.texts import concreteness

    said = concreteness.Measured(
        words, terms.action.value, len(terms.parties), of_parties, terms.deadline, terms.due, terms.quantity,
        terms.mechanism, terms.deliverable,
    )  # fmt: skip
    points, found = concreteness.concrete(said)
    return replace(terms, concreteness=points, parts=found)


@lru_cache(maxsize=32)
def _whole(text: Text, reader: str) -> tuple[Proposed, ...]:
    return _read(text, tuple(split(text.characters)))


@lru_cache(maxsize=256)
def _near(text: Text, passages: tuple[Passage, ...], wanted: Passage, reader: str) -> Proposed:
    return next(one for one in _read(text, passages) if (one.start, one.end) == (wanted.start, wanted.end))


def _read(text: Text, passages: Sequence[Passage]) -> tuple[Proposed, ...]:
    from servanda.texts.observe import observe
    from servanda.texts.read import shipped

    if not passages:
        return ()
    return shipped().read(observe(passages, text.characters, text.parties, text.date.first, text.title))

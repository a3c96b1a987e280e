"""What a person typed on the reading page, as an answer about a stretch of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from servanda.errors import RequestError, ValueProblem
from servanda.model.decision import Answer, Coding
from servanda.model.period import When
from servanda.model.proposal import Kind, Proposed, Terms
from servanda.model.text import Text
from servanda.model.words import Action, Area
from servanda.register.desk import Desk
from servanda.register.propose import coding, scored
from servanda.register.sitting import Said
from servanda.register.undertake import worded

LONGEST = 2000
AGAIN = "again"
"""The answer that accepts a commitment as an earlier promise made again."""
WRITE_DUE = "write 2027, 2027-12, 2027-12-31, 2027-09/2027-11, or recurring"
Word = TypeVar("Word", bound=StrEnum)
Typed = Mapping[str, tuple[str, ...]]


def one(typed: Typed, name: str) -> str:
    """The words typed in a field, white space around them left out; raises RequestError where they are too long."""
    words = (typed.get(name) or ("",))[0].strip()
    if len(words) > LONGEST:
        raise RequestError(f"{name} has {len(words):,} characters; {LONGEST:,} are enough for any field")
    return " ".join(words.split())


def number(typed: Typed, name: str) -> int:
    """A number of characters that the page itself wrote into the form."""
    words = one(typed, name)
    if not re.fullmatch(r"\d{1,9}", words, re.ASCII):
        raise RequestError(f"the form lacks '{name}'; open the page again")
    return int(words)


def answer_of(typed: Typed, desk: Desk, proposed: Mapping[tuple[int, int], Proposed]) -> Said:
    """The answer that a form gives."""
    said = one(typed, "answer")
    if said == AGAIN:
        return Said(Answer.ACCEPT, number(typed, "start"), number(typed, "end"), thread=one(typed, "continues") or None)
    try:
        answer = Answer(said)
    except ValueError as fault:
        raise RequestError("the form gives no answer; open the page again") from fault
    start, end = number(typed, "start"), number(typed, "end")
    if answer is Answer.SPLIT:
        return Said(answer, start, end, cuts=(_cut(typed, desk.text, start, end),))
    if answer is Answer.MERGE:
        place = desk.at(start, end)
        if place is None or place + 1 >= len(desk.spoken):
            raise RequestError("there is no next passage to merge this one with")
        return Said(answer, start, desk.spoken[place + 1].end)
    if answer in (Answer.CORRECT, Answer.ADD):
        read = proposed.get((start, end))
        given = coding_of(typed, desk.text, start, end)
        if answer is Answer.CORRECT and read and given == _untouched(read):
            return Said(Answer.ACCEPT, start, end)
        return Said(answer, start, end, given)
    return Said(answer, start, end)


def coding_of(typed: Typed, text: Text, start: int, end: int) -> Coding:
    """The coding that the fields describe; raises RequestError saying which field and what to write."""
    said = one(typed, "kind")
    if said not in [str(kind) for kind in Kind]:
        raise RequestError("choose what the passage is: commitment, outcome, expectation, call or position")
    kind = Kind(said)
    if kind is not Kind.COMMITMENT:
        return Coding(kind)
    terms = Terms(
        parties=_parties(typed, text), action=_word(typed, "action", Action, "how far it goes"),
        area=_word(typed, "area", Area, "its area"), deadline=one(typed, "deadline") or None, due=_due(typed),
        quantity=one(typed, "quantity") or None, mechanism=one(typed, "mechanism") or None,
        deliverable=one(typed, "deliverable") or None,
    )  # fmt: skip
    terms = replace(scored(terms, text.characters[start:end], len(text.parties)), parts=())
    bodies = tuple(word for part in one(typed, "bodies").split(",") if (word := part.strip()))
    says = one(typed, "says")
    own = says if says != worded(text.characters[start:end]) else ""
    return Coding(kind, terms, own or None, bodies, one(typed, "thread") or None)


def _untouched(read: Proposed) -> Coding:
    """The reader's coding as the fields bring it back where nobody changed them."""
    return replace(coding(read, ""), probability=None, reader=None)


def stretch_of(typed: Typed, text: Text) -> tuple[int, int] | None:
    """The stretch that a person marked, by its characters or by its exact words; None where they marked none."""
    if one(typed, "from") and one(typed, "to"):
        start, end = number(typed, "from"), number(typed, "to")
        if not 0 <= start < end <= len(text.characters):
            raise RequestError("no words were marked; mark some in the text")
        return start, end
    words = one(typed, "words")
    return _find(words, text.characters, 0, len(text.characters), "the text") if words else None


def _parties(typed: Typed, text: Text) -> tuple[str, ...]:
    said = typed.get("parties", ())
    found = tuple(code for code in text.parties if code in said)
    if not found:
        raise RequestError(f"choose who undertakes it: {' or '.join(text.parties)}, or both")
    return found


def _word(typed: Typed, name: str, words: type[Word], what: str) -> Word:
    said = one(typed, name)
    if said not in [str(word) for word in words]:
        raise RequestError(f"choose {what}: {', '.join(str(word) for word in words)}")
    return words(said)


def _due(typed: Typed) -> str | None:
    said = one(typed, "due")
    if not said or said == "recurring":
        return said or None
    try:
        ends = [When.parse(part) for part in said.split("/")]
    except ValueProblem as fault:
        raise RequestError(f"'{said[:40]}' is not a date; {WRITE_DUE}") from fault
    if len(ends) > 2 or ends[0].first > ends[-1].last:
        raise RequestError(f"'{said[:40]}' is no stretch of time; {WRITE_DUE}")
    return said


def _cut(typed: Typed, text: Text, start: int, end: int) -> int:
    """Where a passage is cut: at a character of it, or before the words that begin its second part."""
    if one(typed, "cut"):
        return number(typed, "cut") - start
    words = one(typed, "words")
    if not words:
        raise RequestError("say where to split: the first words of the second part, or a place in the text")
    return _find(words, text.characters, start, end, "the passage")[0] - start


def _find(words: str, characters: str, start: int, end: int, what: str) -> tuple[int, int]:
    """The one place at which words stand, whatever white space lies between them."""
    shape = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    found = list(shape.finditer(characters, start, end))
    if len(found) != 1:
        count = "not" if not found else f"{len(found)} times"
        hint = "copy them exactly" if not found else "give more of them"
        raise RequestError(f"“{words[:60]}” stands {count} in {what}; {hint}")
    return found[0].span()

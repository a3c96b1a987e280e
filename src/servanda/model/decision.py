"""What a named person says of what was read; the machine's reading stays beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from servanda.model.proposal import Kind, Terms
from servanda.model.source import STRICT, Quote


class Answer(StrEnum):
    """What a coder does: with a proposal, with a stretch where nothing was proposed, or with the bounds of passages."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    SPLIT = "split"
    MERGE = "merge"

    @property
    def moves(self) -> bool:
        """True where it only moves the bounds of passages and says nothing of what they are."""
        return self in (Answer.SPLIT, Answer.MERGE)


@dataclass(frozen=True, slots=True)
class Coding:
    """What a passage is, and of a commitment its terms: as the reader has it, or as a person does.

    `probability` and `reader` (its version) are the reader's; `says` (in our words), `bodies` (named as responsible)
    and `thread` (that it continues) are a person's.
    """

    __pydantic_config__ = STRICT

    kind: Kind
    terms: Terms | None = None
    says: str | None = None
    bodies: tuple[str, ...] = ()
    thread: str | None = None
    probability: float | None = None
    reader: str | None = None

    @property
    def promised(self) -> Terms | None:
        """The terms of a commitment; None for every other kind."""
        return self.terms if self.kind is Kind.COMMITMENT else None


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer of one coder about one stretch of a text. Nothing in it is edited: a later one withdraws it.

    `quote` holds the words and the SHA-256 of the text they were cut from. `proposed` is the machine's reading at that
    moment, `coding` the person's; a rejection says only that it is no commitment and has none. `cuts` are the places in
    the quote at which a split begins a new passage. `blind` is True where the coder saw neither proposals nor the
    decisions of others. Ids end in the number of the decision on its text, counted from 1.
    """

    __pydantic_config__ = STRICT

    id: str
    case: str
    text: str
    quote: Quote
    coder: str
    answer: Answer
    at: str
    proposed: Coding | None = None
    coding: Coding | None = None
    cuts: tuple[int, ...] = ()
    blind: bool = False
    commitment: str | None = None
    withdraws: tuple[str, ...] = ()
    search: str = "first"

    @property
    def number(self) -> int:
        """Its place among the decisions on its text."""
        return int(self.id.rsplit("-", 1)[1])

    @property
    def words(self) -> str:
        """The exact words it is about, with white space folded."""
        return " ".join(self.quote.exact.split())

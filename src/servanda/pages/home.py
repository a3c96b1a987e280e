"""The front door: the pairs that the register holds."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.errors import RequestError
from servanda.pages.frame import Ask
from servanda.pages.library import Library


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair on the shelf."""

    case: str
    title: str
    parties: tuple[str, str]
    documents: int
    commitments: int
    threads: int
    overdue: int
    address: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The pairs, with what is held of each."""

    title: str
    pairs: tuple[Pair, ...]


def home(library: Library, ask: Ask) -> HomePage:
    """Every pair that had a commitment by the day."""
    made = []
    for case in library.cases():
        try:
            review = library.review(case, ask.as_of)
        except RequestError:  # nothing was promised by then
            continue
        counts = review.counts
        made.append(
            Pair(
                case,
                review.title,
                review.parties,
                counts["documents"],
                counts["commitments"],
                counts["threads"],
                len(review.overdue),
                ask.link(f"/{case}"),
            )
        )
    return HomePage("What states promised each other", tuple(made))

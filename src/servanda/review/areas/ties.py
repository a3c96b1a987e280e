"""The whole partnership beside what would be expected: every flow of which a table of many pairs is held, in one list.

Each was judged by the same measure (measures/ties): what two such parties have on average, given their sizes and what
lies between them. Nothing here is reckoned anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.review import Review
from servanda.review.wording import count, either, times

AREA = "ties"


@dataclass(frozen=True, slots=True)
class Tie:
    """One kind of flow: what it is, in what unit, of which chapter, by whose table, and the reading of its gap."""

    what: str
    unit: str
    chapter: str
    cite: str
    gap: Reading

    @property
    def ratio(self) -> float | None:
        """How many times what would be expected there is."""
        return None if self.gap.value is None else max(0.0, 1 - self.gap.value)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Between which the ratio lies in 95 of 100 cases, where that is known."""
        low, high = self.gap.low, self.gap.high
        return None if low is None or high is None else (max(0.0, 1 - high), 1 - low)

    @property
    def verdict(self) -> str:
        """less, more, or either where the interval holds one; unknown without a figure or an interval."""
        if self.bounds is None:
            return "unknown"
        low, high = self.bounds
        return "less" if high < 1 else "more" if low > 1 else "either"


@dataclass(frozen=True, slots=True)
class TiesReview:
    """All ties, those with a figure first, the least beside what would be expected at the head."""

    case: str
    title: str
    parties: tuple[str, str]
    names: dict[str, str]
    as_of: date
    findings: tuple[Finding, ...]
    ties: tuple[Tie, ...]


def ties_review(review: Review, ties: Sequence[Tie]) -> TiesReview:
    """The list of a pair with the sentences about it."""
    known = sorted((one for one in ties if one.ratio is not None), key=lambda one: (one.ratio or 0.0, one.what))
    silent = [one for one in ties if one.ratio is None]
    title = f"All ties: {review.title}"
    found = tuple(one for one in (_counted(review, known, silent), _ends(review, known)) if one)
    return TiesReview(
        review.case, title, review.parties, dict(review.names), review.as_of, found, (*known, *silent)
    )  # fmt: skip


def _counted(review: Review, known: Sequence[Tie], silent: Sequence[Tie]) -> Finding:
    """How many lie below and above what would be expected, as far as intervals tell."""
    pair = either([review.names[one] for one in review.parties])
    of = {word: [one for one in known if one.verdict == word] for word in ("less", "more", "either", "unknown")}
    parts = [
        f"{len(its)} {said} ({'; '.join(one.what for one in its)})"
        for word, said in (("less", "below"), ("more", "above"), ("either", "where it cannot be said"),
                           ("unknown", "without an interval"))
        if (its := of[word])
    ]  # fmt: skip
    if parts:
        text = f"Of {count(len(known), 'tie')} of {pair} that can be judged, beside what two such parties have: "
        text += "; ".join(parts)
    else:
        text = f"No tie of {pair} can be judged by the tables that are held"
    if silent:
        text += f"; nothing can be expected from the tables that are held of: {', '.join(one.what for one in silent)}"
    rule = "below or above where the 95 % interval of the ratio leaves out one"
    reading = Reading("ties judged", "ties", float(len(known)), used=len(known), expected=len(known) + len(silent))
    return Finding("ties", AREA, text + ".", rule, (reading,))


def _ends(review: Review, known: Sequence[Tie]) -> Finding | None:
    """The weakest and the strongest tie, with their intervals."""
    if len(known) < 2:
        return None
    weak, strong = known[0], known[-1]
    text = f"Weakest beside what would be expected: {_said(weak)}; strongest: {_said(strong)}"
    return Finding("ends", AREA, text + ".", "the least and the greatest ratio", (weak.gap, strong.gap))


def _said(one: Tie) -> str:
    period = f", {one.gap.period}" if one.gap.period else ""
    interval = f", 95 % interval {times(one.bounds[0])} to {times(one.bounds[1])}" if one.bounds else ""
    return f"{one.what}, {times(one.ratio or 0.0)} times ({interval.removeprefix(', ') or 'no interval'}{period})"

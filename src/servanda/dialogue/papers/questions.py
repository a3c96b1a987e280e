"""What to ask, and of whom: by what the record lacks on an open promise."""

from __future__ import annotations

from collections.abc import Sequence

from servanda.dialogue.papers.phrases import flat, on, quoted
from servanda.dialogue.papers.points import Point, View, deadline_of
from servanda.model.status import Status
from servanda.register.threads import Strand
from servanda.review.wording import count, either

WHAT = {
    "came": "what has come of {what}, and where can it be read?",
    "left": "what is still to be done for {what}?",
    "when": "by when will {what} be done?",
    "body": "which body answers for {what}?",
    "sign": "how will we know that {what} {is_} done?",
}
ANY = "To both: what is to be done, by whom, by when, and how will we know?"


def questions(view: View, strands: Sequence[Strand]) -> list[Point]:
    """What to ask, of whom; of what the reader's own side owes, what it may be asked.

    What goes for several promises of an item is asked once.
    """
    asked: dict[str, list[Strand]] = {}
    for strand in strands:
        if strand.ruling.status.is_open:
            asked.setdefault(_asked(view, strand), []).append(strand)
    made = []
    for to, found in asked.items():
        for kind, words in WHAT.items():
            lacking = [strand for strand in found if kind in _lacks(strand)]
            if lacking:
                titles = either([_title(view, strand) for strand in lacking])
                told = words.format(what=titles, is_="is" if len(lacking) == 1 else "are")
                made.append(Point(flat(f"{to}: {told}"), (), lacking[0].latest.id if len(lacking) == 1 else None))
        again = [strand for strand in found if len(strand.members) > 1]
        if again:
            each = [
                f"{_title(view, one)} was promised {count(len(one.members), 'time')}, first {on(one.dates[0])}"
                for one in again
            ]
            carry = "what will carry it this time?" if len(again) == 1 else "what will carry each this time?"
            told = f"{to}: {'; '.join([*each, carry])}"
            made.append(Point(flat(told), (), again[0].latest.id if len(again) == 1 else None))
    return made or [Point(ANY)]


def _asked(view: View, strand: Strand) -> str:
    parties = strand.parties or view.record.case.parties
    if view.side is not None and tuple(parties) == (view.side,):
        return "Be ready to answer"
    return f"To {either([view.name(code) for code in parties if code != view.side])}"


def _title(view: View, strand: Strand) -> str:
    return quoted(view.record.threads[strand.thread].title)


def _lacks(strand: Strand) -> set[str]:
    """What to ask about an open promise, by what the record lacks."""
    held = strand.latest.components()
    silent = strand.ruling.status is Status.NO_EVIDENCE or strand.is_silent
    found = {"came" if silent else "left"}
    if deadline_of(strand) is None or strand.ruling.days_overdue:
        found.add("when")
    if not held["owner"]:
        found.add("body")
    if not held["deliverable"] and not held["measure"]:
        found.add("sign")
    return found

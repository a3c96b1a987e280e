"""How dates, names and sources are said aloud: short, on one line, and no more precise than the source."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.model.period import Deadline, When
from servanda.model.words import Shown
from servanda.register.words import Words
from servanda.review.wording import day, either

_JOINERS = "\u200c\u200d"  # letters of several scripts are not right without them
_ORDINALS = ("first", "second", "third", "fourth")
SHOWS = {
    Shown.COMPLETED: "that it was completed",
    Shown.PARTLY: "that a part of it was completed",
    Shown.STEP: "that a step was taken",
    Shown.NOT_BEGUN: "that it had not begun",
    Shown.MISSED: "that its date or amount was missed",
    Shown.ENDED: "that it was given up",
    Shown.REPLACED: "that a later promise took its place",
    Shown.NO_BEARING: "nothing of the promised act",
}


def said(when: When) -> str:
    """2 May 2018; May 2018; the first quarter of 2018; 2018; the fiscal year 2025-26."""
    if when.precision == "day":
        return day(when.first)
    if when.precision == "month":
        return f"{when.first:%B} {when.first.year}"
    if when.precision == "fiscal year":
        return f"the fiscal year {when.text.removeprefix('FY')} (April to March)"
    if when.precision in ("quarter", "half"):
        return f"the {_ORDINALS[int(when.text[-1]) - 1]} {when.precision} of {when.first.year}"
    return str(when.first.year)


def on(when: When) -> str:
    """On a day, in a month, in a year."""
    return f"{'on' if when.precision == 'day' else 'in'} {said(when)}"


def by(deadline: Deadline) -> str:
    """By a day, by the end of a month, or every so often."""
    if deadline.when is None:
        return f"{'' if deadline.text.startswith('every') else 'at a rhythm: '}{deadline.text}"
    return f"by {'' if deadline.when.precision == 'day' else 'the end of '}{said(deadline.when)}"


def flat(words: object) -> str:
    """Words on one line, without characters that steer a printer or a terminal."""
    return " ".join("".join(one if one.isprintable() or one in _JOINERS else " " for one in str(words)).split())


def sentence(words: str) -> str:
    """Words on one line that begin large and end in a stop."""
    line = flat(words)
    if not line:
        return line
    return line[0].upper() + line[1:] + ("" if line[-1] in ".?!…" else ".")


def quoted(words: object) -> str:
    """Words on one line in quotation marks."""
    return f"‘{flat(words)}’"


def name_of(words: Words, code: str) -> str:
    """The everyday name of a party; its code where no list knows it."""
    try:
        return words.named(code).short
    except KeyError:
        return code


def names_of(words: Words, codes: Iterable[str]) -> str:
    """The everyday names of parties in one phrase; empty where there is none."""
    found = [name_of(words, code) for code in codes]
    return either(found) if found else ""

"""What changed between an earlier promise and its later wording: nothing, the date, the number or the strength."""

from __future__ import annotations

import re
from datetime import date

from servanda.model.words import Action
from servanda.texts.deadline import deadline, times
from servanda.texts.gist import tidy
from servanda.texts.lexicon import lexicon
from servanda.texts.quantity import Amount, amounts, quantity

NOTHING, DATE, NUMBER, STRENGTH = "nothing", "date", "number", "strength"
CHANGES = (NOTHING, DATE, NUMBER, STRENGTH)
# "Will consult" and "will continue to consult" promise as much as each other; to consider less, a named deed more.
RUNGS = {Action.CONSIDERING: 0, Action.CONTINUING: 1, Action.GENERAL: 1, Action.SPECIFIC: 2}
_UNDATED = date(1900, 1, 1)  # where nobody says when a sentence was said, no time in it is past
_ADVERB = r"(?:(?:also|further|jointly|together|both|all|not|be|to|\w+ly)\s+)*"
_GOVERNED = re.compile(
    rf"\b(?:will|shall|would|must|should|(?:agree|decide|commit|pledge|plan|intend|resolve|undertake|aim|seek|recommit|"
    rf"commitment|intention|determination|determine)(?:s|d|ed|ted|ned|ting|ing)?\s+to)\s+{_ADVERB}(?P<verb>[a-z][\w-]*)",
    re.IGNORECASE,
)


def changed(
    earlier: str,
    later: str,
    earlier_day: date | None = None,
    later_day: date | None = None,
    actions: tuple[Action | None, Action | None] = (None, None),
) -> str:
    """What the later says otherwise, the first that applies: date, number, strength, else nothing.

    A date or number that only one of the two names is a change. `actions` are how far each goes, where that is known.
    """
    one, other = tidy(earlier), tidy(later)
    if _dates_differ(one, other, earlier_day or _UNDATED, later_day or _UNDATED):
        return DATE
    if _numbers_differ(one, other):
        return NUMBER
    return STRENGTH if _strengths_differ(one, other, actions) else NOTHING


def _dates_differ(one: str, other: str, day: date, later: date) -> bool:
    left, right = deadline(one, day), deadline(other, later)
    if left is None or right is None:
        return left is not right
    if left.due is None or right.due is None:
        return left.due is not right.due
    return left.due not in {time.due for time in times(other, later)} and right.due not in {
        time.due for time in times(one, day)
    }


def _numbers_differ(one: str, other: str) -> bool:
    left, right = quantity(one), quantity(other)
    if left is None or right is None:
        return left is not right
    return _much(left) not in map(_much, amounts(other)) and _much(right) not in map(_much, amounts(one))


def _much(amount: Amount) -> str | float:
    """The number, else the letters of its words: "net-zero" is "net zero"."""
    return re.sub(r"\W", "", amount.said.lower()) if amount.value is None else amount.value


def _strengths_differ(one: str, other: str, actions: tuple[Action | None, Action | None]) -> bool:
    left, right = actions[0] or action(one), actions[1] or action(other)
    return left is not None and right is not None and RUNGS[left] != RUNGS[right]


def action(said: str) -> Action | None:
    """How far the verb goes that "will" or "agreed to" governs, by the lists alone; None where there is none."""
    levels = (lexicon().level(found["verb"]) for found in _GOVERNED.finditer(said))
    return next((Action(level) for level in levels if level), None)

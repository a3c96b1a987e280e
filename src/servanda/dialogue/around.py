"""What changed around a pair since the last meeting, as the chapter on the region tells it: votes, trade, treaties,
and risk and sanctions where a user added them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from servanda.model.finding import Finding
from servanda.register.words import Words

if TYPE_CHECKING:
    from servanda.review.areas.region.alignment import Alignment


def around(parties: tuple[str, str], words: Words, since: date, as_of: date) -> tuple[Finding, ...]:
    """The changes after the year of `since`; none within one year, for parties of no list, or without the measures.

    The tables know years and no days, so that a change of the year itself cannot be told from one before the meeting.
    """
    if as_of.year <= since.year or not all(words.knows(one) for one in parties):
        return ()
    try:
        return _told(parties, words, since.year, as_of)
    except ModuleNotFoundError:  # a dialogue is held also where the optional part that measures is not installed
        return ()


def _told(parties: tuple[str, str], words: Words, since: int, day: date) -> tuple[Finding, ...]:
    from servanda.review.areas.region.choices import region_choices
    from servanda.review.areas.region.monitor import changes, watched
    from servanda.settings import snapshots
    from servanda.sources.shipped import shipped

    choices = region_choices()
    names = {one: words.named(one).short for one in (*parties, *choices.powers)}
    treaties = shipped(choices.treaties).table
    around = watched(choices, snapshots(), day)
    return changes(parties, names, _held(parties), treaties, since, day.year, around).findings


@lru_cache(maxsize=8)
def _held(parties: tuple[str, str]) -> Alignment:
    """The tables come with the program and do not change while it runs."""
    from servanda.review.areas.region.alignment import alignment
    from servanda.review.areas.region.choices import region_choices

    return alignment(parties, region_choices())

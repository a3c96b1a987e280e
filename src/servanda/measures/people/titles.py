"""How many of the titles that most people watch in a week are the same in two parties, and where others stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean
from typing import Any

from servanda.model.reading import Reading

NAME = "titles watched in both"
UNIT = "titles of a week's list"
Lists = dict[str, dict[str, set[str]]]


def titles(rows: Iterable[Mapping[str, Any]], one: str, other: str) -> Reading:
    """Titles shared by two parties' lists, mean over the weeks that both have, from rows (party, week, title).

    What is shared is mostly what the whole world watches and says nothing of where a title was made: it is read beside
    other parties only. `steps` give, for each, the place of the other among all that share a week with it.
    """
    lists: Lists = defaultdict(lambda: defaultdict(set))
    for row in rows:
        lists[row["party"]][row["week"]].add(row["title"])
    parties = (one, other)
    gone = [party for party in parties if party not in lists]
    if gone:
        return Reading(NAME, UNIT, reason=f"no list of {' or '.join(gone)} is held", parties=parties)
    weeks = sorted(lists[one].keys() & lists[other].keys())
    every = len(lists[one].keys() | lists[other].keys())
    if not weeks:
        return Reading(NAME, UNIT, reason="the two have no week in common", expected=every,
                       parties=parties)  # fmt: skip
    steps = {}
    for here, there in (parties, parties[::-1]):
        shared = {party: found for party in lists if party != here
                  if (found := _shared(lists[here], lists[party])) is not None}  # fmt: skip
        steps[here] = {"place": 1 + sum(its > shared[there] for its in shared.values()), "of": len(shared)}
    value = _shared(lists[one], lists[other])
    return Reading(NAME, UNIT, value, used=len(weeks), expected=every,
                   period=f"{weeks[0]} to {weeks[-1]}", parties=parties, steps=steps)  # fmt: skip


def _shared(here: Mapping[str, set[str]], there: Mapping[str, set[str]]) -> float | None:
    """Titles of both lists, mean over the weeks of both; None without such a week."""
    weeks = here.keys() & there.keys()
    return fmean(len(here[week] & there[week]) for week in sorted(weeks)) if weeks else None

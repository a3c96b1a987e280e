"""What changed around a pair between two years, by the tables held: treaties in force, votes, leanings, and where a
user added them, risk and sanctions.

A change is told where it is as large as a written threshold. Of what is not held nothing is told, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.region.alignment import Alignment, Together
from servanda.review.areas.region.choices import RegionChoices
from servanda.review.areas.region.domains import Risk
from servanda.review.areas.region.risk import risk, sanctions
from servanda.review.wording import count, either, percent
from servanda.sources.added import Added, added

AREA = "region"
VOTES, LEAN = 0.1, 0.03
"""Least change of kappa, and of a share of trade, that is told."""
VOTES_OF = "all"


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after the year `since` up to `until`, and what was not looked at, with the reason; `cites`
    are the sources that a user added."""

    since: int
    until: int
    findings: tuple[Finding, ...]
    not_held: tuple[str, ...]
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """What a user added, or not: an index of risk with the rule by which a change of it is told, and sanctions; nothing
    later than the month `until` counts."""

    risk: Added
    rule: Risk
    sanctions: Added
    until: tuple[int, int]


def watched(choices: RegionChoices, root: Path, day: date) -> Watched:
    """What is held in a folder of snapshots, up to a day."""
    return Watched(added(choices.risk, root), choices.risk_rule, added(choices.sanctions, root), (day.year, day.month))


def changes(
    pair: Pair, names: dict[str, str], held: Alignment, treaties: pa.Table, since: int, until: int, around: Watched
) -> Changes:
    """The changes of a pair and the powers of `names`; ValueError where `until` is before `since`."""
    if until < since:
        raise ValueError(f"{until} is before {since}")
    others = [one for one in names if one not in pair]
    found = [_treaties(pair, others, names, treaties, since, until)]
    ways = [pair, *((party, other) for party in pair for other in others)]
    found += [_votes(way, names, held, since, until) for way in ways]
    found += [_leans(party, names, held, since, until) for party in pair]
    if around.risk.table is not None:
        found += [risk(one, names, around.risk.table, since, around.until, around.rule) for one in (*pair, *others)]
    if around.sanctions.table is not None:
        found.append(sanctions(pair, others, names, around.sanctions.table, since, until))
    without = tuple(one.missing for one in (around.risk, around.sanctions) if one.missing)
    cites = tuple(one.cite for one in (around.risk, around.sanctions) if one.table is not None)
    return Changes(since, until, tuple(one for one in found if one), without, cites)


def _treaties(
    pair: Pair, others: Iterable[str], names: dict[str, str], table: pa.Table, since: int, until: int
) -> Finding | None:
    members: dict[str, set[str]] = {}
    rows = {}
    for row in table.to_pylist():
        if row["in_force"] is not None and since < row["in_force"] <= until:
            members.setdefault(row["number"], set()).add(row["party"])
            rows[row["number"]] = row
    wanted = {*pair, *others}
    told = []
    for number, its in sorted(members.items(), key=lambda one: (rows[one[0]]["in_force"], one[0])):
        own = its & set(pair)
        if own and len(its & wanted) > 1:
            who = either([names[one] for one in sorted(its & wanted)])
            told.append(f"{rows[number]['name']} ({rows[number]['in_force']}; {who})")
    if not told:
        return None
    reading = Reading(
        "treaties of trade that came into force", "treaties", float(len(told)), used=len(told), expected=len(told)
    )
    many = count(len(told), "treaty", "treaties")
    # The table ends with its last treaty: of later years it says nothing.
    upto = min(until, max(one for one in table["in_force"].to_pylist() if one is not None))
    text = f"After {since} and up to {upto} {many} of trade came into force: {'; '.join(told)}."
    return Finding(
        "new-treaties", AREA, text, "entries of the table whose year of entry into force lies between", (reading,)
    )


def _votes(way: tuple[str, str], names: dict[str, str], held: Alignment, since: int, until: int) -> Finding | None:
    rows = [
        row for row in held.together
        if {row.a, row.b} == set(way) and row.votes_of == VOTES_OF and row.figures["kappa"] is not None
    ]  # fmt: skip
    before, after = _last(rows, since), _last(rows, until)
    if before is None or after is None or before.year == after.year:
        return None
    first, last = before.figures["kappa"], after.figures["kappa"]
    assert first is not None and last is not None
    if abs(last - first) < VOTES:
        return None
    word = "more" if last > first else "less"
    text = f"{names[way[0]]} votes {word} like {names[way[1]]} than in {before.year}: kappa {first:.2f} then, "
    text += f"{last:.2f} in {after.year}."
    readings = tuple(
        Reading(
            "kappa",
            "index",
            row.figures["kappa"],
            used=row.votes,
            expected=row.votes,
            period=str(row.year),
            parties=way,
        )
        for row in (before, after)
    )
    return Finding(f"votes-{'-'.join(way)}", AREA, text, f"kappa changed by {VOTES:g} or more", readings)


def _last(rows: list[Together], upto: int) -> Together | None:
    return max((row for row in rows if row.year <= upto), key=lambda row: row.year, default=None)


def _leans(party: str, names: dict[str, str], held: Alignment, since: int, until: int) -> Finding | None:
    its = [one for one in held.leanings if one.party == party]
    first = max((one.year for one in its if one.year <= since), default=None)
    last = max((one.year for one in its if one.year <= until), default=None)
    if first is None or last is None or first == last:
        return None
    then, now = ({one.partner: one.of_trade for one in its if one.year == year} for year in (first, last))
    moved = sorted((one for one in now if abs(now[one] - then.get(one, 0.0)) >= LEAN), key=lambda one: -now[one])
    if not moved:
        return None
    said = either([f"{names[one]} {percent(now[one])} ({percent(then.get(one, 0.0))})" for one in moved])
    text = f"The part of some in what {names[party]} trades abroad moved from {first} to {last}: {said}."
    readings = tuple(
        Reading(f"part of {names[one]} in trade", "share", now[one], used=1, expected=1, period=str(last))
        for one in moved
    )
    return Finding(f"moved-{party}", AREA, text, f"a share of trade changed by {100 * LEAN:g} points or more", readings)

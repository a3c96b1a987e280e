"""Region: how the two and the powers vote under every usual definition, on whom each leans, and what was promised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.held import Held, behind, cited
from servanda.pages.library import Library
from servanda.pages.lines import grid, over_years
from servanda.pages.matrix import Matrix, flat, matrix
from servanda.review.areas.chosen import Pair
from servanda.review.areas.region.alignment import DEFINITIONS, SETS, Alignment, alignment
from servanda.review.areas.region.choices import RegionChoices, region_choices
from servanda.review.areas.region.leaning import Lean, manoeuvre
from servanda.review.areas.region.monitor import Changes, changes, watched
from servanda.review.areas.region.sentences import RegionReview, region_review
from servanda.review.areas.region.sway import sway
from servanda.settings import snapshots
from servanda.sources.added import added
from servanda.sources.shipped import shipped

SHARES = ("half", "strict")
FEW = 10
"""Sessions with fewer divided votes are not drawn: in that of 1964 members voted once."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Trade with a partner in a year: of all trade and of the product of either party; empty where not known."""

    partner: str
    year: int
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionPage:
    """The chapter with its charts under the definition that was chosen. The JSON twin is the chapter."""

    title: str
    region: RegionReview
    charts: dict[str, Chart]
    definition: str
    votes_of: str
    definitions: dict[str, str]
    sets: dict[str, str]
    changes: Changes
    matrices: tuple[Matrix, ...]
    beside: tuple[Beside, ...]
    tables: tuple[Held, ...]


def region(library: Library, ask: Ask) -> RegionPage:
    """The chapter on the region of the case that is asked for; the query may choose `by` and `votes`."""
    review = library.review(ask.case or "", ask.as_of)
    choices = region_choices()
    names = named(library, review.parties, choices)
    root = snapshots()
    held, free = _held(review.parties), manoeuvre(review.parties, choices, root, ask.as_of.year)
    swaying = sway(review.parties, choices.powers, added(choices.influence, root), ask.as_of.year)
    made = region_review(review, names, held, free, swaying)
    by = ask.one("by") if ask.one("by") in DEFINITIONS else "half"
    of = ask.one("votes") if ask.one("votes") in SETS else "all"
    key = ("region charts", *review.parties, review.as_of.year, by, of)
    charts = library.kept(key, lambda: drawings(made, choices, by, of))
    treaties = shipped(choices.treaties)
    since = _year(ask.one("since"), ask.as_of.year - choices.since, ask.as_of.year)
    around = watched(choices, root, ask.as_of)
    powers = {one: names[one] for one in (*review.parties, *choices.powers)}
    moved = changes(review.parties, powers, held, treaties.table, since, ask.as_of.year, around)
    matrices = tuple(matrix(one, names) for one in free.leans)
    charts = charts | {one.name: one for party in free.leans if (one := _profile(party, names)) is not None}
    swayed = _sway(made)
    charts = charts | ({swayed.name: swayed} if swayed else {})
    cards = held.cards | free.cards | {choices.treaties: treaties.card}
    return RegionPage(
        made.title, made, charts, by, of, DEFINITIONS, SETS, moved, matrices, _beside(made), behind(cards)
    )


def _beside(made: RegionReview) -> tuple[Beside, ...]:
    """The two families of definitions, in the last year that is held of either."""
    known = [one for one in made.held.leanings if one.year <= made.as_of.year]
    last = max((one.year for one in known), default=0)
    held = {(one.party, one.partner): one for one in known if one.year == last}
    rows = []
    for partner in dict.fromkeys(partner for _, partner in held):
        its = [held.get((party, partner)) for party in made.parties]
        shares = [said for one in its for said in
                  ((_percent(one.of_trade), _percent(one.of_product)) if one else ("", ""))]  # fmt: skip
        rows.append(Beside(partner, last, tuple(shares)))
    return tuple(rows)


def _percent(share: float | None) -> str:
    """A share as per cent with one digit: shares of a product are small."""
    return "" if share is None else f"{100 * share:.1f}\u00a0%"


def named(library: Library, pair: Pair, choices: RegionChoices) -> dict[str, str]:
    """The everyday names of the parties, the powers and the groups."""
    groups = {one.code: one.short for one in choices.groups}
    codes = dict.fromkeys((*pair, *choices.powers, *choices.columns))
    return {one: groups.get(one) or library.words.named(one).short for one in codes}


def _sway(made: RegionReview) -> Chart | None:
    """Each over the other, year by year."""
    lines = [
        {"year": one.year, "value": one.index, "series": f"{made.names[one.a]} over {made.names[one.b]}",
         "bandwidth": one.bandwidth, "dependence": one.dependence, "by the share of aid": one.by_aid,
         "mostly aid": "" if one.is_artefact is None else str(one.is_artefact).lower()}
        for one in made.sway.ways
        if {one.a, one.b} == set(made.parties)
    ]  # fmt: skip
    return over_years("region-sway", "Who could influence whom", "index from 0 to 1", made.sway.cite, lines)


def _profile(one: Lean, names: dict[str, str]) -> Chart | None:
    title = f"On whom {names[one.party]} leans, by domain"
    source = "; ".join(dict.fromkeys(row.cite for row in one.rows if row.period))
    rows = flat(one, names)
    return grid(f"region-profile-{one.party.lower()}", title, "per cent of all partners", source, rows)


def _year(said: str, otherwise: int, most: int) -> int:
    """A year of the address, no later than the day that is asked for."""
    return min(int(said), most) if re.fullmatch(r"\d{4}", said, re.ASCII) else otherwise


@lru_cache(maxsize=16)
def _held(pair: Pair) -> Alignment:
    """What the shipped tables hold: the same for every register, and no visitor waits for another's."""
    return alignment(pair, region_choices())


def drawings(made: RegionReview, choices: RegionChoices, by: str, of: str) -> dict[str, Chart]:
    """The charts that the chapter's figures allow."""
    drawn = [_alike(made, party, choices, by, of) for party in made.parties]
    drawn += [_stands(made, choices, of), *(_leans(made, party, choices) for party in made.parties)]
    return {chart.name: chart for chart in drawn if chart is not None}


def _alike(made: RegionReview, party: str, choices: RegionChoices, by: str, of: str) -> Chart | None:
    lines: list[dict[str, Any]] = []
    for row in made.held.together:
        value = row.figures[by]
        shown = row.votes_of == of and row.year <= made.as_of.year and row.votes >= FEW
        if party in (row.a, row.b) and shown and value is not None:
            other = row.b if row.a == party else row.a
            lines.append({"year": row.year, "value": value, "series": made.names[other], "votes": row.votes})
    title = f"How often {made.names[party]} votes as others do: {DEFINITIONS[by]}; {SETS[of]}"
    unit = "share" if by in SHARES else "index, 1 is always alike"
    source = f"{cited(made.held.cards, choices.agreement)}, measured by Servanda"
    return over_years(f"region-votes-{party.lower()}", title, unit, source, lines)


def _stands(made: RegionReview, choices: RegionChoices, of: str) -> Chart | None:
    lines = [
        {"year": row.year, "value": row.point, "low": row.low, "high": row.high, "series": made.names[row.member]}
        for row in made.held.stands
        if row.votes_of == of and row.year <= made.as_of.year
    ]
    title = f"Where each stands in the General Assembly, with 95 % intervals; {SETS[of]}"
    source = f"{cited(made.held.cards, choices.points)}, measured by Servanda"
    return over_years("region-stands", title, "standard deviations", source, lines)


def _leans(made: RegionReview, party: str, choices: RegionChoices) -> Chart | None:
    lines = [
        {"year": row.year, "value": 100 * row.of_trade, "series": made.names[row.partner],
         "per cent of product": "" if row.of_product is None else round(100 * row.of_product, 2)}
        for row in made.held.leanings
        if row.party == party and row.year <= made.as_of.year
    ]  # fmt: skip
    title = f"Part of each partner in what {made.names[party]} trades abroad, goods and services"
    source = cited(made.held.cards, choices.flows, choices.size)
    return over_years(f"region-leans-{party.lower()}", title, "per cent of trade", source, lines)

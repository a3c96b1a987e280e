"""Defence: contracts, exercises, transfers where they were added, roadmaps with their odds, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.lines import bars, over_years
from servanda.pages.roadmaps import Outlook, of_case, pictures
from servanda.review.areas.defence.arms import arms, world
from servanda.review.areas.defence.choices import defence_choices
from servanda.review.areas.defence.sentences import AREA, DefenceReview, defence_review
from servanda.review.areas.defence.spending import spending
from servanda.settings import snapshots


@dataclass(frozen=True, slots=True)
class DefencePage:
    """The chapter with its charts and the roadmaps of its area. The JSON twin is the chapter."""

    title: str
    defence: DefenceReview
    roadmaps: tuple[Outlook, ...]
    charts: dict[str, Chart]


def defence(library: Library, ask: Ask) -> DefencePage:
    """The chapter on defence of the case that is asked for."""
    review, record = library.review(ask.case or "", ask.as_of), library.record(ask.case or "", ask.as_of)
    choices, root = defence_choices(), snapshots()
    one, other = (library.words.named(party) for party in review.parties)
    made = defence_review(
        record, review, choices, arms((one, other), choices, root, ask.as_of.year),
        world((one, other), choices, root, ask.as_of.year), spending(review.parties, choices, root, ask.as_of.year),
    )  # fmt: skip
    planned = of_case(library, ask, (AREA,))
    charts = library.kept(("defence charts", record.case.id, record.entries, ask.as_of), lambda: pictures(planned))
    return DefencePage(made.title, made, planned, charts | _suppliers(made) | _spending(made))


def _spending(made: DefenceReview) -> dict[str, Chart]:
    """What each spends, a picture an indicator."""
    drawn: dict[str, Chart] = {}
    for place, (name, unit) in enumerate(made.spending.units.items(), 1):
        rows: list[dict[str, Any]] = [
            {"year": one.year, "value": one.value, "series": made.names[one.party]}
            for one in made.spending.rows if one.of == name
        ]  # fmt: skip
        chart = over_years(f"defence-spending-{place}", f"Military spending, {unit}", unit, made.spending.cite, rows)
        if chart is not None:
            drawn[chart.name] = chart
    return drawn


def _suppliers(made: DefenceReview) -> dict[str, Chart]:
    """Who supplied each, where transfers were added."""
    drawn: dict[str, Chart] = {}
    for party, its in (made.arms.suppliers or {}).items():
        rows: list[dict[str, Any]] = [{"row": one.supplier, "value": 100 * one.share} for one in its]
        title = f"Who supplied the arms of {made.names[party]}, {made.arms.first} to {made.arms.last}"
        chart = bars(f"defence-suppliers-{party.lower()}", title, "per cent", made.arms.cite or "", rows)
        if chart is not None:
            drawn[chart.name] = chart
    return drawn

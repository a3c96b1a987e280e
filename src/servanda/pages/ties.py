"""All ties of a pair in one picture: how many times what would be expected, from trade to students."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.reading import Reading
from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.held import cited
from servanda.pages.library import Library
from servanda.pages.lines import ratios
from servanda.pages.people import people
from servanda.pages.technology import technology
from servanda.pages.trade import flows_of
from servanda.review.areas.people.choices import people_choices
from servanda.review.areas.technology.choices import technology_choices
from servanda.review.areas.ties import Tie, TiesReview, ties_review

NAME = "ties-all"
TOO_WIDE = 10_000
"""An interval whose upper end is so many times the lower is not drawn."""
NOT_OPEN = "no openly licensed table counts it for many pairs; 'servanda compute expected' does it on a table of yours"


@dataclass(frozen=True, slots=True)
class TiesPage:
    """The list with its picture. The JSON twin is the list."""

    title: str
    ties: TiesReview
    charts: dict[str, Chart]


def ties(library: Library, ask: Ask) -> TiesPage:
    """All ties of the case that is asked for."""
    review = library.review(ask.case or "", ask.as_of)
    made = ties_review(review, (*_traded(library, ask), *_written(library, ask), *_moved(library, ask), *_silent()))
    drawn = tuple((one.what, one.gap.period, one.ratio, one.bounds) for one in made.ties)
    chart = library.kept(("ties chart", review.case, drawn), lambda: (_drawn(made),))[0]
    return TiesPage(made.title, made, {} if chart is None else {NAME: chart})


def _traded(library: Library, ask: Ask) -> tuple[Tie, ...]:
    held = flows_of(library, library.review(ask.case or "", ask.as_of))
    return tuple(
        Tie(asked.of, "USD million", "trade", asked.cite or cited(held.cards, asked.table), gap)
        for asked, gap in held.gaps
    )


def _written(library: Library, ask: Ask) -> tuple[Tie, ...]:
    held = technology(library, ask).technology.held
    return (Tie("joint papers", "papers", "technology", cited(held.cards, technology_choices().pairs), held.gap),)


def _moved(library: Library, ask: Ask) -> tuple[Tie, ...]:
    held, choices = people(library, ask).people.held, people_choices()
    return tuple(
        Tie(what, unit, "people", cited(held.cards, table), gap)
        for what, unit, table, gap in (
            (f"residents of each other in {choices.stock_year}", "people", choices.residents, held.gap),
            ("students of each other", "students", choices.students, held.unenrolled),
            (f"air services in {held.flights.period}", "services", choices.flights, held.unflown),
        )
    )


def _silent() -> tuple[Tie, ...]:
    """What the other chapters speak of and no open table counts for many pairs."""
    reasons = people_choices().not_expected
    return (
        *(Tie(what, "people", "people", "", _none(reason)) for what, reason in reasons.items()),
        Tie("joint exercises", "exercises", "defence", "", _none(NOT_OPEN)),
    )


def _none(reason: str) -> Reading:
    return Reading("untapped share", "share of what is expected", reason=reason)


def _label(one: Tie) -> str:
    """With its years where they are short: two years of two sources stand in the table."""
    period = one.gap.period or ""
    return f"{one.what}, {period}" if period and " " not in period else one.what


def _drawn(made: TiesReview) -> Chart | None:
    """A row a tie. One of which nothing is there has no place on an axis of ratios, and one whose interval holds almost
    everything would leave none to the others: both stand in the table alone."""
    rows = [
        {"row": _label(one), "value": one.ratio,
         "low": one.bounds[0], "high": one.bounds[1]}
        for one in made.ties
        if one.ratio and one.bounds and 0 < one.bounds[1] < TOO_WIDE * one.bounds[0]
    ]  # fmt: skip
    pair = " and ".join(made.names[one] for one in made.parties)
    source = "; ".join(dict.fromkeys(one.cite for one in made.ties if one.ratio and one.cite))
    title = f"{pair}: what there is, as so many times what would be expected"
    axis = "times what would be expected; right of the line is more"
    return ratios(NAME, title, axis, f"{source}; expected by Servanda", rows, "")

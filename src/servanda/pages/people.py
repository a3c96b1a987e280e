"""People: flows both ways in one picture, rules as a time line, the gap to peers, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from servanda.measures.people.visas import BAN, OPENNESS
from servanda.model.reading import Reading
from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.held import Held, behind, cited
from servanda.pages.library import Library
from servanda.pages.lines import over_years, ratios, spans, ways
from servanda.review.areas.chosen import Pair
from servanda.review.areas.people.beside import beside, named
from servanda.review.areas.people.choices import PeopleChoices, people_choices
from servanda.review.areas.people.movement import Movement, movement
from servanda.review.areas.people.sentences import PeopleReview, people_review
from servanda.settings import snapshots
from servanda.sources.shipped import shipped
from servanda.sources.snapshots import state

PEOPLE = {"people": 1.0, "thousand": 1e3, "million": 1e6}
"""Units in which the record counts people: a direction is not left out because its source writes millions."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The chapter with its charts and the tables behind. The JSON twin is the chapter."""

    title: str
    people: PeopleReview
    charts: dict[str, Chart]
    tables: tuple[Held, ...]


def people(library: Library, ask: Ask) -> PeoplePage:
    """The chapter on people of the case that is asked for."""
    review, record = library.review(ask.case or "", ask.as_of), library.record(ask.case or "", ask.as_of)
    choices = people_choices()
    peers = choices.peers.get(review.case, ())
    held = _held(review.parties, peers, review.as_of)
    every = {
        *review.parties,
        *(one for gap in (held.gap, held.unenrolled, held.unflown) for pair in _spoken(gap.steps) for one in pair),
    }
    names = {one: library.words.named(one).short for one in sorted(every) if library.words.knows(one)}
    root = snapshots()
    others = library.kept(
        ("people beside", *review.parties, review.as_of, *state(root, *named(choices))),
        lambda: beside(review.parties, held, choices, review.as_of, root),
    )
    made = people_review(record, review, {**review.names, **names}, held, choices, others)
    charts = library.kept(("people charts", *review.parties, review.as_of, review.entries),
                          lambda: drawings(made, choices))  # fmt: skip
    more = {name: shipped(name).card for name in (choices.diaspora, choices.passengers)}
    return PeoplePage(made.title, made, charts, behind({**held.cards, **more}))


@lru_cache(maxsize=16)
def _held(pair: Pair, peers: tuple[Pair, ...], day: date) -> Movement:
    """What the shipped tables hold: the same for every register, and no visitor waits for another's."""
    return movement(pair, people_choices(), day, peers)


def _spoken(steps: dict[str, Any]) -> list[list[str]]:
    return [peer["pair"] for peer in steps.get("rank", {}).get("peers", [])]


def drawings(made: PeopleReview, choices: PeopleChoices) -> dict[str, Chart]:
    """The charts that the chapter's figures allow."""
    drawn = (_flows(made, choices), _over(made, choices), _flown(made), _rules(made, choices), *_peers(made, choices))
    return {chart.name: chart for chart in drawn if chart is not None}


def _way(made: PeopleReview, origin: str, destination: str) -> str:
    return f"{made.names[origin]} to {made.names[destination]}"


def _flows(made: PeopleReview, choices: PeopleChoices) -> Chart | None:
    """The last figures of both directions on one axis."""
    rows: list[dict[str, Any]] = []
    for way in made.held.ways:
        for what, one in (("Residents", way.residents), ("Students", way.students)):
            if one.value:
                rows.append({"row": what, "value": one.value, "series": _way(made, way.origin, way.destination),
                             "year": one.period})  # fmt: skip
        own = made.names[way.destination]
        its = [one for one in made.visitors if one.year and one.unit in PEOPLE and one.metric.endswith(f"to {own}")]
        if its:
            last = max(its, key=lambda one: (one.year or 0, one.id))
            rows.append({"row": "Visitors in a year", "value": (last.value or 0.0) * PEOPLE[last.unit],
                         "series": _way(made, way.origin, way.destination), "year": last.period})  # fmt: skip
    rows += [
        {"row": "Passengers in a year", "value": one.value, "series": _way(made, one.parties[0], one.parties[1]),
         "year": one.period} for one in made.carried if one.value
    ]  # fmt: skip
    order = {"Students": 0, "Residents": 1, "Visitors in a year": 2, "Passengers in a year": 3}
    rows.sort(key=lambda row: order[str(row["row"])])
    flown = f"; {made.carrier}" if any(one.value for one in made.carried) else ""
    source = f"{cited(made.held.cards, choices.students, choices.residents)}{flown}; visitors from the record"
    title, unit = "Who goes where, both ways, last figure of each", "people, each step ten times the last"
    return ways("people-flows", title, unit, source, rows)


def _over(made: PeopleReview, choices: PeopleChoices) -> Chart | None:
    """Residents and students over the years."""
    lines = [
        {"year": year, "value": value, "series": f"{what}, {_way(made, way.origin, way.destination)}"}
        for way in made.held.ways
        for what, one in (("residents", way.residents), ("students", way.students))
        for year, value in one.steps.get("path", {}).items()
    ]
    source = cited(made.held.cards, choices.students, choices.residents)
    return over_years("people-years", "Residents and students over the years", "people", source, lines)


def _flown(made: PeopleReview) -> Chart | None:
    """Passengers over the years, a line a direction; nothing where fewer than two years are held."""
    lines = [
        {"year": year, "value": value, "series": _way(made, one.parties[0], one.parties[1])}
        for one in made.carried if len(one.steps.get("path", {})) > 1
        for year, value in one.steps["path"].items()
    ]  # fmt: skip
    return over_years("people-flown", "Passengers of direct flights over the years", "passengers", made.carrier, lines)


def _rules(made: PeopleReview, choices: PeopleChoices) -> Chart | None:
    """What a passport needed, as a time line of both directions."""
    rows = [
        {"row": f"Passport of {made.names[way.origin]}", "from": one.since.isoformat(),
         "to": min(one.until or made.as_of, made.as_of).isoformat(), "series": one.requirement}
        for way in made.held.ways
        for one in way.spells
    ]  # fmt: skip
    seen = [word for word in (*OPENNESS, BAN) if any(row["series"] == word for row in rows)]
    title = "What a passport needs to enter the other country"
    return spans("people-rules", title, cited(made.held.cards, choices.visas), rows, seen)


def _peers(made: PeopleReview, choices: PeopleChoices) -> list[Chart | None]:
    """Residents, students and air services as so many times those expected, beside peers."""
    since = f"since {choices.students_since}"
    return [
        _beside(made, choices, "people-peers", f"Residents of each other in {choices.stock_year}", made.held.gap,
                choices.residents),
        _beside(made, choices, "people-peers-students", f"Students of each other, last figure {since}",
                made.held.unenrolled, choices.students),
        _beside(made, choices, "people-peers-flights", f"Air services in {made.held.flights.period}", made.held.unflown,
                choices.flights),
    ]  # fmt: skip


def _beside(made: PeopleReview, choices: PeopleChoices, name: str, what: str, gap: Reading, table: str) -> Chart | None:
    """How many times those expected, with its interval, beside peers; nothing where it is not known."""
    if gap.value is None:
        return None
    pair = " and ".join(made.names[one] for one in made.parties)
    every = [(pair, gap.value, gap.low, gap.high)] + [
        (
            " and ".join(made.names.get(one, one) for one in peer["pair"]),
            peer["untapped_share"],
            peer["low"],
            peer["high"],
        )
        for peer in gap.steps["rank"]["peers"]
    ]
    rows = [{"row": who, "value": 1 - value, "low": 1 - high, "high": 1 - low}
            for who, value, low, high in every if low is not None and high is not None]  # fmt: skip
    rows.sort(key=lambda row: row["value"])
    source = f"{cited(made.held.cards, table, choices.joins)}, expected by Servanda"
    title = f"{what}: reported, as so many times what would be expected"
    return ratios(name, title, "times what would be expected; right of the line is more", source, rows, pair)

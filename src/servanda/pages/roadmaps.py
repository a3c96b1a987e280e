"""Roadmaps: dated steps with owners, what is off in them, and the odds of each date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.model.case import Record
from servanda.model.roadmap import Milestone, Roadmap
from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.gantt import gantt
from servanda.pages.library import Library
from servanda.register.roadmaps import slug
from servanda.register.threads import Strand
from servanda.review.delivery import waited
from servanda.scenarios.forecast import Expected, Forecast, Waits, forecast
from servanda.scenarios.roadmap import Fault, Plan, circles, done_on, faults, plan, promised_by, strand_of

SEED = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A step as it is shown: the step, the status of its promise, its place in the plan, and its forecasts."""

    step: Milestone
    status: str | None
    thread: str | None
    dated: str
    is_critical: bool
    slack: int | None
    done: date | None
    expected: Expected | None
    known: Expected | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """A roadmap on a day: faults, plan (none where steps wait for each other), and two forecasts of its dates.

    `forecast` counts every promise of the record, those of which nothing was found as not delivered; `known` leaves
    these out. The truth lies between the two where what was not found was partly done.
    """

    roadmap: Roadmap
    as_of: date
    faults: tuple[Fault, ...]
    plan: Plan | None
    forecast: Forecast | None
    known: Forecast | None
    rows: tuple[Row, ...]

    def chart(self) -> Chart | None:
        """The picture; None where steps wait for each other."""
        return _picture(self)


@dataclass(frozen=True, slots=True)
class Roadmaps:
    """Every roadmap of a case on a day."""

    title: str
    as_of: date
    outlooks: tuple[Outlook, ...]


@dataclass(frozen=True, slots=True)
class RoadmapsPage:
    """The roadmaps of the case with their pictures. The JSON twin is the roadmaps."""

    title: str
    roadmaps: Roadmaps
    charts: dict[str, Chart]
    names: dict[str, str]


def roadmaps(library: Library, ask: Ask) -> RoadmapsPage:
    """The roadmaps of the case that is asked for, drawn up by the day."""
    record = library.record(ask.case or "", ask.as_of)
    made = of_case(library, ask)
    names = {one: library.words.named(one).short for one in record.case.parties}
    title = f"Roadmaps: {record.case.title}"
    charts = library.reckoned(("roadmaps charts", record.case.id, record.entries, ask.as_of), lambda: pictures(made))
    return RoadmapsPage(title, Roadmaps(title, ask.as_of, made), charts, names)


def of_case(library: Library, ask: Ask, areas: Collection[str] = ()) -> tuple[Outlook, ...]:
    """The outlooks of a case on the day, of some areas or of all."""
    record = library.record(ask.case or "", ask.as_of)
    found = library.strands(record, ask.as_of)
    drawn_up = [one for one in record.roadmaps.values() if one.on.first <= ask.as_of]
    key = ("roadmaps", record.case.id, record.entries, ask.as_of)
    made = library.reckoned(key, lambda: tuple(outlook(one, record, found, ask.as_of) for one in drawn_up))
    return tuple(one for one in made if not areas or one.roadmap.area in areas)


def pictures(made: Sequence[Outlook]) -> dict[str, Chart]:
    """The charts of the roadmaps by name."""
    drawn = [one.chart() for one in made]
    return {chart.name: chart for chart in drawn if chart is not None}


def outlook(one: Roadmap, record: Record, found: dict[str, Strand], day: date, seed: int = SEED) -> Outlook:
    """A roadmap with its faults, its plan, and its forecasts from the threads of the record on the day."""
    wrong = faults(one, found, record, day)
    placed = None if circles(one) else plan(one)
    done = {step.id: on for step in one.milestones if (on := done_on(step, found, record, day))}
    areas = {step.id: _area(step, one, record) for step in one.milestones}
    known = {name: strand for name, strand in found.items() if strand.ruling.status.is_known}
    every = forecast(one, done, waits(found, day), areas, day, seed) if placed else None
    some = forecast(one, done, waits(known, day), areas, day, seed) if placed else None
    rows = tuple(_row(step, record, found, placed, done.get(step.id), every, some) for step in one.milestones)
    return Outlook(one, day, wrong, placed, every, some, rows)


def waits(found: dict[str, Strand], day: date) -> dict[str, Waits]:
    """How long the threads lasted, by area and, under "", all of them."""
    made = {}
    for area in ("", *sorted({str(strand.latest.area) for strand in found.values()})):
        its = [strand for strand in found.values() if area in ("", strand.latest.area)]
        days, delivered = waited(its, day)
        of = f"promises in {area}" if area else "all promises of the record"
        made[area] = Waits(f"{of}: {len(days)}, {sum(delivered)} delivered", tuple(days), tuple(delivered))
    return made


def _area(step: Milestone, one: Roadmap, record: Record) -> str:
    held = record.commitments.get(step.commitment or "")
    return str(held.area if held is not None else one.area)


def _row(
    step: Milestone, record: Record, found: dict[str, Strand], placed: Plan | None, done: date | None,
    every: Forecast | None, some: Forecast | None,
) -> Row:  # fmt: skip
    strand = strand_of(step, found, record)
    own = next((one for one in placed.steps if one.step == step.id), None) if placed else None
    return Row(
        step,
        str(strand.ruling.status) if strand is not None else None,
        strand.thread if strand is not None else None,
        "by the promise" if promised_by(step, record) == step.due.last else "by the draft",
        own.is_critical if own else False,
        own.slack if own else None,
        done,
        _of(every, step.id),
        _of(some, step.id),
    )


def _of(made: Forecast | None, step: str) -> Expected | None:
    return next((one for one in made.steps if one.step == step), None) if made is not None else None


def _picture(made: Outlook) -> Chart | None:
    if made.plan is None:
        return None
    one = made.roadmap
    begins = {own.step: own.starts for own in made.plan.steps}
    drawn: list[dict[str, Any]] = [
        {
            "step": row.step.title, "owner": row.step.owner, "starts": begins[row.step.id], "due": row.step.due.last,
            "state": "done" if row.done else "on the critical path" if row.is_critical else "to be done",
            "first date": row.step.baseline.last if row.step.baseline else None, "done": row.done,
            "odds": row.expected.odds.value if row.expected else None,
            "odds of those known": row.known.odds.value if row.known else None,
        }
        for row in made.rows
    ]  # fmt: skip
    return gantt(
        f"roadmaps-{slug(one)}", f"{one.title}: the steps, and the odds of each date", one.by, drawn, made.as_of
    )

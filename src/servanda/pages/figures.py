"""The published figures of a pair: small series, rival figures side by side, and what was looked for and not found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from servanda.model.case import Record
from servanda.model.figure import Figure
from servanda.pages.charts import Chart, figure
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.review.series import Gap, Series, gaps, known_figures, series


@dataclass(frozen=True, slots=True)
class Shown:
    """One series with its chart, where it has enough years for one."""

    series: Series
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Series by subject; figures said in words; gaps."""

    title: str
    subjects: dict[str, tuple[Shown, ...]]
    said: tuple[Figure, ...]
    gaps: tuple[Gap, ...]


def figures(library: Library, ask: Ask) -> FiguresPage:
    """The figures of the case."""
    record = library.record(ask.case or "", ask.as_of)
    return library.kept(("figures", record.case.id, record.entries, ask.as_of), lambda: _figures(record, ask.as_of))


def _figures(record: Record, day: date) -> FiguresPage:
    known = known_figures(record, day)
    made: dict[str, tuple[Shown, ...]] = {}
    drawn: Counter[str] = Counter()
    for one in series(known):
        chart = figure(one)
        if chart:
            drawn[chart.name] += 1
            if drawn[chart.name] > 1:  # the same metric in another unit or of another subject
                chart = replace(chart, name=f"{chart.name}-{drawn[chart.name]}")
        made[one.subject] = (*made.get(one.subject, ()), Shown(one, chart))
    order = dict(sorted(made.items(), key=lambda pair: pair[0] != "pair"))
    said = tuple(one for one in known if one.said is not None)
    return FiguresPage(f"Figures: {record.case.title}", order, said, gaps(known))

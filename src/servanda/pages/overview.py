"""The state of a partnership: five lines, the areas, what is overdue."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from servanda.pages.charts import Chart, curve, lateness, parts, statuses
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.options import Cited, cited, every
from servanda.pages.plain import plain
from servanda.review.review import Review
from servanda.review.wording import day


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The review of the pair with its charts and the packages that would change something of it. The JSON twin is
    `told`."""

    title: str
    review: Review
    charts: dict[str, Chart]
    packages: tuple[Cited, ...]

    @property
    def told(self) -> dict[str, Any]:
        """The review with the packages that it cites, as the command line gives it."""
        return told(self.review, self.packages)


def told(review: Review, packages: tuple[Cited, ...]) -> dict[str, Any]:
    """A review as plain data, with the packages that it cites as `scenarios`."""
    made: dict[str, Any] = plain(review)
    return made | {"scenarios": plain(packages)}


def overview(library: Library, ask: Ask) -> OverviewPage:
    """The overview of the case that is asked for."""
    case = ask.case or ""
    area = ask.one("area") or None
    review = library.review(case, ask.as_of, area, ask.one("peers") == "1")
    # Drawing is dear, and most entries change nothing that is drawn: the same readings are the same charts.
    drawn = hashlib.sha256(repr((review.delivery, review.concreteness, review.overdue)).encode()).digest()
    key = ("charts", case, review.title, drawn, review.as_of, area)
    drawn_charts = library.kept(key, lambda: charts(review))
    return OverviewPage(f"{review.title}: the review", review, drawn_charts, cited(every(library), review))


def charts(review: Review) -> dict[str, Chart]:
    """The charts that the review's readings allow."""
    source = f"Servanda, register of {review.title} as of {day(review.as_of)}, entry {review.entries}"
    drawn = [
        statuses(review.delivery, source), parts(review.concreteness, source), curve(review.delivery, source),
        lateness(review.overdue, source),
    ]  # fmt: skip
    return {chart.name: chart for chart in drawn if chart is not None}

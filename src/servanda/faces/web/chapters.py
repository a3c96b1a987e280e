"""The chapters of the areas, and every chart of a case by its name, as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servanda.errors import PageMissing
from servanda.pages.charts import Chart
from servanda.pages.figures import figures
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.overview import overview
from servanda.pages.parts import part

Build = Callable[..., Any]


def opened(name: str) -> Build:
    """The builder of a page that stands on tables, which is opened when the page is first asked for."""

    def build(library: Library, ask: Ask, *names: str) -> Any:
        return getattr(part(f"servanda.pages.{name}", "this page"), name)(library, ask, *names)

    return build


AREAS: dict[str, Build] = {
    name: opened(name) for name in ("ties", "trade", "technology", "region", "defence", "people", "roadmaps")
}
"""Chapters by address; each names its charts after itself, and its twin likewise."""
TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


def chart(library: Library, ask: Ask, name: str, kind: str) -> tuple[str | bytes, str]:
    """A chart with its source line, and its media type; raises PageMissing with the charts that there are."""
    found: dict[str, Chart] = dict(overview(library, ask).charts)
    area = name.partition("-")[0]
    if area in AREAS:
        found.update(AREAS[area](library, ask).charts)
    if name not in found:
        shown = [one for rows in figures(library, ask).subjects.values() for one in rows]
        found.update({one.chart.name: one.chart for one in shown if one.chart})
    if name not in found or kind not in TYPES:
        raise PageMissing(
            f"no chart '{name}.{kind}' here; the charts are {', '.join(sorted(found))}, each as svg, png or csv"
        )
    one = found[name]
    return (one.svg_file if kind == "svg" else one.png if kind == "png" else one.csv), TYPES[kind]

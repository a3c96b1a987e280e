"""Charts by Altair, drawn to SVG and PNG without a browser; greys follow the page's own ink."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from servanda.model.status import Status
from servanda.pages.sheet import sheet
from servanda.review.concreteness import Concreteness
from servanda.review.delivery import Delivery
from servanda.review.items import Item
from servanda.review.series import Series

INK = "#123456"
"""Stands for the colour of text; in a page it becomes currentColor, in a file a dark grey."""
COLOURS = {
    Status.DELIVERED: "#1b7f5c",
    Status.PARTLY: "#6aaf4f",
    Status.ON_SCHEDULE: "#3f7fbf",
    Status.BEHIND: "#d08a1d",
    Status.NOT_STARTED: "#a8562a",
    Status.LAPSED: "#b03a48",
    Status.SUPERSEDED: "#8a6fb0",
    Status.NO_EVIDENCE: "#8c8c8c",
}
BLUE = "#3f7fbf"
WIDE = 620


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its name, what it shows in words, its specification, and the rows behind it."""

    name: str
    title: str
    says: str
    source: str
    spec: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def svg(self) -> str:
        """The picture for a page: scales with it, and takes the page's ink."""
        drawn = _svg(self.spec)
        words = f'role="img" aria-label="{_escape(self.title)}: {_escape(self.says)}" '
        return drawn.replace("<svg ", f"<svg {words}", 1)

    @property
    def svg_file(self) -> str:
        """The picture as a file of its own, with its source line."""
        return _svg(self._with_source())

    @property
    def png(self) -> bytes:
        """The picture as PNG at twice its size, with its source line."""
        import vl_convert

        return bytes(vl_convert.vegalite_to_png(self._with_source().replace(INK, "#222222"), scale=2))

    @property
    def csv(self) -> str:
        """The rows behind the picture, the source in the last line."""
        return sheet(self.columns, [*self.rows, (f"# source: {self.source}",)])

    def _with_source(self) -> str:
        spec = json.loads(self.spec.replace(INK, "#222222"))
        spec["title"] = {"text": self.title, "subtitle": self.source, "anchor": "start"}
        spec["background"] = "white"
        return json.dumps(spec)


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec)).replace(INK, "currentColor")


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def drawn(chart: Any, width: int, height: int) -> str:
    """The specification of a chart in the house style; its ink stands for the colour of text."""
    shown = chart.properties(width=width, height=height).configure(
        background="transparent", font="Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif"
    )
    shown = shown.configure_axis(
        labelColor=INK,
        titleColor=INK,
        gridColor=INK,
        gridOpacity=0.12,
        domainColor=INK,
        domainOpacity=0.4,
        tickColor=INK,
        tickOpacity=0.4,
        labelFontSize=12,
        titleFontSize=12,
        titleFontWeight="normal",
        labelLimit=300,
    )
    shown = shown.configure_legend(labelColor=INK, titleColor=INK, labelFontSize=12, titleFontSize=12, labelLimit=260)
    return json.dumps(
        shown.configure_view(stroke=None).configure_text(color=INK, fontSize=12).to_dict(), sort_keys=True
    )


def statuses(made: Delivery, source: str) -> Chart:
    """What came of the threads, one bar a status."""
    import altair as alt

    rows = [{"status": str(status), "threads": made.by_status[str(status)]} for status in Status]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("status:N", sort=[str(status) for status in Status], title=None),
        x=alt.X("threads:Q", title="threads", axis=alt.Axis(tickMinStep=1)),
    )
    domain = alt.Scale(domain=[str(status) for status in Status], range=[COLOURS[status] for status in Status])
    chart = base.mark_bar().encode(color=alt.Color("status:N", scale=domain, legend=None))
    chart += base.mark_text(align="left", dx=4, color=INK).encode(text="threads:Q")
    says = ", ".join(f"{row['status']} {row['threads']}" for row in rows)
    return Chart(
        "statuses",
        "What came of the promises, by thread",
        says,
        source,
        drawn(chart, WIDE - 190, 190),
        ("status", "threads"),
        tuple((row["status"], row["threads"]) for row in rows),
    )


def parts(made: Concreteness, source: str) -> Chart:
    """How many threads name each part of a concrete promise, with intervals."""
    import altair as alt

    readings = {"deliverable with date or number": made.concrete, **made.parts}
    rows = [
        {"part": part, "share": one.value, "low": one.low, "high": one.high, "named": one.used, "of": one.expected}
        for part, one in readings.items()
        if one.value is not None
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(y=alt.Y("part:N", sort=None, title=None))
    percent = alt.Axis(format="%")
    chart = base.mark_bar(color=BLUE, height=14).encode(
        x=alt.X("share:Q", title="share of threads, 95 % interval", axis=percent, scale=alt.Scale(domain=[0, 1]))
    )
    chart += base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    says = ", ".join(f"{row['part']} {row['named']} of {row['of']}" for row in rows)
    columns = ("part", "share", "low", "high", "named", "of")
    return Chart(
        "parts",
        "What the promises name, by thread",
        says,
        source,
        drawn(chart, WIDE - 190, 180),
        columns,
        tuple(tuple(row[column] for column in columns) for row in rows),
    )


def curve(made: Delivery, source: str) -> Chart | None:
    """The share shown to be delivered by the time since the first promise, with its band."""
    import altair as alt

    if not made.curve:
        return None
    rows = [{"years": 0.0, "share": 0.0, "low": 0.0, "high": 0.0}]
    rows += [
        {"years": round(step.days / 365.25, 3), "share": step.share, "low": step.low, "high": step.high}
        for step in made.curve
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(x=alt.X("years:Q", title="years since the first promise"))
    y = alt.Y("share:Q", title="shown to be delivered", axis=alt.Axis(format="%"))
    chart = base.mark_area(color=BLUE, opacity=0.2, interpolate="step-after").encode(y="low:Q", y2="high:Q")
    chart += base.mark_line(color=BLUE, interpolate="step-after").encode(y=y)
    last = made.curve[-1]
    says = f"{last.share:.0%} after {last.days / 365.25:.1f} years; open threads censored; 95 % band"
    columns = ("years", "share", "low", "high")
    return Chart(
        "curve",
        "How long delivery takes",
        says,
        source,
        drawn(chart, WIDE - 60, 220),
        columns,
        tuple(tuple(row[column] for column in columns) for row in rows),
    )


def lateness(late: Sequence[Item], source: str) -> Chart | None:
    """The open threads past their date, by days."""
    import altair as alt

    rows = [
        {
            "thread": item.title,
            "years": round(item.days_overdue / 365.25, 2),
            "what is known": "later evidence shows it open" if item.known else "nothing later found",
        }
        for item in late
    ]
    if not rows:
        return None
    known = alt.Scale(domain=["later evidence shows it open", "nothing later found"], range=["#d08a1d", "#8c8c8c"])
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(height=12)
        .encode(
            y=alt.Y("thread:N", sort=None, title=None, axis=alt.Axis(labelLimit=330)),
            x=alt.X("years:Q", title="years past the date promised"),
            color=alt.Color("what is known:N", scale=known, title=None, legend=alt.Legend(orient="bottom")),
        )
    )
    says = "; ".join(f"{row['thread']} {row['years']} years" for row in rows)
    columns = ("thread", "years", "what is known")
    return Chart(
        "lateness",
        "Past the date promised",
        says,
        source,
        drawn(chart, WIDE - 300, 22 * len(rows)),
        columns,
        tuple(tuple(row[column] for column in columns) for row in rows),
    )


def figure(one: Series) -> Chart | None:
    """A published series: calendar and fiscal years apart, rival figures as separate points."""
    import altair as alt

    rows = [
        {
            "year": point.year,
            "value": point.value,
            "basis": "fiscal year" if point.fiscal else "calendar year",
            "source": point.source,
            "rival": point.rival,
        }
        for point in one.points
        if point.year is not None
    ]
    if len({row["year"] for row in rows}) < 3:
        return None
    basis = alt.Scale(domain=["calendar year", "fiscal year"], range=[BLUE, "#d08a1d"])
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1)),
        color=alt.Color("basis:N", scale=basis, title=None, legend=alt.Legend(orient="bottom")),
    )
    # The unit is a title and never a field's name, in which a point or a bracket would mean something.
    chart = base.mark_line(opacity=0.35).encode(y=alt.Y("mean(value):Q", title=one.unit))
    chart += base.mark_point(filled=True, size=45).encode(
        y=alt.Y("value:Q", title=one.unit), shape=alt.Shape("rival:N", legend=None)
    )
    says = "; ".join(f"{row['year']} {row['value']:,.10g}" for row in rows)
    sources = sorted({str(row["source"]) for row in rows})
    return Chart(
        f"figure-{slug(one.metric)}",
        f"{one.metric}, {one.unit}",
        says,
        _published(len(sources)),
        drawn(chart, WIDE - 60, 200),
        ("year", one.unit, "basis", "source"),
        tuple((row["year"], row["value"], row["basis"], row["source"]) for row in rows),
    )


def _published(sources: int) -> str:
    return f"as published by {sources} sources, listed in the table"


def slug(words: str) -> str:
    """Words as part of an address."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in words.lower()).split())

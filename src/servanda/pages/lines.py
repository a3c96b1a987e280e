"""Charts of amounts: over years, between two marks, with intervals. Every chart carries its rows and its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from servanda.pages.charts import BLUE, INK, WIDE, Chart, drawn

HUES = (BLUE, "#d08a1d", "#1b7f5c", "#8a6fb0", "#a8562a", "#8c8c8c")
"""Colours that stay apart for most eyes, in the order in which they are given out."""
Rows = Sequence[Mapping[str, Any]]


def over_years(name: str, title: str, unit: str, source: str, lines: Rows, points: Rows = ()) -> Chart | None:
    """Lines over years (year, value, series [, low, high]) and single points beside them (the same, and `of`)."""
    import altair as alt

    if not lines and not points:
        return None
    series = list(dict.fromkeys(str(row["series"]) for row in (*lines, *points)))
    colour = alt.Color(
        "series:N", title=None, sort=series, scale=alt.Scale(domain=series, range=list(HUES[: len(series)])),
        legend=alt.Legend(orient="bottom", columns=2, symbolLimit=0),
    )  # fmt: skip
    x = alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1), scale=alt.Scale(zero=False))
    y = alt.Y("value:Q", title=unit)
    layers = []
    if any(row.get("low") is not None for row in lines):
        band = alt.Chart(alt.Data(values=[dict(row) for row in lines if row.get("low") is not None]))
        layers.append(band.mark_area(opacity=0.18).encode(x=x, y=alt.Y("low:Q", title=unit), y2="high:Q", color=colour))
    if lines:
        base = alt.Chart(alt.Data(values=[dict(row) for row in lines]))
        layers.append(base.mark_line().encode(x=x, y=y, color=colour))
    if points:
        base = alt.Chart(alt.Data(values=[dict(row) for row in points]))
        shape = alt.Shape("of:N", title=None, legend=alt.Legend(orient="bottom"))
        layers.append(base.mark_point(filled=True, size=60).encode(x=x, y=y, color=colour, shape=shape))
    rows = [*lines, *points]
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    says = "; ".join(f"{row['series']} {row['year']} {row['value']:,.4g}" for row in _ends(rows))
    return Chart(name, title, says, source, drawn(alt.layer(*layers), WIDE - 60, 240), columns, _cells(rows, columns))


def beside(name: str, title: str, unit: str, source: str, rows: Rows, marks: tuple[str, str]) -> Chart | None:
    """One line a row (`row`) between two amounts, named by `marks`: what is, and what could be."""
    import altair as alt

    if not rows:
        return None
    long = [{"row": row["row"], "mark": mark, "value": row[mark]} for row in rows for mark in marks]
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=300))
    base = alt.Chart(alt.Data(values=[{"row": row["row"], "a": row[marks[0]], "b": row[marks[1]]} for row in rows]))
    rule = base.mark_rule(color=INK, opacity=0.45).encode(y=y, x=alt.X("a:Q", title=unit), x2="b:Q")
    colour = alt.Color(
        "mark:N", title=None, sort=list(marks), scale=alt.Scale(domain=list(marks), range=list(HUES[:2])),
        legend=alt.Legend(orient="bottom"),
    )  # fmt: skip
    dots = alt.Chart(alt.Data(values=long)).mark_point(filled=True, size=70)
    chart = rule + dots.encode(y=y, x=alt.X("value:Q", title=unit), color=colour)
    says = "; ".join(f"{row['row']} {row[marks[0]]:,.4g} and {row[marks[1]]:,.4g}" for row in rows)
    columns = tuple(rows[0])
    return Chart(name, title, says, source, drawn(chart, WIDE - 260, 24 * len(rows)), columns, _cells(rows, columns))


def intervals(name: str, title: str, axis: str, source: str, rows: Rows, first: str) -> Chart | None:
    """Shares with their intervals, a row each (row, value, low, high); `first` is the row that is spoken of."""
    import altair as alt

    shown = [row for row in rows if row["value"] is not None]
    if not shown:
        return None
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=240))
    percent = alt.Axis(format="%")
    own = alt.condition(alt.datum.row == first, alt.value(HUES[1]), alt.value(BLUE))
    base = alt.Chart(alt.Data(values=[dict(row) for row in shown])).encode(y=y, color=own)
    chart = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=axis, axis=percent), x2="high:Q")
    chart += base.mark_point(filled=True, size=70).encode(x=alt.X("value:Q", title=axis, axis=percent))
    nil = alt.Chart(alt.Data(values=[{"nil": 0}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="nil:Q")
    says = "; ".join(f"{row['row']} {row['value']:.0%}" for row in shown)
    columns = ("row", "value", "low", "high")
    height = 24 * len(shown)
    return Chart(name, title, says, source, drawn(nil + chart, WIDE - 200, height), columns, _cells(shown, columns))


def ratios(name: str, title: str, axis: str, source: str, rows: Rows, first: str) -> Chart | None:
    """How many times what was expected, with intervals, a row each (row, value, low, high), beside the line of once.

    The axis is of ratios, so that half and double lie equally far from the line; `first` is the row that is spoken of.
    """
    import altair as alt

    if not rows:
        return None
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=240))
    own = alt.condition(alt.datum.row == first, alt.value(HUES[1]), alt.value(BLUE))
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(y=y, color=own)
    scale = alt.Scale(type="log")
    marks = alt.Axis(format="~g", values=[10.0**power for power in range(-6, 7)])
    chart = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title=axis, scale=scale, axis=marks), x2=alt.X2("high:Q")
    )
    chart += base.mark_point(filled=True, size=70).encode(x=alt.X("value:Q", title=axis, scale=scale, axis=marks))
    once = alt.Chart(alt.Data(values=[{"once": 1}])).mark_rule(color=INK, strokeDash=[4, 3])
    chart = once.encode(x=alt.X("once:Q", scale=scale, axis=marks)) + chart
    says = "; ".join(f"{row['row']} {row['value']:,.2g}" for row in rows)
    columns = ("row", "value", "low", "high")
    return Chart(name, title, says, source, drawn(chart, WIDE - 200, 24 * len(rows)), columns, _cells(rows, columns))


def intervals_of(name: str, title: str, axis: str, source: str, rows: Rows) -> Chart | None:
    """Amounts with their intervals, a row each (row, value, low, high), beside the line of nil."""
    import altair as alt

    if not rows:
        return None
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=320))
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(y=y)
    chart = base.mark_rule(color=BLUE, strokeWidth=2).encode(x=alt.X("low:Q", title=axis), x2="high:Q")
    chart += base.mark_point(color=BLUE, filled=True, size=60).encode(x=alt.X("value:Q", title=axis))
    nil = alt.Chart(alt.Data(values=[{"nil": 0}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="nil:Q")
    says = "; ".join(f"{row['row']} {row['value']:,.4g}" for row in rows)
    columns = ("row", "value", "low", "high")
    spec = drawn(nil + chart, WIDE - 300, 22 * len(rows))
    return Chart(name, title, says, source, spec, columns, _cells(rows, columns))


def bars(name: str, title: str, unit: str, source: str, rows: Rows, series: Sequence[str] = ()) -> Chart | None:
    """Amounts, a bar a row (row, value [, series]); rows of one series share a colour."""
    import altair as alt

    if not rows:
        return None
    names = list(series) or list(dict.fromkeys(str(row.get("series", "")) for row in rows))
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=240))
    colour: Any = alt.value(BLUE)
    if len(names) > 1:
        colour = alt.Color(
            "series:N", title=None, sort=names, scale=alt.Scale(domain=names, range=list(HUES[: len(names)])),
            legend=alt.Legend(orient="bottom"),
        )  # fmt: skip
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(y=y)
    chart = base.mark_bar(height=12).encode(x=alt.X("value:Q", title=unit), color=colour)
    if len(names) > 1:
        chart = chart.encode(yOffset=alt.YOffset("series:N", sort=names))
    says = "; ".join(f"{row['row']} {row['value']:,.4g}" for row in rows)
    columns = tuple(rows[0])
    many = len({row["row"] for row in rows})
    height = many * (24 if len(names) < 2 else 15 * len(names) + 6)
    return Chart(name, title, says, source, drawn(chart, WIDE - 260, height), columns, _cells(rows, columns))


def ways(name: str, title: str, unit: str, source: str, rows: Rows) -> Chart | None:
    """Amounts of two directions side by side (row, value, series), each step of the axis ten times the one before."""
    import altair as alt

    if not rows:
        return None
    names = list(dict.fromkeys(str(row["series"]) for row in rows))
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows]))
    colour = alt.Color(
        "series:N", title=None, sort=names, scale=alt.Scale(domain=names, range=list(HUES[: len(names)])),
        legend=alt.Legend(orient="bottom", columns=1, labelLimit=400),
    )  # fmt: skip
    x = alt.X("value:Q", title=unit, scale=alt.Scale(type="log"), axis=alt.Axis(format="~s"))
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=240))
    offset = alt.YOffset("series:N", sort=names)
    chart = base.mark_point(filled=True, size=110).encode(x=x, y=y, yOffset=offset, color=colour)
    chart += base.mark_text(align="left", dx=10).encode(x=x, y=y, yOffset=offset, text=alt.Text("value:Q", format=","))
    says = "; ".join(f"{row['row']}, {row['series']}: {row['value']:,.4g}" for row in rows)
    height = 44 * len({row["row"] for row in rows})
    columns = tuple(rows[0])
    return Chart(name, title, says, source, drawn(chart, WIDE - 260, height), columns, _cells(rows, columns))


def spans(name: str, title: str, source: str, rows: Rows, order: Sequence[str]) -> Chart | None:
    """Stretches of time, a line a row (row, from, to, series); `order` gives the series their colours."""
    import altair as alt

    if not rows:
        return None
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=240))
    colour = alt.Color(
        "series:N", title=None, sort=list(order), scale=alt.Scale(domain=list(order), range=list(HUES[: len(order)])),
        legend=alt.Legend(orient="bottom", columns=3),
    )  # fmt: skip
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows]))
    x = alt.X("from:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"))
    chart = base.mark_bar(height=18).encode(y=y, x=x, x2="to:T", color=colour)
    says = "; ".join(f"{row['row']}: {row['series']} from {row['from']} to {row['to']}" for row in rows)
    columns = tuple(rows[0])
    height = 40 * len({row["row"] for row in rows})
    return Chart(name, title, says, source, drawn(chart, WIDE - 260, height), columns, _cells(rows, columns))


def grid(name: str, title: str, unit: str, source: str, rows: Rows) -> Chart | None:
    """A square for each row and column (row, column, value; a gap where there is none), its number in it."""
    import altair as alt

    known = [row for row in rows if row["value"] is not None]
    if not known:
        return None
    base = alt.Chart(alt.Data(values=[dict(row) for row in known])).encode(
        x=alt.X("column:N", sort=list(dict.fromkeys(row["column"] for row in rows)), title=None,
                axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("row:N", sort=list(dict.fromkeys(row["row"] for row in rows)), title=None),
    )  # fmt: skip
    shade = alt.Opacity("value:Q", scale=alt.Scale(domain=[0, 100], range=[0.05, 0.7]), legend=None)
    chart = base.mark_rect(color=BLUE).encode(opacity=shade)
    chart += base.mark_text().encode(text=alt.Text("value:Q", format=".0f"))
    says = "; ".join(f"{row['row']}, {row['column']} {row['value']:,.3g} {unit}" for row in known)
    columns = tuple(rows[0])
    height = 26 * len({row["row"] for row in known})
    return Chart(name, title, says, source, drawn(chart, WIDE - 200, height), columns, _cells(rows, columns))


def _ends(rows: Rows) -> list[Mapping[str, Any]]:
    """The first and the last row of each series."""
    held: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        held.setdefault(str(row["series"]), []).append(row)
    return [row for its in held.values() for row in (its if len(its) < 3 else (its[0], its[-1]))]


def _cells(rows: Rows, columns: tuple[str, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple("" if row.get(column) is None else row[column] for column in columns) for row in rows)

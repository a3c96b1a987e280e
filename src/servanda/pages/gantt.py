"""Gantt charts (Gantt 1910): a bar a step from its start to its date, in few colours that stay apart in print."""

from __future__ import annotations

from datetime import date
from typing import Any

from servanda.pages.charts import INK, WIDE, Chart, drawn
from servanda.pages.lines import Rows
from servanda.review.wording import odds

STATES = {"done": "#1b7f5c", "on the critical path": "#d08a1d", "to be done": "#3f7fbf"}
LEAST = 20
"""Days that a bar has at least, so that a step of one day is seen."""


def gantt(name: str, title: str, source: str, rows: Rows, day: date) -> Chart | None:
    """Steps (step, owner, starts, due, state, first date, done, odds) on a line of time, with the day as a rule."""
    import altair as alt

    if not rows:
        return None
    shown = [_shown(row) for row in rows]
    order = [row["step"] for row in shown]
    y = alt.Y("step:N", sort=order, title=None, axis=alt.Axis(labelLimit=360))
    base = alt.Chart(alt.Data(values=shown)).encode(y=y)
    colour = alt.Color(
        "state:N", title=None, sort=list(STATES), scale=alt.Scale(domain=list(STATES), range=list(STATES.values())),
        legend=alt.Legend(orient="bottom"),
    )  # fmt: skip
    bar = base.mark_bar(height=12).encode(
        x=alt.X("starts:T", title=None, axis=alt.Axis(format="%Y")), x2="due:T", color=colour
    )
    words = base.mark_text(align="left", dx=5, color=INK).encode(x="due:T", text="said:N")
    today = alt.Chart(alt.Data(values=[{"day": day.isoformat()}])).mark_rule(color=INK, strokeDash=[4, 3])
    layers = [today.encode(x="day:T"), bar, words]
    firsts = [row for row in shown if row["first"]]
    if firsts:
        mark = alt.Chart(alt.Data(values=firsts)).mark_tick(color=INK, thickness=2, height=14)
        layers.append(mark.encode(y=y, x="first:T"))
    columns = tuple(rows[0])
    cells = tuple(tuple("" if row[column] is None else str(row[column]) for column in columns) for row in rows)
    says = "; ".join(f"{row['step']} by {row['due']}, {row['said']}" for row in shown)
    spec = drawn(alt.layer(*layers), WIDE - 300, 26 * len(rows))
    return Chart(name, title, says, source, spec, columns, cells)


def _shown(row: Any) -> dict[str, Any]:
    starts, due = row["starts"], row["due"]
    begins = min(starts, date.fromordinal(max(1, due.toordinal() - LEAST)))
    first = row["first date"]
    return {
        "step": row["step"], "state": row["state"], "starts": begins.isoformat(), "due": due.isoformat(),
        "first": first.isoformat() if first else "", "said": _odds(row),
    }  # fmt: skip


def _odds(row: Any) -> str:
    """The odds in a word or two: from all promises, to those of which something is known."""
    if row["done"]:
        return "done"
    if row["odds"] is None:
        return ""
    low, high = sorted((row["odds"], row["odds of those known"] or 0.0))
    return odds(low) if odds(low) == odds(high) else f"{odds(low)} to {odds(high)}"

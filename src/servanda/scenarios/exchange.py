"""Roadmaps as a table and as a calendar, both ways: what goes out comes back the same.

A table (CSV) has a row for the roadmap, one for each step and one for each risk, told apart by `kind`. A calendar
(RFC 5545) has a task, or a whole day, for each step on its last day; what a calendar has no word for stands
beside it in fields that begin with X-SERVANDA. A date that was moved in a calendar comes back as that day.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from servanda.errors import ContentError, RequestError
from servanda.model.period import When
from servanda.model.plain import to_plain
from servanda.model.roadmap import Milestone, Risk, Roadmap

COLUMNS = (
    "kind", "id", "title", "says", "area", "owner", "parties", "starts", "due", "baseline", "done", "needs",
    "commitment", "source title", "source publisher", "source url", "source date", "note",
)  # fmt: skip
DANGER = tuple("=+-@\t\r\n'")
"""A spreadsheet would run a cell that begins so; an apostrophe keeps it text, and is taken off on the way back."""
MARK = "X-SERVANDA-"


def to_table(one: Roadmap) -> str:
    """The roadmap as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    head = {"kind": "roadmap", "id": one.id, "title": one.title, "says": one.says, "area": str(one.area),
            "owner": one.by, "due": str(one.on), "note": one.note}  # fmt: skip
    rows = [head, *map(_step_row, one.milestones), *map(_risk_row, one.risks)]
    for row in rows:
        writer.writerow({name: _guarded(str(value)) for name, value in row.items() if value is not None})
    return out.getvalue()


def _step_row(step: Milestone) -> dict[str, Any]:
    return {
        "kind": "step", "id": step.id, "title": step.title, "owner": step.owner, "parties": " ".join(step.parties),
        "starts": step.starts, "due": step.due, "baseline": step.baseline, "done": step.done,
        "needs": " ".join(step.needs), "commitment": step.commitment, "note": step.note, **_source_row(step.proposal),
    }  # fmt: skip


def _risk_row(risk: Risk) -> dict[str, Any]:
    return {"kind": "risk", "says": risk.says, "needs": " ".join(risk.seen_in), **_source_row(risk.source)}


def _source_row(source: Any) -> dict[str, Any]:
    if source is None:
        return {}
    return {"source title": source.title, "source publisher": str(source.publisher), "source url": source.url,
            "source date": source.date}  # fmt: skip


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(DANGER) else cell


def from_table(text: str, name: str) -> dict[str, Any]:
    """The plain data of a roadmap from CSV, as its file has it; raises ContentError with row and column."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    lacking = [one for one in ("kind", "id", "title", "owner", "due") if one not in (reader.fieldnames or ())]
    if lacking:
        raise ContentError([f"{name}: row 1: no column {', '.join(lacking)}; write the columns {', '.join(COLUMNS)}"])
    made: dict[str, Any] = {"milestones": [], "risks": []}
    problems: list[str] = []
    for number, row in enumerate(reader, 2):
        cells = {key: value.removeprefix("'") if value[:1] == "'" and value[1:2] and value[1] in DANGER else value
                 for key, value in row.items() if isinstance(key, str) and value}  # fmt: skip
        kind = cells.pop("kind", "")
        if None in row:
            problems.append(f"{name}: row {number}: more cells than columns; put words with a comma in quotes")
        elif kind == "step":
            made["milestones"].append(_listed(_with_source(cells, "proposal"), "needs", "parties"))
        elif kind == "risk":
            cells["seen_in"] = cells.pop("needs", "")
            made["risks"].append(_listed(_with_source(cells, "source"), "seen_in"))
        elif kind == "roadmap":
            made |= {key: cells[key] for key in ("title", "says", "area", "note") if key in cells}
            made |= {"by": cells.get("owner"), "on": cells.get("due")}
        else:
            problems.append(f"{name}: row {number}: kind '{kind}' is none of roadmap, step and risk; write one of them")
    if problems:
        raise ContentError(problems)
    return {key: value for key, value in made.items() if value not in (None, [])}


def _with_source(cells: dict[str, str], field: str) -> dict[str, Any]:
    source = {key.removeprefix("source "): cells.pop(key) for key in list(cells) if key.startswith("source ")}
    return {**cells, **({field: source} if source else {})}


def _listed(row: dict[str, Any], *fields: str) -> dict[str, Any]:
    """The fields that hold several words apart; without those that hold none."""
    return {key: value.split() if key in fields else value for key, value in row.items() if value}


def to_calendar(one: Roadmap, as_events: bool = False) -> bytes:
    """The roadmap as a feed of tasks (VTODO); with `as_events` of whole days, for calendars that show no tasks."""
    from icalendar import Calendar, Event, Todo

    feed = Calendar()
    feed.add("prodid", "-//Servanda//roadmap//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _flat(one.title))
    head = {key: value for key, value in to_plain(one).items() if key not in ("id", "case", "milestones")}
    feed.add(f"{MARK}ROADMAP", json.dumps(head, ensure_ascii=False))
    for step in one.milestones:
        made: Any = Event() if as_events else Todo()
        made.add("uid", f"{one.id}.{step.id}@servanda")
        made.add("dtstamp", datetime.combine(one.on.first, datetime.min.time()))
        made.add("summary", _flat(step.title))
        _dates(made, step, as_events)
        for name in step.needs:
            made.add("related-to", f"{one.id}.{name}@servanda", parameters={"RELTYPE": "DEPENDS-ON"})
        if step.note is not None:
            made.add("description", _flat(step.note))
        made.add(f"{MARK}STEP", json.dumps(to_plain(step), ensure_ascii=False))
        feed.add_component(made)
    return bytes(feed.to_ical())


def _dates(made: Any, step: Milestone, as_event: bool) -> None:
    if as_event:
        made.add("dtstart", step.due.last)
        made.add("dtend", step.due.last + timedelta(days=1) if step.due.last < date.max else step.due.last)
        made.add("transp", "TRANSPARENT")
        return
    if step.starts is not None and step.starts.first < step.due.last:
        made.add("dtstart", step.starts.first)
    made.add("due", step.due.last)
    made.add("status", "COMPLETED" if step.done is not None else "NEEDS-ACTION")
    if step.done is not None:
        made.add("completed", datetime.combine(step.done.last, datetime.min.time()))


def from_calendar(raw: bytes, name: str) -> dict[str, Any]:
    """The plain data of a roadmap from a calendar; what a calendar has changed (summary, note, dates) comes first.

    A task of another program has no owner and no promise: those are named as missing when the roadmap is read.
    """
    from icalendar import Calendar

    try:
        feed = Calendar.from_ical(raw)
    except (ValueError, IndexError) as fault:
        raise RequestError(f"{name} is no calendar ({fault}); export one as .ics and try again") from fault
    said = feed.get(f"{MARK}ROADMAP")
    made: dict[str, Any] = _json(str(said), name, "the calendar") if said is not None else {}
    tasks = [one for one in feed.walk() if one.name in ("VTODO", "VEVENT")]
    if not tasks:
        raise RequestError(f"{name} holds no task and no day; a roadmap has at least one step")
    rows = [_held(one, place, name) for place, one in enumerate(tasks, 1)]
    ids = {str(one.get("uid", "")): row["id"] for one, row in zip(tasks, rows, strict=True)}
    made["milestones"] = [_step(one, row, ids) for one, row in zip(tasks, rows, strict=True)]
    made.setdefault("title", str(feed.get("x-wr-calname", name)))
    return made


def _held(task: Any, place: int, name: str) -> dict[str, Any]:
    """What stands in our own field of a task; without it only an id, by its place."""
    said = task.get(f"{MARK}STEP")
    row: dict[str, Any] = _json(str(said), name, f"task {place}") if said is not None else {}
    return row if "id" in row else {**row, "id": f"step-{place}"}


def _step(task: Any, row: dict[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    for field, shown in (("title", task.get("summary")), ("note", task.get("description"))):
        if shown is None:
            row.pop(field, None)
        elif str(shown) != _flat(str(row.get(field, ""))):
            row[field] = str(shown)
    due = _shown(task, "due") if task.name == "VTODO" else _shown(task, "dtstart")
    _moved(row, "due", due, last=True)
    if task.name == "VTODO":
        _moved(row, "starts", _shown(task, "dtstart"), last=False)
        _moved(row, "done", _shown(task, "completed"), last=True)
    if "related-to" in {key.lower() for key in task}:
        found = task["related-to"]
        row["needs"] = [ids[str(one)] for one in (found if isinstance(found, list) else [found]) if str(one) in ids]
    return row


def _moved(row: dict[str, Any], field: str, shown: date | None, *, last: bool) -> None:
    """A date that a calendar shows otherwise than the roadmap has it was moved there."""
    if shown is None:
        return
    kept = When.parse(row[field]) if field in row else None
    if kept is None or shown != (kept.last if last else kept.first):
        row[field] = shown.isoformat()


def _shown(task: Any, field: str) -> date | None:
    found = task.get(field)
    if found is None:
        return None
    at = found.dt
    return at.date() if isinstance(at, datetime) else at if isinstance(at, date) else None


def _flat(words: str) -> str:
    """Words as a calendar holds them: in one line, without what cannot be printed."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _json(text: str, name: str, where: str) -> dict[str, Any]:
    try:
        made = json.loads(text)
    except ValueError as fault:
        raise ContentError([f"{name}: {where}: a field of ours was changed and cannot be read ({fault})"]) from fault
    if not isinstance(made, dict):
        raise ContentError([f"{name}: {where}: a field of ours was changed; expected fields and values"])
    return made


def changed(before: Roadmap, after: Iterable[Milestone]) -> tuple[tuple[str, str, str, str], ...]:
    """What differs between two forms of a roadmap: step, field, before, after; steps that came or went as a whole."""
    old = {one.id: to_plain(one) for one in before.milestones}
    new = {one.id: to_plain(one) for one in after}
    rows = []
    for name in dict.fromkeys([*old, *new]):
        if name not in old or name not in new:
            rows.append((name, "step", "there" if name in old else "none", "there" if name in new else "none"))
            continue
        fields = dict.fromkeys([*old[name], *new[name]])
        rows += [
            (name, field, str(old[name].get(field, "none")), str(new[name].get(field, "none")))
            for field in fields
            if old[name].get(field) != new[name].get(field)
        ]
    return tuple(rows)

"""servanda dialogue agenda: the agenda that the record suggests, or that of a meeting."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from servanda.dialogue.agenda import agree, take_draft
from servanda.dialogue.draft import HOURS, Draft, draft
from servanda.dialogue.gather import Drafted
from servanda.dialogue.work import agenda
from servanda.errors import RequestError
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, verb
from servanda.faces.cli.talk.options import meeting_of, speaker, speaker_options
from servanda.faces.cli.text import console
from servanda.model.case import Record
from servanda.model.dialogue import Meeting
from servanda.pages.plain import plain
from servanda.register.recall import known_on, recall
from servanda.register.words import words
from servanda.review.wording import count, day
from servanda.settings import now


@verb(
    "dialogue agenda",
    examples=("IND KOR", "IND KOR --as-of 2026-06-01 --minutes 90 --format json", "MEETING --take --side IND"),
)
@click.argument("about", nargs=-1, metavar="PARTY PARTY | MEETING")
@click.option("--minutes", type=click.IntRange(5), default=HOURS, show_default=True, help="Minutes at the table.")
@click.option("--take", is_flag=True, help="Put the draft onto the agenda of the meeting.")
@click.option("--agree", "agreed", is_flag=True, help="Agree to the agenda of the meeting for your side.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@as_of_option
@speaker_options
@register_options()
def run(
    *, about: tuple[str, ...], minutes: int, take: bool, agreed: bool, shape: str, as_of: str | None, side: str | None,
    who: str | None, store: str | None, content: Path | None,
) -> None:  # fmt: skip
    """Draft an agenda for a pair from the record, without a meeting; or show, draft and agree that of a meeting."""
    opened, found = open_register(store, content)
    if len(about) == 2:
        made = draft(opened, found.content, about, as_of_day(as_of), minutes)
        with opened.read() as unit:
            record = recall(unit, made.case, known_on(unit, made.as_of))
        click.echo(_json(made, record)) if shape == "json" else text(console(sys.stdout), made)
        return
    if len(about) != 1:
        raise RequestError("name a pair of countries, such as IND KOR, or the id of one meeting")
    meeting, record = meeting_of(opened, about[0])
    if take or agreed:
        speaks, at = speaker(words(found.content), record, side, who), now().isoformat()
        if take:
            click.echo(
                f"{count(len(take_draft(opened, found.content, meeting.id, speaks, at)), 'item')} drafted", err=True
            )
        if agreed:
            click.echo(f"the agenda is {agree(opened, meeting.id, speaks, at).state}", err=True)
        meeting, record = meeting_of(opened, meeting.id)
    _show(meeting, record, shape)


def as_plain(one: Drafted, record: Record) -> dict[str, Any]:
    """An item as JSON: evidence is that on its commitments, and for barriers what was reported of them."""
    made: dict[str, Any] = {
        "title": one.title, "reason": one.reason, "commitments": list(one.commitments),
        "days_overdue": one.days_overdue,
        "evidence": [
            {"id": row.id, "commitment": row.commitment, "claim": row.claim, "shows": str(row.shows),
             "date": str(row.date) if row.date else None, "source": plain(row.source), "confidence": row.confidence}
            for row in one.evidence
        ],
        "minutes": one.minutes, "sort": one.sort, "area": one.area, "owed_by": one.owed_by,
        "due": one.due.isoformat() if one.due else None, "status": one.status, "barriers": list(one.barriers),
        "weight": one.weight, "parts": one.parts,
    }  # fmt: skip
    for name in one.barriers:
        barrier = record.barriers[name]
        made["evidence"] += [
            {"id": name, "barrier": name, "claim": barrier.what, "shows": barrier.status,
             "date": str(barrier.reported) if barrier.reported else None, "source": plain(source),
             "confidence": barrier.confidence}
            for source in barrier.sources[:1]
        ]  # fmt: skip
    return made


def _json(made: Draft, record: Record) -> str:
    whole = {
        "case": made.case, "title": made.title, "parties": list(made.parties), "as_of": made.as_of.isoformat(),
        "entries": made.entries, "since": made.since.isoformat() if made.since else None, "since_what": made.since_what,
        "minutes": made.minutes, "items": [as_plain(one, record) for one in made.items],
        "in_writing": [as_plain(one, record) for one in made.in_writing],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1)


def text(out: Console, made: Draft) -> None:
    """A draft as the terminal shows it."""
    out.print(f"[bold]{escape(made.title)}: a draft agenda[/bold]")
    total = sum(one.minutes for one in made.items)
    since = f"; what changed is asked since {day(made.since)}: {made.since_what}" if made.since else ""
    out.print(escape(f"As of {day(made.as_of)}, entry {made.entries}; {total} of {made.minutes} minutes{since}"))
    for number, one in enumerate(made.items, 1):
        late = f", {count(one.days_overdue, 'day')} past the date promised" if one.days_overdue else ""
        out.print(f"\n{number}. [bold]{escape(one.title)}[/bold] [dim]{one.minutes} min, {one.sort}{late}[/dim]")
        out.print(Padding(escape(one.reason), (0, 0, 0, 3)))
        names = ", ".join((*one.commitments, *one.barriers))
        if names:
            out.print(Padding(escape(names), (0, 0, 0, 3)), style="dim")
    if made.in_writing:
        out.print(f"\n[bold]For an answer in writing ({len(made.in_writing)})[/bold]")
        for one in made.in_writing:
            out.print(escape(f"- {one.title} ({', '.join(one.commitments) or count(len(one.barriers), 'barrier')})"))


def _show(meeting: Meeting, record: Record, shape: str) -> None:
    rows = agenda(record, meeting.id)
    if shape == "json":
        click.echo(json.dumps({"meeting": plain(meeting), "items": plain(rows)}, ensure_ascii=False, indent=1))
        return
    out = console(sys.stdout)
    used = sum(one.minutes for one in rows)
    head = f"{meeting.date}, {meeting.state}; {used} of {meeting.minutes} minutes"
    out.print(f"[bold]{escape(meeting.id)}[/bold], {head}")
    for number, one in enumerate(rows, 1):
        out.print(f"{number}. [bold]{escape(one.title)}[/bold] [dim]{one.minutes} min, {one.state}, {one.id}[/dim]")
        out.print(escape(f"   {one.decision or one.reason}"))

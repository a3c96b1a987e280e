"""A list and an account in a terminal: colour only where the output is one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TextIO, cast

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from servanda.model.status import Status
from servanda.pages.commitments import Row
from servanda.pages.plain import plain
from servanda.register.explain import Account
from servanda.register.lookup import Found
from servanda.review.wording import count

COLOURS = {
    Status.DELIVERED: "green",
    Status.PARTLY: "bright_green",
    Status.ON_SCHEDULE: "blue",
    Status.BEHIND: "yellow",
    Status.NOT_STARTED: "dark_orange",
    Status.LAPSED: "red",
    Status.SUPERSEDED: "magenta",
    Status.NO_EVIDENCE: "bright_black",
}
WIDTH = 100


def console(file: TextIO) -> Console:
    """A console of the terminal's width; of fixed width, without colour, where the output is a file or a pipe."""
    if file.isatty():
        return Console(file=file, highlight=False, no_color=True if os.environ.get("NO_COLOR") else None)
    trimmed = cast("TextIO", _Trimmed(file))
    return Console(file=trimmed, width=WIDTH, highlight=False, force_terminal=False, no_color=True, color_system=None)


class _Trimmed:
    """Passes lines on without the blanks that fill them up to the width."""

    encoding = "utf-8"

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, text: str) -> int:
        """Write, each whole line without blanks at its end."""
        lines = text.split("\n")
        self.file.write("\n".join([*(line.rstrip(" ") for line in lines[:-1]), lines[-1]]))
        return len(text)

    def flush(self) -> None:
        """Pass on."""
        self.file.flush()


def rows_text(out: Console, rows: Sequence[Row], total: int) -> None:
    """A list of commitments."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Id", no_wrap=True)
    table.add_column("Made", no_wrap=True)
    table.add_column("Promise, in our words", ratio=1)
    table.add_column("Owed by")
    table.add_column("Status")
    table.add_column("Due")
    for row in rows:
        colour = COLOURS[Status(row.status)]
        due = f"{row.due} ({row.days_overdue:,} days past)" if row.days_overdue else str(row.due or "")
        table.add_row(row.id, str(row.made), escape(row.says), row.owed_by, f"[{colour}]{row.status}[/]", due)
    out.print(table)
    out.print(f"{len(rows)} of {count(total, 'commitment')}", style="dim")


def account_text(out: Console, made: Account, whole: bool) -> None:
    """One commitment; `whole` adds the rule's working and the entries."""
    one = made.commitment
    out.print(f"[bold]{one.id}[/bold]  {escape(one.says)}")
    late = f", {count(made.ruling.days_overdue, 'day')} past the date promised" if made.ruling.days_overdue else ""
    out.print(f"[{COLOURS[made.ruling.status]}]{made.ruling.status}[/]{late}  (as of {made.as_of})\n")
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column(ratio=1, overflow="fold")
    for name, value in _facts(made):
        facts.add_row(name, escape(value))
    out.print(facts)
    source = made.commitment.source
    # An address is never broken over lines: it must be copied whole.
    out.print(f"source       {escape(source.title)} ({source.publisher})")
    out.print(f"             {escape(source.url or 'no address')}", soft_wrap=True)
    if made.weighed:
        out.print("\n[bold]Evidence[/bold]")
        for row in made.weighed:
            mark = "*" if row.carried else " " if row.counted else "-"
            source = row.evidence.source
            out.print(f" {mark} {row.evidence.date or 'undated'}  {row.evidence.shows}: {escape(row.evidence.claim)}")
            out.print(
                f"     {escape(source.title)} ({source.publisher}) {escape(source.url or '')}",
                style="dim",
                soft_wrap=True,
            )
        out.print("   * carries the status; - later than the day asked for", style="dim")
    else:
        out.print("\nNo evidence found. Searched: " + escape(" ".join(made.searched)))
    if whole:
        _working(out, made)


def _facts(made: Account) -> list[tuple[str, str]]:
    one = made.commitment
    due = f" (last day in time {made.ruling.due})" if made.ruling.due else ""
    return [
        ("promised in", f"{made.document.title}, {made.document.date} ({made.document.id})"),
        ("owed by", f"{one.owner} ({', '.join(one.parties) or 'third body'})"),
        ("deliverable", one.deliverable or "none named"),
        ("deadline", f"{one.deadline}{due}" if one.deadline else "none named"),
        ("number", f"{one.target.value:g} {one.target.unit}" if one.target else "none named"),
        ("mechanism", one.mechanism or "none named"),
        ("thread", f"{made.thread_title} ({one.thread}), promised {count(len(made.strand.members), 'time')}"),
        ("assessments", "; ".join(f"{given.key}: {given.verdict}" for given in made.assessments) + f"; {made.agreed}"),
    ]


def _working(out: Console, made: Account) -> None:
    out.print(f"\n[bold]How the status came about[/bold]  rule {made.rule_version}, step {made.ruling.rule}")
    out.print(f"  {made.ruling.because}")
    for part in made.standings:
        if part.start <= made.as_of:
            out.print(f"  from {part.start}: {part.status}")
    if made.commitment.coding_note:
        out.print(f"  Where rule and researcher differ: {escape(made.commitment.coding_note)}")
    out.print("\n[bold]In the register[/bold]")
    for entry in made.history:
        after = f"  -> {entry.status}" if entry.status else ""
        out.print(
            f"  {entry.seq}  {entry.at[:10]}  {escape(entry.who)}, {escape(entry.why)}: {escape(entry.what)}{after}"
        )


def found_text(out: Console, found: Found) -> None:
    """Any noun but a commitment: its fields, and the commitments that belong to it."""
    for name, value in plain(found.noun).items():
        if value not in (None, "", [], {}):
            # An address is never broken over lines: it must be copied whole.
            out.print(
                f"[dim]{name.replace('_', ' '):<16}[/dim] {escape(_flat(value))}", soft_wrap="://" in _flat(value)
            )
    changes = {turn.commitment: f"{turn.day}  {turn.change} ({turn.detail}): " for turn in found.turns}
    if found.commitments:
        out.print(f"\n[bold]{count(len(found.commitments), 'commitment')}[/bold]")
    for one in found.commitments:
        out.print(f"  {one.id}  {escape(changes.get(one.id, '') + one.says)}")


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_flat(part) for part in value.values() if part not in (None, "", []))
    return "; ".join(_flat(part) for part in value) if isinstance(value, list) else str(value)

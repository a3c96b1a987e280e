"""The review, a list and an account in a terminal: colour only where the output is one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TextIO, cast

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from servanda.model.finding import Finding
from servanda.model.status import Status
from servanda.pages.commitments import Row
from servanda.pages.plain import plain
from servanda.register.explain import Account
from servanda.register.lookup import Found
from servanda.review.items import Item
from servanda.review.review import Review
from servanda.review.series import Series
from servanda.review.wording import count, day, percent

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
BLOCKS = "▁▂▃▄▅▆▇█"


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


def review_text(out: Console, made: Review) -> None:
    """The state in five lines, then the areas, then what is overdue."""
    title = made.title[0].upper() + made.title[1:]
    out.print(f"[bold]{escape(title)}: the review[/bold]" + (f", {made.area}" if made.area else ""))
    out.print(f"As of {day(made.as_of)}, entry {made.entries} of the register\n", style="dim")
    for number, one in enumerate(made.state, 1):
        _sentence(out, one, f"{number}. ")
    out.print()
    if len(made.areas) > 1:
        for name, area in made.areas.items():
            heading = f"\n[bold]{name[0].upper()}{name[1:]}[/bold]"
            out.print(f"{heading}  {count(area.threads, 'thread')}, {count(area.commitments, 'commitment')}")
            for one in area.findings:
                _sentence(out, one, "- ")
    _overdue(out, made)
    out.print("\n[bold]In numbers[/bold]")
    _statuses(out, made)
    for one in made.findings[len(made.state) :]:
        _sentence(out, one, "- ")
    _figures(out, made.figures)
    if made.peers:
        _peers(out, made)


def _sentence(out: Console, one: Finding, lead: str) -> None:
    grid = Table.grid(padding=(0, 0))
    grid.add_column(width=len(lead))
    grid.add_column(ratio=1)
    grid.add_row(lead, escape(one.text))
    out.print(grid)


def _statuses(out: Console, made: Review) -> None:
    most = max(made.delivery.by_status.values(), default=1) or 1
    grid = Table.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column()
    for word, number in made.delivery.by_status.items():
        bar = "█" * round(30 * number / most)
        grid.add_row(word, str(number), f"[{COLOURS[Status(word)]}]{bar}[/]")
    out.print(grid)
    parts = ", ".join(
        f"{name} {percent(one.value)}" for name, one in made.concreteness.parts.items() if one.value is not None
    )
    out.print(f"Threads that name: {parts}\n")


def _figures(out: Console, figures: Sequence[Series]) -> None:
    shown = [
        one for one in figures if one.subject == "pair" and len({point.year for point in one.points} - {None}) >= 3
    ]
    if not shown:
        return
    out.print("\n[bold]Published figures[/bold]  as published; calendar or fiscal years, never mixed")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for one in shown[:10]:
        basis = one.latest.fiscal if one.latest else False
        points = [point for point in one.points if point.year is not None and point.fiscal is basis]
        rivals = f"{count(one.rivals, 'period')} with rival figures" if one.rivals else ""
        ends = f"{points[0].value:g} ({points[0].period}) to {points[-1].value:g} ({points[-1].period})"
        table.add_row(
            escape(one.metric), spark([point.value for point in points]), escape(f"{ends} {one.unit}"), rivals
        )
    out.print(table)


def spark(values: Sequence[float]) -> str:
    """Values as a row of blocks, from their least to their most."""
    low, high = min(values), max(values)
    step = (high - low) or 1.0
    return "".join(BLOCKS[round((value - low) / step * (len(BLOCKS) - 1))] for value in values)


def _peers(out: Console, made: Review) -> None:
    if made.peers is None:
        return
    out.print("\n[bold]Beside other pairs[/bold]")
    out.print(made.peers.warning)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("Threads that name")
    for pair in made.peers.pairs:
        table.add_column(escape(pair.title), justify="right")
    for name in made.peers.pairs[0].readings:
        cells = [pair.readings[name] for pair in made.peers.pairs]
        table.add_row(name, *(_cell(one.value, one.low, one.high) for one in cells))
    table.add_row(
        "no evidence found (not a result)", *(_cell(pair.no_evidence.value, None, None) for pair in made.peers.pairs)
    )
    out.print(table)
    out.print("Not compared: " + "; ".join(f"{name} ({why})" for name, why in made.peers.not_compared.items()) + ".")


def _cell(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "no figure"
    band = f" ({low * 100:.0f}-{high * 100:.0f})" if low is not None and high is not None else ""
    return percent(value) + band


def _overdue(out: Console, made: Review) -> None:
    late = [item for item in made.overdue if item.known]
    silent = [item for item in made.overdue if not item.known]
    if late:
        out.print("\n[bold]Past the date promised; later evidence shows it not complete[/bold]")
        out.print(_late(late, made.names))
    if silent:
        out.print("\n[bold]Past the date promised; nothing later was found, either way[/bold]")
        out.print("Questions to the owners, not findings against them.")
        out.print(_late(silent, made.names))


def _late(items: Sequence[Item], names: dict[str, str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Promise", ratio=1)
    table.add_column("Owed by")
    table.add_column("Due")
    table.add_column("Days past", justify="right")
    table.add_column("Id")
    for item in items:
        table.add_row(
            escape(item.title),
            escape(names.get(item.owed_by, item.owed_by)),
            str(item.due),
            f"{item.days_overdue:,}",
            item.latest,
        )
    return table


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

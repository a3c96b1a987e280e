"""The review in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from servanda.faces.cli.text import COLOURS
from servanda.model.finding import Finding
from servanda.model.status import Status
from servanda.pages.options import Cited
from servanda.review.items import Item
from servanda.review.review import Review
from servanda.review.series import Series
from servanda.review.wording import count, day, percent

BLOCKS = "▁▂▃▄▅▆▇█"


def review_text(out: Console, made: Review, packages: Sequence[Cited]) -> None:
    """The state in five lines, then the areas, what is overdue, and what could be changed."""
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
    _packages(out, packages)
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


def _packages(out: Console, packages: Sequence[Cited]) -> None:
    if not packages:
        return
    out.print("\n[bold]What could be changed[/bold]  each is run, with a band, by 'servanda scenario run NAME'")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Name", no_wrap=True)
    table.add_column("Package", ratio=1)
    table.add_column("Bears on", ratio=1)
    for one in packages:
        table.add_row(escape(one.name), escape(one.title), escape("; ".join(one.threads.values())))
    out.print(table)


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

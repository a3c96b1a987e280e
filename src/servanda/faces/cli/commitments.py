"""servanda commitments: search and filter."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, two_parties, verb
from servanda.model.status import Status
from servanda.model.words import Area
from servanda.pages.commitments import SORTS, CommitmentsPage, as_sheet, commitments
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.plain import plain
from servanda.register.recall import known_on, which_case

OTHERS = ("both", "third body")
"""Who may owe beside a party."""
EXAMPLES = (
    "--search ship",
    "IND KOR --area trade --overdue",
    "--status 'no evidence found' --format csv > open-questions.csv",
)


@verb("commitments", examples=EXAMPLES)
@click.argument("parties", nargs=-1, metavar="[PARTY PARTY]")
@click.option("--search", "-s", default="", help="Words; beginnings of words match too.")
@click.option("--area", multiple=True, help="trade, technology, defence, ... (repeat for several)")
@click.option("--status", multiple=True, help="A status of the list (repeat for several)")
@click.option("--owed-by", multiple=True, help="A country, both, or third body (repeat for several)")
@click.option("--overdue", is_flag=True, help="Only what is past the date promised.")
@click.option("--sort", type=click.Choice(list(SORTS)), default="-made", show_default=True)
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@as_of_option
@register_options()
def run(
    *, parties: tuple[str, ...], search: str, area: tuple[str, ...], status: tuple[str, ...], owed_by: tuple[str, ...],
    overdue: bool, sort: str, limit: int, form: str, as_of: str | None, store: str | None, content: Path | None,
) -> None:  # fmt: skip
    """List commitments, by words and by facets; of all pairs where none is named."""
    _known("area", area, [str(word) for word in Area])
    _known("status", status, [str(word) for word in Status])
    if parties:
        two_parties(parties)
    day = as_of_day(as_of)
    opened, found = open_register(store, content)
    library = Library(opened, found.content)
    case = None
    if parties:
        codes = [library.words.party(one).code for one in parties]
        with opened.read() as unit:
            case = which_case(unit, codes, known_on(unit, day))
    asked = {
        "area": area,
        "status": status,
        "owed_by": tuple(one if one in OTHERS else library.words.party(one).code for one in owed_by),
        "q": (search,),
        "sort": (sort,),
        "overdue": ("1",) * overdue,
    }
    _give(commitments(library, Ask(day, bool(as_of), case, asked), limit), form)


def _give(page: CommitmentsPage, form: str) -> None:
    if form == "json":
        json.dump({"total": page.total, "commitments": plain(page.rows)}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif form == "csv":
        sys.stdout.write(as_sheet(page))
    else:
        from servanda.faces.cli.text import console, rows_text

        rows_text(console(sys.stdout), page.rows, page.total)


def _known(what: str, said: tuple[str, ...], words: list[str]) -> None:
    for word in said:
        if word not in words:
            raise RequestError(f"no {what} '{word}'; write one of: {', '.join(words)}")

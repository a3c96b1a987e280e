"""servanda commitments: search and filter."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from servanda.errors import RequestError
from servanda.faces.cli.options import AsOfOption, ContentOption, StoreOption, as_of_day, open_register
from servanda.model.status import Status
from servanda.model.words import Area
from servanda.pages.commitments import commitments
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.plain import plain
from servanda.register.recall import known_on, which_case

EPILOG = (
    "Examples:  servanda commitments --search ship  ·  servanda commitments IND KOR --area trade --overdue  ·  "
    "servanda commitments --status 'no evidence found' --format csv > open-questions.csv"
)


class Form(StrEnum):
    """How the list is given."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def run(
    parties: Annotated[
        list[str] | None,
        typer.Argument(
            help="Two countries; all pairs where none are given.", metavar="[PARTY PARTY]", show_default=False
        ),
    ] = None,
    search: Annotated[
        str, typer.Option("--search", "-s", help="Words; beginnings of words match too.", show_default=False)
    ] = "",
    area: Annotated[
        list[str] | None,
        typer.Option("--area", help="trade, technology, defence, ... (repeat for several)", show_default=False),
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="A status of the list (repeat for several)", show_default=False)
    ] = None,
    owed_by: Annotated[
        list[str] | None, typer.Option("--owed-by", help="A country's code, both, or third body", show_default=False)
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is past the date promised.")] = False,
    sort: Annotated[str, typer.Option("--sort", help="-made, made, due or id")] = "-made",
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000)] = 50,
    form: Annotated[Form, typer.Option("--format")] = Form.TEXT,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    content: ContentOption = None,
) -> None:
    """List commitments, by words and by facets."""
    _known("area", area, [str(word) for word in Area])
    _known("status", status, [str(word) for word in Status])
    day = as_of_day(as_of)
    opened, found = open_register(store, content)
    library = Library(opened, found.content)
    case = None
    if parties:
        codes = [library.words.party(one).code for one in parties]
        with opened.read() as unit:
            case = which_case(unit, codes, known_on(unit, day))
    chosen = {
        "area": area,
        "status": status,
        "owed_by": owed_by,
        "q": [search] if search else None,
        "sort": [sort],
        "overdue": ["1"] if overdue else None,
    }
    page = commitments(
        library, Ask(day, bool(as_of), case, {name: tuple(words) for name, words in chosen.items() if words}), limit
    )
    if form is Form.JSON:
        json.dump({"total": page.total, "commitments": plain(page.rows)}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif form is Form.CSV:
        rows = [plain(row) for row in page.rows]
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else ["id"])
        writer.writeheader()
        writer.writerows(rows)
    else:
        from servanda.faces.cli.text import console, rows_text

        rows_text(console(sys.stdout), page.rows, page.total)


def _known(what: str, said: list[str] | None, words: list[str]) -> None:
    for word in said or []:
        if word not in words:
            raise RequestError(f"no {what} '{word}'; write one of: {', '.join(words)}")

"""servanda review: the state of a partnership on a day."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from servanda.faces.cli.options import AsOfOption, ContentOption, StoreOption, as_of_day, open_register
from servanda.pages.plain import plain
from servanda.review.review import Review, review

EPILOG = (
    "Examples:  servanda review IND KOR  ·  servanda review india korea --area trade  ·  "
    "servanda review IND KOR --peers --format json > review.json  ·  servanda review IND KOR --format pdf --out korea.pdf"
)


class Form(StrEnum):
    """How the review is given."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"


def run(
    parties: Annotated[
        list[str],
        typer.Argument(help="Two countries, by name or code: IND KOR", metavar="PARTY PARTY", show_default=False),
    ],
    as_of: AsOfOption = None,
    area: Annotated[
        str | None, typer.Option("--area", help="One area only: trade, technology, defence, ...", show_default=False)
    ] = None,
    peers: Annotated[bool, typer.Option("--peers", help="Beside the other pairs that the register holds.")] = False,
    form: Annotated[
        Form, typer.Option("--format", help="text and json go to the terminal, html and pdf to a file.")
    ] = Form.TEXT,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file.", show_default=False)] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the HTML file as well.", show_default=False)
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Write the PDF as well.", show_default=False)] = None,
    store: StoreOption = None,
    content: ContentOption = None,
) -> None:
    """Review a pair: how concrete the promises are, what came of them, who owes what, what is overdue."""
    if len(parties) != 2:
        raise typer.BadParameter(
            f"two countries make a pair, {len(parties)} were given; write: servanda review IND KOR"
        )
    day = as_of_day(as_of)
    opened, found = open_register(store, content)
    made = review(opened, found.content, parties, day, area, peers)
    codes = "-".join(made.parties)
    if form is Form.JSON:
        _give(json.dumps(plain(made), ensure_ascii=False, indent=1, allow_nan=False) + "\n", out)
    elif form is Form.TEXT:
        from servanda.faces.cli.text import console, review_text

        if out:
            with out.open("w", encoding="utf-8") as file:
                review_text(console(file), made)
        else:
            review_text(console(sys.stdout), made)
    html = html or ((out or Path(f"review-{codes}.html")) if form is Form.HTML else None)
    pdf = pdf or ((out or Path(f"review-{codes}.pdf")) if form is Form.PDF else None)
    if html or pdf:
        from servanda.pages.library import Library

        record = Library(opened, found.content).record(made.case, day)
        _papers(made, record, html, pdf)


def _papers(made: Review, record: object, html: Path | None, pdf: Path | None) -> None:
    from servanda.pages.report import paper, save

    paged = paper(made, record)  # type: ignore[arg-type]
    if html:
        print(f"wrote {save(html, paged.html())}", file=sys.stderr)
    if pdf:
        print(f"wrote {save(pdf, paged.pdf())}", file=sys.stderr)
    print("web pages: servanda serve (in a checkout: make serve)", file=sys.stderr)


def _give(text: str, out: Path | None) -> None:
    if out:
        from servanda.pages.report import save

        print(f"wrote {save(out, text)}", file=sys.stderr)
    else:
        sys.stdout.write(text)

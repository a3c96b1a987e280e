"""servanda review: the state of a partnership on a day."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, two_parties, verb
from servanda.model.case import Record
from servanda.pages.options import Cited, cited
from servanda.pages.overview import told
from servanda.review.review import Review, review
from servanda.scenarios.shelf import listed

EXAMPLES = (
    "IND KOR",
    "india korea --area trade",
    "IND KOR --peers --format json --out review.json",
    "IND KOR --format pdf --out korea.pdf",
)


@verb("review", examples=EXAMPLES)
@click.argument("parties", nargs=-1, metavar="PARTY PARTY")
@as_of_option
@click.option("--area", help="One area only: trade, technology, defence, region, people, ...")
@click.option("--peers", is_flag=True, help="Beside the other pairs that the register holds.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "pdf"]), default="text", show_default=True,
              help="text and json go to the terminal, html and pdf to a file.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the HTML file as well.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the PDF as well.")
@register_options()
def run(
    *, parties: tuple[str, ...], as_of: str | None, area: str | None, peers: bool, form: str, out: Path | None,
    html: Path | None, pdf: Path | None, store: str | None, content: Path | None,
) -> None:  # fmt: skip
    """Review a pair: how concrete the promises are, what came of them, who owes what, what is overdue.

    PARTY is a country, by name or three-letter code.
    """
    two_parties(parties)
    day = as_of_day(as_of)
    opened, found = open_register(store, content)
    made = review(opened, found.content, parties, day, area, peers)
    packages = cited(listed(found.content), made)
    codes = "-".join(made.parties)
    if form == "json":
        _give(json.dumps(told(made, packages), ensure_ascii=False, indent=1, allow_nan=False) + "\n", out)
    elif form == "text":
        _give(_text(made, packages), out) if out else _show(made, packages)
    html = html or ((out or Path(f"review-{codes}.html")) if form == "html" else None)
    pdf = pdf or ((out or Path(f"review-{codes}.pdf")) if form == "pdf" else None)
    if html or pdf:
        from servanda.pages.library import Library

        _papers(made, Library(opened, found.content).record(made.case, day), packages, html, pdf)


def _show(made: Review, packages: tuple[Cited, ...]) -> None:
    from servanda.faces.cli.reviewed import review_text
    from servanda.faces.cli.text import console

    review_text(console(sys.stdout), made, packages)


def _text(made: Review, packages: tuple[Cited, ...]) -> str:
    from io import StringIO

    from servanda.faces.cli.reviewed import review_text
    from servanda.faces.cli.text import console

    out = StringIO()
    review_text(console(out), made, packages)
    return out.getvalue()


def _papers(made: Review, record: Record, packages: tuple[Cited, ...], html: Path | None, pdf: Path | None) -> None:
    from servanda.pages.report import paper, save

    paged = paper(made, record, packages)
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

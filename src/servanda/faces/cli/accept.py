"""servanda accept: what the reader proposes becomes commitments, for those that a named person chose."""

from __future__ import annotations

import re
import sys
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import open_register, register_options, verb
from servanda.model.words import Kind, Publisher
from servanda.register.receive import Handed
from servanda.settings import now
from servanda.store import items
from servanda.store.connect import Store

if TYPE_CHECKING:
    from servanda.texts.extract.extract import Extracted

NOBODY = "somebody"
"""What the settings say where the machine knows no name."""
EXAMPLES = (
    "statement.pdf --case ind-kor --date 2026-05-04 --dry-run --all",
    "statement.txt --pair IND FRA --title 'Joint statement' --date 2026-05-04 --only 1,3,7-9",
    "D-2026-HARBOUR.en --min-probability 0.95 --who 'Anna Lee'",
)


@verb("accept", examples=EXAMPLES)
@click.argument("source", metavar="TEXT|FILE|URL|-")
@click.option("--only", help="These proposals, by the numbers that servanda read prints: 3,7-9.")
@click.option("--min-probability", "least", type=click.FloatRange(0, 1), help="Those at least so probable.")
@click.option("--all", "every", is_flag=True, help="All of them.")
@click.option(
    "--thread-from",
    "again",
    type=click.FloatRange(0, 1),
    help="Continue the thread of an earlier promise that it restates at least so probably. Else a new one.",
)
@click.option("--who", help="Who decides; else SERVANDA_WHO, else your user name.")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--case", help="The case that a new text belongs to, such as ind-kor.")
@click.option("--pair", nargs=2, help="Or its two parties; a case is begun for a pair that has none.")
@click.option("--document", help="The document of the register that it is the text of; else a new one is made.")
@click.option("--title", help="Title of a new document. Else as the file says.")
@click.option("--date", "day", help="Its date, as 2026-05-04. Else as the file says.")
@click.option("--type", "kind", default="joint statement", show_default=True, help="What a new document is.")
@click.option("--publisher", type=click.Choice([str(word) for word in Publisher]), default=str(Publisher.REPRINT),
              show_default=True, help="Who published what is read.")  # fmt: skip
@click.option("--url", help="Its address on the web.")
@click.option("--language", default="en", show_default=True, help="The language of the text.")
@register_options()
def run(
    *, source: str, only: str | None, least: float | None, every: bool, again: float | None, who: str | None,
    dry: bool, case: str | None, pair: tuple[str, str] | None, document: str | None, title: str | None,
    day: str | None, kind: str, publisher: str, url: str | None, language: str, store: str | None,
    content: Path | None,
) -> None:  # fmt: skip
    """Accept proposals as commitments: of a text in the register, by its id, or of a file, an address or the input (-).

    Nothing is accepted by silence: say --only, --min-probability or --all. Text, decisions and commitments are written
    in one piece, or not at all. The page 'Read' of servanda serve decides passage by passage.
    """
    from servanda.faces.cli.decided import accepted_text
    from servanda.faces.cli.text import console
    from servanda.register.accept import Wanted, accept
    from servanda.register.words import words

    if sum((only is not None, least is not None, every)) > 1:
        raise RequestError("--only, --min-probability and --all are three ways to choose; give one of them")
    wanted = Wanted(_numbers(only), least, every, again)

    def handed() -> Handed:
        if not case and not pair:
            raise RequestError(
                f"'{source}' is no text of the register; for a file or an address say whose it is: --case or --pair"
            )
        found, at = _brought(source, url)
        return Handed(
            found.text, title or found.title or "", day or found.date or "", pair or (), case, document, language, kind,
            publisher=Publisher(publisher), url=at,
        )  # fmt: skip

    opened, found = open_register(store, content)
    by = who or found.who
    if by == NOBODY:
        raise RequestError("nobody is named, and a named person decides: say --who NAME, or set SERVANDA_WHO")
    made = accept(
        opened, words(found.content), source if _holds(opened, source) else handed(), by, now().isoformat(), wanted,
        dry=dry,
    )  # fmt: skip
    accepted_text(console(sys.stdout), made, by, dry)


def _holds(store: Store, name: str) -> bool:
    with store.read() as unit:
        return items.case_of(unit, Kind.TEXT, name) is not None


def _brought(source: str, url: str | None) -> tuple[Extracted, str | None]:
    """The words of a file, an address or the input, and the address."""
    from servanda.texts.extract.extract import extract, read_file, read_stdin
    from servanda.texts.fetch import fetch

    if re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        brought = fetch(source)
        return extract(brought.raw, brought.address, brought.media), url or brought.address
    raw = read_stdin(cast(BufferedIOBase, sys.stdin.buffer)) if source == "-" else read_file(Path(source))
    return extract(raw, "standard input" if source == "-" else Path(source).name), url


def _numbers(said: str | None) -> frozenset[int]:
    """The numbers that 3,7-9 names."""
    found: set[int] = set()
    for part in (said or "").split(",") if said is not None else ():
        match = re.fullmatch(r"\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?", part, re.ASCII)
        if match is None or (match[2] and int(match[2]) < int(match[1])):
            raise RequestError(f"'{part.strip()}' is no number and no range; write --only 3,7-9")
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)

"""servanda match: who could be brought together, and why."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import as_of_day, as_of_option, two_parties, verb
from servanda.pages.parts import part
from servanda.pages.plain import plain
from servanda.settings import settings, snapshots

if TYPE_CHECKING:
    from servanda.opportunities.held import HeldTable
    from servanda.opportunities.introductions import Introduction

EXAMPLES = """\b
Examples:
  servanda match institutions IND KOR
  servanda match institutions IND KOR --table papers.csv --until 2024
  servanda match institutions IND KOR --table papers.csv --until 2024 --area semiconductors --letters letters"""


@click.group("match", epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def run() -> None:
    """Who could be brought together, and why."""


@verb(
    "match institutions",
    examples=(
        "IND KOR",
        "IND KOR --table papers.csv --until 2024 --letters letters",
    ),
)
@click.argument("parties", nargs=-1, metavar="PARTY PARTY")
@click.option("--table", type=click.Path(path_type=Path, dir_okay=False),
              help="Columns paper, institution, country, year [, topic or venue], CSV or Parquet. Else the one that "
              "servanda add FILE --source papers added.")  # fmt: skip
@click.option("--until", type=int, help="The last year that is known of. Else the last of the table that is over.")
@click.option("--area", help="Only institutions that both wrote on it: a subject by its name or by one of its words "
              "(semiconductors, chips), or a word in the name of a topic.")  # fmt: skip
@click.option("--first", type=click.IntRange(1, 500), default=20, show_default=True, help="So many pairs.")
@click.option(
    "--least", type=click.FloatRange(1), help="Papers of each at least. Else 1, or more where pairs are too many."
)
@click.option("--ahead", type=click.IntRange(1, 20), default=3, show_default=True, help="Years ahead.")
@click.option("--letters", type=click.Path(path_type=Path, file_okay=False), help="A folder for a Word letter of each.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--content", type=click.Path(path_type=Path), help="Folder of content, in place of the shipped one.")
@as_of_option
def institutions(
    *, parties: tuple[str, ...], table: Path | None, until: int | None, area: str | None, first: int,
    least: float | None, ahead: int, letters: Path | None, shape: str, content: Path | None, as_of: str | None,
) -> None:  # fmt: skip
    """Institutions of two parties that have no joint paper, by the chance of a first, each with why and who may pay.

    Parts of one firm are left out. Each pair also has its place by size alone: where the two agree, size tells all.
    """
    two_parties(parties)
    where = settings(None, str(content) if content else None).content
    part("servanda.opportunities.introductions", "match institutions")
    held = _held(table)
    made = as_of_day(as_of)
    found, known = _found(parties, held, until, made, area, first, least, ahead, where)
    if letters is not None:
        _letters(found, letters, where, known, ahead, held.cite, made)
    if shape == "json":
        print(json.dumps(plain(found), ensure_ascii=False, allow_nan=False, indent=1, default=str))
        return
    for one in found:
        print(f"{one.place}. {one.names[0]} and {one.names[1]}: {one.chance:.1%} within {ahead} years "
              f"({one.low:.1%} to {one.high:.1%}); by size alone number {one.by_size}")  # fmt: skip
        for words in one.reasons:
            print(f"   {words}")
        if one.programmes:
            print(f"   may pay: {'; '.join(f'{each.title} ({each.state})' for each in one.programmes)}")


def _held(table: Path | None) -> HeldTable:
    """The table of the file, else the one that was added."""
    from servanda.opportunities.held import ADD, added, newest, of_file

    if table is not None:
        return of_file(table)
    root = snapshots()
    snapshot = newest(root)
    if snapshot is None:
        raise RequestError(f"no table of papers is held; name one by --table, or add it: {ADD}")
    return added(snapshot, root)


def _found(
    parties: Sequence[str], held: HeldTable, until: int | None, day: date, area: str | None, first: int,
    least: float | None, ahead: int, content: Path,
) -> tuple[tuple[Introduction, ...], int]:  # fmt: skip
    """The pairs, and the last year that is known of."""
    from servanda.opportunities.held import last_year, least_papers, ranked
    from servanda.opportunities.introductions import introductions, topics_of
    from servanda.opportunities.programmes import programmes
    from servanda.sources.papers import party

    known = until if until is not None else last_year(held.papers, day.year)
    pair = (party(parties[0]), party(parties[1]))
    grown = least if least is not None else least_papers(held.papers, pair, known)
    if grown > 1 and least is None:
        print(f"institutions with {grown:g} papers and more; all of them: --least 1", file=sys.stderr)
    made = ranked(held, pair, known, grown, ahead)
    topics = topics_of(held.papers, area) if area is not None else None
    return introductions(held.papers, made, programmes(content).values(), topics, first), known


def _letters(
    found: Sequence[Introduction], folder: Path, content: Path, until: int, ahead: int, source: str, made: date
) -> None:
    from servanda.dialogue.papers.introduction import introduction
    from servanda.register.words import words

    lists = words(content)
    names = {party: lists.named(party).short for one in found for party in one.parties}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in found:
            slug = re.sub(r"[^\w]+", "-", f"{one.names[0]} {one.names[1]}").strip("-").lower()[:80]
            body = introduction(one, names, until, ahead, source, made)
            (folder / f"{one.place:03d}-{slug}.docx").write_bytes(body)
    except OSError as fault:
        raise RequestError(f"cannot write to {folder}: {fault.strerror or fault}; choose another place") from fault
    print(f"wrote {len(found)} letters to {folder}", file=sys.stderr)


run.add_command(institutions, "institutions")

"""servanda compute affiliations."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import file_option, give, table_options
from servanda.measures.technology.affiliations import affiliations
from servanda.measures.technology.names.known import known, places
from servanda.measures.technology.names.weigh import Weights
from servanda.settings import snapshots
from servanda.sources.declared import source
from servanda.sources.registry import Row, learned, registry, spellings, texts, where
from servanda.sources.snapshots import latest
from servanda.sources.tidy.read import tidy


@verb(
    "compute affiliations",
    examples=("--table papers.csv --registry ror.json --out named.csv", "--table papers.csv --registry mine.csv"),
)
@table_options()
@file_option("--registry", "listed", "The Research Organization Registry's file (JSON or CSV), or a table of columns "
             "ror, name, aliases (bars between), cc, city. Else what was fetched of it.")  # fmt: skip
@click.option("--least", type=click.FloatRange(0, 1), help="The probability from which an answer is given.")
def run(*, table: Path, out: Path | None, shape: str | None, listed: Path | None, least: float | None) -> None:
    """Affiliations to institutions of a registry. Column affiliation; gives it with ror, country, probability.

    Where an institution is not known, ror and probability stay empty; country (ISO 3166 alpha-2) is given all the same
    where the text says it.
    """
    same = spellings()
    held = known(registry(listed) if listed else _fetched(), places(*where(), same), same)
    given = learned()
    said = [one or "" for one in texts(table)["affiliation"].to_pylist()]
    wanted = given.least if least is None else least
    made = affiliations(said, held, Weights(given.seen, given.answer), wanted)
    named = made.num_rows - made["ror"].null_count
    print(f"{named:,} of {made.num_rows:,} are named, from {wanted:g} up; the others are not known", file=sys.stderr)
    give(made, out, shape)


def _fetched() -> list[Row]:
    """The registry of the newest snapshot; raises RequestError where none is held."""
    root = snapshots()
    found = latest(root, "ror")
    if found is None:
        raise RequestError(
            "no registry is held: give --registry FILE, the file of ror.org or columns ror, name, aliases, cc, city; "
            "or fetch a part, as in servanda fetch ror --set party=IND,KOR"
        )
    rows: list[Row] = tidy(found, source("ror"), root).table.to_pylist()
    return rows

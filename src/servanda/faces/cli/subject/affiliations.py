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
from servanda.sources.registry import learned, registry, spellings, texts, where


@verb(
    "compute affiliations",
    examples=("--table papers.csv --registry ror.json --out named.csv", "--table papers.csv --registry mine.csv"),
)
@table_options()
@file_option("--registry", "listed", "The Research Organization Registry's file (JSON or CSV), or a table of columns "
             "ror, name, aliases (bars between), cc, city.")  # fmt: skip
@click.option("--least", type=click.FloatRange(0, 1), help="The probability from which an answer is given.")
def run(*, table: Path, out: Path | None, shape: str | None, listed: Path | None, least: float | None) -> None:
    """Affiliations to institutions of a registry. Column affiliation; gives it with ror, country, probability.

    Where an institution is not known, ror and probability stay empty; country (ISO 3166 alpha-2) is given all the same
    where the text says it.
    """
    if listed is None:
        raise RequestError("no registry is given: --registry FILE, the file of ror.org or columns ror, name, aliases, "
                           "cc, city")  # fmt: skip
    same = spellings()
    held = known(registry(listed), places(*where(), same), same)
    given = learned()
    said = [one or "" for one in texts(table)["affiliation"].to_pylist()]
    wanted = given.least if least is None else least
    made = affiliations(said, held, Weights(given.seen, given.answer), wanted)
    named = made.num_rows - made["ror"].null_count
    print(f"{named:,} of {made.num_rows:,} are named, from {wanted:g} up; the others are not known", file=sys.stderr)
    give(made, out, shape)

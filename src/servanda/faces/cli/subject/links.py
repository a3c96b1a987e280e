"""servanda compute links."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.technology.links import AHEAD, links, rank
from servanda.measures.technology.network.graph import Papers
from servanda.sources.papers import papers, party

MOST = 5_000_000
"""Pairs that are answered at once."""
FEW = 10.0
"""Papers from which an institution is looked at where no pair is named."""


@verb(
    "compute links",
    examples=("--table papers.csv --until 2019 --pair IND,KOR --out links.csv", "--table papers.parquet --until 2022"),
)
@table_options()
@click.option("--until", type=int, required=True, help="The last year that is known of.")
@click.option("--pair", help="Institutions of these two countries only: IND,KOR.")
@click.option("--least", type=click.FloatRange(1), help="Papers from which an institution is looked at. Else 1 of a "
              f"pair, {FEW:g} without.")  # fmt: skip
@click.option("--ahead", type=click.IntRange(1, 20), default=AHEAD, show_default=True, help="Years ahead.")
def run(
    *, table: Path, out: Path | None, shape: str | None, until: int, pair: str | None, least: float | None, ahead: int
) -> None:
    """The chance of a first joint paper of every pair of institutions that has none until a year, with reasons.

    Columns paper, institution, country, year [, topic or venue]; a row for each institution of a paper. Gives a, b,
    score (the chance in the years ahead), reasons, a_country, b_country, same_firm, the likeliest first.
    """
    held = Papers(*papers(table))
    sides = None
    if pair:
        first, second = (party(one) for one in pair_of(pair))
        sides = (first, second)
        strange = [one for one in sides if one not in set(held.parties)]
        if strange:
            some = ", ".join(sorted(set(held.parties) - {""})[:5])
            raise RequestError(f"{table.name} has no institution of {' or '.join(strange)}; it has {some}")
    if not (held.year <= until).any():
        raise RequestError(f"{table.name} has no paper until {until}; its first is of {held.year.min()}")
    wanted = least or (1.0 if sides else FEW)
    _few(held, sides, wanted, until)
    made = rank(held, until, sides, wanted, ahead)
    if isinstance(made, str):
        raise RequestError(made)
    print(f"learned from {made.learned_from:,} first joint papers from {until - ahead + 1} to {until}; papers after "
          f"{until} were not looked at", file=sys.stderr)  # fmt: skip
    give(links(held, made), out, shape)


def _few(held: Papers, sides: tuple[str, str] | None, least: float, until: int) -> None:
    """Raises RequestError where more pairs were asked for than are answered at once."""
    kept = held.year <= until
    wrote = np.bincount(held.institution[kept], minlength=len(held.names)) >= least
    if sides:
        pairs = int((wrote & (held.parties == sides[0])).sum()) * int((wrote & (held.parties == sides[1])).sum())
    else:
        pairs = int(wrote.sum()) * (int(wrote.sum()) - 1) // 2
    if pairs > MOST:
        raise RequestError(f"{pairs:,} pairs of institutions with {least:g} papers are more than {MOST:,}; "
                           "name a --pair, or ask for more papers with --least")  # fmt: skip

"""servanda compute centrality."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.technology.centrality import centrality
from servanda.measures.technology.network.graph import Papers, graph
from servanda.sources.papers import papers

MOST = 5_000
"""Institutions whose paths are looked at: every one's to every other's."""


@verb("compute centrality", examples=("--table papers.csv --out central.csv", "--table papers.csv --until 2019"))
@table_options()
@click.option("--until", type=int, help="The last year that is counted. Else all.")
@click.option("--least", type=click.FloatRange(1), default=10.0, show_default=True, help="Papers of an institution.")
def run(*, table: Path, out: Path | None, shape: str | None, until: int | None, least: float) -> None:
    """How central institutions are in who writes with whom. Columns paper, institution, country, year.

    Gives institution, country, papers, partners, joint, nearness, betweenness, eigenvector; the network is that of the
    institutions with so many papers.
    """
    held = Papers(*papers(table))
    whole = graph(held, int(held.year.max()) if until is None else until)
    kept = np.flatnonzero(whole.papers >= least)
    if not len(kept):
        raise RequestError(f"{table.name} has no institution with {least:g} papers; ask for fewer with --least")
    if len(kept) > MOST:
        raise RequestError(f"{len(kept):,} institutions have {least:g} papers, more than {MOST:,}; raise --least")
    made = centrality(whole.joint[kept][:, kept])
    order = np.lexsort((kept, -made.betweenness))
    columns = {"papers": whole.papers[kept], "partners": made.partners, "joint": made.joint, "nearness": made.nearness,
               "betweenness": made.betweenness, "eigenvector": made.eigenvector}  # fmt: skip
    who = {"institution": [held.names[kept[place]] for place in order],
           "country": [str(held.parties[kept[place]]) for place in order]}  # fmt: skip
    give(pa.table({**who, **{name: of[order] for name, of in columns.items()}}), out, shape)

"""servanda compute joint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, write
from servanda.measures.technology.joint import institutions, pairs, parties
from servanda.sources.duck import computed, tables
from servanda.sources.papers import COLUMNS, party
from servanda.sources.table import read


@verb("compute joint", examples=("--table papers.csv --out joint.csv", "--works openalex/works --out joint.parquet"))
@click.option("--table", type=click.Path(path_type=Path, dir_okay=False),
              help="Columns paper, institution, country, year.")  # fmt: skip
@click.option("--works", "folder", type=click.Path(path_type=Path, file_okay=False),
              help="A folder of works of the OpenAlex snapshot as Parquet, in place of a table.")  # fmt: skip
@click.option("--spark", is_flag=True, help="Works on Apache Spark, with the session that the machine is set up for.")
@click.option("--institutions", "own", type=click.Path(path_type=Path, dir_okay=False),
              help="Write here also the works as paper, institution, country, year, topic.")  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer here. Else it is printed."
)
@click.option("--format", "shape", type=click.Choice(["csv", "json"]), help="Of what is printed. Else csv.")
def run(
    *, table: Path | None, folder: Path | None, spark: bool, own: Path | None, out: Path | None, shape: str | None
) -> None:
    """Joint papers of every two countries by year: a, b, year, papers. With WLD what each wrote with anybody abroad."""
    if (table is None) == (folder is None):
        raise RequestError("give a table by --table, or works by --works")
    if table is not None and (spark or own):
        raise RequestError("--spark and --institutions go with --works")
    if table is not None:
        give(_of_table(table), out, shape)
        return
    assert folder is not None
    give(_of_works(folder, spark, own), out, shape)


def _of_table(table: Path) -> pa.Table:
    """Countries become alpha-3 where they are known."""
    held = read(table, COLUMNS)
    told = held["country"].combine_chunks().dictionary_encode()
    known = pa.array([party(str(one)) for one in told.dictionary.to_pylist()], pa.string())
    (rows,) = tables(rows=pa.table({"paper": held["paper"], "country": known.take(told.indices), "year": held["year"]}))
    return computed(pairs(rows))


def _of_works(folder: Path, spark: bool, own: Path | None) -> pa.Table:
    from servanda.sources.works import alpha3, local_session, works

    session: Any = local_session() if spark else None
    try:
        held = works(folder, session)
        if own is not None:
            write(institutions(held).to_pyarrow(), own)
        made: pa.Table = pairs(parties(held), alpha3()).to_pyarrow()
    finally:
        if session is not None:
            session.stop()
    return made

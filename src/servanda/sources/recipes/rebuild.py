"""What every recipe of shipped tables shares: the files it starts from, how a table is written, and its command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from servanda.errors import RequestError
from servanda.settings import shipped_content
from servanda.sources.shipped import cards

Rows = Callable[[Path], pa.Table]
"""From a folder of what publishers hand out to the rows of a table."""
Asked = Callable[[Any, Path], pa.Table]
"""The same from a connection to DuckDB and the folder."""
SPREAD = ("trade", "value")
"""Columns of amounts, which are smallest with their bytes apart."""


def asked(rows: Asked) -> Rows:
    """A recipe that is a question to DuckDB, with a connection of its own."""

    def made(folder: Path) -> pa.Table:
        with duckdb.connect() as base:
            return rows(base, folder)

    return made


def handed(folder: Path, name: str, area: str) -> Path:
    """A file in the folder, or in that of an area beneath it; raises RequestError where there is none."""
    for path in (folder / name, folder / area / name, folder / "trade" / name):
        if path.exists():
            return path
    raise RequestError(f"there is no {name} in {folder}; the cards in content/tables/{area} say where it comes from")


def rebuild(recipes: Mapping[str, Rows], folder: Path, target: Path, only: Sequence[str] = ()) -> dict[str, int]:
    """Write the tables to `target` (a folder of content); rows of each. Raises RequestError for a missing file."""
    written = {}
    for name in only or recipes:
        made = recipes[name](folder)
        path = target / "tables" / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(made, path)
        written[name] = made.num_rows
    return written


def _write(made: pa.Table, path: Path) -> None:
    """As small as can be, whole or not at all, and the same bytes each time."""
    spread = {one.name: "BYTE_STREAM_SPLIT" for one in made.schema if one.name in SPREAD}
    words = [one.name for one in made.schema if one.name not in spread]
    beside = path.with_name(path.name + ".part")
    pq.write_table(made.replace_schema_metadata(None), beside, compression="zstd", compression_level=19,
                   use_dictionary=words, column_encoding=spread or None, row_group_size=1_000_000)  # fmt: skip
    beside.replace(path)


def command(recipes: Mapping[str, Rows], area: str) -> click.Command:
    """`--from FOLDER [--to FOLDER] [--only TABLE]`: rebuild the tables, and say where a card has to be changed."""

    @click.command(
        help=f"Rebuild the shipped tables of {area}, and say where a card has to be changed.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.option("--from", "folder", required=True, type=click.Path(path_type=Path), help="What publishers hand out.")
    @click.option("--to", "target", type=click.Path(path_type=Path), help="Folder of content, in place of the own.")
    @click.option(
        "--only", multiple=True, type=click.Choice(list(recipes)), help="This table. May be given more than once."
    )
    def main(folder: Path, target: Path | None, only: tuple[str, ...]) -> None:
        where = target or shipped_content()
        for name, rows in rebuild(recipes, folder, where, only).items():
            size = (where / "tables" / f"{name}.parquet").stat().st_size
            card = cards(where).get(name)
            told = "" if card is None or card.rows == rows else f"; its card says {card.rows}: change it"
            print(f"{name}: {rows} rows, {size:,} bytes{told}")

    return main

"""A table of papers that somebody added: all pieces as one, each row once."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.papers import COLUMNS
from servanda.sources.table import read
from servanda.sources.tidy.rows import Tidy


def papers(held: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """paper, institution, country, year and, where every piece has it, venue or topic; raises TableFault with rows."""
    tables = [read(path, COLUMNS) for _, path in held]
    shared = [one.name for one in COLUMNS if all(one.name in table.column_names for table in tables)]
    every = pa.concat_tables([table.select(shared) for table in tables])
    once = pa.TableGroupBy(every, shared, use_threads=False).aggregate([]).select(shared)
    twice = every.num_rows - once.num_rows
    return Tidy(once, (), {"rows that stand twice": twice} if twice else {})

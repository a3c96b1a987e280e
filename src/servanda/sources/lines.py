"""Product lines of a pair in a table of somebody's own."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from servanda.sources.table import Column, Sort, read

COLUMNS = (
    Column("code"),
    Column("group", optional=True, gaps=True),
    Column("importer"),
    Column("exporter"),
    Column("trade", Sort.NUMBER, 0),
    Column("others", Sort.NUMBER, 0),
    Column("general", Sort.NUMBER, 0, 10),
    Column("before", Sort.NUMBER, 0, 10, gaps=True, optional=True),
    Column("after", Sort.NUMBER, 0, 10, gaps=True, optional=True),
    Column("used", Sort.NUMBER, 0, 1, gaps=True, optional=True),
    Column("demand", Sort.NUMBER, 0, gaps=True, optional=True),
    Column("substitution", Sort.NUMBER, 0, gaps=True, optional=True),
    Column("supply", Sort.NUMBER, 0, gaps=True, optional=True),
    Column("barrier_before", Sort.NUMBER, 0, 10, gaps=True, optional=True),
    Column("barrier_after", Sort.NUMBER, 0, 10, gaps=True, optional=True),
)


def lines(path: Path) -> pa.Table:
    """One row a line and direction; rates and shares as 0.15. `trade` is what the importer buys from the exporter,
    `others` what it buys from everybody else. Raises TableFault with rows and examples.
    """
    return read(path, COLUMNS, ["code", "importer", "exporter"])

"""SIPRI's trade register, as it was saved from the form: deals of all pieces, each once."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from servanda.model.data import DataSource
from servanda.model.snapshot import Piece
from servanda.sources.arms import REGISTER, register
from servanda.sources.tidy.rows import Tidy


def sipri(held: list[tuple[Piece, Path]], source: DataSource) -> Tidy:
    """A row a deal (sources/arms.py, REGISTER). A deal that stands in two pieces is kept once."""
    seen: dict[str, dict[str, object]] = {}
    cautions: list[str] = []
    left = 0
    for _, path in held:
        made = register(path)
        left += len(made.left_out)
        # The same deal asked for from both sides is one; two deals alike in one piece are two.
        alike: dict[str, int] = {}
        for row in made.table.to_pylist():
            said = repr(row)
            alike[said] = alike.get(said, 0) + 1
            seen[f"{said} {alike[said]}"] = row
        if made.vintage is not None:
            cautions.append(f"the file says it is of {made.vintage}")
    table = pa.Table.from_pylist(list(seen.values()), schema=REGISTER)
    return Tidy(table, tuple(dict.fromkeys(cautions)), {"lines that are no deal": left} if left else {})

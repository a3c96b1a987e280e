"""What the subjects of people share: readings of both directions as one table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from servanda.faces.cli.subject.options import give
from servanda.model.reading import Reading
from servanda.pages.plain import plain

COLUMNS = pa.schema([
    ("from", pa.string()), ("to", pa.string()), ("value", pa.float64()), ("unit", pa.string()),
    ("period", pa.string()), ("used", pa.int64()), ("expected", pa.int64()), ("reason", pa.string()),
])  # fmt: skip


def give_ways(made: Sequence[Reading], out: Path | None, shape: str | None) -> None:
    """A row a direction; as JSON each reading whole, with its steps."""
    if shape == "json" and out is None:
        print(json.dumps([plain(one) for one in made], ensure_ascii=False, allow_nan=False, indent=1))
        return
    rows = [
        {"from": one.parties[0], "to": one.parties[1], "value": one.value, "unit": one.unit, "period": one.period,
         "used": one.used, "expected": one.expected, "reason": one.reason}
        for one in made
    ]  # fmt: skip
    give(pa.Table.from_pylist(rows, schema=COLUMNS), out, None)

"""Small tables of trade for tests, and the rows that an expression gives."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from servanda.sources.duck import tables

Rows = list[tuple[Any, ...]]
FLOW = ("exporter", "importer", "product", "value")


def table(rows: Rows, names: tuple[str, ...] = FLOW) -> pa.Table:
    """Rows as a table, under these names."""
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})


def expressed(rows: Rows, names: tuple[str, ...] = FLOW) -> Any:
    """The same as Ibis sees it."""
    return tables(flows=table(rows, names))[0]


def found(expression: Any) -> list[dict[str, Any]]:
    """The rows of an expression."""
    made: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return made

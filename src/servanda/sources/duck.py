"""Measures that are one expression over tables, run on DuckDB in memory."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa


def tables(**handed: pa.Table) -> tuple[Any, ...]:
    """The tables as Ibis sees them on one connection to DuckDB in memory."""
    base = ibis.duckdb.connect(threads=2)
    for name, made in handed.items():
        base.con.register("handed_over", made)
        base.con.execute(f'CREATE TABLE "{name}" AS SELECT * FROM handed_over')
        base.con.unregister("handed_over")
    return tuple(base.table(name) for name in handed)


def computed(expression: Any) -> pa.Table:
    """The rows of an expression."""
    base = expression.get_backend()
    made: pa.Table = base.con.sql(str(base.compile(expression))).to_arrow_table()
    return made

"""A table that somebody hands in: its columns checked, every fault named with rows and five examples, nothing guessed.

CSV or Parquet, read by DuckDB. Codes keep their leading zeros; NA is a code (Namibia, North America) and not a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from servanda.errors import RequestError, nearest

EXAMPLES = 5
HEAD = 1
"""Lines above the first row of a CSV: its header."""


class Sort(StrEnum):
    """What a column holds."""

    CODE = "a code"
    WORDS = "words"
    NUMBER = "a number"
    WHOLE = "a whole number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a measure needs. `least` is the least number that can be; `gaps` whether a cell may be empty."""

    name: str
    sort: Sort = Sort.CODE
    least: float | None = None
    most: float | None = None
    gaps: bool = False
    optional: bool = False


class TableFault(RequestError):
    """A table that cannot be computed with: all its faults, each with rows and examples."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        shown = "\n".join(f"  {one}" for one in self.faults[:8])
        many = f"{len(self.faults)} fault{'s' if len(self.faults) != 1 else ''}"
        super().__init__(f"{name}: {many}; nothing was computed\n{shown}")


def columns_of(path: Path) -> list[str]:
    """The names of a table's columns."""
    with duckdb.connect() as base:
        return [str(row[0]) for row in base.execute(f"DESCRIBE SELECT * FROM {_from(base, path)}").fetchall()]


def read(path: Path, columns: Sequence[Column], key: Sequence[str] = ()) -> pa.Table:
    """The columns of a table, typed, in its order; numbers as 64-bit floats, whole numbers as 64-bit integers.

    `key` are the columns that name a row once. Raises TableFault for missing columns, text in numbers, gaps, numbers
    out of bounds and rows that stand twice; RequestError for a file that is no table.
    """
    with duckdb.connect() as base:
        _open(base, path)
        kinds = {str(row[0]): str(row[1]) for row in base.execute("DESCRIBE handed").fetchall() if row[0] != "row_"}
        held = list(kinds)
        wanted = [one for one in columns if one.name in held or not one.optional]
        missing = [one for one in wanted if one.name not in held]
        if missing:
            raise TableFault(path.name, [_missing(one, held) for one in missing])
        faults = [fault for one in wanted for fault in _column(base, path, one, kinds[one.name])]
        if not faults and key:
            faults = _twice(base, path, [name for name in key if name in held])
        if faults:
            raise TableFault(path.name, faults)
        chosen = ", ".join(f"{_typed(one)} AS {_quoted(one.name)}" for one in wanted)
        found = base.sql(f"SELECT {chosen} FROM handed ORDER BY row_").to_arrow_table()
    if not found.num_rows:
        raise TableFault(path.name, ["the table has a header and no rows"])
    return found


def among(path: Path, name: str, words: Sequence[str]) -> list[str]:
    """The fault that a column holds other words than these, with rows and examples; nothing where it does not."""
    with duckdb.connect() as base:
        _open(base, path)
        listed = ", ".join("'" + one.replace("'", "''") + "'" for one in words)
        what = f"'{name}' is none of {', '.join(words)}"
        return _rows(base, path, what, _quoted(name), f"{_quoted(name)} NOT IN ({listed})")


def _from(base: Any, path: Path) -> str:
    if not path.exists():
        raise RequestError(f"there is no file {path}; give a CSV with a header, or a Parquet file")
    said = str(path).replace("'", "''")
    if path.suffix.lower() in (".parquet", ".pq"):
        return f"read_parquet('{said}')"
    return f"read_csv('{said}', all_varchar=true, header=true, nullstr='', strict_mode=true, auto_detect=true)"


def _open(base: Any, path: Path) -> None:
    where = _from(base, path)
    try:
        base.execute("SET threads=2; SET preserve_insertion_order=true")
        base.execute(f"CREATE TEMP TABLE handed AS SELECT row_number() OVER () AS row_, * FROM {where}")
    except duckdb.Error as fault:
        said = str(fault).splitlines()[0][:200]
        raise RequestError(
            f"{path} cannot be read as a table ({said}); give a CSV with a header, or a Parquet"
        ) from fault


def _missing(one: Column, held: Sequence[str]) -> str:
    near = nearest(one.name, held)
    hint = f"; nearest is '{near[0]}'" if near else ""
    return f"no column '{one.name}' ({one.sort}); the table has {', '.join(held) or 'no columns'}{hint}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _typed(one: Column) -> str:
    name = _quoted(one.name)
    if one.sort in (Sort.CODE, Sort.WORDS):
        return f"CAST({name} AS VARCHAR)"
    kind = "DOUBLE" if one.sort is Sort.NUMBER else "BIGINT"
    return f"TRY_CAST({name} AS {kind})"


def _column(base: Any, path: Path, one: Column, kind: str) -> list[str]:
    name, faults = _quoted(one.name), []
    text = f"CAST({name} AS VARCHAR)"
    # Only words can be blank; a million numbers are not written out to see that they are not.
    empty = f"({name} IS NULL OR trim({name}) = '')" if kind == "VARCHAR" else f"({name} IS NULL)"
    if one.sort in (Sort.NUMBER, Sort.WHOLE):
        number = f"TRY_CAST({name} AS DOUBLE)"
        whole = f" OR {number} <> floor({number})" if one.sort is Sort.WHOLE else ""
        faults += _rows(base, path, f"'{one.name}' is not {one.sort}", text,
                        f"NOT {empty} AND ({number} IS NULL OR NOT isfinite({number}){whole})")  # fmt: skip
        if one.least is not None:
            faults += _rows(base, path, f"'{one.name}' is less than {one.least:g}", text, f"{number} < {one.least}")
        if one.most is not None:
            faults += _rows(base, path, f"'{one.name}' is more than {one.most:g}", text, f"{number} > {one.most}")
    if not one.gaps:
        faults += _rows(base, path, f"'{one.name}' is empty", "'nothing'", empty)
    return faults


def _rows(base: Any, path: Path, what: str, shown: str, where: str) -> list[str]:
    """A fault with how many rows have it and five examples; nothing where no row has."""
    many = base.execute(f"SELECT count(*) FROM handed WHERE {where}").fetchall()[0][0]
    if not many:
        return []
    found = base.execute(f"SELECT row_, {shown} FROM handed WHERE {where} ORDER BY row_ LIMIT {EXAMPLES}").fetchall()
    first = HEAD if path.suffix.lower() not in (".parquet", ".pq") else 0
    told = ", ".join(f"row {row + first}: {str(value)[:40]!r}" for row, value in found)
    return [f"{what} in {many:,} row{'s' if many != 1 else ''}: {told}"]


def _twice(base: Any, path: Path, key: Sequence[str]) -> list[str]:
    names = ", ".join(_quoted(one) for one in key)
    every, once = base.execute(
        f"SELECT (SELECT count(*) FROM handed), (SELECT count(*) FROM (SELECT DISTINCT {names} FROM handed))"
    ).fetchall()[0]
    if every == once:
        return []
    rows = "list(row_ ORDER BY row_)[1:2] AS first"
    query = f"SELECT {names}, count(*) AS many, {rows} FROM handed GROUP BY ALL HAVING many > 1"
    found = base.execute(f"SELECT * FROM ({query}) ORDER BY first LIMIT {EXAMPLES}").fetchall()
    if not found:
        return []
    many = base.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0]
    first = HEAD if path.suffix.lower() not in (".parquet", ".pq") else 0
    told = "; ".join(
        f"{', '.join(str(value) for value in row[: len(key)])} in rows {' and '.join(str(n + first) for n in row[-1])}"
        for row in found
    )
    return [f"{many:,} of {', '.join(key)} stand twice and may stand once: {told}"]

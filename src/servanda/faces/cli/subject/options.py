"""What the subjects of compute share: where the table is, where the answer goes, in which shape."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from servanda.errors import RequestError
from servanda.model.reading import Reading
from servanda.pages.plain import plain

Run = TypeVar("Run", bound=Callable[..., Any])


def table_options(out: str = "Write the answer here, as .csv or .parquet. Else it is printed.") -> Callable[[Run], Run]:
    """--table, --out and --format."""

    def add(run: Run) -> Run:
        run = click.option(
            "--format", "shape", type=click.Choice(["csv", "json"]), help="Of what is printed. Else csv."
        )(run)
        run = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=out)(run)
        return click.option(
            "--table",
            required=True,
            type=click.Path(path_type=Path, dir_okay=False),
            help="CSV with a header, or Parquet.",
        )(run)

    return add


def file_option(flag: str, name: str, about: str) -> Callable[[Run], Run]:
    """One more table, which may be left out."""
    return click.option(flag, name, type=click.Path(path_type=Path, dir_okay=False), help=about)


def pair_of(said: str) -> tuple[str, str]:
    """Two codes with a comma between them."""
    sides = [one.strip() for one in said.split(",") if one.strip()]
    if len(sides) != 2 or sides[0] == sides[1]:
        raise RequestError(f"a pair is two codes with a comma between them, not '{said}': --pair IND,KOR")
    return sides[0], sides[1]


def give(made: pa.Table, out: Path | None, shape: str | None, about: Mapping[str, Any] | None = None) -> None:
    """Write the answer to a file, or print it. `about` goes with it as JSON, and to the error stream beside a file."""
    if out is not None:
        write(made, out)
        print(f"wrote {made.num_rows:,} rows to {out}", file=sys.stderr)
        return
    if shape == "json":
        rows = made.to_pylist()
        whole = {**about, "rows": rows} if about else rows
        print(json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1, default=str))
        return
    pyarrow.csv.write_csv(made, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def give_reading(made: Reading, out: Path | None, shape: str | None) -> None:
    """Write or print a reading: whole as JSON (--format json, or a file of that name), else its line as a table."""
    if shape == "json" or (out is not None and out.suffix.lower() == ".json"):
        told = json.dumps(plain(made), ensure_ascii=False, allow_nan=False, indent=1)
        if out is None:
            print(told)
            return
        try:
            out.write_text(told + "\n", encoding="utf-8")
        except OSError as fault:
            raise RequestError(f"cannot write {out}: {fault.strerror or fault}; choose another place") from fault
        print(f"wrote the reading to {out}", file=sys.stderr)
        return
    names = ("name", "value", "low", "high", "unit", "period", "used", "expected", "reason")
    give(pa.table({name: [getattr(made, name)] for name in names}), out, None)
    for one in (made.interval, *made.caveats):
        print(one or "", file=sys.stderr)


def write(made: pa.Table, out: Path) -> None:
    """Write a table as CSV or Parquet, by the name of the file."""
    try:
        if out.suffix.lower() in (".parquet", ".pq"):
            pyarrow.parquet.write_table(made, out)
        else:
            pyarrow.csv.write_csv(made, out)
    except OSError as fault:
        raise RequestError(f"cannot write {out}: {fault.strerror or fault}; choose another place") from fault

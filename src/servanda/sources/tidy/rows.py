"""What all readers share: the shape of a table of flows, numbers as publishers write them, and bounds that hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from servanda.errors import SourceFault
from servanda.model.data import DataSource

EXAMPLES = 5
FLOWS = pa.schema(
    [
        ("reporter", pa.string()), ("partner", pa.string()), ("partner_is", pa.string()), ("flow", pa.string()),
        ("product", pa.string()), ("level", pa.int64()), ("year", pa.int64()), ("month", pa.int64()),
        ("period", pa.string()), ("value", pa.float64()), ("unit", pa.string()), ("valuation", pa.string()),
        ("weight_kg", pa.float64()), ("status", pa.string()),
    ]
)  # fmt: skip
"""A row a report. `level` is how many digits the product has, 0 for the total; `month` is a gap for a whole year,
`year` for a fiscal year, which stands in `period`. A value of 0 was reported as nil; one that was not is a gap,
or there is no row."""
TOTAL = "TOTAL"
VALUED = {"export": "FOB", "re-export": "FOB", "import": "CIF", "re-import": "CIF"}


@dataclass(frozen=True, slots=True)
class Tidy:
    """A tidy table, what a user must know of it, and how many rows were left out for which reason."""

    table: pa.Table
    cautions: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Faults:
    """Faults with their rows, told together."""

    where: str
    found: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, row: int, value: object) -> None:
        """Remember a fault of a row."""
        self.found.setdefault(what, []).append(f"row {row}: {str(value)[:40]!r}")

    def close(self) -> None:
        """Raise if there was any: what, in how many rows, five examples."""
        if self.found:
            told = "\n".join(
                f"  {what} in {len(rows)} row{'s' if len(rows) != 1 else ''}: {', '.join(rows[:EXAMPLES])}"
                for what, rows in self.found.items()
            )
            raise SourceFault(f"{self.where}: not as it is known to be; no table was made\n{told}")


def number(said: object) -> float | None:
    """A number as publishers write it, padded and with commas; None for a gap. Raises ValueError for all else."""
    if said is None:
        return None
    if isinstance(said, (int, float)) and not isinstance(said, bool):
        return float(said)
    text = str(said).strip().replace(",", "")
    if not text:
        return None
    made = float(text)
    if not math.isfinite(made):
        raise ValueError(text)
    return made


def product_of(said: object, level: int | None, row: int, faults: Faults) -> tuple[str, int]:
    """A product's code as text with its level; notes a fault where a zero at its head was lost."""
    code = str(said).strip()
    if isinstance(said, (int, float)):
        faults.note("a product is a number, so that a zero at its head is lost; codes are text", row, said)
        return code, 0
    if code.upper() in (TOTAL, "ALL"):
        return TOTAL, 0
    if code.isdigit() and (len(code) % 2 or (level and level > 0 and len(code) != level)):
        faults.note("a product has lost the zero at its head", row, code)
    return code, len(code) if code.isdigit() else level or 0


def flows(rows: Iterable[dict[str, Any]], source: DataSource, where: str) -> pa.Table:
    """A table of flows within the bounds of its source, every report once; raises SourceFault."""
    made = pa.Table.from_pylist(list(rows), schema=FLOWS)
    bounded(made, source, where)
    once(made, ("reporter", "partner", "flow", "product", "year", "month", "period"), where)
    return made


def bounded(table: pa.Table, source: DataSource, where: str) -> None:
    """Raises SourceFault where a column holds what its source cannot."""
    faults = Faults(where)
    for bound in source.bounds:
        if bound.column not in table.column_names:
            continue
        column = table[bound.column]
        if bound.words:
            strange = pc.invert(pc.is_in(column.cast(pa.string()), pa.array(bound.words)))
            _note(
                faults,
                table,
                bound.column,
                pc.and_kleene(strange, pc.is_valid(column)),
                f"none of {', '.join(bound.words)}",
            )
        if bound.least is not None:
            _note(faults, table, bound.column, pc.less(column, bound.least), f"less than {bound.least:g}")
        if bound.most is not None:
            _note(faults, table, bound.column, pc.greater(column, bound.most), f"more than {bound.most:g}")
    faults.close()


def _note(faults: Faults, table: pa.Table, name: str, off: Any, what: str) -> None:
    rows = pc.indices_nonzero(pc.fill_null(off, False)).to_pylist()
    for row in rows:
        faults.note(f"'{name}' is {what}", row + 1, table[name][row].as_py())


def once(table: pa.Table, key: Sequence[str], where: str) -> None:
    """Raises SourceFault where rows of one key stand twice."""
    held = [name for name in key if name in table.column_names]
    counted = table.select(held).group_by(held).aggregate([([], "count_all")])
    twice = counted.filter(pc.greater(counted["count_all"], 1))
    if twice.num_rows:
        told = "; ".join(", ".join(str(row[name]) for name in held if row[name] is not None)
                         for row in twice.slice(0, EXAMPLES).to_pylist())  # fmt: skip
        raise SourceFault(
            f"{where}: {twice.num_rows} reports of {', '.join(held)} stand twice: {told}; no table was made"
        )


def at_level(table: pa.Table, level: int) -> pa.Table:
    """The rows of one level of products; raises SourceFault naming the levels that there are."""
    found = table.filter(pc.equal(table["level"], level))
    if not found.num_rows:
        there = ", ".join(str(one) for one in sorted(set(table["level"].to_pylist())))
        raise SourceFault(f"no row has products of {level} digits; the levels are {there}")
    return found


def total(table: pa.Table) -> float:
    """The sum of the values; raises SourceFault where levels, units, flows or ways of valuing are mixed."""
    for name in ("level", "unit", "flow", "valuation", "partner_is"):
        kinds = sorted(str(one) for one in set(table[name].to_pylist()))
        if len(kinds) > 1:
            raise SourceFault(
                f"'{name}' is mixed ({', '.join(kinds[:6])}): a sum would count twice or add unlike things; choose one"
            )
    return float(pc.sum(table["value"]).as_py() or 0.0)

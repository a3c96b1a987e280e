"""servanda compute complexity."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.complexity import ROUNDS, Complexity, complexity
from servanda.measures.trade.rca import rca
from servanda.sources.duck import computed, tables
from servanda.sources.flows import exports


@verb("compute complexity", examples=("--table exports.csv --out complexity.csv",))
@table_options()
@click.option("--least", type=float, default=1.0, show_default=True, help="The RCA from which it is an advantage.")
@click.option("--rounds", type=click.IntRange(1, 1000), default=ROUNDS, show_default=True, help="Rounds of fitness.")
def run(*, table: Path, out: Path | None, shape: str | None, least: float, rounds: int) -> None:
    """Complexity of exporters and products. Columns exporter, product, value [, year].

    Gives level (exporter or product), code, index (eci, pci, fitness, diversity, ubiquity), value, and the year if any.
    """
    (flows,) = tables(flows=exports(table))
    held = computed(rca(flows))
    years = sorted(pc.unique(held["year"]).to_pylist()) if "year" in held.column_names else [None]
    parts = []
    for year in years:
        rows = held if year is None else held.filter(pc.equal(held["year"], year))
        made = complexity(
            np.array(rows["exporter"].to_pylist(), dtype=str), np.array(rows["product"].to_pylist(), dtype=str),
            rows["rca"].to_numpy(), least, rounds,
        )  # fmt: skip
        if made.without:
            some = ", ".join(made.without[:5])
            print(f"left out, for want of any advantage: {len(made.without)} ({some})", file=sys.stderr)
        parts.append(_table(made, year))
    give(pa.concat_tables(parts), out, shape)


def _table(made: Complexity, year: int | None) -> pa.Table:
    rows = list(_rows(made))
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("level", "code", "index", "value"))}
    table = pa.table(columns)
    return table if year is None else table.add_column(0, "year", pa.array([year] * table.num_rows, pa.int64()))


def _rows(made: Complexity) -> Iterator[tuple[str, str, str, float]]:
    for level, codes, indices in (
        ("exporter", made.exporters, (("eci", made.eci), ("fitness", made.fitness), ("diversity", made.diversity))),
        ("product", made.products, (("pci", made.pci), ("fitness", made.product_fitness), ("ubiquity", made.ubiquity))),
    ):
        for index, values in indices:
            for code, value in zip(codes, values.tolist(), strict=True):
                yield level, code, index, value

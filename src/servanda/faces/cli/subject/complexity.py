"""servanda compute complexity."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.complexity import ROUNDS, Complexity, of_values
from servanda.sources.flows import exports

Words = NDArray[np.str_]
Places = NDArray[np.int64]


@verb("compute complexity", examples=("--table exports.csv --out complexity.csv",))
@table_options()
@click.option("--least", type=float, default=1.0, show_default=True, help="The RCA from which it is an advantage.")
@click.option("--rounds", type=click.IntRange(1, 1000), default=ROUNDS, show_default=True, help="Rounds of fitness.")
def run(*, table: Path, out: Path | None, shape: str | None, least: float, rounds: int) -> None:
    """Complexity of exporters and products. Columns exporter, product, value [, year].

    Gives level (exporter or product), code, index (eci, pci, fitness, diversity, ubiquity), value, and the year if any.
    """
    parts = []
    for year, made in indices(exports(table), least, rounds):
        if made.without:
            some = ", ".join(made.without[:5])
            print(f"left out, for want of any advantage: {len(made.without)} ({some})", file=sys.stderr)
        parts.append(_table(made, year))
    give(pa.concat_tables(parts), out, shape)


def indices(held: pa.Table, least: float = 1.0, rounds: int = ROUNDS) -> list[tuple[int | None, Complexity]]:
    """The indices of every year of a table of exports: exporter, product, value [, year], each once."""
    exporters, at_c = _coded(held["exporter"])
    products, at_p = _coded(held["product"])
    value = held["value"].to_numpy()
    years = sorted(pc.unique(held["year"]).to_pylist()) if "year" in held.column_names else [None]
    if len(years) == 1:
        return [(years[0], _of(exporters, products, at_c, at_p, value, least, rounds))]
    year = held["year"].to_numpy()
    found: list[tuple[int | None, Complexity]] = []
    for one in years:
        rows = year == one
        found.append((one, _of(exporters, products, at_c[rows], at_p[rows], value[rows], least, rounds)))
    return found


def _of(exporters: Words, products: Words, at_c: Places, at_p: Places, value: NDArray[np.float64], least: float,
        rounds: int) -> Complexity:  # fmt: skip
    """The indices of the exporters and products that these rows name."""
    some_c, some_p = (np.zeros(len(words), dtype=bool) for words in (exporters, products))
    some_c[at_c], some_p[at_p] = True, True
    matrix = np.zeros((len(exporters), len(products)))
    matrix[at_c, at_p] = value
    if not (some_c.all() and some_p.all()):
        matrix, exporters, products = matrix[np.ix_(some_c, some_p)], exporters[some_c], products[some_p]
    return of_values(exporters, products, matrix, least, rounds)


def _coded(column: pa.ChunkedArray) -> tuple[Words, Places]:
    """The words of a column in their order, and the place of every row's among them."""
    coded = column.combine_chunks().dictionary_encode()
    words = np.array(coded.dictionary.to_pylist(), dtype=str)
    order = np.argsort(words)
    place = np.empty(len(words), dtype=np.int64)
    place[order] = np.arange(len(words))
    return words[order], place[coded.indices.to_numpy()]


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

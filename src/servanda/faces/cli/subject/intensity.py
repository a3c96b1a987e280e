"""servanda compute intensity."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa
import pyarrow.compute as pc

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.trade.intensity import intensity
from servanda.sources.duck import computed, tables
from servanda.sources.flows import between


@verb("compute intensity", examples=("--table flows.csv", "--table flows.csv --pair IND,KOR"))
@table_options()
@click.option("--pair", help="Two codes: only their rows are given; the world is the whole table.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str | None) -> None:
    """Trade intensity: plain, Kojima's, homogeneous, symmetric. Columns exporter, importer, value [, product, year]."""
    (flows,) = tables(flows=between(table))
    made = computed(intensity(flows))
    if pair:
        sides = pa.array(pair_of(pair))
        made = made.filter(pc.and_(*(pc.is_in(made[one], sides) for one in ("exporter", "importer"))))
    give(made, out, shape)

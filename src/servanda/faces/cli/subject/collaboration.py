"""servanda compute collaboration."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.technology.collaboration import Counts, index, intensity, jaccard, odds, salton
from servanda.sources.joint import Joint, joint

COLUMNS = ("index", "intensity_a", "intensity_b", "odds", "salton", "jaccard")


@verb("compute collaboration", examples=("--table joint.csv --totals totals.csv --out index.csv",))
@table_options()
@click.option("--totals", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="Columns party, year, papers: international papers of each; WLD is the world.")  # fmt: skip
def run(*, table: Path, out: Path | None, shape: str | None, totals: Path) -> None:
    """Joint papers under every usual definition. Columns a, b, year, papers; international papers in --totals.

    Gives them with index, intensity_a, intensity_b, odds, salton, jaccard; empty where a side has no paper.
    """
    rows = joint(table, totals)
    made: dict[str, list[object]] = {name: [] for name in ("a", "b", "year", "papers", *COLUMNS)}
    for one in rows:
        for name, value in zip(made, (one.a, one.b, one.year, one.papers, *_measured(one)), strict=True):
            made[name].append(value)
    give(pa.table(made), out, shape)


def _measured(one: Joint) -> tuple[float | None, ...]:
    of, turned = Counts(one.papers, one.of_a, one.of_b, one.world), Counts(one.papers, one.of_b, one.of_a, one.world)
    return index(of), intensity(of), intensity(turned), odds(of), salton(of), jaccard(of)

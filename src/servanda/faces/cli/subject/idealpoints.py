"""servanda compute ideal-points."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pyarrow as pa

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.region.ideal import STEP, ideal_points
from servanda.sources.votes import votes


@verb("compute ideal-points", examples=("--table votes.parquet --positive USA --out points.csv",))
@table_options()
@click.option("--positive", help="The member whose mean position is above 0. Else the one farthest from the middle.")
@click.option(
    "--step", type=click.FloatRange(0.01, 5), default=STEP, show_default=True,
    help="How far a position may move from session to session (a standard deviation).",
)  # fmt: skip
def run(*, table: Path, out: Path | None, shape: str | None, positive: str | None, step: float) -> None:
    """Positions of members over the sessions, with intervals. Columns rollcall, session, member, vote (1, 2, 3).

    A roll call that stands in several sessions bridges them. Gives member, session, point, low, high (95 %), votes.
    """
    held = votes(table)
    made = ideal_points(held.rollcall, held.session, held.member, held.vote, positive, step)
    print(f"found in {made.rounds} rounds; mean 0, standard deviation 1 over all positions", file=sys.stderr)
    columns = {
        "member": made.member, "session": made.session, "point": made.point, "low": made.low, "high": made.high,
        "votes": made.votes,
    }  # fmt: skip
    give(pa.table({name: pa.array(values) for name, values in columns.items()}), out, shape)

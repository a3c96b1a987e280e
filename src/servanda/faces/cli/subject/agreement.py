"""servanda compute agreement."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.region.agreement import Agreement, agreement
from servanda.sources.votes import votes


@verb("compute agreement", examples=("--table votes.parquet --out agreement.csv",))
@table_options()
@click.option("--unanimous", is_flag=True, help="Count roll calls too in which all who voted said the same.")
def run(*, table: Path, out: Path | None, shape: str | None, unanimous: bool) -> None:
    """Agreement of every pair in every session. Columns rollcall, session, member, vote (1 yes, 2 abstain, 3 no).

    Gives a, b, session, half, strict, s, kappa, pi, votes; kappa and pi are empty where chance alone would give full
    agreement. Chance-corrected readings often turn the usual story round: read them together.
    """
    held = votes(table)
    parts = [_table(one) for one in agreement(held.rollcall, held.session, held.member, held.vote, unanimous)]
    if not parts:
        raise RequestError("no roll call was divided, so there is nothing to agree on; with --unanimous they count")
    give(pa.concat_tables(parts), out, shape)


def _table(one: Agreement) -> pa.Table:
    columns = {"a": one.a, "b": one.b, "session": np.full(len(one.a), one.session)}
    columns |= {"half": one.half, "strict": one.strict, "s": one.s}
    made = {name: pa.array(values) for name, values in columns.items()}
    for name, values in (("kappa", one.kappa), ("pi", one.pi)):
        made[name] = pa.array(values, mask=np.isnan(values))
    return pa.table({**made, "votes": pa.array(one.votes)})

"""servanda compute influence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.region.influence import BANDWIDTH, DEPENDENCE, influence
from servanda.sources.table import Column, Sort, read

COLUMNS = (
    Column("a"), Column("b"), Column("year", Sort.WHOLE, 1500, 2200),
    *(Column(name, Sort.NUMBER, 0, gaps=True) for name in (*BANDWIDTH, *DEPENDENCE)),
)  # fmt: skip


@verb("compute influence", examples=("--table parts.csv --out influence.csv",))
@table_options()
def run(*, table: Path, out: Path | None, shape: str | None) -> None:
    """The capacity of a to influence b, from its parts. Columns a, b, year and the twelve parts.

    Parts of the bandwidth, each as scaled by its publisher: representation, organisations, agreements, trade, alliance,
    arms. Parts of the dependence, each a share in per cent: aid_of_product, aid_of_aid, trade_of_product,
    trade_of_trade, arms_of_stock, arms_of_arms; all means of five years. Gives index, bandwidth, dependence, what the
    share of aid alone adds, and whether that is a quarter or more. A part that is empty makes the row empty.
    """
    held = read(table, COLUMNS, ["a", "b", "year"])
    parts = {name: held[name].to_numpy(zero_copy_only=False).astype(float) for name in (*BANDWIDTH, *DEPENDENCE)}
    made = influence({name: parts[name] for name in BANDWIDTH}, {name: parts[name] for name in DEPENDENCE})
    known = np.isfinite(made.index)
    columns = {name: pa.array(values, mask=~known) for name, values in (
        ("index", made.index), ("bandwidth", made.bandwidth), ("dependence", made.dependence),
        ("by_aid_share", made.by_aid_share), ("is_artefact", made.is_artefact))}  # fmt: skip
    give(pa.table({"a": held["a"], "b": held["b"], "year": held["year"], **columns}), out, shape)

"""servanda compute utilisation."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, table_options
from servanda.measures.trade.utilisation import UNSAID, Claim, utilisation
from servanda.sources.rules import claims


@verb("compute utilisation", examples=("--table figures.csv --format json",))
@table_options()
def run(*, table: Path, out: Path | None, shape: str | None) -> None:
    """How far an agreement is used. Columns whose, period, source and any of rate, base, used, eligible, total.

    Gives whose, period, value (per cent) or the reason why there is none, and every figure with what it is of.
    """
    rows = claims(table).to_pylist()
    found = utilisation([Claim(**{**row, "base": row.get("base") or UNSAID}) for row in rows])
    told = [
        {
            "whose": one.parties[0], "period": one.period, "value": one.value, "reason": one.reason,
            "figures": json.dumps(one.steps["figures"], ensure_ascii=False),
            "belied": json.dumps(one.steps["belied"], ensure_ascii=False),
        }
        for one in found
    ]  # fmt: skip
    kinds = {name: pa.float64() if name == "value" else pa.string() for name in told[0]}
    give(pa.Table.from_pylist(told, schema=pa.schema(list(kinds.items()))), out, shape)

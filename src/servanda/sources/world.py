"""Who is missing from a world: large exporters that a table of all countries does not have."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from servanda.settings import shipped_content
from servanda.sources.shipped import shipped

KNOWN = "trade/economies"
REST = "ROW"
ENOUGH = 15
"""With fewer known exporters a table is a choice of somebody's, and no world."""
LARGE = 0.02
"""The share in the exports of the known economies from which on somebody's absence moves every ratio."""


def absent(table: pa.Table) -> list[str]:
    """What to know of the exporters of a table (column exporter, by alpha-3) that is taken for the world."""
    known = shipped(KNOWN, shipped_content()).table
    last = pc.max(known["year"]).as_py()
    abroad = known.filter(pc.and_(pc.equal(known["year"], last), pc.not_equal(known["exporter"], known["importer"])))
    summed = abroad.group_by(["exporter"]).aggregate([("trade", "sum")])
    sold = dict(zip(summed["exporter"].to_pylist(), summed["trade_sum"].to_pylist(), strict=True))
    here, all_of_it = set(pc.unique(table["exporter"]).to_pylist()), sum(sold.values())
    if len(here & set(sold)) < ENOUGH:
        return []
    gone = {code: value / all_of_it for code, value in sold.items() if code not in here and code != REST}
    large = sorted((code for code, share in gone.items() if share >= LARGE), key=lambda code: -gone[code])
    if not large:
        return []
    told = ", ".join(f"{code} ({100 * gone[code]:.0f} per cent of exports in {last})" for code in large[:5])
    return [f"the world of this table lacks {told}; every ratio to the world is off by their absence"]

"""Is a matrix of trade turned over? Totals of exporters that look like those of importers are named."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from servanda.settings import shipped_content
from servanda.sources.shipped import shipped

KNOWN = "trade/economies"
ENOUGH = 15
"""So many countries must be known before a word is said."""
TURNED = -0.7
"""The logs of exports over imports, here and where they are known, correlated no higher than this."""
EXAMPLES = 5


def turned(table: pa.Table, value: str = "trade") -> list[str]:
    """Faults of a matrix (exporter, importer, `value`): one that names countries where it is turned over, else none.

    Each country's exports over its imports are compared with those of the shipped matrix of economies, all years
    together. Countries are known by alpha-3; fewer than ENOUGH of them, and nothing is said.
    """
    known = _balance(shipped(KNOWN, shipped_content()).table, "trade")
    here = _balance(table, value)
    both = sorted(set(known) & set(here))
    if len(both) < ENOUGH:
        return []
    one, other = (np.array([np.log(held[code][0] / held[code][1]) for code in both]) for held in (here, known))
    if not (one.std() > 0 and other.std() > 0) or np.corrcoef(one, other)[0, 1] > TURNED:
        return []
    plain = [both[place] for place in np.argsort(one * other)[:EXAMPLES]]
    told = "; ".join(f"{code} sells {here[code][0]:,.0f} and buys {here[code][1]:,.0f} here, and is known to "
                     f"{'buy' if known[code][0] < known[code][1] else 'sell'} more" for code in plain)  # fmt: skip
    return [f"totals of exporters look like those of importers in {len(both)} countries: {told}; exporter and importer "
            "have changed places"]  # fmt: skip


def _balance(table: pa.Table, value: str) -> dict[str, tuple[float, float]]:
    """What each country sells and buys abroad; only those that do both."""
    abroad = table.filter(pc.not_equal(table["exporter"].cast(pa.string()), table["importer"].cast(pa.string())))
    sold, bought = (_sums(abroad, side, value) for side in ("exporter", "importer"))
    return {code: (sold[code], bought[code]) for code in sold if sold[code] > 0 and bought.get(code, 0) > 0}


def _sums(table: pa.Table, side: str, value: str) -> dict[str, float]:
    summed = table.group_by([side]).aggregate([(value, "sum")])
    return dict(
        zip(summed[side].to_pylist(), (float(one or 0) for one in summed[f"{value}_sum"].to_pylist()), strict=True)
    )

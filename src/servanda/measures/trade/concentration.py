"""How concentrated exports or imports are over products or partners.

Herfindahl-Hirschman index, its normalised form, its equivalent number, and the entropy of Theil. All from shares.
"""

from __future__ import annotations

from typing import Any


def concentration(flows: Any, by: str, over: str) -> Any:
    """Concentration of each `by` over the `over` of a table with `value`; with a column `year`, each year by itself.

    Gives `hhi` = sum of squared shares (1/n to 1), `hhi_normalised` = (hhi - 1/n) / (1 - 1/n) where n > 1, else empty
    (UNCTAD's form), `equivalent_number` = 1 / hhi, `entropy` = - sum of s ln s, `largest` share, `largest_of` whose it
    is, and `n` with a value above 0. Rows without any value are left out.
    """
    years = ["year"] if "year" in flows.columns else []
    keys = [*years, by]
    held = flows.filter(flows.value > 0).group_by([*keys, over]).aggregate(value=lambda t: t.value.sum())
    total = held.group_by(keys).aggregate(total=held.value.sum())
    shares = held.join(total, keys)
    shares = shares.mutate(share=shares.value / shares.total)
    made = shares.group_by(keys).aggregate(
        hhi=(shares.share * shares.share).sum(),
        entropy=-(shares.share * shares.share.log()).sum(),
        largest=shares.share.max(),
        largest_of=shares[over].argmax(shares.share),
        n=shares.count(),
    )
    even = 1.0 / made.n.cast("float64")
    normalised = (made.n > 1).ifelse((made.hhi - even) / (1.0 - even).nullif(0.0), None)
    made = made.mutate(hhi_normalised=normalised, equivalent_number=1.0 / made.hhi)
    return made.select(
        [*keys, "hhi", "hhi_normalised", "equivalent_number", "entropy", "largest", "largest_of", "n"]
    ).order_by(keys)

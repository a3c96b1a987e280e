"""How much one party can influence another by what binds them, after the Formal Bilateral Influence Capacity index.

The published product of a bandwidth (how much there is between the two) and a dependence (how much the other needs it),
with the weights of Moyer and others 2021; the constants that scale it were recovered from the published components,
where it holds to 5e-8. `a` has influence over `b`; components are five-year moving averages, ratios are shares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BANDWIDTH = {
    "representation": 0.11, "organisations": 0.19, "agreements": 0.14, "trade": 0.35, "alliance": 0.13, "arms": 0.08,
}  # fmt: skip
"""Weights of the parts of the bandwidth: level of representation, shared organisations, trade agreements, log of total
trade, alliance, log of the stock of arms; each scaled as published (norm_*_ma)."""
DEPENDENCE = {
    "aid_of_product": 0.21, "aid_of_aid": 0.12, "trade_of_product": 0.28, "trade_of_trade": 0.16,
    "arms_of_stock": 0.10, "arms_of_arms": 0.13,
}  # fmt: skip
"""Weights of the parts of the dependence, each the log of one plus a share of b's product, aid, trade, stock, arms."""
WIDEST, DEEPEST, WHOLE = 3.1831572, 4.1227694, 0.58199161
"""The largest bandwidth, dependence and product of the published release, by which each is divided."""
AID = "aid_of_aid"
MOST_OF_IT = 0.25


@dataclass(frozen=True, slots=True)
class Influence:
    """The index and its two factors; what the share-of-aid part alone adds to the index, and whether that is so much
    that it is to be told: where b gets hardly any aid, a little of it from a is a large share."""

    index: Array
    bandwidth: Array
    dependence: Array
    by_aid_share: Array
    is_artefact: NDArray[np.bool_]


def influence(bandwidth: dict[str, Array], dependence: dict[str, Array]) -> Influence:
    """From the parts by name (arrays of one length; `dependence` as shares). ValueError for parts that lack or differ.

    A part that is not known is NaN and makes the index NaN, for a missing part is not nil.
    """
    for given, wanted in ((bandwidth, BANDWIDTH), (dependence, DEPENDENCE)):
        if set(given) != set(wanted):
            raise ValueError(f"the parts are {', '.join(wanted)}; given were {', '.join(sorted(given))}")
    wide = np.asarray(sum(weight * bandwidth[name] for name, weight in BANDWIDTH.items())) / WIDEST
    parts = {name: weight * np.log1p(dependence[name]) / DEEPEST for name, weight in DEPENDENCE.items()}
    deep = np.asarray(sum(parts.values()))
    index = wide * deep / WHOLE
    by_aid, large = aid_part(index, wide, np.log1p(dependence[AID]))
    return Influence(index, wide, deep, by_aid, large)


def aid_part(index: Array, bandwidth: Array, ln_share: Array) -> tuple[Array, NDArray[np.bool_]]:
    """What the share of aid alone adds to an index, and whether that is so much of it that it is to be told.

    `ln_share` is the log of one plus the share of a's aid in all that b gets, as published and as scaled there.
    """
    by_aid = bandwidth * DEPENDENCE[AID] * ln_share / DEEPEST / WHOLE
    with np.errstate(invalid="ignore", divide="ignore"):
        large = np.where(index > 0, by_aid / index, 0.0) >= MOST_OF_IT
    return by_aid, np.asarray(large, dtype=bool)

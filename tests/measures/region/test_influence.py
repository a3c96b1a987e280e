"""The published index from its published parts, to 5e-8; and the part that leaps."""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest

from servanda.measures.region.influence import BANDWIDTH, DEPENDENCE, Influence, influence
from tests.measures.shared import SHARED

WIDE = ("norm_lor_avg_ma", "norm_igos_ma", "norm_tradeagreement_ma", "norm_lntotaltrade_ma", "norm_allianceindex_ma",
        "norm_armstotalstock_ma")  # fmt: skip
DEEP = ("ln_aidabgdpb_ma", "ln_aidaballaidb_ma", "ln_totaltradeabgdpb_ma", "ln_totaltradeaballtradeb_ma",
        "ln_armimptockabmilstockb_ma", "ln_armsimpstockaballimstockb_ma")  # fmt: skip


def one(**changed: float) -> Influence:
    wide = {name: np.array([0.5]) for name in BANDWIDTH}
    return influence(wide, {name: np.array([changed.get(name, 0.0)]) for name in DEPENDENCE})


def test_the_published_index_comes_out_of_its_published_parts() -> None:
    table = pq.read_table(SHARED("region/fbic_random1000_rows_all_components.parquet"))
    held = {
        name: np.array(table[name].to_pylist(), float) for name in (*WIDE, *DEEP, "fbic", "bandwidth", "dependence")
    }
    made = influence(
        dict(zip(BANDWIDTH, (held[name] for name in WIDE), strict=True)),
        dict(zip(DEPENDENCE, (np.expm1(held[name]) for name in DEEP), strict=True)),
    )
    for name, found in (("fbic", made.index), ("bandwidth", made.bandwidth), ("dependence", made.dependence)):
        assert np.abs(found - held[name]).max() < 5e-8, name


def test_by_hand() -> None:
    made = one(trade_of_product=0.2)
    wide = 0.5 * sum(BANDWIDTH.values()) / 3.1831572
    assert made.index[0] == pytest.approx(wide * 0.28 * np.log(1.2) / 4.1227694 / 0.58199161)


def test_the_share_of_aid_is_told_apart_where_it_makes_the_index() -> None:
    """A trickle of aid that is all the aid there is, beside the trade of two that trade."""
    without, with_it = (
        one(trade_of_product=0.02, trade_of_trade=0.03),
        one(trade_of_product=0.02, trade_of_trade=0.03, aid_of_aid=0.9),
    )
    assert not without.is_artefact[0] and with_it.is_artefact[0]
    assert with_it.index[0] - with_it.by_aid_share[0] == pytest.approx(without.index[0])
    assert one().is_artefact[0] == np.False_


def test_a_part_that_is_not_known_is_not_nil() -> None:
    made = one(aid_of_aid=float("nan"))
    assert np.isnan(made.index[0])
    with pytest.raises(ValueError, match="the parts are"):
        influence({}, {})

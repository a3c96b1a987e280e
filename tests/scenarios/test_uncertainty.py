"""Intervals: against laws that are known, the two ways beside each other, and the same again from the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from servanda.errors import ValueProblem
from servanda.scenarios.scenario import Band
from servanda.scenarios.uncertainty import NORMAL, Parameter, drawn, intervals, tornado

EFFECT = Parameter("effect", Band(1.0, 1 - NORMAL * 0.2, 1 + NORMAL * 0.2, "made up"), False)
ELASTIC = Parameter("theta", Band(4.0, 2.0, 8.0, "made up"), True)


def both(rows: np.ndarray) -> np.ndarray:
    return np.column_stack([3 * rows[:, 0], rows[:, 0] * rows[:, 1]])


def test_draws_keep_to_their_bands() -> None:
    rows = drawn((EFFECT, ELASTIC), 200_000, np.random.default_rng(3))
    assert rows[:, 0].mean() == pytest.approx(1, abs=0.002) and rows[:, 0].std() == pytest.approx(0.2, abs=0.002)
    assert np.percentile(rows[:, 1], [2.5, 50, 97.5]) == pytest.approx([2, 4, 8], rel=0.01)
    assert np.asarray(np.corrcoef(rows.T))[0, 1] == pytest.approx(0, abs=0.01)


def test_a_linear_result_has_the_same_interval_both_ways() -> None:
    found = intervals(both, (EFFECT, ELASTIC), 50_000, np.random.default_rng(4))[0]
    assert found.value == 3.0
    assert (found.delta_low, found.delta_high) == pytest.approx((3 - 0.6 * NORMAL, 3 + 0.6 * NORMAL))
    assert (found.low, found.high) == pytest.approx((found.delta_low, found.delta_high), rel=0.01)
    assert found.share_above == 1.0


def test_a_bent_result_shows_where_the_delta_method_bends_wrong() -> None:
    """A product with a lognormal factor leans to the right; the delta method cannot."""
    found = intervals(both, (EFFECT, ELASTIC), 50_000, np.random.default_rng(5))[1]
    assert found.high - found.value > found.value - found.low
    assert found.delta_high - found.value == pytest.approx(found.value - found.delta_low)


def test_the_same_seed_gives_the_same_digits() -> None:
    one, other = (intervals(both, (EFFECT, ELASTIC), 500, np.random.default_rng(6)) for _ in range(2))
    assert one == other
    assert one != intervals(both, (EFFECT, ELASTIC), 500, np.random.default_rng(7))


def test_a_tornado_begins_with_what_drives_most() -> None:
    bars = tornado(both, (EFFECT, ELASTIC), 1)
    assert [bar.parameter for bar in bars] == ["theta", "effect"]
    assert (bars[0].low, bars[0].high) == (2.0, 8.0)
    assert bars[1].low == pytest.approx(4 * (1 - NORMAL * 0.2))


def test_a_band_out_of_order() -> None:
    with pytest.raises(ValueProblem, match="3 does not lie between 4 and 5; write low, value, high in order"):
        Band(3, 4, 5, "made up")

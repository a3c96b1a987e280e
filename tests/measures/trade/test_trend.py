"""Trends: a known slope comes back within its interval, also where years hang together."""

from __future__ import annotations

import numpy as np
import pytest

from servanda.measures.trade.trend import LEAST_YEARS, trend

YEARS = list(range(2000, 2020))


def test_a_straight_line() -> None:
    made = trend(YEARS, [3.0 + 2.0 * year for year in YEARS], "USD million", ("A", "B"))
    assert made.value == pytest.approx(2) and (made.unit, made.period) == ("USD million a year", "2000-2019")
    assert made.low == pytest.approx(2, abs=1e-6) and made.used == made.expected == 20


def test_worked_by_hand() -> None:
    # 1, 3, 2, 5, 4 over five years: slope .8, left over -.4 .8 -1 1.2 -.6, none of which follows the one before.
    made = trend(range(2000, 2005), [1.0, 3.0, 2.0, 5.0, 4.0], "USD")
    assert made.value == pytest.approx(0.8)
    error = np.sqrt((0.16 + 0.64 + 1.0 + 1.44 + 0.36) / 3 / 10)
    assert made.steps["std_error"] == pytest.approx(error) and made.high == pytest.approx(0.8 + 3.182446 * error)


def test_order_does_not_matter_and_a_gap_shows() -> None:
    values = np.random.default_rng(1).normal(size=20).cumsum().tolist()
    one, other = trend(YEARS, values, "USD"), trend(YEARS[::-1], values[::-1], "USD")
    assert one.value == pytest.approx(other.value) and one.low == pytest.approx(other.low)
    gone = trend(YEARS[:5] + YEARS[6:], values[:5] + values[6:], "USD")
    assert (gone.used, gone.expected, gone.caveats) == (19, 20, ("missing_years",))


@pytest.mark.parametrize(("together", "least"), [(0.0, 0.92), (0.4, 0.88), (0.7, 0.78)])
def test_how_often_the_interval_holds_the_slope(together: float, least: float) -> None:
    draw, held = np.random.default_rng(7), 0
    for _ in range(400):
        noise = draw.normal(size=25)
        for place in range(1, 25):
            noise[place] = together * noise[place - 1] + np.sqrt(1 - together**2) * noise[place]
        made = trend(range(25), (0.3 * np.arange(25) + noise).tolist(), "USD")
        assert made.low is not None and made.high is not None
        held += made.low <= 0.3 <= made.high
    assert least <= held / 400 <= 0.995


def test_nothing_known() -> None:
    made = trend([2000, 2001], [1.0, 2.0], "USD")
    assert made.value is None and made.reason == f"2 years are too few for a trend; it takes {LEAST_YEARS}"
    assert trend([], [], "USD").reason is not None

"""What moved since a year: worked by hand, what must hold for any series, and reasons in place of figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from servanda.measures.technology.moved import moved
from tests.properties import examples, given

YEARLY = {2008: 10.0, 2009: 20.0, 2010: 999.0, 2011: 30.0, 2012: 60.0, 2013: 90.0, 2014: 7.0}


def test_by_hand() -> None:
    """Before 2010: 10 and 20, 15 a year; after: 30, 60 and 90, 60 a year; the year itself and 2014 do not count."""
    made = moved(YEARLY, 2010, 3, world={year: 2.0 if year > 2010 else 1.0 for year in YEARLY}, counted=True)
    assert made.value == pytest.approx(4.0) and (made.used, made.expected) == (5, 6)
    assert made.steps["world"] == pytest.approx(2.0) and made.period == "2008-2009 to 2011-2013"
    wide = math.exp(1.959964 * math.sqrt(1 / 30 + 1 / 180))
    assert made.low == pytest.approx(4 / wide) and made.high == pytest.approx(4 * wide)


@pytest.mark.parametrize(
    ("since", "said"),
    [(2020, "the table ends in 2014"), (2014, "the table ends in 2014"), (2008, "it begins in 2008"),
     (1990, "it begins in 2008")],
)  # fmt: skip
def test_no_years_are_a_reason(since: int, said: str) -> None:
    made = moved(YEARLY, since, 3)
    assert made.value is None and made.reason == said and made.used == 0
    assert moved({}, 2010, 3).reason == "the table holds nothing of the kind"


def test_from_nothing_there_is_no_ratio_and_to_nothing_it_is_nil() -> None:
    assert "there was nothing in 2009" in (moved({2009: 0.0, 2011: 5.0}, 2010, 3).reason or "")
    made = moved({2009: 5.0, 2011: 0.0}, 2010, 3, counted=True)
    assert made.value == 0.0 and made.low is None


def test_a_world_that_lacks_a_year_says_nothing() -> None:
    assert moved(YEARLY, 2010, 3, world={2008: 1.0, 2011: 2.0}).steps["world"] is None


# Nothing, or an amount that somebody could count: the ratio to a million of less than that is no number.
AMOUNTS = st.one_of(st.just(0.0), st.floats(1e-3, 1e6))
SERIES = st.dictionaries(st.integers(2000, 2020), AMOUNTS, min_size=2, max_size=21)


@examples(60)
@given(SERIES, st.integers(2000, 2020), st.integers(1, 5), st.floats(0.001, 1000))
def test_units_do_not_matter_and_time_turned_round_is_the_reciprocal(
    series: dict[int, float], since: int, span: int, factor: float
) -> None:
    made = moved(series, since, span)
    again = moved({year: value * factor for year, value in series.items()}, since, span)
    assert (made.value is None) == (again.value is None)
    assume(made.value is not None)
    assert again.value == pytest.approx(made.value, rel=1e-6)
    turned = moved({2 * since - year: value for year, value in series.items()}, since, span)
    if made.value and made.value > 1e-6 and turned.value is not None:
        assert turned.value == pytest.approx(1 / made.value, rel=1e-6)

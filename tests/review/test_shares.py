"""Shares and odds against published worked values, and against a slower road of our own."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from servanda.review.shares import SMALL, odds, share
from tests.properties import examples, given

Table = tuple[int, int, int, int]
Z = 1.959963984540054


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), page 861, table I, method 3: score, no continuity correction.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_the_interval_that_newcombe_printed(part: int, whole: int, low: float, high: float) -> None:
    made = share("x", part, whole)
    assert made.low is not None
    assert made.high is not None
    assert (round(made.low, 4), round(made.high, 4)) == (low, high)
    assert (made.value, made.used, made.expected, made.interval) == (part / whole, part, whole, "95 %, Wilson")


@examples(200)
@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_bounds_of_a_share_are_the_two_roots_of_the_score_equation(counts: tuple[int, int]) -> None:
    part, whole = counts
    made = share("x", part, whole)
    assert made.value is not None
    assert made.low is not None
    assert made.high is not None
    assert 0 <= made.low <= made.value <= made.high <= 1
    assert made.low < made.high
    for bound in (made.low, made.high):
        assert (made.value - bound) ** 2 == pytest.approx(Z * Z * bound * (1 - bound) / whole, abs=1e-12)
    opposite = share("x", whole - part, whole)
    assert opposite.low == pytest.approx(1 - made.high, abs=1e-12)


def test_a_share_of_nothing_is_a_reason() -> None:
    made = share("x", 0, 0, none="no thread has begun")
    assert (made.value, made.reason, made.low, made.high) == (None, "no thread has begun", None, None)


@pytest.mark.parametrize(("whole", "caveats"), [(SMALL - 1, ("small_number",)), (SMALL, ())])
def test_a_share_of_few_says_so(whole: int, caveats: tuple[str, ...]) -> None:
    assert share("x", 1, whole).caveats == caveats


@pytest.mark.parametrize(
    ("cells", "estimate", "low", "high"),
    [
        # R's fisher.test on the two tables of its help page, two-sided: Fisher's tea taster (Agresti 1990) and the
        # convictions of twins (Fisher 1962). R seeks its bounds to about two digits; the test below holds them exactly.
        ((3, 1, 1, 3), 6.408309, 0.2117329, 621.9337505),
        ((2, 15, 10, 3), 0.04693661, 0.003325764, 0.363182271),
    ],
)
def test_odds_are_those_that_r_prints(cells: Table, estimate: float, low: float, high: float) -> None:
    made = odds("x", *cells)
    assert made.value == pytest.approx(estimate, rel=3e-4)
    assert made.low == pytest.approx(low, rel=1e-2)
    assert made.high == pytest.approx(high, rel=1e-2)
    assert (made.used, made.expected) == (sum(cells), sum(cells))
    assert list(made.steps.values()) == list(cells)


def weights(cells: Table, ratio: float) -> list[float]:
    """The noncentral hypergeometric distribution of the first cell, from the least it can be, by its definition."""
    a, b, c, _ = cells
    first, kept, whole = a + b, a + c, sum(cells)
    least, most = max(0, kept - (whole - first)), min(first, kept)
    logs = [
        math.log(math.comb(first, x)) + math.log(math.comb(whole - first, kept - x)) + x * math.log(ratio)
        for x in range(least, most + 1)
    ]
    top = max(logs)
    raw = [math.exp(one - top) for one in logs]
    return [one / sum(raw) for one in raw]


@examples(40)
@given(st.tuples(*[st.integers(1, 40)] * 4))
def test_odds_solve_the_equations_that_define_them(cells: Table) -> None:
    a, b, c, d = cells
    made = odds("x", a, b, c, d)
    least = max(0, a - d)
    assume(least < a < min(a + b, a + c))
    assert made.value is not None
    assert made.low is not None
    assert made.high is not None
    assert made.low < made.value < made.high
    expected = sum((least + place) * weight for place, weight in enumerate(weights(cells, made.value)))
    assert expected == pytest.approx(a, abs=1e-3)
    assert sum(weights(cells, made.low)[a - least :]) == pytest.approx(0.025, rel=1e-3)
    assert sum(weights(cells, made.high)[: a - least + 1]) == pytest.approx(0.025, rel=1e-3)
    # With the rows exchanged it is the inverse: neither side of the comparison is favoured.
    other = odds("x", c, d, a, b)
    assert other.value == pytest.approx(1 / made.value, rel=1e-3)
    assert other.low == pytest.approx(1 / made.high, rel=1e-3)


@examples(60)
@given(st.tuples(*[st.integers(0, 6)] * 4).filter(lambda cells: 0 in cells))
def test_an_empty_cell_gives_a_ratio_with_bounds_or_a_reason(cells: Table) -> None:
    a, b, c, d = cells
    made = odds("x", a, b, c, d)
    assert (made.value is None) != (made.reason is None)
    if 0 in (a + b, c + d, a + c, b + d):
        assert made.reason == "one side of the comparison is empty"
    elif 0 in (b, c):
        assert made.reason is not None
        assert "no upper bound" in made.reason
    else:
        # None kept with it, or all kept without it: the ratio is 0 and its upper bound is finite.
        assert made.value == 0
        assert made.high is not None
    assert not any("nan" in str(one).lower() or "inf" in str(one).lower() for one in (made.reason, made.value))


def test_an_unbounded_ratio_keeps_its_lower_bound() -> None:
    reason = str(odds("x", 5, 0, 0, 5).reason)
    bound = float(reason.rsplit("at least ", 1)[1].rstrip(")"))
    assert weights((5, 0, 0, 5), bound - 0.05)[-1] < 0.025 < weights((5, 0, 0, 5), bound + 0.05)[-1]


@pytest.mark.parametrize(
    ("cells", "caveats"),
    [((10, 10, 10, 10), ()), ((9, 10, 10, 10), ("small_number",)), ((10, 10, 10, 9), ("small_number",))],
)
def test_odds_from_a_thin_cell_say_so(cells: Table, caveats: tuple[str, ...]) -> None:
    assert odds("x", *cells).caveats == caveats

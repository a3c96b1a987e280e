"""GSIM: what must hold, and the paper's own linear system for small changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import NoEquilibrium
from servanda.scenarios.gsim import Industry, linear, solve
from tests.properties import examples, given


def drawn(seed: int, many: int = 4, cut: float = 1.0) -> Industry:
    draw = np.random.default_rng(seed)
    before = draw.uniform(0, 0.4, (many, many)) * (1 - np.eye(many))
    after = before.copy()
    after[0, 1], after[1, 0] = before[0, 1] * (1 - cut), before[1, 0] * (1 - cut)
    return Industry(
        tuple(f"P{number}" for number in range(many)),
        np.exp(draw.normal(3, 1, (many, many))),
        before,
        after,
        draw.uniform(0.5, 2, many),
        draw.uniform(2, 6, many),
        draw.uniform(0.8, 3, many),
    )


def by_cells(industry: Industry) -> np.ndarray:
    """Changes of world prices by Francois and Hall 2003, eq. 3, 4 and 12, cell by cell as the paper writes them."""
    spent = industry.trade * (1 + industry.before)
    share, sells = spent / spent.sum(axis=0), industry.trade.sum(axis=1)
    many = len(sells)
    left, right = np.diag(industry.supply).astype(float), np.zeros(many)
    for r in range(many):
        for v in range(many):
            for s in range(many):
                own = -(1 - share[s, v]) * industry.substitution[v] - share[s, v] * industry.demand[v]
                cross = share[s, v] * (industry.substitution[v] - industry.demand[v])
                weight = industry.trade[r, v] / sells[r] * (own if r == s else cross)
                left[r, s] -= weight
                right[r] += weight * (industry.after[s, v] - industry.before[s, v]) / (1 + industry.before[s, v])
    return np.linalg.solve(left, right)


def numbers(industry: Industry) -> np.ndarray:
    made = solve(industry)
    return np.array([made.price, made.output, made.producer, made.consumer, made.revenue, made.welfare])


def test_no_change_gives_no_change() -> None:
    made = solve(drawn(1, cut=0.0))
    assert made.price == pytest.approx(1) and made.after == pytest.approx(drawn(1).trade)
    assert made.welfare == pytest.approx(0, abs=1e-9)


@examples(30)
@given(st.integers(0, 10_000))
def test_small_changes_are_the_linear_system_of_the_paper(seed: int) -> None:
    industry = drawn(seed, cut=1e-4)
    expected = by_cells(industry)
    assert np.log(solve(industry).price) == pytest.approx(expected, abs=2e-3 * np.abs(expected).max())


def test_the_example_of_the_paper_to_the_printed_digit() -> None:
    """Four markets, the United States and the European Union free each other: changes of world prices as the paper reports
    them, after another program that reproduces it and quotes them."""
    trade = np.array([[0.0, 50, 200, 300], [500, 0, 150, 200], [300, 100, 200, 200], [50, 100, 110, 20]])
    before = np.array([[0, 0.21, 0.41, 0.22], [0.37, 0, 0.31, 0.23], [0.32, 0.36, 0, 0.18], [0.57, 0.41, 0.25, 0.15]])
    after = before.copy()
    after[0, 2] = after[2, 0] = 0
    even = np.ones(4)
    industry = Industry(("USA", "JPN", "EU", "ROW"), trade, before, after, even * 1.25, even * 5, even * 1.5)
    assert np.round(linear(industry).price - 1, 4).tolist() == [0.0792, -0.0316, 0.0480, -0.0184]


@examples(30)
@given(st.integers(0, 10_000))
def test_the_linear_form_is_the_paper_s_and_near_the_exact_one_for_small_changes(seed: int) -> None:
    assert linear(drawn(seed)).price - 1 == pytest.approx(by_cells(drawn(seed)), rel=1e-9, abs=1e-12)
    small = drawn(seed, cut=1e-4)
    made, exact = linear(small), solve(small)
    for name in ("producer", "consumer", "revenue", "after"):
        before = small.trade if name == "after" else 0.0
        change = np.abs(getattr(exact, name) - before).max()
        assert getattr(made, name) == pytest.approx(getattr(exact, name), abs=5e-3 * change)


@examples(30)
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_laws(seed: int, scale: float) -> None:
    industry = drawn(seed)
    made = solve(industry)
    assert made.after.sum(axis=1) == pytest.approx(industry.trade.sum(axis=1) * made.price * made.output, rel=1e-9)
    assert made.welfare == pytest.approx(made.producer + made.consumer + made.revenue)
    scaled = numbers(replace(industry, trade=industry.trade * scale))
    assert scaled[:2] == pytest.approx(numbers(industry)[:2])
    assert scaled[2:] == pytest.approx(scale * numbers(industry)[2:], rel=1e-6, abs=1e-6 * scale)
    # One direction alone may fall: where a party sells much more, its price rises by more than the tariff it is spared.
    between = industry.trade[0, 1] + industry.trade[1, 0]
    assert made.after[0, 1] + made.after[1, 0] > between


def test_two_alike_parties_by_hand() -> None:
    """Free trade between two alike: prices stay equal, so each sells p^s, and each index falls as spending shifts."""
    trade, before = np.array([[60.0, 40], [40, 60]]), np.array([[0, 0.25], [0.25, 0]])
    even = np.ones(2)
    industry = Industry(("A", "B"), trade, before, np.zeros((2, 2)), even * 1.0, even * 2.0, even * 1.5)
    made = solve(industry)
    # Spending at home 60, abroad 50: index with exponent -1 and prices p: 1/i = (6/11 + 5/11 x 1.25)/p.
    swell = 6 / 11 + 5 / 11 * 1.25
    # Demand 1 keeps spending at 110: quantity sold = 110/p, over 100 before = p^1.5.
    price = 1.1**0.4
    assert made.price == pytest.approx(even * price)
    assert made.consumer == pytest.approx(-110 * np.log(price / swell) * even)
    assert made.revenue == pytest.approx(-10 * even)
    assert made.producer == pytest.approx(100 * (price**2.5 - 1) / 2.5 * even)


def off(**changes: Any) -> Industry:
    return replace(drawn(2, 3), **changes)


@pytest.mark.parametrize(
    ("industry", "said"),
    [
        (off(trade=-np.ones((3, 3))), "trade is not negative"),
        (off(after=np.full((3, 3), 15.0)), "a tariff of 15 cannot be"),
        (off(demand=np.zeros(3)), "demand is one elasticity above 0 for each of 3 parties"),
        (off(trade=np.ones((2, 2))), "squares of that size"),
        (off(substitution=np.ones(3)), "write 1.01"),
    ],
)
def test_what_cannot_be_is_said(industry: Industry, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        solve(industry)


def test_a_search_that_does_not_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.scenarios import gsim

    monkeypatch.setattr(gsim, "ROUNDS", 1)
    with pytest.raises(NoEquilibrium):
        solve(drawn(5))

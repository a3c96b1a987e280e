"""Partial equilibrium by line: worked by hand, by law, and refused where it cannot be."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.scenarios.partial import Effects, Lines, carriers, simulate, totals
from tests.properties import examples, given
from tests.scenarios.lines import INFINITE, drawn, one, put


def test_a_line_by_hand_with_infinite_supply() -> None:
    """The price falls by .2/1.2. Creation 100 x 1.2 x .16667 = 20; diversion 100 x 200 x .25 / (300 + 25) = 15.385.

    Revenue: 60 before; none from the exporter after, and .2 x (200 - 15.385) from others. Surplus .2 x (100 + 135.385)/2.
    """
    made = simulate(one())
    assert made.creation == pytest.approx([20.0]) and made.price == pytest.approx([0.0])
    assert made.diversion == pytest.approx([200 / 13])
    assert made.imports == pytest.approx([20 + 200 / 13])
    assert made.revenue == pytest.approx([0.2 * (200 - 200 / 13) - 60])
    assert made.surplus == pytest.approx([0.2 * (100 + 120 + 200 / 13) / 2])
    assert made.welfare == pytest.approx([0.1 * 20 + 0.1 * 200 / 13 - 0.2 * 200 / 13])


def test_a_line_by_hand_with_finite_supply() -> None:
    """With elasticity 6, 1 + 1.2/6 divides creation: 16.667. What is sold more raises the price by a sixth of its share."""
    made = simulate(one(supply=6.0))
    assert made.creation == pytest.approx([100 / 6])
    moved = 100 / 6 + 200 / 13
    assert made.price == pytest.approx([moved / 6])
    assert made.imports == pytest.approx([moved * 7 / 6])
    wedge = 1 + moved / 600 - 1.2
    assert made.surplus == pytest.approx([-wedge * (200 + moved) / 2])


def test_only_the_share_that_claims_the_preference_gets_it() -> None:
    """Half of trade pays 20 per cent before and after: the rate that is paid falls from 20 to 10 per cent."""
    made = simulate(one(used=0.5))
    assert made.creation == pytest.approx([100 * 1.2 * 0.1 / 1.2])


def test_a_barrier_that_falls_moves_trade_and_no_revenue_of_its_own() -> None:
    made = simulate(one(after=0.2, barrier_before=0.1))
    fall = 1 - 1 / 1.1
    assert made.creation == pytest.approx([120 * fall])
    pull = 100 * 200 * 1.5 * fall / (300 + 150 * fall)
    assert made.diversion == pytest.approx([pull])
    assert made.revenue == pytest.approx([0.2 * 120 * fall]), "what others lose, the exporter pays at the same rate"


def test_diversion_takes_no_more_than_others_sell() -> None:
    made = simulate(one(others=1.0, substitution=1000.0))
    assert made.diversion == pytest.approx([1.0], rel=0.05) and made.diversion[0] <= 1


def test_a_higher_rate_takes_no_more_than_is_sold() -> None:
    made = simulate(one(before=0.0, after=5.0, general=5.0, demand=3.0, substitution=9.0))
    assert made.creation + made.diversion == pytest.approx([-100.0])


def numbers(made: Effects) -> np.ndarray:
    return np.array([getattr(made, field.name) for field in fields(Effects)])


def test_no_change_gives_no_change() -> None:
    lines = drawn(1)
    assert numbers(simulate(put(lines, after=lines.before))) == pytest.approx(0, abs=1e-12)


@examples(40)
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_the_unit_of_money_does_not_matter(seed: int, scale: float) -> None:
    lines = drawn(seed)
    twice = put(lines, trade=lines.trade * scale, others=lines.others * scale)
    assert numbers(simulate(twice)) == pytest.approx(scale * numbers(simulate(lines)), rel=1e-9, abs=1e-9 * scale)


@examples(40)
@given(st.integers(0, 10_000))
def test_a_cut_moves_as_theory_says(seed: int) -> None:
    lines = drawn(seed)
    made = simulate(lines)
    assert (made.creation >= -1e-12).all() and (made.diversion >= -1e-12).all()
    assert (made.diversion <= lines.others + 1e-12).all()
    free = simulate(put(lines, supply=np.full(len(lines), INFINITE)))
    assert (free.creation >= made.creation - 1e-12).all(), "supply that answers to a price dampens"
    twice = simulate(put(lines, demand=lines.demand * 2, supply=np.full(len(lines), INFINITE)))
    assert twice.creation == pytest.approx(2 * free.creation), "creation grows in proportion to demand"


@examples(40)
@given(st.integers(0, 10_000))
def test_welfare_is_the_old_formula_where_world_prices_stay(seed: int) -> None:
    """Half of the two rates on what the exporter sells more, less the general rate on what others lose."""
    lines = put(drawn(seed), supply=np.full(50, INFINITE), used=np.ones(50))
    made = simulate(lines)
    expected = (lines.before + lines.after) / 2 * (made.creation + made.diversion) - lines.general * made.diversion
    assert made.welfare == pytest.approx(expected, abs=1e-9 * lines.trade.max())


def test_totals_add_up() -> None:
    lines = drawn(3)
    made = simulate(lines)
    parts = totals(lines, made, lines.group)
    assert set(parts) == set(lines.group)
    for field in fields(Effects):
        assert sum(getattr(part, field.name) for part in parts.values()) == pytest.approx(
            getattr(made, field.name).sum()
        )


def test_the_lines_that_carry_the_result() -> None:
    assert carriers(np.array([1.0, -50, 3, 40, 6])) == (1, 3)
    assert carriers(np.array([80.0, 20])) == (0,)
    assert carriers(np.zeros(3)) == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (one(before=15.0), "before cannot be in 1 line \\(L1 AAA from BBB: 15\\); a rate is a share between 0 and 10"),
        (one(trade=-4.0), "trade cannot be in 1 line .*: -4\\); trade is not negative"),
        (one(demand=0.0), "demand cannot be in 1 line .*: 0\\); an elasticity is above 0"),
        (one(substitution=0.0), "substitution cannot be"),
        (one(supply=0.0), "supply cannot be"),
        (one(used=1.5), "the share that uses the preference lies between 0 and 1"),
        (one(general=float("nan")), "general cannot be in 1 line"),
        (one(trade=0.0), "there is no trade in any line \\(AAA from BBB\\)"),
    ],
)
def test_what_cannot_be_is_said(lines: Lines, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        simulate(lines)

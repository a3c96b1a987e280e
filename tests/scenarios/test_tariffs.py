"""Formulas of cuts, by hand and by law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.errors import ValueProblem
from servanda.scenarios.tariffs import Cut, Formula, new_rate, paid, staged
from tests.properties import examples, given

RATES = np.array([0.0, 0.05, 0.1, 0.3, 1.0])


@pytest.mark.parametrize(
    ("cut", "new"),
    [
        (Cut(Formula.FREE), [0, 0, 0, 0, 0]),
        (Cut(Formula.LINEAR, 0.8), [0, 0.01, 0.02, 0.06, 0.2]),
        (Cut(Formula.SWISS, 0.16), [0, 0.0380952, 0.0615385, 0.1043478, 0.1379310]),
        (Cut(Formula.HARMONISED, 0.5, 0.1), [0.05, 0.075, 0.1, 0.2, 0.55]),
        (Cut(Formula.CEILING, 0.15), [0, 0.05, 0.1, 0.15, 0.15]),
        (Cut(Formula.RATE, 0.07), [0.07] * 5),
    ],
)
def test_by_hand(cut: Cut, new: list[float]) -> None:
    assert new_rate(RATES, cut) == pytest.approx(new, abs=1e-7)


@examples(60)
@given(st.floats(0, 10), st.floats(0, 10), st.floats(0.01, 1))
def test_a_swiss_cut_keeps_the_order_and_stays_below_its_coefficient(one: float, other: float, by: float) -> None:
    low, high = new_rate(np.array(sorted((one, other))), Cut(Formula.SWISS, by))
    assert low <= high <= min(by, max(one, other)) + 1e-12


def test_a_cut_in_equal_steps() -> None:
    old, new, years = np.array([0.1, 0.1, 0.2]), np.array([0.0, 0.05, 0.0]), np.array([0.0, 5, 10])
    assert staged(old, new, 0, years) == pytest.approx([0, 0.1, 0.2])
    assert staged(old, new, 2, years) == pytest.approx([0, 0.08, 0.16])
    assert staged(old, new, 30, years) == pytest.approx(new)


def test_what_is_paid_is_between_the_preference_and_the_general_rate() -> None:
    assert paid(np.array([0.0, 0.2]), np.array([0.1, 0.1]), np.array([0.8, 1.0])) == pytest.approx([0.02, 0.1])


@pytest.mark.parametrize(
    ("formula", "by", "said"),
    [
        (Formula.LINEAR, None, "a linear cut needs its number; write 'by: 0.5'"),
        (Formula.LINEAR, 80.0, "shares are written 0.15 for 15 per cent and lie between 0 and 1"),
        (Formula.SWISS, 0.0, "a swiss cut by 0 cannot be"),
        (Formula.RATE, 15.0, "a rate cut by 15 cannot be"),
    ],
)
def test_what_cannot_be_is_said(formula: Formula, by: float | None, said: str) -> None:
    with pytest.raises(ValueProblem, match=said):
        Cut(formula, by)


def test_a_year_before_entry_into_force() -> None:
    with pytest.raises(ValueProblem, match="years count from 0"):
        staged(RATES, RATES, -1, np.zeros(5))

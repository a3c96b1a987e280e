"""The two named procedures: what they share with the exact equilibrium, and where they part from it."""

from __future__ import annotations

import numpy as np
import pytest

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import Model, NoEquilibrium, conditional, full
from servanda.scenarios.variants import book, one_step
from tests.scenarios.test_equilibrium import agreement, drawn, numbers


@pytest.mark.parametrize("procedure", [book, one_step])
def test_no_change_gives_no_change(procedure: object) -> None:
    assert callable(procedure)
    names, trade = drawn(1)
    assert numbers(procedure(names, trade, np.zeros_like(trade), 4, "C02")) == pytest.approx(1)


@pytest.mark.parametrize("procedure", [book, one_step])
def test_a_small_change_is_nearly_that_of_the_exact_one(procedure: object) -> None:
    assert callable(procedure)
    names, trade = drawn(3, even=True)
    effect = agreement(6, effect=0.05)
    exact = full(names, trade, effect, 4, numeraire="C02", is_bought=True)
    made = procedure(names, trade, effect, 4, "C02")
    assert made.real_income == pytest.approx(exact.real_income, abs=0.2 * np.abs(exact.real_income - 1).max())
    assert not np.allclose(made.real_income, exact.real_income, rtol=1e-9, atol=0), "they stop short of it"


def test_one_step_keeps_the_price_index_of_fixed_incomes() -> None:
    names, trade = drawn(4)
    effect = agreement(6)
    made, fixed = one_step(names, trade, effect, 4, "C01"), conditional(names, trade, effect, 4)
    ratio = made.real_income / fixed.real_income
    assert made.price_index[1] == pytest.approx(1) and made.price.shape == ratio.shape


def test_rounds_that_do_not_end_are_an_error() -> None:
    names, trade = drawn(5)
    with pytest.raises(NoEquilibrium):
        book(names, trade, agreement(6, effect=3.0), 1.2, "C01", stop=0.0)


def test_a_reference_that_is_not_there() -> None:
    names, trade = drawn(6)
    with pytest.raises(RequestError, match="'XXX' is no country of the table"):
        one_step(names, trade, agreement(6), 4, "XXX")


def test_both_models_name_the_same_elasticity() -> None:
    assert Model.ARMINGTON.theta(5) == Model.EATON_KORTUM.theta(4) == 4
    with pytest.raises(RequestError, match="sigma is 1; goods of different origin are told apart only above 1"):
        Model.ARMINGTON.theta(1)

"""General equilibrium: what theory says must hold, closed forms, and a slower road to the same numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import Array, Deficits, Equilibrium, NoEquilibrium, conditional, full
from tests.properties import examples, given

BOTH = list(Deficits)


def drawn(seed: int, many: int = 6, even: bool = False) -> tuple[tuple[str, ...], Array]:
    """Trade among countries, most of it at home; `even` where nobody has a deficit."""
    draw = np.random.default_rng(seed)
    trade = np.exp(draw.normal(0, 1, (many, many))) + np.diag(np.exp(draw.normal(3, 1, many)))
    if even:
        trade = (trade + trade.T) / 2
    return tuple(f"C{place:02}" for place in range(many)), trade


def agreement(many: int, one: int = 0, other: int = 1, effect: float = 0.5) -> Array:
    made = np.zeros((many, many))
    made[one, other] = made[other, one] = effect
    return made


def numbers(made: Equilibrium) -> Array:
    return np.array([made.price, made.price_index, made.real_income, made.welfare, made.exports, made.imports])


@pytest.mark.parametrize("deficits", BOTH)
def test_no_change_gives_no_change(deficits: Deficits) -> None:
    names, trade = drawn(1)
    made = full(names, trade, np.zeros_like(trade), 4, deficits)
    assert numbers(made) == pytest.approx(1) and made.after == pytest.approx(trade)
    assert conditional(names, trade, np.zeros_like(trade), 4).after == pytest.approx(trade)


SEEDS, THETAS = st.integers(0, 10_000), st.floats(1.5, 9)


@examples(40)
@given(SEEDS, THETAS, st.sampled_from(BOTH), st.floats(0.01, 100))
def test_the_unit_of_trade_and_the_order_of_countries_do_not_matter(
    seed: int, theta: float, deficits: Deficits, scale: float
) -> None:
    names, trade = drawn(seed)
    effect = np.random.default_rng(seed).normal(0, 0.3, trade.shape)
    made = full(names, trade, effect, theta, deficits)
    assert numbers(full(names, trade * scale, effect, theta, deficits)) == pytest.approx(numbers(made), rel=1e-8)
    order = np.random.default_rng(seed + 1).permutation(len(names))
    turned = full(
        tuple(names[place] for place in order),
        trade[np.ix_(order, order)],
        effect[np.ix_(order, order)],
        theta,
        deficits,
    )
    assert numbers(turned) == pytest.approx(numbers(made)[:, order], rel=1e-8)


@examples(40)
@given(SEEDS, THETAS, st.sampled_from(BOTH))
def test_the_world_adds_up(seed: int, theta: float, deficits: Deficits) -> None:
    names, trade = drawn(seed)
    effect = np.random.default_rng(seed).normal(0, 0.3, trade.shape)
    made = full(names, trade, effect, theta, deficits)
    assert made.after.sum() == pytest.approx(trade.sum()), "the world's output stays the same"
    assert made.after.sum(axis=1) == pytest.approx(made.price * trade.sum(axis=1), rel=1e-9), "all is sold"
    if deficits is Deficits.ADDITIVE:
        gap = made.after.sum(axis=0) - made.after.sum(axis=1)
        assert gap == pytest.approx(trade.sum(axis=0) - trade.sum(axis=1), abs=1e-7 * trade.sum()), (
            "deficits stay in money"
        )
    else:
        ratio = (made.after.sum(axis=0) / made.after.sum(axis=1)) / (trade.sum(axis=0) / trade.sum(axis=1))
        assert ratio == pytest.approx(ratio[0]), "deficits stay as shares, but for one factor for all"


@examples(40)
@given(SEEDS, THETAS)
def test_welfare_is_the_share_spent_at_home(seed: int, theta: float) -> None:
    """Arkolakis, Costinot and Rodriguez-Clare 2012, eq. 1: without deficits welfare moves with the home share alone."""
    names, trade = drawn(seed, even=True)
    made = full(names, trade, agreement(len(names)), theta)
    home = (np.diag(made.after) / made.after.sum(axis=0)) / (np.diag(trade) / trade.sum(axis=0))
    assert made.welfare == pytest.approx(home ** (-1 / theta), rel=1e-9)
    assert made.welfare == pytest.approx(made.real_income, rel=1e-9)


@examples(40)
@given(SEEDS, THETAS)
def test_an_agreement_of_two_helps_them_and_not_the_others(seed: int, theta: float) -> None:
    names, trade = drawn(seed, even=True)
    made = full(names, trade, agreement(len(names)), theta)
    assert (made.welfare[:2] > 1).all() and (made.exports[:2] > 1).all()
    assert made.after[0, 1] > trade[0, 1] and made.after[1, 0] > trade[1, 0]
    assert made.welfare[:2].min() > made.welfare[2:].max()


def test_two_alike_countries_in_free_trade_have_a_closed_form() -> None:
    """Home share from a to 1/2 where the border falls away: welfare (2a)^(1/theta), prices stay."""
    home, theta = 0.8, 5.0
    trade = np.array([[home, 1 - home], [1 - home, home]])
    effect = agreement(2, effect=float(np.log(home / (1 - home))))
    made = full(("A", "B"), trade, effect, theta)
    assert made.price == pytest.approx([1, 1]) and made.after == pytest.approx(np.full((2, 2), 0.5))
    assert made.welfare == pytest.approx((2 * home) ** (1 / theta))
    assert made.exports == pytest.approx(0.5 / (1 - home))


@pytest.mark.parametrize("deficits", BOTH)
def test_the_slow_road_gives_the_same(deficits: Deficits) -> None:
    """Prices moved a little towards those whose goods are wanted, ten thousand times."""
    names, trade = drawn(7)
    effect, theta = np.random.default_rng(8).normal(0, 0.4, trade.shape), 4.0
    output, spent = trade.sum(axis=1), trade.sum(axis=0)
    price = np.ones(len(names))
    for _ in range(10_000):
        wanted = spent * price * ((price * output).sum() / (spent * price).sum())
        pays = wanted if deficits is Deficits.MULTIPLICATIVE else price * output + spent - output
        raised = trade / spent * np.exp(effect) * price[:, None] ** -theta
        sold = (raised / raised.sum(axis=0) * pays).sum(axis=1)
        price = price * (sold / (price * output)) ** 0.1
        price = price * output.sum() / (price * output).sum()
    assert full(names, trade, effect, theta, deficits).price == pytest.approx(price, rel=1e-8)


def test_conditional_keeps_what_is_sold_and_bought() -> None:
    names, trade = drawn(9)
    made = conditional(names, trade, agreement(6), 4)
    assert made.after.sum(axis=0) == pytest.approx(trade.sum(axis=0))
    assert made.after.sum(axis=1) == pytest.approx(trade.sum(axis=1))
    assert made.price == pytest.approx(1) and made.after[0, 1] > trade[0, 1]


def test_a_numeraire_keeps_its_price() -> None:
    names, trade = drawn(10)
    made, other = (full(names, trade, agreement(6), 4, numeraire=name) for name in (None, "C03"))
    assert other.price[3] == pytest.approx(1) and other.real_income == pytest.approx(made.real_income)
    assert other.price / made.price == pytest.approx(1 / made.price[3])


def off(**changes: Any) -> dict[str, Any]:
    names, trade = drawn(11, 3)
    return {"countries": names, "trade": trade, "effect": np.zeros((3, 3)), "theta": 4.0, **changes}


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (off(theta=0.0), "theta is 0; the elasticity of trade is above 0"),
        (off(theta=float("nan")), "theta is nan"),
        (off(trade=-np.ones((3, 3))), "trade is not negative"),
        (off(trade=np.ones((2, 2))), "a square of that size"),
        (off(effect=np.full((3, 3), 100.0)), "give logs, not per cent"),
        (off(trade=np.array([[1.0, 1, 1], [0, 0, 0], [1, 1, 1]])), "C01 sells nothing, not even at home"),
        (off(trade=np.array([[1.0, 0, 1], [1, 0, 1], [1, 0, 1]])), "C01 buys nothing"),
        (off(numeraire="XXX"), "'XXX' is no country of the table"),
    ],
)
def test_what_cannot_be_is_said(given_: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        full(**given_)


def test_a_search_that_does_not_end_is_an_error_with_its_residual(monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.scenarios import equilibrium

    monkeypatch.setattr(equilibrium, "ROUNDS", 1)
    names, trade = drawn(12)
    with pytest.raises(NoEquilibrium, match="the greatest excess demand left is") as fault:
        full(names, trade, agreement(6), 4)
    assert fault.value.residual > 1e-6

"""Many sectors: what theory says must hold, and the one-sector model as their limit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import Deficits, NoEquilibrium, full
from servanda.scenarios.sectors import Outcome, slope, solve
from servanda.scenarios.world import World, without_negatives
from tests.properties import examples, given

SEEDS = st.integers(0, 10_000)


def drawn(seed: int, many: int = 4, sectors: int = 3, tariffs: bool = True) -> World:
    """Trade that is mostly domestic; inputs are a third to a half of what is made; nobody is short of labour."""
    draw = np.random.default_rng(seed)
    home = np.zeros((many, sectors, many))
    home[np.arange(many), :, np.arange(many)] = np.exp(draw.normal(3, 0.5, (many, sectors)))
    flows = np.exp(draw.normal(0, 1, home.shape)) + home
    part = draw.uniform(0.3, 0.5, home.shape)
    rates = draw.uniform(0, 0.3, home.shape) * (home == 0) * tariffs
    effect = np.zeros_like(home)
    effect[0, :, 1] = effect[1, :, 0] = 0.4
    return World(
        tuple(f"P{number}" for number in range(many)), tuple(f"s{number}" for number in range(sectors)), flows * part,
        flows * (1 - part), flows.sum(axis=2) * 0.6, rates, rates, effect, draw.uniform(2, 8, sectors),
    )  # fmt: skip


def numbers(made: Outcome) -> np.ndarray:
    return np.array([made.wage, made.price_index, made.real_income, made.exports, made.imports])


def test_no_change_gives_no_change() -> None:
    world = drawn(1)
    made = solve(replace(world, effect=np.zeros_like(world.effect)))
    assert numbers(made) == pytest.approx(1, abs=1e-9) and made.output == pytest.approx(1, abs=1e-9)
    assert made.after == pytest.approx(made.before) and made.revenue == pytest.approx(0, abs=1e-8)


@examples(10)
@given(SEEDS, st.floats(0.01, 100))
def test_the_unit_and_the_order_do_not_matter(seed: int, scale: float) -> None:
    world = drawn(seed)
    made = solve(world)
    larger = replace(
        world, intermediate=world.intermediate * scale, final=world.final * scale, added=world.added * scale
    )
    assert numbers(solve(larger)) == pytest.approx(numbers(made), rel=1e-7)
    order = np.random.default_rng(seed).permutation(4)
    both = np.ix_(order, np.arange(3), order)
    turned = replace(
        world, added=world.added[order],
        **{name: getattr(world, name)[both] for name in ("intermediate", "final", "tariff_before", "tariff_after", "effect")},
    )  # fmt: skip
    assert numbers(solve(turned)) == pytest.approx(numbers(made)[:, order], rel=1e-7)


@examples(10)
@given(SEEDS)
def test_the_world_adds_up(seed: int) -> None:
    world = drawn(seed)
    made = solve(world)
    output = world.intermediate.sum(axis=2) + world.final.sum(axis=2)
    assert made.after.sum(axis=2) == pytest.approx(made.output * output, rel=1e-8)
    gap = made.after.sum(axis=(0, 1)) - made.after.sum(axis=(1, 2))
    before = made.before.sum(axis=(0, 1)) - made.before.sum(axis=(1, 2))
    assert gap == pytest.approx(before, abs=1e-7 * made.before.sum()), "deficits stay in money"


@examples(15)
@given(SEEDS, st.floats(1.5, 8))
def test_one_sector_without_inputs_is_the_one_sector_model(seed: int, theta: float) -> None:
    world = drawn(seed, sectors=1, tariffs=False)
    flows = world.intermediate + world.final
    alone = replace(world, intermediate=flows * 0, final=flows, added=flows.sum(axis=2), theta=np.array([theta]))
    made = solve(alone)
    one = full(world.parties, flows[:, 0, :], world.effect[:, 0, :], theta, Deficits.ADDITIVE)
    assert made.wage == pytest.approx(one.price, rel=1e-8)
    assert made.price_index == pytest.approx(one.price_index, rel=1e-8)
    assert made.real_income == pytest.approx(one.welfare, rel=1e-8)
    assert made.exports == pytest.approx(one.exports, rel=1e-7)


@examples(10)
@given(SEEDS)
def test_inputs_enlarge_what_an_agreement_brings(seed: int) -> None:
    """Costs fall again with each round of inputs: the same cut is worth more where sectors buy from each other."""
    world = drawn(seed, tariffs=False)
    flows = world.intermediate + world.final
    even = (flows + flows.transpose(2, 1, 0)) / 2
    half = replace(world, intermediate=even * 0.4, final=even * 0.6, added=even.sum(axis=2) * 0.6)
    none = replace(world, intermediate=even * 0, final=even, added=even.sum(axis=2))
    with_, without = solve(half), solve(none)
    assert (with_.real_income[:2] > 1).all() and (without.real_income[:2] > 1).all()
    assert with_.real_income[:2].sum() > without.real_income[:2].sum()


def test_two_alike_parties_with_inputs_have_a_closed_form() -> None:
    """Wages stay. With the share b of inputs, ln P = (ln of the home share's fall)/(theta (1 - b))."""
    home, theta, b = 0.8, 5.0, 0.4
    flows = np.array([[[home, 1 - home]], [[1 - home, home]]])
    effect = np.zeros((2, 1, 2))
    effect[0, 0, 1] = effect[1, 0, 0] = np.log(home / (1 - home))
    zero = np.zeros_like(flows)
    made = solve(
        World(
            ("A", "B"),
            ("s",),
            flows * b,
            flows * (1 - b),
            np.ones((2, 1)) * (1 - b),
            zero,
            zero,
            effect,
            np.array([theta]),
        )
    )
    assert made.wage == pytest.approx([1, 1])
    assert made.real_income == pytest.approx((2 * home) ** (1 / theta / (1 - b)))


def test_a_tariff_that_falls_is_a_cost_that_falls_and_revenue_that_is_lost() -> None:
    world = drawn(5)
    after = world.tariff_before.copy()
    after[1, :, 0] = 0
    made = solve(replace(world, tariff_after=after, effect=np.zeros_like(world.effect)))
    assert made.revenue[0] < 0 and made.exports[1] > 1 and made.price_index[0] < made.price_index[2]


def test_negative_final_use_is_set_aside_and_counted() -> None:
    flows, many, size = without_negatives(np.array([[3.0, -1.0], [6.0, 0.0]]))
    assert flows.min() == 0 and many == 1 and size == pytest.approx(0.1)


def off(**changes: Any) -> World:
    return replace(drawn(6), **changes)


CUBE = (4, 3, 4)


@pytest.mark.parametrize(
    ("world", "said"),
    [
        (off(final=-np.ones(CUBE)), "final is negative in 48 cells; use without_negatives"),
        (off(tariff_after=np.full(CUBE, 15.0)), "a tariff is a share from 0 to 10"),
        (off(theta=np.zeros(3)), "theta is one elasticity above 0 for each of 3 sectors"),
        (off(added=np.ones((2, 2))), "value added is parties, sectors"),
        (off(effect=np.full(CUBE, 50.0)), "give logs, not per cent"),
        (off(effect=np.zeros((1, 1, 1))), "effect is exporters, sectors, importers"),
        (off(intermediate=np.full(CUBE, np.nan)), "intermediate has an empty cell"),
        (off(final=np.zeros(CUBE)), "P0 has no final use"),
        (off(final=np.zeros(CUBE), intermediate=np.zeros(CUBE)), "P0 sells nothing"),
        (off(added=np.full((4, 3), 1e4)), "P0 adds 30,000 of value and sells .*; the two tables are not of one unit"),
    ],
)
def test_what_cannot_be_is_said(world: World, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        solve(world)


def test_inputs_are_scaled_to_what_is_bought_and_that_is_told() -> None:
    world = drawn(6, tariffs=False)
    assert solve(replace(world, added=world.added * 1.1)).scaled.min() > 1


def test_known_inputs_take_the_place_of_the_same_mix() -> None:
    world = drawn(6)
    output = (world.intermediate + world.final).sum(axis=2)
    bought = (world.intermediate * (1 + world.tariff_before)).sum(axis=0).T
    same = bought[:, :, None] / output.sum(axis=1)[:, None, None] * np.ones((1, 1, 3))
    even = replace(world, added=output * (1 - bought.sum(axis=1) / output.sum(axis=1))[:, None])
    assert numbers(solve(replace(even, inputs=same))) == pytest.approx(numbers(solve(even)), rel=1e-8)
    other = same.copy()
    other[:, 0, 0] += 0.01 * output[:, 1] / output[:, 0]
    other[:, 0, 1] -= 0.01
    assert np.abs(numbers(solve(replace(even, inputs=other))) - numbers(solve(even))).max() > 1e-6
    with pytest.raises(RequestError, match="the shares of inputs do not use what"):
        solve(replace(even, inputs=same * 0.5))


def test_a_slope_from_nearby_leads_to_the_same_place() -> None:
    world = drawn(8)
    near = slope(replace(world, theta=world.theta * 1.3))
    assert numbers(solve(world, near)) == pytest.approx(numbers(solve(world)), rel=1e-8)


def test_a_search_that_does_not_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.scenarios import sectors

    monkeypatch.setattr(sectors, "ROUNDS", 1)
    with pytest.raises(NoEquilibrium):
        solve(drawn(7))

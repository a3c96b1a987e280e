"""General equilibrium of many sectors that buy from each other, in changes: Caliendo and Parro 2015.

"Estimates of the trade and welfare effects of NAFTA", Review of Economic Studies 82, eq. 8 to 14. Eaton and Kortum's
model in each sector, with inputs from all sectors and tariff revenue that is spent. Labour moves among sectors and not
among parties; deficits stay in money of the numeraire, which is the world's value added.

Where only a party's total purchases of each input are known and not who uses them (as in tables of exporter, sector,
importer), every sector of a party is taken to buy its inputs in the same mix, scaled to its own share of inputs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import NoEquilibrium
from servanda.scenarios.world import World, check

Array = NDArray[np.float64]
ROUNDS, INNER, TOLERANCE = 200, 2000, 1e-10
"""The greatest gap between what labour earns and what is paid for it, as a share, at which an equilibrium is found."""
NUDGE = 1e-5
CONSISTENT = 1e-6
"""How far shares of inputs may be from what is bought, as a share of the largest purchase."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Ratios to before: `wage`, `price_index`, `real_income`, `exports`, `imports` (parties,); `price` and `output`
    (parties, sectors). `revenue` of tariffs, after less before (parties,). `before`, `after`: trade at border prices.

    `real_income` is income with tariff revenue and deficit over the price of final use (their eq. 15 in full changes).
    `scaled` (parties,): by how much shares of inputs were scaled so that what is bought and what is used agree.
    """

    parties: tuple[str, ...]
    sectors: tuple[str, ...]
    wage: Array
    price_index: Array
    real_income: Array
    exports: Array
    imports: Array
    price: Array
    output: Array
    revenue: Array
    before: Array
    after: Array
    scaled: Array
    rounds: int
    residual: float


@dataclass(slots=True)
class _State:
    """What the search stands on, and where it left prices (in logs) and spending: the next round begins there."""

    world: World
    share: Array
    moved: Array
    labour: Array
    inputs: Array
    taste: Array
    earned: Array
    deficit: Array
    prices: Array
    spent: Array


def solve(world: World, slope: Array | None = None) -> Outcome:
    """The equilibrium after the change. Raises RequestError for what cannot be, NoEquilibrium where none is found.

    `slope` (parties, parties), of a world nearly the same (`slope`), spares the search its first step.
    """
    check(world)
    state, scaled = _state(world)
    wages, rounds, residual = _wages(state, slope)
    return _gathered(state, wages, scaled, rounds, residual)


def _state(world: World) -> tuple[_State, Array]:
    """Shares and parameters of the world before, consistent with each other, and how inputs were scaled for it."""
    dutied = 1 + world.tariff_before
    flows = world.intermediate + world.final
    spent = (flows * dutied).sum(axis=0)
    share = flows * dutied / np.where(spent > 0, spent, 1)
    output = flows.sum(axis=2)
    bought, used = ((one * dutied).sum(axis=0).T for one in (world.intermediate, world.final))
    labour = np.clip(np.where(output > 0, world.added / np.where(output > 0, output, 1), 1.0), 1e-6, 1.0)
    if world.inputs is None:
        material = ((1 - labour) * output).sum(axis=1)
        total = bought.sum(axis=1)
        scaled = np.where(material > 0, total / np.where(material > 0, material, 1), 1.0)
        labour = 1 - (1 - labour) * scaled[:, None]
        if (labour <= 0).any():
            place = np.argwhere(labour <= 0)[0]
            raise RequestError(
                f"{world.parties[place[0]]} buys more inputs than its sectors can use ({world.sectors[place[1]]}); "
                "value added and trade are not of one source or one unit"
            )
        mix = bought / np.where(total > 0, total, 1)[:, None]
        inputs = mix[:, :, None] * (1 - labour)[:, None, :]
    else:
        inputs, scaled = world.inputs, np.ones(len(world.parties))
        labour = 1 - inputs.sum(axis=1)
        apart = np.abs(np.einsum("nkj,nj->nk", inputs, output) - bought)
        if apart.max() > CONSISTENT * bought.max():
            place = np.argwhere(apart == apart.max())[0]
            raise RequestError(
                f"the shares of inputs do not use what {world.parties[place[0]]} buys of {world.sectors[place[1]]}; "
                "take both from one table"
            )
    income = used.sum(axis=1)
    earned = (labour * output).sum(axis=1)
    revenue = (world.tariff_before * flows).sum(axis=(0, 1))
    moved = share * np.exp(world.effect)
    moved = moved * ((1 + world.tariff_after) / dutied) ** -world.theta[None, :, None]
    state = _State(
        world, share, moved, labour, inputs, used / income[:, None], earned, income - earned - revenue,
        np.zeros(output.shape), spent.copy(),
    )  # fmt: skip
    return state, scaled


def _prices(state: _State, wages: Array) -> Array:
    """Trade shares (exporters, sectors, importers) at these wages; leaves the log of price indices in the state."""
    theta = state.world.theta
    for _ in range(INNER):
        cost = state.labour * wages[:, None] + np.einsum("nkj,nk->nj", state.inputs, state.prices)
        raised = state.moved * np.exp(-theta * cost)[:, :, None]
        total = raised.sum(axis=0)
        new = np.where(total > 0, -np.log(np.where(total > 0, total, 1)) / theta[:, None], 0.0).T
        gap = float(np.abs(new - state.prices).max())
        state.prices = new
        if gap < TOLERANCE / 100:
            return np.asarray(raised / np.where(total > 0, total, 1))
    raise NoEquilibrium(INNER, gap)


def _spending(state: _State, share: Array, wages: Array) -> Array:
    """Trade at border prices (exporters, sectors, importers) at these wages and shares."""
    border = share / (1 + state.world.tariff_after)
    duties = state.world.tariff_after * border
    scale = float(state.spent.sum())
    for _ in range(INNER):
        output = (border * state.spent).sum(axis=2)
        income = np.exp(wages) * state.earned + (duties * state.spent).sum(axis=(0, 1)) + state.deficit
        if (income <= 0).any():
            name = state.world.parties[int(np.argmin(income))]
            raise RequestError(
                f"{name} would have nothing left to spend after its transfer abroad; the change is too large"
            )
        new = (np.einsum("nkj,nj->nk", state.inputs, output) + state.taste * income[:, None]).T
        gap = float(np.abs(new - state.spent).sum()) / scale
        state.spent = new
        if gap < TOLERANCE / 100:
            return np.asarray(border * state.spent)
    raise NoEquilibrium(INNER, gap)


def _gap(state: _State, wages: Array) -> Array:
    """What is paid for labour over what it earns at these wages, in logs."""
    trade = _spending(state, _prices(state, wages), wages)
    paid = (state.labour * trade.sum(axis=2)).sum(axis=1)
    return np.asarray(np.log(paid / state.earned) - wages)


def slope(world: World) -> Array:
    """How what is paid for labour moves with wages (parties, parties), in logs, where nothing has moved yet."""
    check(world)
    state, _ = _state(world)
    still = np.zeros(len(state.earned))
    return _slope(state, still, _gap(state, still))


def _wages(state: _State, slope: Array | None) -> tuple[Array, int, float]:
    """Log wages at which labour earns what is paid for it, by Broyden's method; the world's value added stays."""
    many = len(state.earned)
    wages = np.zeros(many)
    gap = _gap(state, wages)
    for round_ in range(1, ROUNDS + 1):
        residual = float(np.abs(gap).max())
        if residual < TOLERANCE:
            return wages, round_, residual
        if slope is None:
            slope = _slope(state, wages, gap)
        # One market is redundant: wages count in the world's value added, which stays.
        step = np.linalg.lstsq(np.vstack([slope, state.earned / state.earned.sum()]), np.append(-gap, 0), rcond=None)[0]
        step *= min(1.0, 0.3 / max(float(np.abs(step).max()), 1e-300))
        trial = wages + step
        trial -= np.log((np.exp(trial) * state.earned).sum() / state.earned.sum())
        step, new = trial - wages, _gap(state, trial)
        slope = slope + np.outer(new - gap - slope @ step, step) / max(float(step @ step), 1e-300)
        wages, gap = trial, new
    raise NoEquilibrium(ROUNDS, residual)


def _slope(state: _State, wages: Array, gap: Array) -> Array:
    """Of the gap in log wages, by nudging each."""
    columns = []
    for place in range(len(wages)):
        nudged = wages.copy()
        nudged[place] += NUDGE
        columns.append((_gap(state, nudged) - gap) / NUDGE)
    return np.array(columns).T


def _gathered(state: _State, wages: Array, scaled: Array, rounds: int, residual: float) -> Outcome:
    world, share = state.world, _prices(state, wages)
    after = _spending(state, share, wages)
    before = world.intermediate + world.final
    index = np.exp((state.taste * state.prices).sum(axis=1))
    revenue = [
        (rate * flows).sum(axis=(0, 1)) for rate, flows in ((world.tariff_after, after), (world.tariff_before, before))
    ]
    old = state.earned + revenue[1] + state.deficit
    new = np.exp(wages) * state.earned + revenue[0] + state.deficit
    made = before.sum(axis=2)
    output = np.where(made > 0, after.sum(axis=2) / np.where(made > 0, made, 1), 1.0)
    abroad = [_ratio(_abroad(after, axis), _abroad(before, axis)) for axis in (2, 0)]
    return Outcome(
        world.parties, world.sectors, np.exp(wages), index, new / old / index, abroad[0], abroad[1],
        np.exp(state.prices), output, revenue[0] - revenue[1], before, after, scaled, rounds, residual,
    )  # fmt: skip


def _abroad(flows: Array, axis: int) -> Array:
    total = flows.sum(axis=(1, axis))
    return np.asarray(total - np.einsum("njn->n", flows))


def _ratio(new: Array, old: Array) -> Array:
    return np.where(old > 0, new / np.where(old > 0, old, 1), 1.0)

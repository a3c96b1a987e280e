"""One industry, all markets at once: the global simulation model GSIM of Francois and Hall 2003.

"Global simulation analysis of industry-level trade policy", version 3.0. Goods are told apart by origin; each exporter
sells at one world price to all markets, which clears them. Prices are 1 before. `solve` in levels with constant
elasticities; `linear` the same conditions in percentage changes, as the paper and its spreadsheet have them (eq. 2 to
16). For small changes the two are one; for large ones the linear form lets no tariff of 40 per cent do what it does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import NoEquilibrium
from servanda.scenarios.tariffs import MOST

Array = NDArray[np.float64]
ROUNDS, TOLERANCE = 100, 1e-12


@dataclass(frozen=True, slots=True)
class Industry:
    """Trade of one industry at world prices (exporters in rows, importers in columns, domestic sales too), tariffs
    before and after of the same shape as shares, and elasticities: of composite demand and of substitution by
    importer, of supply by exporter, all positive.
    """

    parties: tuple[str, ...]
    trade: Array
    before: Array
    after: Array
    demand: Array
    substitution: Array
    supply: Array


@dataclass(frozen=True, slots=True)
class Markets:
    """What changes, by party: `price` and `output` as ratios to before, the rest in the money of trade.

    `producer`: surplus of sellers, `consumer`: of buyers, `revenue`: of tariffs, `welfare`: the sum of the three.
    `after`: trade at the new world prices.
    """

    parties: tuple[str, ...]
    price: Array
    output: Array
    producer: Array
    consumer: Array
    revenue: Array
    welfare: Array
    after: Array
    rounds: int
    residual: float


def solve(industry: Industry) -> Markets:
    """World prices at which every exporter sells what it makes; raises NoEquilibrium where none is found."""
    check(industry)
    sells = industry.trade.sum(axis=1)
    held = sells > 0
    _, weight = _spent(industry)
    power = (1 + industry.after) / (1 + industry.before)
    prices = np.zeros(len(sells))
    for round_ in range(1, ROUNDS + 1):
        excess, slope = _excess(prices, industry, weight, power)
        residual = float(np.abs(excess[held]).max(initial=0.0))
        if residual < TOLERANCE:
            return _gathered(prices, industry, weight, power, round_, residual)
        step = np.zeros(len(sells))
        step[held] = np.linalg.solve(slope[np.ix_(held, held)], -excess[held])
        prices = prices + step * min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-300))
    raise NoEquilibrium(ROUNDS, residual)


def linear(industry: Industry) -> Markets:
    """World prices, surpluses and trade as published: one linear system in percentage changes (eq. 10 to 16).

    The buyers' surplus is the paper's eq. 16, which adds the triangle to a loss instead of taking it off.
    """
    check(industry)
    sells, (spent, share) = industry.trade.sum(axis=1), _spent(industry)
    held = sells > 0
    cut = (industry.after - industry.before) / (1 + industry.before)
    # Of r in market v: -substitution times its own price there, and cross times every price there (eq. 5 and 6).
    cross = share * (industry.substitution - industry.demand)
    weight = industry.trade / np.where(held, sells, 1)[:, None]

    def bought(local: Array) -> Array:
        changed: Array = (cross * local).sum(axis=0) - industry.substitution * local
        return changed

    system = np.diag(industry.supply + weight @ industry.substitution) - weight @ cross.T
    shift = (weight * bought(cut)).sum(axis=1)
    price = np.zeros(len(sells))
    price[held] = np.linalg.solve(system[np.ix_(held, held)], shift[held])
    local = price[:, None] + cut
    after = industry.trade * (1 + bought(local)) * (1 + price[:, None])
    index = (share * local).sum(axis=0)
    producer = sells * price * (1 + 0.5 * industry.supply * price)
    consumer = spent * (-index - 0.5 * industry.demand * index**2 * np.sign(index))
    revenue = (industry.after * after - industry.before * industry.trade).sum(axis=0)
    return Markets(
        industry.parties, 1 + price, 1 + industry.supply * price, producer, consumer, revenue,
        producer + consumer + revenue, after, 1, float(np.abs((system @ price - shift)[held]).max(initial=0.0)),
    )  # fmt: skip


def _spent(industry: Industry) -> tuple[Array, Array]:
    """What each market spends at its own prices before, and the share of every origin in it."""
    spent = industry.trade * (1 + industry.before)
    every = spent.sum(axis=0)
    return every, spent / np.where(every > 0, every, 1)


def _demanded(prices: Array, industry: Industry, weight: Array, power: Array) -> tuple[Array, Array, Array]:
    """Quantities bought, price indices of markets (ratios to before), and shares of spending after."""
    local = np.exp(prices)[:, None] * power
    raised = weight * local ** (1 - industry.substitution)
    total = raised.sum(axis=0)
    bought = np.where(total > 0, total, 1.0)
    index = bought ** (1 / (1 - industry.substitution))
    quantity = industry.trade * (local / index) ** -industry.substitution * index**-industry.demand
    return quantity, index, raised / bought


def _excess(prices: Array, industry: Industry, weight: Array, power: Array) -> tuple[Array, Array]:
    """Demand less supply as a share of sales before, and its slope in log prices."""
    quantity, _, share = _demanded(prices, industry, weight, power)
    sells = np.where(industry.trade.sum(axis=1) > 0, industry.trade.sum(axis=1), 1.0)
    made = np.exp(prices * industry.supply)
    cross = quantity * (industry.substitution - industry.demand)
    slope = cross @ share.T - np.diag((quantity * industry.substitution).sum(axis=1))
    return quantity.sum(axis=1) / sells - made, slope / sells[:, None] - np.diag(industry.supply * made)


def _gathered(prices: Array, industry: Industry, weight: Array, power: Array, rounds: int, residual: float) -> Markets:
    price, supply, demand = np.exp(prices), industry.supply, industry.demand
    quantity, index, _ = _demanded(prices, industry, weight, power)
    sells = industry.trade.sum(axis=1)
    spent, _ = _spent(industry)
    # Areas under curves of constant elasticity, from the old price to the new one.
    producer = sells * (price ** (1 + supply) - 1) / (1 + supply)
    even = np.isclose(demand, 1.0)
    area = np.where(even, np.log(index), (index ** (1 - demand) - 1) / np.where(even, 1.0, 1 - demand))
    after = quantity * price[:, None]
    revenue = (industry.after * after).sum(axis=0) - (industry.before * industry.trade).sum(axis=0)
    consumer = -spent * area
    return Markets(
        industry.parties, price, price**supply, producer, consumer, revenue, producer + consumer + revenue, after,
        rounds, residual,
    )  # fmt: skip


def check(industry: Industry) -> None:
    """Raises RequestError for an industry that cannot be."""
    many = len(industry.parties)
    if any(one.shape != (many, many) for one in (industry.trade, industry.before, industry.after)):
        raise RequestError(f"trade and tariffs of {many} parties are squares of that size")
    if not np.isfinite(industry.trade).all() or (industry.trade < 0).any():
        raise RequestError("trade is not negative and no cell is empty; where nothing is sold write 0")
    for one in (industry.before, industry.after):
        if not ((one >= 0) & (one <= MOST)).all():
            worst = float(one.flat[np.nanargmax(np.abs(one))])
            raise RequestError(f"a tariff of {worst:g} cannot be; rates are shares from 0 to 10, 0.15 for 15 per cent")
    for name in ("demand", "substitution", "supply"):
        values = getattr(industry, name)
        if values.shape != (many,) or not ((values > 0) & np.isfinite(values)).all():
            raise RequestError(f"{name} is one elasticity above 0 for each of {many} parties")
    if np.isclose(industry.substitution, 1.0).any():
        raise RequestError("a substitution of exactly 1 leaves all shares of spending as they are; write 1.01")

"""The full equilibrium for many draws of its parameters at once: the same equations as `equilibrium.full`, stacked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import ROUNDS, TOLERANCE, Array, Deficits, NoEquilibrium, abroad, check, full

AT_ONCE = 16
"""Draws solved side by side: more fill the cache of the processor and are slower."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Ratios to before, each (draws, countries): as in `Equilibrium`."""

    price: Array
    price_index: Array
    real_income: Array
    welfare: Array
    exports: Array
    imports: Array


def many(
    countries: tuple[str, ...], trade: Array, patterns: Array, coefficients: Array, thetas: Array,
    deficits: Deficits = Deficits.MULTIPLICATIVE,
) -> Draws:  # fmt: skip
    """An equilibrium for every draw.

    `patterns` (costs, countries, countries) say where each cost changes and by how much, `coefficients` (draws, costs)
    what it does to the log of trade, `thetas` (draws,) the elasticity of trade; the effect of a draw is the sum over
    costs. The world's output stays the same. Raises NoEquilibrium where one draw has none.
    """
    patterns, coefficients = np.atleast_3d(patterns), np.atleast_2d(coefficients)
    if coefficients.shape != (len(thetas), len(patterns)):
        raise RequestError(
            f"{len(thetas)} draws of {len(patterns)} costs need as many coefficients, not {coefficients.shape}"
        )
    if (thetas <= 0).any():
        raise RequestError(f"{int((thetas <= 0).sum())} draws of theta are not above 0; draw it from a positive law")
    for row in (coefficients.min(axis=0), coefficients.max(axis=0)):
        check(countries, trade, np.tensordot(row, patterns, 1), float(thetas.min()), None)
    middle = full(
        countries, trade, np.tensordot(coefficients.mean(axis=0), patterns, 1), float(thetas.mean()), deficits
    )
    share, output, spent = trade / trade.sum(axis=0), trade.sum(axis=1), trade.sum(axis=0)
    parts = []
    for begun in range(0, len(thetas), AT_ONCE):
        some = slice(begun, begun + AT_ONCE)
        moved = share * np.exp(np.tensordot(coefficients[some], patterns, 1))
        parts.append(_solved(moved, output, spent, thetas[some], deficits, np.log(middle.price), trade))
    return Draws(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _solved(
    moved: Array, output: Array, spent: Array, thetas: Array, deficits: Deficits, start: Array, trade: Array
) -> tuple[Array, ...]:
    """Newton's method on excess demand, (draws, countries) at a time."""
    log_price = np.tile(start, (len(thetas), 1))
    for _ in range(ROUNDS):
        price = np.exp(log_price)
        pays = _pays(price, output, spent, deficits)
        raised = moved * (price ** -thetas[:, None])[:, :, None]
        total = raised.sum(axis=1)
        share = raised / total[:, None, :]
        sold = share * pays[:, None, :]
        income = price * output
        excess = sold.sum(axis=2) - income
        residual = float(np.abs(excess / income).max())
        if residual < TOLERANCE:
            index = total ** (-1 / thetas[:, None])
            return (price, index, price / index, pays / spent / index, *_abroad(sold, trade))
        step = _step(sold, share, income, pays, excess, thetas, deficits)
        log_price += step / np.maximum(1.0, np.abs(step).max(axis=1))[:, None]
        log_price -= np.log((np.exp(log_price) * output).sum(axis=1) / output.sum())[:, None]
    raise NoEquilibrium(ROUNDS, residual)


def _abroad(sold: Array, trade: Array) -> tuple[Array, Array]:
    """Exports and imports as ratios to before; 1 for a country that has none."""
    home = np.diagonal(sold, axis1=1, axis2=2)
    exports, imports = (sold.sum(axis=axis) - home for axis in (2, 1))
    ratios = (exports / abroad(trade, 1), imports / abroad(trade, 0))
    none = [trade.sum(axis=axis) == np.diag(trade) for axis in (1, 0)]
    return np.where(none[0], 1.0, ratios[0]), np.where(none[1], 1.0, ratios[1])


def _pays(price: Array, output: Array, spent: Array, deficits: Deficits) -> Array:
    if deficits is Deficits.MULTIPLICATIVE:
        wanted = spent * price
        made: Array = wanted * ((price * output).sum(axis=1) / wanted.sum(axis=1))[:, None]
        return made
    left: Array = price * output + (spent - output)
    if (left <= 0).any():
        raise RequestError("a country's deficit is larger than what it would still earn; take them as multiplicative")
    return left


def _step(
    sold: Array, share: Array, income: Array, pays: Array, excess: Array, thetas: Array, deficits: Deficits
) -> Array:
    theta, sells = thetas[:, None, None], sold.sum(axis=2)
    slope = theta * (sold @ share.transpose(0, 2, 1))
    own = np.arange(slope.shape[1])
    slope[:, own, own] -= thetas[:, None] * sells + income
    if deficits is Deficits.ADDITIVE:
        slope += share * income[:, None, :]
    else:
        scaled = income / income.sum(axis=1)[:, None] - pays / pays.sum(axis=1)[:, None]
        slope += sold + sells[:, :, None] * scaled[:, None, :]
    slope[:, -1, :], right = income, -excess
    right[:, -1] = 0.0
    return np.asarray(np.linalg.solve(slope, right[:, :, None]))[:, :, 0]

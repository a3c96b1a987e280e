"""General equilibrium of one-sector structural gravity after a change of trade costs, in changes ("exact hat algebra").

Anderson and van Wincoop 2003 (Gravity with Gravitas) with goods told apart by origin (theta = sigma - 1), or Eaton and
Kortum 2002 (theta is the spread of productivity): both have the same equations in changes (Dekle, Eaton and Kortum
2007; Arkolakis, Costinot and Rodriguez-Clare 2012, section III). Every country has a fixed endowment, sold at its
price.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError

Array = NDArray[np.float64]
ROUNDS = 200
TOLERANCE = 1e-12
"""The greatest excess demand, as a share of the country's output, at which an equilibrium is found."""


class Deficits(StrEnum):
    """How expenditure follows income: the deficit stays in money of the numeraire, or as a share of income.

    As shares, expenditures are scaled by one factor for all, so that the world spends what it earns.
    """

    ADDITIVE = "additive"
    MULTIPLICATIVE = "multiplicative"


class Model(StrEnum):
    """Whose equations they are. In changes they are the same; what the elasticity and the prices mean is not."""

    ARMINGTON = "armington"
    """Goods told apart by origin, elasticity of substitution sigma: prices at the factory gate."""
    EATON_KORTUM = "eaton-kortum"
    """Many goods from the cheapest seller, theta the sameness of productivity: prices are wages."""

    def theta(self, elasticity: float) -> float:
        """The elasticity of trade from the model's own parameter: sigma, which is above 1, or theta."""
        if self is Model.EATON_KORTUM:
            return elasticity
        if not elasticity > 1:
            raise RequestError(f"sigma is {elasticity:g}; goods of different origin are told apart only above 1")
        return elasticity - 1


class NoEquilibrium(RequestError):
    """The search for an equilibrium did not end: says how far it came. Never a result."""

    def __init__(self, rounds: int, residual: float) -> None:
        self.rounds, self.residual = rounds, residual
        super().__init__(
            f"no equilibrium was found in {rounds} rounds; the greatest excess demand left is {residual:.3g} of a "
            "country's output. Look for countries that sell or buy almost nothing, or for a change of costs too large"
        )


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """What changes, each as a ratio to before, by country in the order given; and trade before and after.

    `price`: of what a country makes; `price_index`: of what it buys. `real_income` = price / price_index;
    `welfare` = change of real expenditure. `exports` and `imports` leave domestic trade out, in money of the numeraire:
    the world's output stays the same, or the price of the country that is named.
    """

    countries: tuple[str, ...]
    price: Array
    price_index: Array
    real_income: Array
    welfare: Array
    exports: Array
    imports: Array
    before: Array
    after: Array
    rounds: int
    residual: float


def full(
    countries: tuple[str, ...], trade: Array, effect: Array, theta: float, deficits: Deficits = Deficits.MULTIPLICATIVE,
    numeraire: str | None = None, is_bought: bool = False,
) -> Equilibrium:  # fmt: skip
    """The equilibrium after a change of costs, with incomes and resistances adjusted.

    `trade`: square, exporters in rows, importers in columns, domestic trade on the diagonal, in one money; `effect`:
    the change of the log of trade that costs alone would bring, of the same shape. `theta` is above 0. Raises
    RequestError for what cannot be, NoEquilibrium where the search does not end. What stays the same is the price of
    what the `numeraire` makes or, where `is_bought`, of what it buys (as in Yotov et al. 2016, chapter 2).
    """
    check(countries, trade, effect, theta, numeraire)
    share = trade / trade.sum(axis=0)
    moved = share * np.exp(effect)
    output, spent = trade.sum(axis=1), trade.sum(axis=0)
    log_price, rounds, residual = _solve(moved, output, spent, theta, deficits)
    price = np.exp(log_price)
    if numeraire is not None:
        index = (moved * price[:, None] ** -theta).sum(axis=0) ** (-1 / theta)
        price = price / (index if is_bought else price)[countries.index(numeraire)]
    new_spent = _spent(price, output, spent, deficits)
    after = _trade(moved, price, new_spent, theta)
    index = (moved * price[:, None] ** -theta).sum(axis=0) ** (-1 / theta)
    return Equilibrium(
        countries, price, index, price / index, new_spent / spent / index, abroad(after, 1) / abroad(trade, 1),
        abroad(after, 0) / abroad(trade, 0), trade, after, rounds, residual,
    )  # fmt: skip


def conditional(countries: tuple[str, ...], trade: Array, effect: Array, theta: float) -> Equilibrium:
    """The same with outputs and expenditures as before: only the resistances adjust (Anderson and van Wincoop's
    "conditional" equilibrium). Prices stay; real income and welfare are the inverse of the price index."""
    check(countries, trade, effect, theta, None)
    output, spent = trade.sum(axis=1), trade.sum(axis=0)
    moved = trade / spent * np.exp(effect)
    # What a producer gets for a good at the border adjusts so that all is sold: the outward resistance.
    log_gate, rounds, residual = margins(moved, output, spent, theta)
    after = _trade(moved, np.exp(log_gate), spent, theta)
    index = (moved * np.exp(log_gate)[:, None] ** -theta).sum(axis=0) ** (-1 / theta)
    same = np.ones(len(countries))
    return Equilibrium(
        countries, same, index, 1 / index, 1 / index, abroad(after, 1) / abroad(trade, 1),
        abroad(after, 0) / abroad(trade, 0), trade, after, rounds, residual,
    )  # fmt: skip


def _spent(price: Array, output: Array, spent: Array, deficits: Deficits) -> Array:
    if deficits is Deficits.ADDITIVE:
        return price * output + (spent - output)
    wanted = spent * price
    made: Array = wanted * ((price * output).sum() / wanted.sum())
    return made


def _trade(moved: Array, price: Array, spent: Array, theta: float) -> Array:
    raised = moved * price[:, None] ** -theta
    result: Array = raised / raised.sum(axis=0) * spent
    return result


def _solve(moved: Array, output: Array, spent: Array, theta: float, deficits: Deficits) -> tuple[Array, int, float]:
    """Log prices at which every output is sold, by Newton's method on excess demand; the world's output stays."""
    log_price = np.zeros(len(output))
    for round_ in range(1, ROUNDS + 1):
        price = np.exp(log_price)
        new_spent = _spent(price, output, spent, deficits)
        if (new_spent <= 0).any():
            raise RequestError(
                "a country's deficit is larger than what it would still earn; take them as multiplicative"
            )
        sold = _trade(moved, price, new_spent, theta)
        excess = sold.sum(axis=1) - price * output
        residual = float(np.abs(excess / (price * output)).max())
        if residual < TOLERANCE:
            return log_price, round_, residual
        step = _step(sold, price * output, new_spent, excess, theta, deficits)
        log_price = log_price + step * min(1.0, 1.0 / max(float(np.abs(step).max()), 1e-300))
        log_price = log_price - np.log((np.exp(log_price) * output).sum() / output.sum())
    raise NoEquilibrium(ROUNDS, residual)


def _step(sold: Array, income: Array, spent: Array, excess: Array, theta: float, deficits: Deficits) -> Array:
    """Newton's step. One market is redundant (Walras); in its place the world's output stays the same."""
    share = sold / spent
    slope: Array = theta * (sold @ share.T) - np.diag(theta * sold.sum(axis=1)) - np.diag(income)
    if deficits is Deficits.ADDITIVE:
        slope += share * income
    else:
        slope += share * spent + np.outer(sold.sum(axis=1), income / income.sum() - spent / spent.sum())
    slope[-1], right = income, -excess.copy()
    right[-1] = 0.0
    return np.asarray(np.linalg.solve(slope, right))


def margins(moved: Array, output: Array, spent: Array, theta: float) -> tuple[Array, int, float]:
    """Log factors of exporters with which all margins are met; the first country's is 1."""
    log_gate = np.zeros(len(output))
    for round_ in range(1, ROUNDS + 1):
        sold = _trade(moved, np.exp(log_gate), spent, theta)
        excess = sold.sum(axis=1) - output
        residual = float(np.abs(excess / output).max())
        if residual < TOLERANCE:
            return log_gate - log_gate[0], round_, residual
        slope = theta * (sold @ (sold / spent).T) - np.diag(theta * sold.sum(axis=1))
        slope[-1], right = 0.0, -excess.copy()
        slope[-1, 0], right[-1] = 1.0, 0.0
        step = np.linalg.solve(slope, right)
        log_gate = log_gate + step * min(1.0, 1.0 / max(float(np.abs(step).max()), 1e-300))
    raise NoEquilibrium(ROUNDS, residual)


def abroad(trade: Array, axis: int) -> Array:
    """Trade without the domestic part; a country that has none before has none after, and its ratio is 1."""
    made: Array = trade.sum(axis=axis) - np.diag(trade)
    return np.where(made > 0, made, 1.0)


def check(countries: tuple[str, ...], trade: Array, effect: Array, theta: float, numeraire: str | None) -> None:
    """Raises RequestError for a world that cannot be."""
    if trade.shape != (len(countries), len(countries)) or effect.shape != trade.shape:
        raise RequestError(f"trade among {len(countries)} countries is a square of that size, not {trade.shape}")
    if not np.isfinite(theta) or theta <= 0:
        raise RequestError(f"theta is {theta:g}; the elasticity of trade is above 0, often between 3 and 8")
    if not (np.isfinite(trade).all() and np.isfinite(effect).all()) or (trade < 0).any():
        raise RequestError("trade is not negative and no cell is empty; where nothing is sold write 0")
    if np.abs(effect).max(initial=0.0) > 20:
        raise RequestError("a change of the log of trade beyond 20 is no change of costs; give logs, not per cent")
    for name, total in zip(countries, trade.sum(axis=1), strict=True):
        if total <= 0:
            raise RequestError(f"{name} sells nothing, not even at home; leave it out, or give its domestic trade")
    for name, total in zip(countries, trade.sum(axis=0), strict=True):
        if total <= 0:
            raise RequestError(f"{name} buys nothing, not even at home; leave it out, or give its domestic trade")
    if numeraire is not None and numeraire not in countries:
        raise RequestError(f"'{numeraire}' is no country of the table, so its price cannot stay the same")

"""Two published procedures for full general equilibrium that stop short of the exact one, each by its name.

`book`: the estimate-and-update rounds of Yotov, Piermartini, Monteiro and Larch 2016 (An Advanced Guide to Trade Policy
Analysis, chapter 2, after Anderson, Larch and Yotov 2015), which end once factory-gate prices move by less than 0.01
from one round to the next. `one_step`: as in the program gegravity (Herman 2021, USITC working paper 2021-04-B):
prices follow from the resistances at unchanged output shares, and incomes are updated once.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from servanda.errors import RequestError
from servanda.scenarios.equilibrium import Array, Equilibrium, NoEquilibrium, abroad, check, margins

BOOK_STOP = 0.01
BOOK_ROUNDS = 100


class Variant(StrEnum):
    """Which procedure gives the full equilibrium."""

    EXACT = "exact"
    BOOK = "book"
    GEGRAVITY = "gegravity"


def book(
    countries: tuple[str, ...], trade: Array, effect: Array, theta: float, reference: str, stop: float = BOOK_STOP
) -> Equilibrium:
    """The book's rounds, as its program writes them: `stop` bounds both the standard deviation and the greatest rise of
    the change of prices between two rounds. Shapes and units as in `equilibrium.full`; what `reference` buys keeps its
    price. Raises NoEquilibrium where the rounds do not end.
    """
    check(countries, trade, effect, theta, reference)
    place, output, spent = countries.index(reference), trade.sum(axis=1), trade.sum(axis=0)
    cost, share = trade * np.exp(effect), spent / output
    sells, buys = _effects(cost, output, spent, theta, place)
    made, moves, paid, now = cost * np.outer(sells, buys), [np.zeros(len(output)), sells ** (-1 / theta)], spent, output
    rise_out, rise_in = np.ones(len(output)), np.ones(len(output))
    for round_ in range(1, BOOK_ROUNDS + 1):
        wanted = made * np.outer(moves[-1] / rise_out, moves[-1] / rise_in)
        new_sells, new_buys = _effects(cost, wanted.sum(axis=1), wanted.sum(axis=0), theta, place)
        made = cost * np.outer(new_sells, new_buys)
        earned = made.sum(axis=1)
        pays = share * earned
        rise_out = earned / now * (pays[place] / paid[place]) / (new_sells / sells)
        rise_in = pays / paid / (new_buys / buys) / (pays[place] / paid[place])
        moves.append((new_sells / sells / (pays[place] / paid[place])) ** (-1 / theta))
        step = moves[-2] - moves[-3]
        sells, buys, now, paid = new_sells, new_buys, earned, pays
        residual = float(max(step.std(ddof=1), abs(step.max())))
        if residual <= stop:
            break
        if not np.isfinite(residual):
            raise NoEquilibrium(round_, residual)
    else:
        raise NoEquilibrium(BOOK_ROUNDS, residual)
    price = (sells / (paid[place] / spent[place])) ** (-1 / theta)
    inward = paid / spent / buys / (paid[place] / spent[place])
    # Y X / (P^(1-sigma) Pi^(1-sigma)) with the last round's resistances and incomes at the new prices.
    outward = price * paid[place] / spent[place] / sells
    after = cost * np.outer(price / outward, price / inward)
    return _gathered(countries, price, inward ** (-1 / theta), trade, after, round_, residual)


def one_step(countries: tuple[str, ...], trade: Array, effect: Array, theta: float, reference: str) -> Equilibrium:
    """gegravity's equilibrium: shapes and units as in `equilibrium.full`; what `reference` buys keeps its price."""
    check(countries, trade, effect, theta, reference)
    output, spent = trade.sum(axis=1), trade.sum(axis=0)
    cost = trade * np.exp(effect)
    sells, buys = _effects(cost, output, spent, theta, countries.index(reference))
    price = sells ** (-1 / theta)
    after = cost * np.outer(sells * price * output.sum() / (price * output).sum(), buys * price)
    residual = float(np.abs((cost * np.outer(sells, buys)).sum(axis=1) / output - 1).max())
    return _gathered(countries, price, buys ** (1 / theta), trade, after, 1, residual)


def _effects(cost: Array, output: Array, spent: Array, theta: float, place: int) -> tuple[Array, Array]:
    """Factors of sellers and buyers with which costs meet both margins; the buyer at `place` has 1."""
    if len(output) < 2:
        raise RequestError("a world of one country has no trade to change; give two or more")
    log_gate, _, _ = margins(cost / cost.sum(axis=0), output, spent, theta)
    sells = np.exp(-theta * log_gate)
    buys: Array = spent / (cost * sells[:, None]).sum(axis=0)
    return sells * buys[place], buys / buys[place]


def _gathered(
    countries: tuple[str, ...], price: Array, index: Array, trade: Array, after: Array, rounds: int, residual: float
) -> Equilibrium:
    real = price / index
    return Equilibrium(
        countries, price, index, real, real, abroad(after, 1) / abroad(trade, 1), abroad(after, 0) / abroad(trade, 0),
        trade, after, rounds, residual,
    )  # fmt: skip

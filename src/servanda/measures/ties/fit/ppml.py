"""Poisson pseudo-maximum likelihood with fixed effects, by iteratively reweighted least squares.

Santos Silva and Tenreyro (2006, Review of Economics and Statistics 88(4), equation 9) for the estimator; Correia,
Guimaraes and Zylkin (2020, Stata Journal 20(1), section 3) for the algorithm: in each iteration the effects are taken
out of working residual and covariates with the fitted means as weights, starting from the covariates of the iteration
before, and not more exactly than the iteration deserves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from servanda.errors import RequestError
from servanda.measures.ties.fit.demean import Grouping, demean
from servanda.measures.ties.fit.fitted import Fitted
from servanda.measures.ties.fit.prune import separated
from servanda.measures.ties.fit.ways import Floats

MOST = 200
CLOSE = 1e-8
"""Length of a Newton step, as a share of the length of one, at which the fit has converged: the next is its square."""
EXACT = 1e-10
"""How exactly the effects are out of the covariates that the errors are computed from."""
HALVES = 30
SWEEPS = 2
ROUNDING = 1e-12
"""Share of the likelihood by which a deviance may seem to rise where it does not."""
FAR = 700.0
"""The linear index beyond which its exponential is no number."""


@dataclass(frozen=True, slots=True)
class _State:
    beta: Floats
    index: Floats
    mu: Floats
    deviance: float


def ppml(grouping: Grouping, y: Floats, x: Floats) -> Fitted:
    """E[y] = exp(x'beta + effects), y (n,) not negative, x (k, n) in any shape that differs from the covariates by
    effects only.

    Raises RequestError with the length of the last step where it does not converge: never a result.
    """
    index = _margins(grouping, y)
    best = float(np.sum(xlogy(y, y)) - y.sum())
    mu = np.exp(index)
    state = _State(np.zeros(len(x)), index, mu, _deviance(best, y, index, mu))
    columns = np.vstack([y[None], x])
    moved, loose = np.inf, 1e-3
    for iteration in range(1, MOST + 1):
        state, step, moved = _iterate(grouping, y, best, state, columns, loose)
        if moved < CLOSE and separated(y, step) is not None:
            return _finish(grouping, y, state, columns[1:], iteration, moved, step)
        loose = float(np.clip(moved**1.5, 1e-6, 1e-3))
    raise RequestError(
        f"the fit did not converge in {MOST} iterations: its last step was {moved:.2g} of one, {CLOSE:g} is asked; "
        "look for covariates of very different size, or rows with trade far beyond all others"
    )


def _margins(grouping: Grouping, y: Floats) -> Floats:
    """An index (n,) of effects alone to begin with: proportional fitting to the sums by group, a few rounds.

    Pairs differ by many orders of magnitude, and reweighted least squares takes one iteration for each power of e.
    """
    index = np.full(y.size, np.log(y.mean()))
    wanted = grouping.sums(y)
    bounds = np.concatenate([[0], np.cumsum(grouping.sizes)])
    for _ in range(SWEEPS):
        for at in range(len(grouping.sizes)):
            here = slice(bounds[at], bounds[at + 1])
            there = grouping.sums(np.exp(index))
            ratio = np.zeros(there.size)
            held = there[here] > 0
            ratio[here][held] = np.log(wanted[here][held] / there[here][held])
            index = index + grouping.spread(ratio)
    return index


def _iterate(
    grouping: Grouping, y: Floats, best: float, state: _State, columns: Floats, loose: float
) -> tuple[_State, Floats, float]:
    """One reweighted regression: the new state, the step of the index (n,), and its length as a share of one.

    `columns` (1 + k, n) is working space: the working residual, and the covariates, from which effects are taken out.
    """
    mu = state.mu
    columns[0] = (y - mu) / mu
    weights = grouping.weigh(mu)
    whole = float(mu.sum())
    gradient = _gradient(grouping, weights.totals, y - mu)
    allowed = loose * np.sqrt(np.einsum("kn,kn,n->k", columns, columns, mu))
    allowed[0] = max(loose * gradient, 1e-13 * np.sqrt(whole))
    demean(grouping, mu, columns, np.maximum(allowed, 1e-300), weights)
    beta = _regress(columns[1:], mu, columns[0])
    step = (y - mu) / mu - (columns[0] - beta @ columns[1:])
    index, after, deviance, shorter = _descend(y, best, state, step)
    moved = float(np.sqrt(np.einsum("n,n,n->", mu, step, step) / whole))
    return _State(state.beta + shorter * beta, index, after, deviance), step, moved


def _regress(x: Floats, w: Floats, r: Floats) -> Floats:
    """Weighted least squares of r (n,) on x (k, n)."""
    if not len(x):
        return np.zeros(0)
    square = np.stack([(row * w) @ x.T for row in x])
    right = x @ (w * r)
    scale = np.sqrt(np.maximum(np.diag(square), 1e-300))
    made: Floats = np.linalg.lstsq(square / np.outer(scale, scale), right / scale, rcond=1e-14)[0] / scale
    return made


def _descend(y: Floats, best: float, state: _State, step: Floats) -> tuple[Floats, Floats, float, float]:
    """Index, mean and deviance after the step, or after as much of it as does not raise the deviance, and how much."""
    share = 1.0
    for _ in range(HALVES):
        index = state.index + share * step
        if index.max() < FAR:
            mu = np.exp(index)
            deviance = _deviance(best, y, index, mu)
            if deviance <= state.deviance + ROUNDING * (abs(state.deviance) + abs(best)):
                return index, mu, deviance, share
        share /= 2
    raise RequestError(
        "the fit cannot be improved and has not converged; look for rows with trade far beyond all others"
    )


def _finish(
    grouping: Grouping, y: Floats, state: _State, x: Floats, iterations: int, moved: float, step: Floats
) -> Fitted:
    """The covariates with the effects taken out as exactly as the errors ask, by the final weights."""
    mu = state.mu
    if len(x):
        allowed = EXACT * np.sqrt(np.einsum("kn,kn,n->k", x, x, mu))
        demean(grouping, mu, x, np.maximum(allowed, 1e-300))
    return Fitted(state.beta, x, mu, y - mu, state.index, state.deviance, iterations, moved, step)


def _gradient(grouping: Grouping, totals: Floats, weighted: Floats) -> float:
    """How much of a column the effects could take, in the norm of the weights."""
    sums = grouping.sums(weighted)
    scale = np.where(totals > 0, totals, 1.0)
    return float(np.sqrt(np.sum(grouping.metric[:, 0] * sums * sums / scale)))


def _deviance(best: float, y: Floats, index: Floats, mu: Floats) -> float:
    """Twice the loss of likelihood against a mean of each row's own; `best` is that of the latter."""
    return 2 * (best - float(y @ index) + float(mu.sum()))

"""The chance of a first joint paper, learned from the past: a logistic regression with a ridge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.measures.technology.network.graph import Array, Graph, Papers, Whole
from servanda.measures.technology.network.scores import seen

NEGATIVES = 150_000
"""Pairs that did not meet are drawn, up to this many, and stand for all of them by their weight."""
RIDGE = 1.0
LEAST_MET = 10
"""With fewer first papers than this nothing is learned."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights on standard scores of what is seen and their covariance, with the mean and spread of each; `met` first
    papers were learned from, of `pairs` pairs.
    """

    names: tuple[str, ...]
    mean: Array
    spread: Array
    weights: Array
    covariance: Array
    met: int
    pairs: int


def met(before: Graph, after: Graph, least: float = 1.0) -> tuple[Whole, Whole]:
    """Pairs of institutions with `least` papers before that had no joint paper then and have one after."""
    new = (after.links - before.links.multiply(after.links)).tocoo()
    grown = (before.papers[new.row] >= least) & (before.papers[new.col] >= least)
    kept = (new.row < new.col) & (new.data > 0) & grown
    return new.row[kept].astype(np.int64), new.col[kept].astype(np.int64)


def learn(held: Papers, before: Graph, after: Graph, seed: int = 0, least: float = 1.0) -> Learned | None:
    """What made pairs meet between two networks; None where too few did."""
    one, other = met(before, after, least)
    if len(one) < LEAST_MET:
        return None
    left, right, every = _drawn(before, after, seed, least)
    names, columns = seen(before, held, np.concatenate([one, left]), np.concatenate([other, right]))
    came = np.concatenate([np.ones(len(one)), np.zeros(len(left))])
    weight = np.concatenate([np.ones(len(one)), np.full(len(left), (every - len(one)) / max(len(left), 1))])
    mean = np.average(columns, axis=0, weights=weight)
    spread = np.sqrt(np.average((columns - mean) ** 2, axis=0, weights=weight))
    spread[spread < 1e-9] = 1.0
    found = _fit((columns - mean) / spread, came, weight)
    return Learned(names, mean, spread, *found, len(one), every)


def chances(learned: Learned, before: Graph, held: Papers, one: Whole, other: Whole) -> tuple[Array, Array, Array]:
    """The chance of each pair, 0 to 1, with bounds that hold the uncertainty of the weights (95 %)."""
    _, columns = seen(before, held, one, other)
    wide = np.column_stack([np.ones(len(columns)), (columns - learned.mean) / learned.spread])
    total = wide @ learned.weights
    spread = 1.959964 * np.sqrt(np.maximum(((wide @ learned.covariance) * wide).sum(axis=1), 0))
    return _chance(total), _chance(total - spread), _chance(total + spread)


def _drawn(before: Graph, after: Graph, seed: int, least: float) -> tuple[Whole, Whole, int]:
    """Pairs that never met, drawn blindly, and how many pairs there are that had not met before."""
    grown = np.flatnonzero(before.papers >= least).astype(np.int64)
    every = len(grown) * (len(grown) - 1) // 2 - before.links[grown][:, grown].nnz // 2
    if len(grown) * (len(grown) - 1) // 2 <= NEGATIVES * 2:
        first, second = np.triu_indices(len(grown), 1)
    else:
        draw = np.random.default_rng(seed)
        first, second = draw.integers(0, len(grown), (2, NEGATIVES * 2))
    one, other = grown[np.minimum(first, second)], grown[np.maximum(first, second)]
    apart = (one != other) & ~_linked(after, one, other)
    return one[apart][:NEGATIVES], other[apart][:NEGATIVES], every


def _linked(of: Graph, one: Whole, other: Whole) -> NDArray[np.bool_]:
    return np.asarray(of.links[one, other]).ravel() > 0


def _fit(columns: Array, came: Array, weight: Array) -> tuple[Array, Array]:
    """Newton's steps; the first weight, of the constant, is not held back. Weights and their covariance."""
    wide = np.column_stack([np.ones(len(columns)), columns])
    ridge = RIDGE * np.eye(wide.shape[1])
    ridge[0, 0] = 0.0
    found = np.zeros(wide.shape[1])
    share = came.sum() / weight.sum()
    found[0] = np.log(share / (1 - share))
    loss = _loss(wide, came, weight, ridge, found)
    for _ in range(60):
        chance = _chance(wide @ found)
        curve = (wide * (weight * np.maximum(chance * (1 - chance), 1e-10))[:, None]).T @ wide + ridge
        step = np.linalg.solve(curve, wide.T @ (weight * (came - chance)) - ridge @ found)
        # Where few of many met, a whole step goes too far: it is halved until it helps.
        while np.abs(step).max() > 1e-7 and (next_loss := _loss(wide, came, weight, ridge, found + step)) > loss:
            step = step / 2
        if np.abs(step).max() <= 1e-7:
            break
        found, loss = found + step, next_loss
    # Robust to pairs that stand for many: what each row adds to the slope, squared (White 1980).
    chance = _chance(wide @ found)
    slope = wide * (weight * (came - chance))[:, None]
    curve = (wide * (weight * np.maximum(chance * (1 - chance), 1e-10))[:, None]).T @ wide + ridge
    inverse = np.linalg.inv(curve)
    return found, inverse @ (slope.T @ slope) @ inverse


def _chance(total: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -40, 40))))


def _loss(wide: Array, came: Array, weight: Array, ridge: Array, found: Array) -> float:
    total = wide @ found
    return float((weight * (np.logaddexp(0, total) - came * total)).sum() + found @ ridge @ found / 2)

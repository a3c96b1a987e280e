"""Multinomial logistic regression with an L2 penalty, by L-BFGS: the same input gives the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar

from servanda.texts.weights import Linear

Array = NDArray[np.float64]
Row = Mapping[str, float]


def columns(rows: Sequence[Row], at_least: int) -> dict[str, int]:
    """A column for each feature that stands in so many rows."""
    seen = Counter(name for row in rows for name in row)
    return {
        name: place for place, name in enumerate(sorted(name for name, number in seen.items() if number >= at_least))
    }


def matrix(rows: Sequence[Row], names: Mapping[str, int]) -> sparse.csr_matrix:
    """The rows as a sparse matrix over known columns."""
    starts, places, values = [0], [], []
    for row in rows:
        for name, value in row.items():
            place = names.get(name)
            if place is not None and value:
                places.append(place)
                values.append(float(value))
        starts.append(len(places))
    return sparse.csr_matrix((values, places, starts), shape=(len(rows), len(names)))


def fit(
    rows: Sequence[Row], shares: Array, classes: tuple[str, ...], penalty: float, at_least: int = 2, steps: int = 60
) -> Linear:
    """Weights for rows whose share in each class is given (a row may count half for each of two accepted classes)."""
    names = columns(rows, at_least)
    given = matrix(rows, names)
    turned = given.T.tocsr()
    width, many = len(names), len(classes)

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias = flat[: width * many].reshape(width, many), flat[width * many :]
        scores = given @ weights + bias
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        total = raised.sum(axis=1, keepdims=True)
        value = -(shares * (scores - np.log(total))).sum() + 0.5 * penalty * (weights * weights).sum()
        slope = raised / total * shares.sum(axis=1, keepdims=True) - shares
        return float(value), np.concatenate([(turned @ slope + penalty * weights).ravel(), slope.sum(axis=0)])

    found = minimize(loss, np.zeros(width * many + many), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return Linear(classes, names, found[: width * many].reshape(width, many), found[width * many :])


def scores(model: Linear, rows: Sequence[Row]) -> Array:
    """Scores of many rows at once."""
    result: Array = matrix(rows, model.features) @ model.weights + model.bias
    return result


def softmax(given: Array, sharpness: float = 1.0) -> Array:
    """Probabilities of scores."""
    scaled = given / sharpness
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    result: Array = raised / raised.sum(axis=1, keepdims=True)
    return result


def sharpness(given: Array, shares: Array) -> float:
    """The temperature under which held-out scores are most probable (Guo et al. 2017, section 4.2)."""

    def loss(log_temperature: float) -> float:
        chances = softmax(given, float(np.exp(log_temperature)))
        return float(-(shares * np.log(chances + 1e-12)).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-1.5, 1.5), method="bounded").x))

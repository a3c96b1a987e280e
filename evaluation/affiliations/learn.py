"""What is learned from affiliations with an answer: weights, how they become a probability, and where to be silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.affiliations.gold import Held
from servanda.measures.technology.affiliations import NEITHER
from servanda.measures.technology.names.weigh import Weights, chance, weighed

Array = NDArray[np.float64]
WISHED = 0.95
"""The least precision asked of what is learned from; what is reported is measured on other affiliations."""
STEPS = np.round(np.arange(0.5, 0.985, 0.01), 2)


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights, and the probability from which an answer is given."""

    weights: Weights
    least: float


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidate of an affiliation: its weight, that of the next institution, and whether it is right."""

    number: int
    best: float
    second: float
    right: bool


def logistic(seen: Array, right: Array, ridge: float = 1.0) -> Array:
    """Weights of a logistic regression with a ridge, by Newton's steps. `seen`: rows x things; `right`: 0 or 1."""
    found = np.zeros(seen.shape[1])
    for _ in range(60):
        chances = 1 / (1 + np.exp(-np.clip(seen @ found, -30, 30)))
        spread = np.maximum(chances * (1 - chances), 1e-6)
        curve = (seen * spread[:, None]).T @ seen + ridge * np.eye(len(found))
        step = np.linalg.solve(curve, seen.T @ (right - chances) - ridge * found)
        found += step
        if np.abs(step).max() < 1e-8:
            break
    return found


def weights(held: Sequence[Held]) -> dict[str, float]:
    """A weight for each thing seen."""
    names = sorted({thing for one in held for thing in one.seen})
    place = {name: at for at, name in enumerate(names)}
    seen = np.zeros((len(held), len(names)))
    for row, one in enumerate(held):
        for thing, value in one.seen.items():
            seen[row, place[thing]] = value
    found = logistic(seen, np.array([float(one.right) for one in held]))
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def best(held: Sequence[Held], given: dict[str, float]) -> list[Best]:
    """The best candidate of every affiliation that has one."""
    scored: dict[int, dict[int, tuple[float, bool]]] = defaultdict(dict)
    for one in held:
        total = weighed(one.seen, given)
        if total > scored[one.number].get(one.place, (-1e9, False))[0]:
            scored[one.number][one.place] = (total, one.right)
    made = []
    for number, of in scored.items():
        ranked = sorted(of.values(), key=lambda pair: -pair[0])
        made.append(Best(number, ranked[0][0], ranked[1][0] if len(ranked) > 1 else NEITHER, ranked[0][1]))
    return made


def learn(held: Sequence[Held], folds: int = 5, wished: float = WISHED) -> Learned:
    """Weights of all; the probability and the least from candidates that the weights they are ranked by did not see."""
    apart = [one for fold in range(folds) for one in best(
        [row for row in held if _fold(row.number, folds) == fold],
        weights([row for row in held if _fold(row.number, folds) != fold]))]  # fmt: skip
    seen = np.array([[1.0, max(min(one.best, 8.0), -8.0), min(one.best - one.second, 8.0)] for one in apart])
    found = logistic(seen, np.array([float(one.right) for one in apart]), 0.1)
    answer = {name: round(float(value), 3) for name, value in zip(("one", "best", "gap"), found, strict=True)}
    chances = [chance(one.best, one.second, answer) for one in apart]
    return Learned(Weights(weights(held), answer), _least(chances, [one.right for one in apart], wished))


def _least(chances: Sequence[float], right: Sequence[bool], wished: float) -> float:
    for step in STEPS:
        given = [ok for chance_of, ok in zip(chances, right, strict=True) if chance_of >= step]
        if given and sum(given) / len(given) >= wished:
            return float(step)
    return float(STEPS[-1])


def _fold(number: int, folds: int) -> int:
    """In which part an affiliation lies; another hash than that of the outer parts."""
    return (number * 7919 + number // 5) % folds

"""What was judged, and the figures that are made of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.restatements.gold import Both
from servanda.texts.restate import Weights

DRAWS = 2000
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """Probabilities of the coded and of the drawn pairs, each by weights that have not seen it; the first model alone;
    and for each pair the weights that judged it."""

    said: Array
    alone: Array
    weights: dict[int, Weights]


def average_precision(right: Sequence[bool] | Array, said: Array) -> float:
    """The area under precision and recall, step by step, pairs of one score taken together."""
    order = np.argsort(-said, kind="stable")
    truth, scores = np.array(right, dtype=float)[order], said[order]
    last = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    hits = np.cumsum(truth)[last]
    precision, recall = hits / (last + 1), hits / max(1.0, truth.sum())
    return float((np.diff(np.append(0.0, recall)) * precision).sum())


def at(right: Sequence[bool] | Array, said: Array, least: float) -> tuple[float, float]:
    """Precision and recall where a probability is enough."""
    truth, chosen = np.array(right, dtype=bool), said >= least
    precision = float(truth[chosen].mean()) if chosen.any() else 0.0
    return precision, float(chosen[truth].mean()) if truth.any() else 0.0


def interval(both: Sequence[Both], said: Array, figure: Callable[[Array, Array], float]) -> tuple[float, float]:
    """The middle 95 % over resamples of whole pairs of documents."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(both):
        groups.setdefault(tuple(sorted(one.documents)), []).append(place)
    draw, held, values = random.Random(7), list(groups.values()), []
    truth = np.array([one.same for one in both])
    for _ in range(DRAWS):
        chosen = [place for group in draw.choices(held, k=len(held)) for place in group]
        if 0 < truth[chosen].sum() < len(chosen):
            values.append(figure(truth[chosen], said[chosen]))
    values.sort()
    return values[int(len(values) * 0.025)], values[int(len(values) * 0.975) - 1]

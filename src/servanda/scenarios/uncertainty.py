"""How sure a result is: parameters drawn many times, the delta method beside it, and what drives it one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.scenarios.scenario import Band

Array = NDArray[np.float64]
Model = Callable[[Array], Array]
"""From parameters (draws, parameters) to results (draws, results)."""
NORMAL = 1.959963984540054
"""Standard deviations within which 95 of 100 draws of a normal law lie."""
STEP = 1e-4


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its band; `is_positive` where it is drawn from a lognormal law (an elasticity)."""

    name: str
    band: Band
    is_positive: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """A result with 95 per cent of its draws between `low` and `high`, and by the delta method; `share_above` of draws
    are above nothing."""

    value: float
    low: float
    high: float
    delta_low: float
    delta_high: float
    share_above: float


@dataclass(frozen=True, slots=True)
class Bar:
    """What a result is at both ends of one parameter's band, all others at their value."""

    parameter: str
    low: float
    high: float


def drawn(parameters: tuple[Parameter, ...], draws: int, random: np.random.Generator) -> Array:
    """(draws, parameters), each independent of the others."""
    loose = random.standard_normal((draws, len(parameters)))
    return np.column_stack([_law(one, loose[:, place]) for place, one in enumerate(parameters)])


def _law(one: Parameter, loose: Array) -> Array:
    """The band's ends are 2.5 and 97.5 per cent of the law, its value the middle; each side has its own spread."""
    low, middle, high = one.band.low, one.band.value, one.band.high
    if one.is_positive:
        low, middle, high = np.log(low), np.log(middle), np.log(high)
    spread = np.where(loose < 0, middle - low, high - middle) / NORMAL
    made = middle + spread * loose
    return np.asarray(np.exp(made) if one.is_positive else made)


def intervals(
    model: Model, parameters: tuple[Parameter, ...], draws: int, random: np.random.Generator
) -> list[Interval]:
    """One for each result of the model."""
    middle = np.array([[one.band.value for one in parameters]])
    value = model(middle)[0]
    many = model(drawn(parameters, draws, random))
    low, high = np.percentile(many, [2.5, 97.5], axis=0)
    # A law with a side of its own spreads by the mean of its two variances; the slope at the middle carries it.
    reach = NORMAL * np.sqrt((_slopes(model, parameters, middle[0]) ** 2).sum(axis=0))
    above = (many > 0).mean(axis=0)
    return [
        Interval(*(float(one) for one in row))
        for row in zip(value, low, high, value - reach, value + reach, above, strict=True)
    ]


def _slopes(model: Model, parameters: tuple[Parameter, ...], middle: Array) -> Array:
    """(parameters, results): by how much a result moves with one standard deviation of each parameter."""
    rows, spreads = [], []
    for place, one in enumerate(parameters):
        ends = np.array([one.band.low, one.band.value, one.band.high])
        ends = np.log(ends) if one.is_positive else ends
        spreads.append(np.sqrt(((ends[1] - ends[0]) ** 2 + (ends[2] - ends[1]) ** 2) / 2) / NORMAL)
        for sign in (-1, 1):
            row = middle.copy()
            row[place] = row[place] * np.exp(sign * STEP) if one.is_positive else row[place] + sign * STEP
            rows.append(row)
    made = model(np.array(rows)).reshape(len(parameters), 2, -1)
    return np.asarray((made[:, 1] - made[:, 0]) / (2 * STEP) * np.array(spreads)[:, None])


def tornado(model: Model, parameters: tuple[Parameter, ...], result: int) -> list[Bar]:
    """One bar a parameter for one result, the longest first."""
    middle = np.array([one.band.value for one in parameters])
    rows = []
    for place, one in enumerate(parameters):
        for end in (one.band.low, one.band.high):
            row = middle.copy()
            row[place] = end
            rows.append(row)
    made = model(np.array(rows))[:, result].reshape(-1, 2)
    bars = [Bar(one.name, float(low), float(high)) for one, (low, high) in zip(parameters, made, strict=True)]
    return sorted(bars, key=lambda bar: -abs(bar.high - bar.low))

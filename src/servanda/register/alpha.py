"""Krippendorff's alpha: how far coders agree beyond chance, for nominal, ordinal and interval data with gaps.

Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section E; the interval by drawing units with
replacement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

DRAWS = 2000
SEED = 7
Unit = Sequence[Any]
"""The values that the coders gave one unit; None where a coder gave none."""
Metric = Callable[[Sequence[Any], "Numbers"], "Numbers"]


def alpha(units: Sequence[Unit], order: Sequence[Any], metric: str = "nominal") -> float | None:
    """Alpha; None where nothing can be paired, or where all values are the same. `order` lists the possible values."""
    import numpy as np

    if not units:
        return None
    found = _alphas(np.ones((1, len(units))), _pairs(units, order), order, metric)
    return None if np.isnan(found[0]) else float(found[0])


def interval(
    units: Sequence[Unit], order: Sequence[Any], metric: str = "nominal", draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float] | None:
    """The middle 95 % of alpha over draws of the units; None where more than one draw in ten gives no alpha."""
    import numpy as np

    if not units:
        return None
    chance = np.random.default_rng(seed)
    often = chance.multinomial(len(units), [1 / len(units)] * len(units), size=draws)
    found = _alphas(often.astype(np.float64), _pairs(units, order), order, metric)
    found = found[~np.isnan(found)]
    if len(found) < 0.9 * draws:
        return None
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def pairable(units: Sequence[Unit]) -> int:
    """How many units have two values or more."""
    return sum(sum(value is not None for value in unit) > 1 for unit in units)


def _pairs(units: Sequence[Unit], order: Sequence[Any]) -> Numbers:
    """The coincidences of each unit: pairs of values of different coders; a unit weighs as many as it has values."""
    import numpy as np

    place = {value: at for at, value in enumerate(order)}
    found = np.zeros((len(units), len(order), len(order)))
    for number, unit in enumerate(units):
        given = [place[value] for value in unit if value is not None]
        if len(given) > 1:
            for at, one in enumerate(given):
                for other in given[:at] + given[at + 1 :]:
                    found[number, one, other] += 1 / (len(given) - 1)
    return found


def _alphas(often: Numbers, pairs: Numbers, order: Sequence[Any], metric: str) -> Numbers:
    """Alpha of each draw; `often` says how often each unit was drawn."""
    import numpy as np

    counts, values, _ = pairs.shape
    seen = (often @ pairs.reshape(counts, -1)).reshape(-1, values, values)
    totals = seen.sum(axis=2)
    whole = totals.sum(axis=1)
    apart = METRICS[metric](order, totals)
    observed = (seen * apart).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * apart).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Numbers = np.where(expected > 0, 1 - (whole - 1) * observed / expected, np.nan)
    return result


def _nominal(order: Sequence[Any], totals: Numbers) -> Numbers:
    import numpy as np

    found: Numbers = np.broadcast_to(1 - np.eye(len(order)), (len(totals), len(order), len(order)))
    return found


def _ordinal(order: Sequence[Any], totals: Numbers) -> Numbers:
    """The square of how many values stand between two, the two themselves counted by half."""
    import numpy as np

    reached = np.cumsum(totals, axis=1) - totals / 2
    found: Numbers = (reached[:, :, None] - reached[:, None, :]) ** 2
    return np.asarray(found)


def _interval(order: Sequence[Any], totals: Numbers) -> Numbers:
    import numpy as np

    at = np.array([float(value) for value in order])
    found: Numbers = np.broadcast_to((at[:, None] - at[None, :]) ** 2, (len(totals), len(order), len(order)))
    return found


METRICS: dict[str, Metric] = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval}

"""What is asked of the statistics library, and its answers, kept.

Importing scipy.stats takes longer than all the rest of a review. Its answers depend on the question and the library's
version alone.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from servanda.review.answers import kept


def survival(days: Sequence[int], delivered: Sequence[bool]) -> list[tuple[int, float, float, float]]:
    """Kaplan-Meier by scipy.stats.ecdf: after each number of days the share not delivered, with log-log 95 % bounds.

    Where the bounds are not defined (at 0 and 1) the share stands in their place.
    """

    def ask() -> list[Any]:
        import numpy as np
        from scipy.stats import CensoredData, ecdf

        lasted, done = np.array(days), np.array(delivered, dtype=bool)
        found = ecdf(CensoredData(uncensored=lasted[done], right=lasted[~done])).sf
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            bounds = found.confidence_interval(0.95, method="log-log")
        left = [float(share) for share in found.probabilities]
        low = [float(share) for share in bounds.low.probabilities]
        high = [float(share) for share in bounds.high.probabilities]
        return [
            [int(at), share, share if math.isnan(under) else under, share if math.isnan(over) else over]
            for at, share, under, over in zip(found.quantiles, left, low, high, strict=True)
        ]

    answer = kept([_scipy(), "survival", list(days), [bool(one) for one in delivered]], ask)
    return [(int(at), share, low, high) for at, share, low, high in answer]


def conditional_odds(table: Sequence[Sequence[int]]) -> tuple[float | None, float, float | None]:
    """Conditional odds ratio of a two by two table with its exact 95 % bounds, by scipy.stats.contingency.

    None where the estimate or the upper bound is infinite.
    """

    def ask() -> list[Any]:
        from scipy.stats.contingency import odds_ratio

        result = odds_ratio([list(row) for row in table], kind="conditional")
        bounds = result.confidence_interval(0.95)
        numbers = (float(result.statistic), float(bounds.low), float(bounds.high))
        return [number if math.isfinite(number) else None for number in numbers]

    estimate, low, high = kept([_scipy(), "odds", [list(row) for row in table]], ask)
    return estimate, low, high


@lru_cache(maxsize=1)
def _scipy() -> str:
    return version("scipy")  # which opens a file: asked once

"""How much a series changes in a year, with an interval that allows for years that hang together.

Least squares on time; the variance by the number of independent years after Santer et al. 2000, Statistical
significance of trends and trend differences in layer-average atmospheric temperature time series, Journal of
Geophysical Research 105(D6), eq. 4 to 6: n (1 - r) / (1 + r) with r the residuals' correlation from year to year.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import t

from servanda.model.reading import Reading

NAME = "trend"
LEAST_YEARS = 5
"""With fewer there is a line, and nothing to tell its interval from."""


def trend(
    years: Sequence[int], values: Sequence[float], unit: str, parties: tuple[str, ...] = (), level: float = 0.95
) -> Reading:
    """Change a year of a series, in its unit, with an interval; a reason where it has fewer than LEAST_YEARS years.

    `years` in any order, each once; a year that is missing is left out and neither filled in nor taken as 0.
    """
    order = np.argsort(years)
    at, y = np.asarray(years, dtype=float)[order], np.asarray(values, dtype=float)[order]
    wanted = int(at[-1] - at[0]) + 1 if len(at) else 0
    period = f"{int(at[0])}-{int(at[-1])}" if len(at) else None
    if len(at) < LEAST_YEARS:
        reason = f"{len(at)} years are too few for a trend; it takes {LEAST_YEARS}"
        return Reading(
            NAME, f"{unit} a year", reason=reason, used=len(at), expected=wanted, period=period, parties=parties
        )
    from_mean = at - at.mean()
    slope = float(from_mean @ y / (from_mean @ from_mean))
    left = y - y.mean() - slope * from_mean
    together = _from_year_to_year(at, left)
    sure = min(len(at), len(at) * (1 - together) / (1 + together))
    free = max(sure - 2, 1.0)
    error = float(np.sqrt(left @ left / free / (from_mean @ from_mean)))
    spread = float(t.ppf((1 + level) / 2, free)) * error
    return Reading(
        NAME, f"{unit} a year", value=slope, used=len(at), expected=wanted, low=slope - spread, high=slope + spread,
        interval=f"{level:.0%}: least squares, for years that hang together", period=period, parties=parties,
        caveats=() if wanted == len(at) else ("missing_years",),
        steps={"std_error": error, "correlation_of_residuals": together, "independent_years": float(sure),
               "first": float(y.mean() + slope * from_mean[0]), "last": float(y.mean() + slope * from_mean[-1])},
    )  # fmt: skip


def _from_year_to_year(at: np.ndarray, left: np.ndarray) -> float:
    """The correlation of what is left over with that of the year before, where both are there; not below 0."""
    next_to = np.diff(at) == 1
    whole = float(left @ left)
    if not next_to.any() or whole <= 1e-24 * max(1.0, float(np.abs(left).max(initial=0))):
        return 0.0
    return float(np.clip(left[1:][next_to] @ left[:-1][next_to] / whole, 0.0, 0.95))

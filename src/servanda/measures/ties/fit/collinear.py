"""Covariates that say nothing of their own: sums of the fixed effects, or of covariates named before them."""

from __future__ import annotations

import numpy as np

from servanda.measures.ties.fit.demean import Grouping, demean
from servanda.measures.ties.fit.ways import Floats

ABSORBED = 1e-9
"""Share of a covariate's square that must be left once effects and earlier covariates are out; that of reghdfe."""


def collinear(grouping: Grouping, x: Floats) -> tuple[Floats, dict[int, str]]:
    """Covariates x (k, n) less their projection on the effects, and which are to be left out, with the reason."""
    if not len(x):
        return x, {}
    ones = np.ones(x.shape[1])
    size = np.sqrt(np.einsum("kn,kn->k", x, x))
    left = x.copy()
    demean(grouping, ones, left, np.maximum(1e-8 * size, 1e-300))
    wrong = {at: "a sum of the fixed effects" for at in range(len(x)) if _square(left[at]) <= ABSORBED * size[at] ** 2}
    basis: list[int] = []
    for at in (one for one in range(len(x)) if one not in wrong):
        if _left(left, basis, at) <= ABSORBED:
            wrong[at] = "a sum of the terms before it and the fixed effects"
        else:
            basis.append(at)
    return left if not wrong else left[basis], wrong


def _left(x: Floats, basis: list[int], at: int) -> float:
    """The share of the square of a column that columns before it do not explain."""
    if not basis:
        return 1.0
    rest = x[at] - np.linalg.lstsq(x[basis].T, x[at], rcond=None)[0] @ x[basis]
    return _square(rest) / _square(x[at])


def _square(v: Floats) -> float:
    return float(v @ v)

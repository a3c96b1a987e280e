"""Least squares with fixed effects (Frisch and Waugh 1933; Guimaraes and Portugal 2010, Stata Journal 10(4))."""

from __future__ import annotations

import numpy as np

from servanda.measures.ties.fit.demean import Grouping, demean
from servanda.measures.ties.fit.fitted import Fitted
from servanda.measures.ties.fit.ways import Floats

EXACT = 1e-11
"""How exactly the effects are taken out, as a share of the length of a column."""


def ols(grouping: Grouping, y: Floats, x: Floats) -> Fitted:
    """E[y] = x'beta + effects, y (n,), x (k, n)."""
    w = np.ones(y.size)
    every = np.vstack([y[None], x])
    allowed = EXACT * np.sqrt(np.einsum("kn,kn->k", every, every))
    iterations = demean(grouping, w, every, np.maximum(allowed, 1e-300))
    r, left = every[0], every[1:]
    beta = np.linalg.lstsq(left.T, r, rcond=None)[0] if len(left) else np.zeros(0)
    residual = r - beta @ left
    return Fitted(beta, left, w, residual, y - residual, float(residual @ residual), iterations, 0.0, np.zeros(y.size))

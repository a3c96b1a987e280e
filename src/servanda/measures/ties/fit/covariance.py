"""Variances of coefficients: robust row by row, or clustered by one or several ways, under conventions with a name.

The sandwich of White (1980, Econometrica 48(4)) with the scores summed by cluster (Liang and Zeger 1986, Biometrika
73(1)); for several ways the inclusion and exclusion of Cameron, Gelbach and Miller (2011, JBES 29(2), equation 2.13).

Conventions, with G clusters (the fewest of all ways), N rows, K coefficients:
`none`     nothing is stretched.
`stata`    ppml, ppml_panel_sg and ppmlhdfe: G/(G-1), robust N/(N-1). Least squares as regress and xtreg, fe:
           G/(G-1) (N-1)/(N-K), robust N/(N-K); K counts covariates and constant and no effects.
`default`  pyfixest and fixest: G/(G-1) (N-1)/(N-K), robust N/(N-K); K counts effects too, less those nested in a
           cluster (one of each set stays), less one for each set after the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from servanda.errors import RequestError
from servanda.measures.ties.fit.fitted import Fitted
from servanda.measures.ties.fit.specification import Model, SmallSample
from servanda.measures.ties.fit.ways import Floats, Way, combine, populated


def covariance(fitted: Fitted, means: Floats, by: Sequence[Way], stretch: float) -> Floats:
    """Covariance (k + 1, k + 1) of the coefficients and the constant, which is last.

    `means` (k,) are the weighted means of the covariates: the constant is the weighted mean of the effects, as in
    reghdfe, and its variance needs the covariates less effects with their means put back.
    """
    scores = np.vstack([fitted.x * fitted.residual, fitted.residual[None]])
    if len(means):
        scores[:-1] += means[:, None] * fitted.residual
    square = np.empty((len(means) + 1, len(means) + 1))
    whole = float(fitted.w.sum())
    if len(means):
        square[:-1, :-1] = np.stack([(row * fitted.w) @ fitted.x.T for row in fitted.x]) + whole * np.outer(
            means, means
        )
    square[:-1, -1] = square[-1, :-1] = whole * means
    square[-1, -1] = whole
    bread = np.linalg.inv(square)
    middle = np.zeros_like(square) if by else scores @ scores.T
    for many in range(1, len(by) + 1):
        for some in combinations(by, many):
            joined = some[0] if many == 1 else combine("-", [one.codes for one in some])
            sign = 1.0 if many % 2 else -1.0
            middle = middle + sign * _summed(scores, joined)
    made: Floats = stretch * bread @ middle @ bread
    return made


def stretch(
    small: SmallSample, model: Model, rows: int, covariates: int, ways: Sequence[Way], by: Sequence[Way]
) -> float:
    """By how much the convention stretches variances; raises RequestError where nothing is left to stretch."""
    fewest = min((populated(one) for one in by), default=rows)
    if fewest < 2:
        raise RequestError("there is one cluster: no error can be computed from it; cluster by more, or by none")
    if small is SmallSample.NONE:
        return 1.0
    if small is SmallSample.STATA and model is Model.PPML:
        return fewest / (fewest - 1)
    used = covariates + (1 if small is SmallSample.STATA else _effects(ways, by))
    if used >= rows:
        raise RequestError(f"{used:,} coefficients on {rows:,} rows leave nothing for errors; ask for fewer effects")
    if not by:
        return rows / (rows - used)
    return fewest / (fewest - 1) * (rows - 1) / (rows - used)


def _effects(ways: Sequence[Way], by: Sequence[Way]) -> int:
    """Effects to be counted: those nested in a cluster are not, but for one of each set; one less for each set after
    the first.
    """
    total = 0
    for way in ways:
        total += 1 if any(_nested(way, one) for one in by) else populated(way)
    return total - (len(ways) - 1)


def _nested(way: Way, by: Way) -> bool:
    """Whether every group lies in one cluster."""
    least = np.full(way.count, by.count, dtype=np.int64)
    most = np.full(way.count, -1, dtype=np.int64)
    np.minimum.at(least, way.codes, by.codes)
    np.maximum.at(most, way.codes, by.codes)
    held = most >= 0
    return bool(np.all(least[held] == most[held]))


def _summed(scores: Floats, way: Way) -> Floats:
    """The sum over clusters of the outer product of their summed scores."""
    sums: Floats = np.zeros((len(scores), way.count))
    for at, score in enumerate(scores):
        sums[at] = np.bincount(way.codes, weights=score, minlength=way.count)
    made: Floats = sums @ sums.T
    return made

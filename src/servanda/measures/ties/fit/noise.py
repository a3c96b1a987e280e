"""How much the flows of a pair waver from year to year around what the pair usually does."""

from __future__ import annotations

import numpy as np

from servanda.measures.ties.fit.estimate import Estimate
from servanda.measures.ties.fit.ways import Floats, Whole, combine

NEAR = 200
"""Directed pairs, nearest in size, that the noise is taken from."""
MOST = 0.9


def noise(made: Estimate, mean: Floats) -> float:
    """The standard deviation of the logarithm of the sum of flows of which `mean` (m,) are expected.

    Taken from the NEAR directed pairs of the estimate whose flows are about as large: of each, the variance of its
    flows around its own level, as a share of the square of their sum, pooled by how large they are expected; flows
    that waver together from year to year are allowed for by their first autocorrelation, (1 + r) / (1 - r). With one
    year the level of a pair cannot be told from its noise, and all that a flow differs from its expectation counts.
    A variance v relative to the square of the mean is that of a lognormal amount whose logarithm has log(1 + v); the
    first-order v is about the same where flows waver little, and far too large where many are nothing.
    """
    years = len(made.panel.years)
    pair = combine("exporter-importer", [made.panel.at[0], made.panel.at[1]])
    many = np.bincount(pair.codes, minlength=pair.count)
    size = np.bincount(pair.codes, weights=made.fitted.w, minlength=pair.count) / np.maximum(many, 1)
    apart = np.full(pair.count, False)
    apart[pair.codes] = made.panel.at[0] != made.panel.at[1]
    usable = np.flatnonzero((many >= min(2, years)) & (size > 0) & apart)
    if not usable.size:
        return 0.0
    typical = float(mean.mean())
    near = usable[np.argsort(np.abs(np.log(size[usable]) - np.log(typical)), kind="stable")[:NEAR]]
    variance, together = _wavering(made, pair.codes, pair.count, near)
    weight = float(np.sum(mean**2) / mean.sum() ** 2)
    return float(np.sqrt(np.log1p(variance * weight * (1 + together) / (1 - together))))


def _wavering(made: Estimate, codes: Whole, count: int, near: Whole) -> tuple[float, float]:
    """The variance of a flow around its pair's level, as a share of its square, and the autocorrelation."""
    y, w = made.panel.y, made.fitted.w
    many = np.bincount(codes, minlength=count)
    actual = np.bincount(codes, weights=y, minlength=count)
    mean = np.bincount(codes, weights=w, minlength=count)
    is_one = len(made.panel.years) == 1
    level = np.ones(count) if is_one else np.divide(actual, mean, out=np.zeros(count), where=mean > 0)
    off = np.divide(y - level[codes] * w, level[codes] * w, out=np.zeros(y.size), where=level[codes] * w > 0)
    square = np.bincount(codes, weights=off**2, minlength=count)[near]
    degrees = many[near] if is_one else many[near] - 1
    held = (degrees > 0) & (level[near] > 0)
    if not held.any():
        return 0.0, 0.0
    variance = float(square[held].sum() / degrees[held].sum())
    order = np.lexsort((made.panel.at[2], codes))
    sorted_codes, sorted_off = codes[order], off[order]
    next_to = (sorted_codes[1:] == sorted_codes[:-1]) & np.isin(sorted_codes[1:], near[held])
    top = float(np.sum(sorted_off[1:][next_to] * sorted_off[:-1][next_to]))
    bottom = float(np.sum(sorted_off[:-1][next_to] ** 2))
    if is_one or bottom == 0:
        return variance, 0.0
    length = float(many[near][held].mean())
    return variance, float(np.clip(top / bottom + 1 / length, 0.0, MOST))

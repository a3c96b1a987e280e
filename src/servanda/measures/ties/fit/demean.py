"""Take fixed effects out of columns: weighted least squares on dummies, without ever building the dummies.

Guimaraes and Portugal (2010, Stata Journal 10(4)) alternate weighted means over the sets of effects. One pass there and
back is a symmetric Gauss-Seidel sweep over the normal equations D'WD a = D'Wx; conjugate gradients on top of it are the
acceleration of reghdfe and ppmlhdfe (Correia, Guimaraes and Zylkin 2020, Stata Journal 20(1), section 3.2). Written in
the coefficients and not in the rows, with Eisenstat's form of the sweep (1981, SIAM J. Sci. Stat. Comput. 2(1)), an
iteration costs one half-sweep each way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from servanda.errors import RequestError
from servanda.measures.ties.fit.ways import Floats

MOST = 3000
"""Iterations after which the panel is said to be too weakly connected."""


class Weights(Protocol):
    """Weights, as sums by group."""

    @property
    def totals(self) -> Floats:
        """Sums by group, (sum of sizes,)."""

    def cross(self, to: int, of: int, v: Floats) -> Floats:
        """Sums by groups of way `to` of weight times coefficient of way `of`."""


class Grouping(Protocol):
    """Sets of fixed effects over one list of rows: a Cube, or Lists."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many coefficients each set has."""

    @property
    def metric(self) -> Floats:
        """How often a coefficient counts in an inner product."""

    def sums(self, x: Floats) -> Floats:
        """Sums by group."""

    def spread(self, coefficients: Floats) -> Floats:
        """Effects by row."""

    def weigh(self, w: Floats) -> Weights:
        """Weights by row as sums by group."""


def demean(grouping: Grouping, w: Floats, x: Floats, tolerance: Floats, weights: Weights | None = None) -> int:
    """Take out of columns x (k, n), in place, their weighted projection on the effects; w (n,) is not negative.

    In place because with a million rows copies are what costs. Stops when what is left to project, in the norm of w, is
    under `tolerance` (k,), and gives the iterations; raises RequestError with the residual where it does not get there.
    """
    weights = grouping.weigh(w) if weights is None else weights
    right = np.stack([grouping.sums(w * column) for column in x], axis=1)
    found, iterations = solve(grouping, weights, right, tolerance)
    for at in range(len(x)):
        x[at] -= grouping.spread(found[:, at])
    return iterations


def solve(grouping: Grouping, weights: Weights, right: Floats, tolerance: Floats) -> tuple[Floats, int]:
    """Coefficients a (sum of sizes, k) with D'WD a = `right` (sum of sizes, k), and the iterations it took.

    The system is singular (sums of effects of two ways can be shifted) and consistent; conjugate gradients find one of
    its solutions, and the sum of effects by row is the same for all.
    """
    scale = np.where(weights.totals > 0, weights.totals, 1.0)[:, None]
    if len(grouping.sizes) == 1:
        return right / scale, 1
    sweep = _Sweep(grouping.sizes, weights, scale, np.sqrt(scale))
    metric = grouping.metric
    residual = sweep.root * sweep.down(right)
    found, direction = np.zeros_like(right), residual.copy()
    size = _square(metric, residual)
    for iteration in range(MOST):
        if np.all(np.sqrt(size) <= tolerance):
            return sweep.up(sweep.root * found), iteration
        moved = sweep.apply(direction)
        along = np.sum(metric * direction * moved, axis=0)
        step = np.divide(size, along, out=np.zeros_like(size), where=along > 0)
        found += step * direction
        residual -= step * moved
        before, size = size, _square(metric, residual)
        direction = residual + np.divide(size, before, out=np.zeros_like(size), where=before > 0) * direction
    worst = float(np.max(np.sqrt(size) / np.maximum(tolerance, 1e-300)))
    raise RequestError(
        f"the fixed effects were not found after {MOST:,} iterations: what is left is {worst:.2g} times what is "
        "allowed; the panel is too weakly connected, leave out a set of effects"
    )


@dataclass(frozen=True, slots=True)
class _Sweep:
    """The half-sweeps: `down` and `up` solve with the lower and the upper triangle of the normal equations."""

    sizes: tuple[int, ...]
    weights: Weights
    scale: Floats
    root: Floats

    def down(self, v: Floats) -> Floats:
        return self._solve(v, range(len(self.sizes)))

    def up(self, v: Floats) -> Floats:
        return self._solve(v, range(len(self.sizes) - 1, -1, -1))

    def apply(self, v: Floats) -> Floats:
        """The normal equations with both half-sweeps taken out, symmetric: one of each."""
        scaled = self.root * v
        raised = self.up(scaled)
        made: Floats = self.root * (raised + self.down(scaled - self.scale * raised))
        return made

    def _solve(self, v: Floats, order: range) -> Floats:
        bounds = np.concatenate([[0], np.cumsum(self.sizes)])
        found = np.empty_like(v)
        done: list[int] = []
        for at in order:
            here = slice(bounds[at], bounds[at + 1])
            rest = v[here]
            for other in done:
                rest = rest - self.weights.cross(at, other, found[bounds[other] : bounds[other + 1]])
            found[here] = rest / self.scale[here]
            done.append(at)
        return found


def _square(metric: Floats, v: Floats) -> Floats:
    made: Floats = np.sum(metric * v * v, axis=0)
    return made

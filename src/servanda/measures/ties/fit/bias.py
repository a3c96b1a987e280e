"""What three-way effects do to coefficients and errors, and both without it.

Weidner and Zylkin (2021, "Bias and consistency in three-way gravity models", Journal of International Economics 132,
103513): with exporter-year, importer-year and pair effects and few years, the estimate is off by an amount of order
1/N and clustered variances are too small by as much. The bias is that of their asymptotic distribution of the
three-way estimator, the variance that of their section on standard errors. The pair effect is profiled out, which
leaves of each pair a multinomial share over its cells. With means m, M = sum of m, and scores S = y - m:
  H = diag(m) - m m'/M, the second derivative, negative;
  G x = -(diag(m x) - (m x) m'/M - m (m x)'/M), the third, times covariates less effects (m'x = 0).
The bias of the effects of exporter i, with H_i = sum over j of H and so on, is
  -Tr[H_i^+ (H x S')_i] + Tr[(G x)_i H_i^+ (S S')_i H_i^+] / 2,
likewise of importers. The factor N/(N-1) is that of the authors' own program, ppml_fe_bias 1.2.
For pairs that share one effect between both directions the same expansion holds with 2 x years cells (blocks.py); this
is not in the paper and is checked by simulation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from servanda.measures.ties.fit.blocks import Blocks, Cells, Flows, blocks, cells, information
from servanda.measures.ties.fit.fitted import Fitted
from servanda.measures.ties.fit.panel import Panel
from servanda.measures.ties.fit.ways import Floats

MOST_EFFECTS = 3000
"""Exporter-year and importer-year effects up to which the variance is corrected: all are inverted at once."""
AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Corrected:
    """`bias` (k,) is to be subtracted; `covariance` (k, k) is clustered by pair, None where there are too many
    effects.
    """

    bias: Floats
    covariance: Floats | None


def corrected(panel: Panel, fitted: Fitted) -> Corrected:
    """The bias of coefficients and their variance without its own, not yet stretched for few clusters."""
    held = blocks(panel, fitted)
    bread = np.linalg.inv(np.stack([(row * fitted.w) @ fitted.x.T for row in fitted.x]))
    total = np.zeros(len(fitted.beta))
    for side in held.sides():
        many = int(np.count_nonzero(np.any([one.mean.sum(axis=(1, 2)) > 0 for one in side], axis=0)))
        total += many / (many - 1) * _side(side)
    effects = 2 * held.parties * held.mean.shape[2]
    spread = _variance(held, bread) if effects <= MOST_EFFECTS else None
    return Corrected(bread @ total, spread)


def _side(side: list[Flows]) -> Floats:
    """The bias that the effects of one side bring, (k,), not yet divided by the information of the coefficients."""
    sums = [_sums(flows) for flows in side]
    hessian, scores, first, third = (np.sum([one[at] for one in sums], axis=0) for at in range(4))
    inverse = np.linalg.pinv(hessian, rcond=1e-10, hermitian=True)
    middle = inverse @ scores @ inverse
    made: Floats = -np.einsum("iab,kiba->k", inverse, first) + np.einsum("kiab,iba->k", third, middle) / 2
    return made


def _sums(flows: Flows) -> tuple[Floats, Floats, Floats, Floats]:
    """Sums over partners of H, S S', H x S' and G x: the first two (parties, cells, cells), the others (k, ...)."""
    mean, score = flows.mean, flows.score
    share = mean / np.maximum(mean.sum(axis=2, keepdims=True), 1e-300)
    made: list[Floats] = [_diagonal(mean) - mean.swapaxes(1, 2) @ share, score.swapaxes(1, 2) @ score]
    first, third = [], []
    for one in flows.x:
        moved = mean * one
        first.append(moved.swapaxes(1, 2) @ score)
        crossed = moved.swapaxes(1, 2) @ share
        third.append(crossed + crossed.swapaxes(1, 2) - _diagonal(moved))
    tiled = [np.tile(one, (flows.effects, flows.effects)) for one in (*made, np.stack(first), np.stack(third))]
    return tiled[0], tiled[1], tiled[2], tiled[3]


def _diagonal(rows: Floats) -> Floats:
    """Sums over partners of diag(row): (parties, cells, cells) from (parties, partners, cells)."""
    made: Floats = rows.sum(axis=1)[:, :, None] * np.eye(rows.shape[2])
    return made


def _variance(held: Blocks, bread: Floats) -> Floats:
    """The clustered variance with scores put right by the leverage of their pair: x' (I - H (x V x' + d V_d d'))^-1 S
    S' x.
    """
    every = cells(held)
    years = held.mean.shape[2]
    known = information(every, 2 * held.parties * years)
    effects = np.asarray(np.linalg.pinv(known, rcond=1e-10, hermitian=True), dtype=np.float64)
    middle = np.zeros_like(bread)
    for one in every:
        for start in range(0, len(one.mean), AT_ONCE):
            some = one.of(slice(start, start + AT_ONCE))
            middle += _middle(some, bread, effects)
    made: Floats = bread @ (middle + middle.T) / 2 @ bread
    return made


def _middle(some: Cells, bread: Floats, effects: Floats) -> Floats:
    """The sum over pairs of x' (I - H leverage)^-1 S S' x, (k, k)."""
    whole = np.maximum(some.mean.sum(axis=1), 1e-300)[:, None, None]
    eye = np.eye(some.mean.shape[1])
    hessian = some.mean[:, :, None] * eye - some.mean[:, :, None] * some.mean[:, None, :] / whole
    known = some.x @ bread @ some.x.transpose(0, 2, 1)
    for one in (some.exporter, some.importer):
        for other in (some.exporter, some.importer):
            known = known + effects[one[:, :, None], other[:, None, :]]
    right = np.linalg.solve(eye - hessian @ known, some.score[:, :, None])[:, :, 0]
    made: Floats = np.einsum("pck,pc->pk", some.x, right).T @ np.einsum("pck,pc->pk", some.x, some.score)
    return made

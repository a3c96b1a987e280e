"""What an estimation found, before its errors are worked out."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.measures.ties.fit.ways import Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """Coefficients `beta` (k,) and what the errors need of every row.

    `x` (k, n) covariates less effects, by the weights `w` (n,); `residual` (n,) response less mean; `index` (n,) the
    linear index, effects included; `deviance` (of least squares: the sum of squares); `step` (n,) the last step of the
    index; `moved` its length, as a share of one, which is what convergence was judged by.
    """

    beta: Floats
    x: Floats
    w: Floats
    residual: Floats
    index: Floats
    deviance: float
    iterations: int
    moved: float
    step: Floats

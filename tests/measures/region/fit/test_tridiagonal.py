"""The diagonal of the inverse of a tridiagonal matrix, against the whole inverse."""

from __future__ import annotations

import numpy as np
import pytest

from servanda.measures.region.fit.tridiagonal import inverse


@pytest.mark.parametrize("seed", range(5))
def test_the_slow_road_gives_the_same(seed: int) -> None:
    draw = np.random.default_rng(seed)
    beside = np.r_[0.0, draw.normal(0, 1, 11)]
    main = np.abs(beside) + np.abs(np.r_[beside[1:], 0.0]) + draw.random(12) + 0.1
    whole = np.diag(main) + np.diag(beside[1:], 1) + np.diag(beside[1:], -1)
    assert inverse(main, beside) == pytest.approx(np.diag(np.linalg.inv(whole)))

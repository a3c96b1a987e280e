"""Symmetric tridiagonal systems: what solving them alone does not give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def inverse(main: Array, beside: Array) -> Array:
    """The diagonal of the inverse of a symmetric tridiagonal matrix, by its two-sided elimination."""
    many = len(main)
    forward, backward = main.copy(), main.copy()
    for place in range(1, many):
        forward[place] -= beside[place] ** 2 / forward[place - 1]
    for place in range(many - 2, -1, -1):
        backward[place] -= beside[place + 1] ** 2 / backward[place + 1]
    result: Array = 1 / (forward + backward - main)
    return result

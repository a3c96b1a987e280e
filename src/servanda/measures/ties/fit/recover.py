"""The fixed effects themselves, and what an index made of them is uncertain by."""

from __future__ import annotations

import numpy as np

from servanda.measures.ties.fit.demean import solve
from servanda.measures.ties.fit.fitted import Fitted
from servanda.measures.ties.fit.lists import lists
from servanda.measures.ties.fit.panel import Panel
from servanda.measures.ties.fit.ways import Floats

EXACT = 1e-11


def effects(panel: Panel, fitted: Fitted) -> tuple[Floats, ...]:
    """The coefficients of every set of effects, (count,) each, one of the many that give the same sum by row.

    What can be shifted between sets has to be fixed by whoever uses them; groups without rows have 0.
    """
    grouping = lists(panel.ways)
    index = fitted.index - fitted.beta @ panel.x
    ones = np.ones(index.size)
    allowed = np.full(1, EXACT * np.sqrt(float(index @ index)) + 1e-300)
    found, _ = solve(grouping, grouping.weigh(ones), grouping.sums(index)[:, None], allowed)
    return tuple(np.split(found[:, 0], np.cumsum(grouping.sizes)[:-1]))

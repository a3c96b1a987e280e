"""Rows that carry nothing: groups of one row, groups of zeros only, and rows that are separated.

A Poisson model has no maximum where some linear combination of covariates and effects is 0 on every row with trade,
never positive on rows without, and negative on some of them: those rows are separated, their fitted trade runs to 0 and
they carry nothing about the rest (Correia, Guimaraes and Zylkin 2019, arXiv 1903.01633, proposition 1 and section 2).
"""

from __future__ import annotations

import numpy as np

from servanda.measures.ties.fit.panel import Dropped, Panel, told
from servanda.measures.ties.fit.ways import Bools, Floats, Whole

FALLS = -0.1
"""A step of the linear index, in an iteration that has converged elsewhere, from which a row without trade is falling.
"""
STILL = 1e-3
"""A step that counts as none."""


def prune(panel: Panel, is_count: bool) -> tuple[Panel, list[Dropped]]:
    """The panel without groups of one row (they fit themselves) and, for a Poisson model, without groups of zeros only.

    Each round may make new ones, so that it goes on until a round finds none.
    """
    found: dict[str, list[Whole]] = {}
    while True:
        keep = np.ones(panel.y.size, dtype=bool)
        for way in panel.ways:
            if way.name == "constant":
                continue
            size = np.bincount(way.codes, minlength=way.count)
            alone = keep & (size[way.codes] == 1)
            _note(found, f"the only row of its group in {way.name}", panel.rows[alone])
            keep &= ~alone
            if is_count:
                flow = np.bincount(way.codes, weights=panel.y, minlength=way.count)
                empty = keep & (flow[way.codes] == 0)
                _note(found, f"every row of its group in {way.name} has no trade", panel.rows[empty])
                keep &= ~empty
        if keep.all():
            break
        panel = panel.kept(keep)
    return panel, [told(reason, np.concatenate(rows)) for reason, rows in found.items()]


def separated(y: Floats, step: Floats) -> Bools | None:
    """Rows (n,) that the last step of a fit shows to be separated; None where it shows something falling without proof.

    The step is a combination of covariates and effects by construction, so that it is the proof itself: none on rows
    with trade, not upwards on rows without.
    """
    zero = y == 0
    falling: Bools = np.logical_and(zero, step < FALLS)
    is_proved = np.all(np.abs(step[~zero]) < STILL) and np.all(step[zero] < STILL)
    return falling if is_proved or not falling.any() else None


def _note(found: dict[str, list[Whole]], reason: str, rows: Whole) -> None:
    if rows.size:
        found.setdefault(reason, []).append(rows)

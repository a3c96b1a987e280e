"""What an estimate expects of flows that it was not made from, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from servanda.measures.ties.fit.demean import solve
from servanda.measures.ties.fit.estimate import Estimate
from servanda.measures.ties.fit.lists import lists
from servanda.measures.ties.fit.panel import Panel, panel
from servanda.measures.ties.fit.recover import effects
from servanda.measures.ties.fit.specification import Specification
from servanda.measures.ties.fit.ways import Bools, Floats, Whole

EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Predicted:
    """Flows that were left out, with what is expected of each.

    `panel` are the flows; `mean` (m,) what is expected; `x` (m, k) their covariates; `groups` (m, ways) the numbers of
    their effects in the estimate. Flows of a party and year that the estimate does not know are not here: `unknown` of
    them.
    """

    panel: Panel
    mean: Floats
    x: Floats
    groups: Whole
    unknown: int


def predict(made: Estimate, asked: Specification, left_out: pa.Table) -> Predicted:
    """What an estimate with exporter-year and importer-year effects expects of flows in a table."""
    flows, _ = panel(left_out, asked)
    exporters, importers = (_places(flows.parties, made.panel.parties)[at] for at in flows.at[:2])
    years = _places(flows.years, made.panel.years)[flows.at[2]]
    groups = np.stack(
        [
            _group(made.panel.at[side], made.panel.at[2], made.panel.ways[side].codes, party, years)
            for side, party in ((0, exporters), (1, importers))
        ],
        axis=1,
    )
    known = np.all(groups >= 0, axis=1)
    flows, groups = flows.kept(known), groups[known]
    x = np.stack([_column(flows, name) for name in made.panel.names], axis=1) if made.panel.names else None
    x = np.zeros((len(groups), 0)) if x is None else x
    found = effects(made.panel, made.fitted)
    index = x @ made.fitted.beta + sum(found[side][groups[:, side]] for side in (0, 1))
    return Predicted(flows, np.exp(index), x, groups, int(np.count_nonzero(~known)))


def uncertainty(made: Estimate, held: Predicted, chosen: Sequence[Bools], stretch: float) -> Floats:
    """Standard errors of the logarithm of sums of expected flows, (sets,); `chosen` are sets of flows, (m,) each.

    The delta method with the clustered sandwich, effects included. With gradient g over coefficients and effects, the
    influence of a row is h = x~'u + D s where D'WD s is the part of g that falls on effects and u the information of
    the coefficients times the covariates of the set less their effects; the variance is the sum over clusters of (sum
    of h times score)^2.
    """
    grouping = lists(made.panel.ways)
    weights = grouping.weigh(made.fitted.w)
    starts = (0, made.panel.ways[0].count)
    gradient = np.zeros((sum(grouping.sizes), len(chosen)))
    share = np.stack([held.mean * some / max(float(held.mean[some].sum()), 1e-300) for some in chosen], axis=1)
    for side in (0, 1):
        np.add.at(gradient, starts[side] + held.groups[:, side], share)
    x = made.panel.x
    right = (
        np.stack([grouping.sums(made.fitted.w * row) for row in x], axis=1) if len(x) else np.zeros((len(gradient), 0))
    )
    both = np.hstack([gradient, right])
    scale = np.where(weights.totals > 0, weights.totals, 1.0)[:, None]
    size = np.sqrt(np.sum(grouping.metric * both * both / scale, axis=0))
    found, _ = solve(grouping, weights, both, np.maximum(EXACT * size, 1e-300))
    solved, projected = found[:, : len(chosen)], found[:, len(chosen) :]
    bread = np.linalg.pinv((made.fitted.x * made.fitted.w) @ made.fitted.x.T)
    u = bread @ ((held.x.T @ share) - projected.T @ gradient)
    by = made.panel.by[0]
    errors = []
    for at in range(len(chosen)):
        influence = u[:, at] @ made.fitted.x + grouping.spread(np.ascontiguousarray(solved[:, at]))
        summed = np.bincount(by.codes, weights=influence * made.fitted.residual, minlength=by.count)
        errors.append(float(np.sqrt(stretch * summed @ summed)))
    return np.array(errors)


def _places(labels: Sequence[object], among: Sequence[object]) -> Whole:
    """Of each label its place among others, -1 where it is not there."""
    at = {label: place for place, label in enumerate(among)}
    return np.array([at.get(label, -1) for label in labels], dtype=np.int64)


def _group(party: Whole, year: Whole, codes: Whole, asked_party: Whole, asked_year: Whole) -> Whole:
    """The group of a party and year, -1 where no row has it."""
    shape = (int(party.max()) + 1, int(year.max()) + 1)
    table = np.full(shape, -1, dtype=np.int64)
    table[party, year] = codes
    inside = (asked_party >= 0) & (asked_party < shape[0]) & (asked_year >= 0) & (asked_year < shape[1])
    return np.where(inside, table[np.where(inside, asked_party, 0), np.where(inside, asked_year, 0)], -1)


def _column(flows: Panel, name: str) -> Floats:
    """A covariate by its name; a dummy for a value that no flow here has is 0."""
    return flows.x[flows.names.index(name)] if name in flows.names else np.zeros(flows.y.size)

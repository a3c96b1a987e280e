"""Estimate a gravity equation on a table: rows that carry nothing left out, coefficients, errors, and what was
assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from servanda.errors import RequestError, nearest
from servanda.measures.ties.fit.bias import corrected
from servanda.measures.ties.fit.blocks import ORDERED
from servanda.measures.ties.fit.collinear import collinear
from servanda.measures.ties.fit.covariance import covariance, stretch
from servanda.measures.ties.fit.fitted import Fitted
from servanda.measures.ties.fit.ols import ols
from servanda.measures.ties.fit.panel import Dropped, Panel, panel, told
from servanda.measures.ties.fit.ppml import ppml
from servanda.measures.ties.fit.prune import prune, separated
from servanda.measures.ties.fit.specification import Model, Specification
from servanda.measures.ties.fit.ways import PAIR, Floats

CONSTANT = "constant"
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient, named as in the formula. What it was before the correction for three-way effects, if it was."""

    name: str
    estimate: float
    std_error: float
    uncorrected: float | None = None
    uncorrected_error: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """Coefficients with the constant last, then the sums asked for; `covariance` (k + 1, k + 1) is of the former.

    `panel` and `fitted` are the rows that were estimated on, for what is built on the estimate.
    """

    coefficients: tuple[Coefficient, ...]
    covariance: Floats
    n: int
    dropped: tuple[Dropped, ...]
    deviance: float
    iterations: int
    moved: float
    assumed: tuple[str, ...]
    panel: Panel
    fitted: Fitted

    def of(self, name: str) -> Coefficient:
        """A coefficient by its name."""
        found = [one for one in self.coefficients if one.name == name]
        if not found:
            near = nearest(name, [one.name for one in self.coefficients])
            raise RequestError(f"no coefficient {name}" + (f"; nearest is '{near[0]}'" if near else ""))
        return found[0]


def estimate(table: pa.Table, asked: Specification) -> Estimate:
    """The estimate of a specification. Raises RequestError where there is none, and where it did not converge."""
    chosen, fitted, dropped = fit(table, asked)
    means = (chosen.x @ fitted.w) / fitted.w.sum()
    by_how_much = stretch(asked.small_sample, asked.model, fitted.w.size, len(chosen.names), chosen.ways, chosen.by)
    spread = covariance(fitted, means, chosen.by, by_how_much)
    if np.any(np.diag(spread) < 0):
        raise RequestError("the variance by several clusters is negative: too few of them; cluster by fewer ways")
    beta, raw, notes = fitted.beta, spread, _assumed(asked, by_how_much)
    if asked.is_corrected:
        beta, spread, more = _correct(chosen, fitted, asked, spread, by_how_much)
        notes = (*notes, *more)
    names = (*chosen.names, CONSTANT)
    middle = float((fitted.w @ fitted.index) / fitted.w.sum())
    before, values = (np.append(one, middle - means @ one) for one in (fitted.beta, beta))
    found = [*_plain(names, values, spread), *_sums(names, values, spread, asked.sums)]
    if asked.is_corrected:
        old = [*_plain(names, before, raw), *_sums(names, before, raw, asked.sums)]
        found = [
            replace(new, uncorrected=one.estimate, uncorrected_error=one.std_error)
            for new, one in zip(found, old, strict=True)
        ]
    return Estimate(
        coefficients=tuple(found),
        covariance=spread,
        n=fitted.w.size,
        dropped=tuple(dropped),
        deviance=fitted.deviance,
        iterations=fitted.iterations,
        moved=fitted.moved,
        assumed=notes,
        panel=chosen,
        fitted=fitted,
    )


def _correct(
    held: Panel, fitted: Fitted, asked: Specification, spread: Floats, by_how_much: float
) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Coefficients and covariance corrected for three-way effects, and what is to be said of it."""
    if asked.model is Model.OLS:
        raise RequestError("the correction for three-way effects is for ppml: least squares does not need it")
    if not held.names:
        raise RequestError("there is no coefficient left to correct")
    found = corrected(held, fitted)
    said = "coefficients are corrected for three-way effects (Weidner and Zylkin 2021"
    said += (
        ")" if ORDERED in {way.name for way in held.ways} else ", whose pairs are exporter-importer; here both ways)"
    )
    pairs = {PAIR, ORDERED} & {way.name for way in held.ways}
    if [one.name for one in held.by] != list(pairs):
        return fitted.beta - found.bias, spread, (said, f"errors are not corrected: cluster by {pairs.pop()} for that")
    if found.covariance is None:
        return fitted.beta - found.bias, spread, (said, "errors are not corrected: too many effects to invert")
    whole = spread.copy()
    whole[:-1, :-1] = by_how_much * found.covariance
    return fitted.beta - found.bias, whole, (said, "errors are corrected by the leverage of each pair")


def fit(table: pa.Table, asked: Specification) -> tuple[Panel, Fitted, list[Dropped]]:
    """The panel that was estimated on, what was found, and what was left out on the way."""
    chosen, every = panel(table, asked)
    for _ in range(ROUNDS):
        chosen, dropped = prune(chosen, asked.model is Model.PPML)
        every += dropped
        if not chosen.y.size:
            raise RequestError("no row is left to estimate on: " + "; ".join(one.reason for one in every))
        grouping = chosen.grouping()
        left, wrong = collinear(grouping, chosen.x)
        every += [Dropped(f"{chosen.names[at]} is {why}", 0, (), chosen.names[at]) for at, why in wrong.items()]
        chosen = chosen.without(set(wrong))
        if asked.model is Model.OLS:
            return chosen, ols(grouping, chosen.y, left), every
        fitted = ppml(grouping, chosen.y, left)
        falling = separated(chosen.y, fitted.step)
        if falling is None or not falling.any():
            return chosen, fitted, every
        reason = "separated: covariates and effects predict that there is no trade"
        every.append(told(reason, chosen.rows[falling]))
        chosen = chosen.kept(~falling)
    raise RequestError(
        f"rows were still being separated after {ROUNDS} rounds; leave out a covariate or a set of effects"
    )


def _plain(names: Sequence[str], values: Floats, spread: Floats) -> list[Coefficient]:
    errors = np.sqrt(np.diag(spread))
    return [
        Coefficient(name, float(value), float(error)) for name, value, error in zip(names, values, errors, strict=True)
    ]


def _sums(names: Sequence[str], values: Floats, spread: Floats, asked: Sequence[Sequence[str]]) -> list[Coefficient]:
    """Sums of coefficients with the error that their covariance gives."""
    made = []
    for some in asked:
        lacking = [name for name in some if name not in names]
        if lacking:
            raise RequestError(f"no coefficient {lacking[0]} to add up; there are {', '.join(names)}")
        pick = np.array([float(name in some) for name in names])
        made.append(Coefficient(" + ".join(some), float(pick @ values), float(np.sqrt(pick @ spread @ pick))))
    return made


def _assumed(asked: Specification, by_how_much: float) -> tuple[str, ...]:
    """What the numbers rest on, in words."""
    mean = "trade has the mean exp(index)" if asked.model is Model.PPML else f"{asked.response.name} has a linear mean"
    errors = (
        f"errors are correlated within {' and within '.join(asked.clustered)} and not otherwise"
        if asked.clustered
        else "errors are independent from row to row, of any variance"
    )
    effects = ", ".join(asked.effects) or "none"
    said = [
        f"{mean}; fixed effects: {effects}",
        f"{errors}; small-sample convention {asked.small_sample}: variances times {by_how_much:.6f}",
        "a row that is not in the table is missing and not a zero; a zero is a value",
        "constant is the mean of the fixed effects by the weights of the fit" if asked.effects else "",
        "pair is the same for both directions; exporter-importer keeps them apart"
        if any("pair" in one.split("-") for one in (*asked.effects, *asked.clustered))
        else "",
    ]
    return tuple(one for one in said if one)

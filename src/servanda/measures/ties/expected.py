"""Given who two parties are, how much would be expected between them, and how much of it is not there?

The question is asked of all pairs at once: Poisson pseudo-maximum likelihood with exporter-year and importer-year
effects (fit/ppml.py), so that size, wealth and remoteness of both are accounted for in every year, and the covariates
that are named for what joins the two. There is no pair effect, which would swallow the gap that is asked for; and the
flows of the pair and of the pairs it is ranked among are left out of the estimation, so that no flow is part of what
is expected of it. What is left over is all that covariates do not tell: a barrier, a missing covariate and a missing
tie look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import norm

from servanda.errors import RequestError
from servanda.measures.ties.fit.covariance import stretch
from servanda.measures.ties.fit.estimate import Estimate, estimate
from servanda.measures.ties.fit.formula import terms
from servanda.measures.ties.fit.noise import noise
from servanda.measures.ties.fit.predict import Predicted, predict, uncertainty
from servanda.measures.ties.fit.specification import EXPORTER, IMPORTER, Model, SmallSample, Specification
from servanda.measures.ties.fit.ways import Bools, Floats
from servanda.model.reading import Reading

NAME = "untapped share"
PEERS = 20
"""Pairs to be ranked among where none are named: those of which about as much is expected."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """Which pair, judged by which covariates, among which pairs (else the PEERS nearest in what is expected)."""

    pair: Pair
    formula: str
    peers: tuple[Pair, ...] = ()
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Gap:
    """What is there and what is expected of some flows; the share that is not there with its bounds; None without
    trade.
    """

    actual: float
    expected: float
    share: float
    low: float | None
    high: float | None

    def plain(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "actual": self.actual,
            "expected": self.expected,
            "untapped_share": self.share,
            "low": self.low,
            "high": self.high,
        }


def expected(table: pa.Table, asked: Question, unit: str = "share of what is expected") -> Reading:
    """The untapped share of a pair, both directions and all years of the table together, with its interval.

    `table` has exporter, importer, trade, year where there are years, and the covariates. The share is 1 -
    actual/expected and below 0 where there is more than expected. `steps` hold actual and expected, the path by year,
    both directions, the rank among the peers with its range, and the coefficients. Raises RequestError where nothing
    can be estimated.
    """
    specified = Specification(
        formula=terms(asked.formula),
        effects=("exporter-year", "importer-year") if "year" in table.column_names else (EXPORTER, IMPORTER),
        clustered=("pair",),
    )
    own = _sides(asked.pair)
    wanted = pc.sum(_of(table, [own])).as_py() or 0
    if not wanted:
        return _none(asked, f"the table has no row between {own[0]} and {own[1]}", 0)
    peers = [_sides(one) for one in asked.peers] or _nearest(table, specified, own)
    every = [own, *(one for one in dict.fromkeys(peers) if one != own)]
    mask = _of(table, every)
    made = estimate(table.filter(pc.invert(mask)), specified)
    held = predict(made, specified, table.filter(mask))
    if not _rows(held, own).any():
        return _none(asked, f"{own[0]} or {own[1]} trade with nobody else in the table", wanted)
    return _reading(made, held, asked, every, unit, wanted)


def _reading(made: Estimate, held: Predicted, asked: Question, every: list[Pair], unit: str, wanted: int) -> Reading:
    own = _rows(held, every[0])
    years = sorted({int(year) for year in held.panel.at[2][own]})
    by_year = [own & (held.panel.at[2] == year) for year in years]
    directions = [own & _from(held, party) for party in every[0]]
    known = [pair for pair in every if _rows(held, pair).any()]
    sets = [*(_rows(held, pair) for pair in known), *by_year, *directions]
    gaps = _gaps(made, held, sets, asked.level)
    of_pairs, of_years, of_ways = gaps[: len(known)], gaps[len(known) : -2], gaps[-2:]
    labels = held.panel.years
    gap = of_pairs[0]
    return Reading(
        name=NAME,
        unit=unit,
        value=gap.share,
        used=int(own.sum()),
        expected=wanted,
        low=gap.low,
        high=gap.high,
        interval=f"{asked.level:.0%}: coefficients and effects, and the noise of flows from year to year",
        period=f"{labels[years[0]]}-{labels[years[-1]]}" if len(labels) > 1 else None,
        parties=every[0],
        caveats=("covariates_left_out_look_like_a_gap", *(("no_trade_no_interval",) if gap.low is None else ())),
        steps={
            **gap.plain(),
            "path": [{"year": labels[year], **one.plain()} for year, one in zip(years, of_years, strict=True)],
            "directions": [
                {"exporter": party, **one.plain()} for party, one in zip(every[0], of_ways, strict=True) if one.expected
            ],
            "rank": _rank(known, of_pairs),
            "coefficients": [(one.name, one.estimate, one.std_error) for one in made.coefficients],
            "estimated_on_rows": made.n,
            "assumed": list(made.assumed),
        },
    )


def _gaps(made: Estimate, held: Predicted, sets: Sequence[Bools], level: float) -> list[Gap]:
    """The gap of each set of flows, with bounds from the estimate's uncertainty and from the noise of the flows."""
    much = stretch(SmallSample.DEFAULT, Model.PPML, made.n, len(made.panel.names), made.panel.ways, made.panel.by)
    sure = uncertainty(made, held, sets, much)
    wide = float(norm.ppf((1 + level) / 2))
    found = []
    for some, error in zip(sets, sure, strict=True):
        actual, mean = float(held.panel.y[some].sum()), float(held.mean[some].sum())
        if mean == 0:
            found.append(Gap(actual, 0.0, 0.0, None, None))
        elif actual == 0:
            found.append(Gap(0.0, mean, 1.0, None, None))
        else:
            spread = wide * np.hypot(error, noise(made, held.mean[some]))
            bounds = [1 - actual / mean * float(np.exp(sign * spread)) for sign in (1, -1)]
            found.append(Gap(actual, mean, 1 - actual / mean, bounds[0], bounds[1]))
    return found


def _rank(pairs: Sequence[Pair], gaps: Sequence[Gap]) -> dict[str, Any]:
    """The place of the first pair by untapped share, largest first, and the places that its interval leaves open."""
    own, others = gaps[0], gaps[1:]
    surely_more = sum(own.high is not None and one.low is not None and one.low > own.high for one in others)
    surely_less = sum(own.low is not None and one.high is not None and one.high < own.low for one in others)
    return {
        "place": 1 + sum(one.share > own.share for one in others),
        "of": len(gaps),
        "first": 1 + surely_more,
        "last": len(gaps) - surely_less,
        "peers": [{"pair": list(pair), **gap.plain()} for pair, gap in zip(pairs[1:], others, strict=True)],
    }


def _nearest(table: pa.Table, specified: Specification, own: Pair) -> list[Pair]:
    """The pairs of which about as much is expected, by an estimate on all flows."""
    made = estimate(table, specified)
    exporters, importers = made.panel.at[0], made.panel.at[1]
    names = np.array(made.panel.parties)
    totals: dict[Pair, float] = {}
    ones, others = np.minimum(exporters, importers), np.maximum(exporters, importers)
    codes, at = np.unique(ones * len(names) + others, return_inverse=True)
    for code, total in zip(codes, np.bincount(at, weights=made.fitted.w), strict=True):
        one, other = str(names[code // len(names)]), str(names[code % len(names)])
        if one != other:
            totals[one, other] = float(total)
    if own not in totals:
        raise RequestError(
            f"nothing can be expected of {own[0]} and {own[1]}: their rows were left out of the estimate"
        )
    size = np.log(totals[own])
    near = sorted((abs(np.log(total) - size), pair) for pair, total in totals.items() if pair != own and total > 0)
    return [pair for _, pair in near[:PEERS]]


def _sides(pair: Pair) -> Pair:
    if pair[0] == pair[1]:
        raise RequestError(f"a pair is two parties, {pair[0]} was given twice")
    return (min(pair), max(pair))


def _of(table: pa.Table, pairs: Sequence[Pair]) -> pa.ChunkedArray:
    """Which rows are flows between the two parties of one of the pairs."""
    exporter, importer = table[EXPORTER].cast(pa.string()), table[IMPORTER].cast(pa.string())
    joined = pc.binary_join_element_wise(exporter, importer, "\x1f")
    wanted = [f"{one}\x1f{other}" for pair in pairs for one, other in (pair, pair[::-1])]
    return pc.is_in(joined, pa.array(wanted))


def _rows(held: Predicted, pair: Pair) -> Bools:
    return (_from(held, pair[0]) & _to(held, pair[1])) | (_from(held, pair[1]) & _to(held, pair[0]))


def _from(held: Predicted, party: str) -> Bools:
    return _is(held.panel.parties, held.panel.at[0], party)


def _to(held: Predicted, party: str) -> Bools:
    return _is(held.panel.parties, held.panel.at[1], party)


def _is(parties: Sequence[str], codes: Floats | Any, party: str) -> Bools:
    found: Bools = codes == (parties.index(party) if party in parties else -1)
    return found


def _none(asked: Question, reason: str, wanted: int) -> Reading:
    return Reading(NAME, "share of what is expected", reason=reason, expected=wanted, parties=_sides(asked.pair))

"""When the steps of a roadmap will be done, by how long promises took in the record, and the odds of each date.

A step waits until all it needs is done, then takes as long as a promise of its kind took. Lengths are drawn from the
curve of Kaplan and Meier (1958), in which what is still open is censored: a promise that was never delivered in all the
time it was watched is a draw that never ends. A step that runs already is drawn from what is left of the curve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from servanda.model.reading import Reading
from servanda.model.roadmap import Milestone, Roadmap
from servanda.scenarios.roadmap import ordered

Array = NDArray[np.float64]
DRAWS, ROUNDS = 2000, 200
ENOUGH = 5
"""Deliveries with a known day, under which an area has no curve of its own."""
ENDS = (0.05, 0.95)
MIDDLE, FROM_DATE = "middle day of the draws", "days from the date"


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the promises of one kind have lasted: days, and whether each ended in delivery (else it is censored)."""

    of: str
    days: tuple[int, ...]
    delivered: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """When a step will be done: `middle` by half of the draws, `odds` of its date, from which waits the lengths came.

    `slippage` is in days, the middle against the date first set.
    """

    step: str
    starts: date | None
    done: date | None
    due: date
    waits: str
    odds: Reading
    middle: Reading
    slippage: Reading
    early: date | None
    likely: date | None
    late: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """All steps in their order, the odds that the whole ends by its last date, and what holds it up most often."""

    roadmap: str
    day: date
    steps: tuple[Expected, ...]
    whole: Reading
    holds: dict[str, float]
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Curve:
    """Event times (K), and the share not delivered after each: of the record (K) and of each resample (rounds x K)."""

    of: str
    times: Array
    left: Array
    resampled: Array
    used: int
    expected: int


def forecast(
    roadmap: Roadmap,
    done: Mapping[str, date],
    waits: Mapping[str, Waits],
    areas: Mapping[str, str],
    day: date,
    seed: int = 1,
) -> Forecast:
    """The forecast on `day`. `done` gives the day of each step that is done; `waits` by area, and of the whole record
    under ""; `areas` the area of each step. ValueError where steps wait for each other.
    """
    draw = np.random.default_rng(seed)
    curves = {
        name: _curve(one, draw) for name, one in sorted(waits.items()) if name == "" or sum(one.delivered) >= ENOUGH
    }
    steps = ordered(roadmap)
    chance = {one.id: draw.random(DRAWS) for one in steps}
    chosen = {one.id: curves.get(areas.get(one.id, ""), curves[""]) for one in steps}
    ends: dict[str, Array] = {}
    spread: dict[str, Array] = {}
    began: dict[str, Array] = {}
    for one in steps:
        if one.id in done:
            at = float(done[one.id].toordinal())
            began[one.id], ends[one.id] = np.full(DRAWS, at), np.full(DRAWS, at)
            spread[one.id] = np.full((ROUNDS, DRAWS), at)
            continue
        curve, start = chosen[one.id], _start(one, roadmap)
        began[one.id] = _begin(one, ends, start, DRAWS)
        ends[one.id] = _ending(began[one.id], chance[one.id], curve.times, curve.left, day)
        spread[one.id] = np.stack([
            _ending(
                _begin(one, {name: held[which] for name, held in spread.items()}, start, DRAWS),
                chance[one.id], curve.times, curve.resampled[which], day,
            )
            for which in range(ROUNDS)
        ])  # fmt: skip
    made = tuple(
        _expected(one, began[one.id], ends[one.id], spread[one.id], chosen[one.id], done.get(one.id)) for one in steps
    )
    return Forecast(
        roadmap.id, day, made, _whole(steps, ends, spread), _holds(steps, ends, done), DRAWS, seed
    )  # fmt: skip


def left_after(days: Array, delivered: NDArray[np.bool_], weights: Array) -> tuple[Array, Array]:
    """Kaplan-Meier: the times of delivery (K), and the share not delivered after each for each row of weights (R x K).

    `days` and `delivered` (n) are one promise each; `weights` (R x n) how often each counts. Where nothing is
    at risk the share stays as it was.
    """
    times = np.unique(days[delivered])
    at_risk = weights @ (days[:, None] >= times[None, :]).astype(float)
    ended = weights @ ((days[:, None] == times[None, :]) & delivered[:, None]).astype(float)
    stays = 1.0 - np.divide(ended, at_risk, out=np.zeros_like(ended), where=at_risk > 0)
    return times, np.cumprod(stays, axis=1)


def _curve(waits: Waits, draw: np.random.Generator) -> _Curve:
    days, delivered = np.array(waits.days, dtype=float), np.array(waits.delivered, dtype=bool)
    many = len(days)
    again = (
        draw.multinomial(many, np.full(many, 1 / many), size=ROUNDS).astype(float) if many else np.zeros((ROUNDS, 0))
    )
    times, left = left_after(days, delivered, np.vstack([np.ones((1, many)), again]))
    return _Curve(waits.of, times, left[0], left[1:], int(delivered.sum()), many)


def _start(one: Milestone, roadmap: Roadmap) -> float:
    """The first day on which a step can run, whatever it needs."""
    return float((one.starts.first if one.starts is not None else roadmap.on.first).toordinal())


def _begin(one: Milestone, ends: Mapping[str, Array], start: float, draws: int) -> Array:
    begun = np.full(draws, start)
    for name in one.needs:
        begun = np.maximum(begun, ends[name])
    return begun


def _ending(began: Array, chance: Array, times: Array, left: Array, day: date) -> Array:
    """The day on which each draw ends; infinite where it does not within the time that promises were watched.

    Between two deliveries the curve falls evenly, so that a short stretch without one has some odds.
    """
    if not len(times):
        return np.full(len(began), np.inf)
    at, share = np.concatenate([[0.0], times]), np.concatenate([[1.0], left])
    runs = np.clip(day.toordinal() - began, 0, None)
    drawn = chance * np.interp(runs, at, share)
    takes = np.where(drawn < share[-1], np.inf, np.interp(drawn, share[::-1], at[::-1]))
    # Where the record shows nothing that lasted so long, the end is taken to be at hand.
    ends: Array = began + np.ceil(np.maximum(takes, runs))
    return ends


def _expected(one: Milestone, began: Array, ends: Array, spread: Array, curve: _Curve, done: date | None) -> Expected:
    due = float(one.due.last.toordinal())
    if done is not None:
        name = "was done" if done.toordinal() <= due else "was done late"
        odds = Reading("odds of meeting the date", "share", float(done.toordinal() <= due), used=1, expected=1)
        middle = Reading(MIDDLE, FROM_DATE, float(done.toordinal() - due), used=1, expected=1)
        return Expected(
            one.id, None, done, one.due.last, name, odds, middle, _slip(one, float(done.toordinal())), done, done, done
        )
    shares = (spread <= due).mean(axis=1)
    odds = Reading(
        "odds of meeting the date", "share", float((ends <= due).mean()), used=curve.used, expected=curve.expected,
        low=float(np.quantile(shares, 0.025)), high=float(np.quantile(shares, 0.975)),
        interval="95 %, promises of the record drawn again", steps={"draws": DRAWS, "draws of the record": ROUNDS},
    )  # fmt: skip
    at = np.quantile(ends, [ENDS[0], 0.5, ENDS[1]], method="inverted_cdf")
    start = np.quantile(began, 0.5, method="inverted_cdf")
    middle = (
        Reading(MIDDLE, FROM_DATE, float(at[1] - due), used=curve.used, expected=curve.expected)
        if np.isfinite(at[1])
        else Reading(
            MIDDLE, FROM_DATE, used=curve.used, expected=curve.expected,
            reason="more than half of the draws never end: so many promises were not delivered in the time watched",
        )
    )  # fmt: skip
    return Expected(
        one.id, _day(start), None, one.due.last, curve.of, odds, middle, _slip(one, float(at[1])),
        _day(at[0]), _day(at[1]), _day(at[2]),
    )  # fmt: skip


def _slip(one: Milestone, middle: float) -> Reading:
    first = (one.baseline or one.due).last.toordinal()
    if not np.isfinite(middle):
        return Reading("slippage", "days", reason="the middle of the draws never ends")
    return Reading("slippage", "days", middle - first, used=1, expected=1)


def _whole(steps: tuple[Milestone, ...], ends: Mapping[str, Array], spread: Mapping[str, Array]) -> Reading:
    due = float(max(one.due.last for one in steps).toordinal())
    last = np.max(np.stack([ends[one.id] for one in steps]), axis=0)
    shares = (np.max(np.stack([spread[one.id] for one in steps]), axis=0) <= due).mean(axis=1)
    return Reading(
        "odds that all is done by the last date", "share", float((last <= due).mean()), used=len(steps),
        expected=len(steps), low=float(np.quantile(shares, 0.025)), high=float(np.quantile(shares, 0.975)),
        interval="95 %, promises of the record drawn again",
    )  # fmt: skip


def _holds(steps: tuple[Milestone, ...], ends: Mapping[str, Array], done: Mapping[str, date]) -> dict[str, float]:
    """In which share of the draws a step is the one that is late, or never ends, though all it needs came in time."""
    late = {one.id: ends[one.id] > one.due.last.toordinal() for one in steps if one.id not in done}
    made = {}
    for one in steps:
        if one.id in done:
            continue
        before = np.zeros(DRAWS, dtype=bool)
        for name in one.needs:
            if name in late:
                before |= late[name]
        made[one.id] = float((late[one.id] & ~before).mean())
    return dict(sorted(made.items(), key=lambda row: (-row[1], row[0])))


def _day(at: float) -> date | None:
    return date.fromordinal(int(at)) if np.isfinite(at) and at < date.max.toordinal() else None

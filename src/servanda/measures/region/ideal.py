"""Ideal points: where members stand over the sessions, from their roll calls. A dynamic ordinal item-response model.

Bailey, Strezhnev and Voeten 2017, Estimating Dynamic State Preferences from United Nations Voting Data: an ordinal
probit with two cut points a roll call, positions that walk from session to session, and the same resolution put again
as a bridge. Here by maximum a posteriori: Fisher scoring in turn over roll calls and over positions, whose prior makes
one tridiagonal system of all members together; a minute of numpy in place of a night's sampling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solveh_banded
from scipy.special import ndtr, ndtri

from servanda.errors import RequestError
from servanda.measures.region.fit.guess import direction
from servanda.measures.region.fit.tridiagonal import inverse

Array = NDArray[np.float64]
Places = NDArray[np.int64]
STEP = 0.5
"""Standard deviation of a position's step from one session to the next; positions have about 1 over all."""
SPREAD = {"slope": 1.0, "cut": 2.0, "level": 1.0}
"""Standard deviations of the priors. That of the level holds in every session: without it a bloc that always votes as
one drifts without bound, for its votes tell only that it is far out."""
ROUNDS, CLOSE = 300, 1e-3
WIDER = 1.05
"""Intervals are so much wider than those that take the roll calls as known: evaluation/region/coverage.md says why."""
Z = 1.959963984540054


def _sums(at: Places, values: Array | None = None, minlength: int = 0) -> Array:
    """Sums of values by place; counts where there are none."""
    made: Array = np.bincount(at, values, minlength=minlength).astype(np.float64)
    return made


class NotFound(RequestError):
    """The search for positions did not end."""


@dataclass(frozen=True, slots=True)
class Points:
    """Positions of members in sessions, with 95 % intervals; over all of them mean 0 and standard deviation 1.

    `votes`: on how many divided roll calls each rests.
    """

    member: NDArray[np.str_]
    session: Places
    point: Array
    low: Array
    high: Array
    votes: Places
    rounds: int


@dataclass(slots=True)
class _State:
    """Rows of votes by their roll call and their position, and what is estimated of both."""

    call: Places
    place: Places
    vote: Places
    calls: int
    places: int
    slope: Array
    low: Array
    high: Array
    theta: Array
    main: Array
    beside: Array
    session: Places
    of_call: Places


def ideal_points(
    rollcall: NDArray[np.str_], session: Places, member: NDArray[np.str_], vote: Places, positive: str | None = None,
    step: float = STEP,
) -> Points:  # fmt: skip
    """Positions from rows of votes (1 yes, 2 abstain, 3 no; others are left out), all of one length.

    A roll call that stands in several sessions is one question put again: it bridges them. `positive` names the member
    whose mean position is above 0; without it that is the member who stands farthest from the middle. Raises
    RequestError where nothing was divided, NotFound where the search does not end.
    """
    cast = np.isin(vote, (1, 2, 3))
    calls, call = np.unique(rollcall[cast], return_inverse=True)
    keys = np.stack([np.unique(member[cast], return_inverse=True)[1], session[cast]], axis=1)
    spots, place = np.unique(keys, axis=0, return_inverse=True)
    place = place.ravel()
    names = np.unique(member[cast])
    if positive is not None and positive not in names:
        raise RequestError(f"'{positive}' casts no vote here, so nothing can be said to lie on its side")
    kept = _divided(call, vote[cast], len(calls))
    call, place, answer = call[kept], place[kept], vote[cast][kept]
    if not len(call):
        raise RequestError("no roll call was divided: everybody said the same, and nobody can be told from another")
    calls_kept, call = np.unique(call, return_inverse=True)
    state = _begin(call, place, answer, len(calls_kept), spots, step)
    rounds = _climb(state)
    return _points(state, spots, names, positive, rounds)


def _divided(call: Places, vote: Places, calls: int) -> NDArray[np.bool_]:
    """The rows of roll calls in which more than one thing was said."""
    said = sum((_sums(call[vote == one], minlength=calls) > 0).astype(int) for one in (1, 2, 3))
    result: NDArray[np.bool_] = (np.asarray(said) > 1)[call]
    return result


def _begin(call: Places, place: Places, vote: Places, calls: int, spots: Places, step: float) -> _State:
    """Where the search begins: each at the first direction in which members differ, by their mean answers."""
    member, session = spots[:, 0], spots[:, 1]
    main = np.zeros(len(spots))
    beside = np.zeros(len(spots))
    first = np.r_[True, member[1:] != member[:-1]]
    gap = np.r_[1, np.maximum(1, session[1:] - session[:-1])]
    hold = np.where(first, 0.0, 1.0 / (step * step * gap))
    main += 1.0 / SPREAD["level"] ** 2 + hold
    main[:-1] += hold[1:]
    beside[1:] = -hold[1:]
    theta = direction(call, place, vote, spots)
    shares = [_sums(call[vote == one], minlength=calls) for one in (1, 2, 3)]
    total = np.maximum(1, sum(shares))
    of_call = np.zeros(calls, dtype=np.int64)
    of_call[call] = session[place]
    low = ndtri(np.clip(shares[0] / total, 0.02, 0.97))
    high = ndtri(np.clip((shares[0] + shares[1]) / total, 0.03, 0.98))
    return _State(
        call,
        place,
        vote,
        calls,
        len(spots),
        np.zeros(calls),
        low,
        np.maximum(high, low + 0.05),
        theta,
        main,
        beside,
        session,
        of_call,
    )


def _slopes(state: _State) -> tuple[Array, Array, Array, Array, Array]:
    """Of each row: the slope of its log likelihood in the two cut points, and what it is expected to tell of them."""
    reach = state.slope[state.call] * state.theta[state.place]
    one, two = state.low[state.call] - reach, state.high[state.call] - reach
    below, under = ndtr(one), ndtr(two)
    chance = np.array([below, under - below, 1 - under])
    np.maximum(chance, 1e-10, out=chance)
    density_one, density_two = np.exp(-one * one / 2) / 2.5066282746310002, np.exp(-two * two / 2) / 2.5066282746310002
    yes, no = state.vote == 1, state.vote == 3
    mid = ~(yes | no)
    up = np.where(yes, density_one / chance[0], np.where(mid, -density_one / chance[1], 0.0))
    down = np.where(no, -density_two / chance[2], np.where(mid, density_two / chance[1], 0.0))
    tells_one = density_one * density_one * (1 / chance[0] + 1 / chance[1])
    tells_two = density_two * density_two * (1 / chance[1] + 1 / chance[2])
    return up, down, tells_one, tells_two, -density_one * density_two / chance[1]


def _calls(state: _State) -> None:
    """One step of Fisher scoring for slope and cut points of every roll call, each by itself."""
    up, down, one, two, both = _slopes(state)
    at, theta = state.call, state.theta[state.place]

    def total(values: Array) -> Array:
        return _sums(at, values, minlength=state.calls)

    slope = np.array([total(-theta * (up + down)), total(up), total(down)]).T
    slope -= np.array(
        [state.slope / SPREAD["slope"] ** 2, state.low / SPREAD["cut"] ** 2, state.high / SPREAD["cut"] ** 2]
    ).T
    tells = np.empty((state.calls, 3, 3))
    whole = one + 2 * both + two
    tells[:, 0, 0] = total(theta * theta * whole) + 1 / SPREAD["slope"] ** 2
    tells[:, 1, 1] = total(one) + 1 / SPREAD["cut"] ** 2
    tells[:, 2, 2] = total(two) + 1 / SPREAD["cut"] ** 2
    tells[:, 0, 1] = tells[:, 1, 0] = total(-theta * (one + both))
    tells[:, 0, 2] = tells[:, 2, 0] = total(-theta * (two + both))
    tells[:, 1, 2] = tells[:, 2, 1] = total(both)
    moved = np.linalg.solve(tells, slope[:, :, None])[:, :, 0]
    moved = np.clip(moved, -1.0, 1.0)
    state.slope = state.slope + moved[:, 0]
    middle = (state.low + state.high + moved[:, 1] + moved[:, 2]) / 2
    wide = np.maximum(state.high - state.low + moved[:, 2] - moved[:, 1], 0.02)
    state.low, state.high = middle - wide / 2, middle + wide / 2


def _positions(state: _State) -> Array:
    """One step of Fisher scoring for all positions together; gives what the votes tell of each."""
    up, down, one, two, both = _slopes(state)
    slope = state.slope[state.call]
    told = _sums(state.place, -slope * (up + down), minlength=state.places)
    tells = _sums(state.place, slope * slope * (one + 2 * both + two), minlength=state.places)
    told -= state.main * state.theta
    told[1:] -= state.beside[1:] * state.theta[:-1]
    told[:-1] -= state.beside[1:] * state.theta[1:]
    banded = np.vstack([state.beside, state.main + tells])
    state.theta = state.theta + np.clip(solveh_banded(banded, told), -1.0, 1.0)
    return tells


def _fix(state: _State) -> None:
    """Standard deviation 1 within sessions, and in each session the mean that the priors make most probable.

    Likelihood is the same on any other scale and, but for bridges, about any other mean of a session, when its roll
    calls move along; steps in turn would take long to find the best, and one scale for all would drive sessions apart.
    """
    many = np.maximum(1, _sums(state.session))
    means = _sums(state.session, state.theta) / many
    apart = state.theta - means[state.session]
    scale = float(apart.std()) or 1.0
    moved = _best_means(state, apart / scale, state.slope * scale, means)
    state.theta = apart / scale + moved[state.session]
    # slope' theta' = slope theta + slope' moved - slope means: the cut points follow, so that every chance stays.
    follow = state.slope * (scale * moved - means)[state.of_call]
    state.low, state.high, state.slope = state.low + follow, state.high + follow, state.slope * scale


def _best_means(state: _State, apart: Array, slope: Array, means: Array) -> Array:
    """The means of sessions at which the priors of positions and cut points are most probable: a quadratic, solved."""
    many = len(means)
    tells = np.zeros((many, many))
    pull = state.main * apart
    pull[1:] += state.beside[1:] * apart[:-1]
    pull[:-1] += state.beside[1:] * apart[1:]
    right = -_sums(state.session, pull, minlength=many)
    tells[np.arange(many), np.arange(many)] += _sums(state.session, state.main, minlength=many)
    np.add.at(tells, (state.session[1:], state.session[:-1]), state.beside[1:])
    np.add.at(tells, (state.session[:-1], state.session[1:]), state.beside[1:])
    # A cut point about a mean of 0 is low - slope' (its mean so far / scale): what it is when the session's mean is 0.
    bare = state.low + state.high - 2 * state.slope * means[state.of_call]
    weight = 1 / SPREAD["cut"] ** 2
    right -= weight * _sums(state.of_call, slope * bare, minlength=many)
    tells[np.arange(many), np.arange(many)] += weight * _sums(state.of_call, 2 * slope * slope, minlength=many)
    empty = np.diag(tells) == 0
    tells[empty, empty] = 1.0
    result: Array = np.asarray(np.linalg.solve(tells, right), dtype=np.float64)
    return result


def _climb(state: _State) -> int:
    """Roll calls and positions in turn until no position moves."""
    for _ in range(5):
        _calls(state)
    for round_ in range(1, ROUNDS + 1):
        before = state.theta
        _positions(state)
        _fix(state)
        _calls(state)
        if float(np.abs(state.theta - before).max()) < CLOSE:
            return round_
    raise NotFound(
        f"no position was found in {ROUNDS} rounds; is there a roll call or a member cut off from the others?"
    )


def _points(state: _State, spots: Places, names: NDArray[np.str_], positive: str | None, rounds: int) -> Points:
    tells = _positions(state)
    spread = np.sqrt(inverse(state.main + tells, state.beside)) * WIDER
    theta = state.theta
    means = _sums(spots[:, 0], theta - theta.mean()) / np.maximum(1, _sums(spots[:, 0]))
    leader = int(np.searchsorted(names, positive)) if positive is not None else int(np.abs(means).argmax())
    side = -1.0 if means[leader] < 0 else 1.0
    mean, scale = float(theta.mean()), float(theta.std())
    point = side * (theta - mean) / scale
    votes = _sums(state.place, minlength=state.places).astype(np.int64)
    held = votes > 0
    half = Z * spread / scale
    return Points(
        names[spots[held, 0]],
        spots[held, 1],
        point[held],
        (point - half)[held],
        (point + half)[held],
        votes[held],
        rounds,
    )

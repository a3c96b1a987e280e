"""Agreement of two members in the roll calls of a session, under every usual definition at once.

All from one three-by-three table a pair: how often one said this while the other said that. Half-credit agreement as
Voeten publishes it (1 - |a - b| / 2), strict agreement, S (Signorino and Ritter 1999, eq. 4), and the chance-corrected
kappa of Cohen and pi of Scott with squared distances (Haege 2011, Choice or Circumstance, eq. 4 and 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
VOTES = (1, 2, 3)
"""Yes, abstain, no."""
_APART = np.abs(np.subtract.outer(np.arange(3), np.arange(3))).astype(float)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The pairs of one session, each once, `a` before `b`; arrays of one length. `votes` that both cast.

    kappa and pi are NaN where chance alone gives full agreement: both always say the same single thing.
    """

    session: int
    a: NDArray[np.str_]
    b: NDArray[np.str_]
    votes: NDArray[np.int64]
    half: Array
    strict: Array
    s: Array
    kappa: Array
    pi: Array


def agreement(
    rollcall: NDArray[np.str_], session: NDArray[np.int64], member: NDArray[np.str_], vote: NDArray[np.int64],
    unanimous: bool = False,
) -> Iterator[Agreement]:  # fmt: skip
    """Every pair in every session, from rows of votes (all of one length); votes other than 1, 2, 3 are left out.

    Roll calls in which all who voted said the same are left out unless `unanimous`, as in the published scores. Pairs
    that never voted together have no row.
    """
    cast = np.isin(vote, VOTES)
    session, vote = session[cast], vote[cast]
    # Names become numbers once: to sort words anew in every session would take longer than all the rest.
    _, rollcall_at = np.unique(rollcall[cast], return_inverse=True)
    names, member_at = np.unique(member[cast], return_inverse=True)
    for number in np.unique(session):
        here = session == number
        known, rows = np.unique(member_at[here], return_inverse=True)
        calls, places = np.unique(rollcall_at[here], return_inverse=True)
        members = names[known]
        table = np.zeros((len(members), len(calls)), dtype=np.int8)
        table[rows, places] = vote[here]
        if not unanimous:
            table = table[:, _divided(table)]
        if table.shape[1]:
            yield _session(int(number), members, table)


def _divided(table: NDArray[np.int8]) -> NDArray[np.bool_]:
    """The roll calls in which more than one thing was said."""
    said = sum((table == vote).any(axis=0).astype(int) for vote in VOTES)
    result: NDArray[np.bool_] = np.asarray(said) > 1
    return result


def _session(number: int, members: NDArray[np.str_], table: NDArray[np.int8]) -> Agreement:
    said = [(table == vote).astype(np.float32) for vote in VOTES]
    both = np.array([[one @ other.T for other in said] for one in said], dtype=np.float64)
    first, second = np.triu_indices(len(members), 1)
    both = both[:, :, first, second]
    votes = both.sum(axis=(0, 1))
    held = votes > 0
    first, second, both, votes = first[held], second[held], both[:, :, held], votes[held]
    share = both / votes
    half = 1 - (_APART[:, :, None] / 2 * share).sum(axis=(0, 1))
    squared = (_APART**2)[:, :, None]
    seen = (squared * share).sum(axis=(0, 1))
    one, other = share.sum(axis=1), share.sum(axis=0)
    pooled = (one + other) / 2
    kappa = _corrected(seen, (squared * one[:, None] * other[None]).sum(axis=(0, 1)))
    pi = _corrected(seen, (squared * pooled[:, None] * pooled[None]).sum(axis=(0, 1)))
    strict = share[0, 0] + share[1, 1] + share[2, 2]
    return Agreement(
        number, members[first], members[second], votes.astype(np.int64), half, strict, 2 * half - 1, kappa, pi
    )


def _corrected(seen: Array, chance: Array) -> Array:
    """1 - observed over expected distance; NaN where chance expects none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        made: Array = np.where(chance > 1e-12, 1 - seen / chance, np.nan)
    return made

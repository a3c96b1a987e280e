"""Where the search for positions begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]


def direction(call: Places, place: Places, vote: Places, spots: Places) -> Array:
    """A first guess of positions: in each session the leading direction of its answers, turned as in the one before."""
    guess = np.zeros(len(spots))
    before: dict[int, float] = {}
    at = spots[place, 1]
    for session in np.unique(at):
        here = at == session
        rows, members = np.unique(place[here], return_inverse=True)
        _, calls = np.unique(call[here], return_inverse=True)
        lead = _leading(members, calls, vote[here] - 2.0, len(rows))
        who = spots[rows, 0]
        known = [before.get(int(one), np.nan) for one in who]
        turned = float(np.nansum(np.array(known) * lead))
        lead = -lead if turned < 0 else lead
        before |= dict(zip(who.tolist(), lead.tolist(), strict=True))
        guess[rows] = lead
    return guess


def _leading(members: Places, calls: Places, answers: Array, many: int) -> Array:
    """The direction in which the members of one session differ most, with mean 0 and standard deviation 1."""
    table, known = np.zeros((many, calls.max() + 1)), np.zeros((many, calls.max() + 1))
    table[members, calls] = answers
    known[members, calls] = 1.0
    centred = table - table.sum(axis=0) / np.maximum(1, known.sum(axis=0)) * known
    together = np.maximum(1.0, known @ known.T)
    lead = np.linalg.eigh(centred @ centred.T / together)[1][:, -1]
    result: Array = (lead - lead.mean()) / (float(lead.std()) or 1.0)
    return result

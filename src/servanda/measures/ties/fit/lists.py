"""Weighted sums over any list of rows: the general way, for sparse panels and fixed effects of every shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from servanda.measures.ties.fit.ways import Floats, Way, Whole


@dataclass(frozen=True, slots=True)
class Crossing:
    """Which groups of one way meet which of another: rows in `order`, one cell from each of `starts` on."""

    order: Whole
    starts: Whole
    indices: Whole
    indptr: Whole
    shape: tuple[int, int]

    def weighed(self, w: Floats) -> sparse.csr_matrix:
        """The weights (n,) summed by cell, as a sparse matrix of this shape."""
        return sparse.csr_matrix((np.add.reduceat(w[self.order], self.starts), self.indices, self.indptr), self.shape)


@dataclass(frozen=True, slots=True)
class Lists:
    """Ways of grouping one list of rows, with every two of them crossed."""

    ways: tuple[Way, ...]
    crossings: dict[tuple[int, int], Crossing]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many groups each way has."""
        return tuple(way.count for way in self.ways)

    @property
    def metric(self) -> Floats:
        """Every coefficient counts once in an inner product."""
        return np.ones((sum(self.sizes), 1))

    def sums(self, x: Floats) -> Floats:
        """Sums of rows (n,) over the groups of every way: (sum of sizes,)."""
        return np.concatenate([np.bincount(way.codes, weights=x, minlength=way.count) for way in self.ways])

    def spread(self, coefficients: Floats) -> Floats:
        """The sum of the effects of each row, (n,), from one coefficient a group (sum of sizes,)."""
        pieces = np.split(coefficients, np.cumsum(self.sizes)[:-1])
        made = pieces[0][self.ways[0].codes]
        for way, piece in zip(self.ways[1:], pieces[1:], strict=True):
            made += piece[way.codes]
        return made

    def weigh(self, w: Floats) -> ListWeights:
        """The weights (n,) summed over every crossing."""
        return ListWeights({at: one.weighed(w) for at, one in self.crossings.items()}, self.sums(w))


@dataclass(frozen=True, slots=True)
class ListWeights:
    """Weights summed over the crossings; `totals` (sum of sizes,) are their sums by group."""

    crossed: dict[tuple[int, int], sparse.csr_matrix]
    totals: Floats

    def cross(self, to: int, of: int, v: Floats) -> Floats:
        """Sums over the groups of way `to` of weight times the coefficient of way `of`: (size, k) from (size, k)."""
        made: Floats = self.crossed[to, of] @ v if to < of else self.crossed[of, to].T @ v
        return made


def lists(ways: Sequence[Way]) -> Lists:
    """Ways of grouping, crossed once so that weights can change without sorting again."""
    crossings = {
        (one, other): _crossing(ways[one], ways[other])
        for one in range(len(ways))
        for other in range(one + 1, len(ways))
    }
    return Lists(tuple(ways), crossings)


def _crossing(one: Way, other: Way) -> Crossing:
    key = one.codes * other.count + other.codes
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    starts = np.flatnonzero(np.concatenate([[True], sorted_key[1:] != sorted_key[:-1]]))
    cells = sorted_key[starts]
    rows = cells // other.count
    indptr = np.searchsorted(rows, np.arange(one.count + 1))
    return Crossing(order, starts, cells % other.count, indptr, (one.count, other.count))

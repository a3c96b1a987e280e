"""How central institutions are in who writes with whom: partners, joint papers, nearness, betweenness, eigenvector.

Betweenness after Brandes 2001, "A faster algorithm for betweenness centrality", all sources of a block at once;
nearness is harmonic (Marchiori and Latora 2000), so that what is apart counts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Central:
    """Of each institution, in the order of the matrix: partners, joint papers, harmonic nearness and betweenness
    (both over what is possible, 0 to 1), and its part of the leading eigenvector (largest 1).
    """

    partners: Array
    joint: Array
    nearness: Array
    betweenness: Array
    eigenvector: Array


def centrality(joint: Any) -> Central:
    """From a symmetric matrix of joint papers without a diagonal (sparse or not), n x n, not negative."""
    counts = sparse.csr_matrix(joint, dtype=float)
    links = counts.copy()
    links.data[:] = 1.0
    many = counts.shape[0]
    return Central(
        np.asarray(links.sum(axis=1)).ravel(), np.asarray(counts.sum(axis=1)).ravel(),
        _nearness(links, many), _betweenness(links, many), _leading(counts, many),
    )  # fmt: skip


def _nearness(links: Any, many: int) -> Array:
    if many < 2:
        return np.zeros(many)
    far = csgraph.shortest_path(links, unweighted=True, directed=False)
    with np.errstate(divide="ignore"):
        near = np.where(far > 0, 1 / far, 0.0)
    return np.asarray(near.sum(axis=1) / (many - 1))


def _betweenness(links: Any, many: int, block: int = 256) -> Array:
    """Shares of shortest paths through each, level by level from a block of sources at once."""
    total = np.zeros(many)
    for start in range(0, many, block):
        sources = np.arange(start, min(start + block, many))
        reached, paths, level = _levels(links, sources, many)
        passed = np.zeros_like(paths)
        for step in range(int(level.max()), 0, -1):
            here = level == step
            share = np.where(here, (1 + passed) / np.where(paths > 0, paths, 1), 0.0)
            back = (links @ share.T).T
            passed += np.where((level == step - 1) & reached, paths * back, 0.0)
        passed[np.arange(len(sources)), sources] = 0.0
        total += passed.sum(axis=0)
    return total / max((many - 1) * (many - 2), 1)


def _levels(links: Any, sources: NDArray[np.int64], many: int) -> tuple[NDArray[np.bool_], Array, NDArray[np.int64]]:
    paths = np.zeros((len(sources), many))
    paths[np.arange(len(sources)), sources] = 1.0
    reached = paths > 0
    level = np.where(reached, 0, -1)
    front, step = paths.copy(), 0
    while front.any():
        step += 1
        front = np.where(reached, 0.0, (links @ front.T).T)
        new = front > 0
        paths[new], level[new] = front[new], step
        reached |= new
    return reached, paths, level


def _leading(counts: Any, many: int) -> Array:
    if not counts.nnz:
        return np.zeros(many)
    found = np.ones(many)
    for _ in range(1000):
        # The identity is added so that a network of two halves does not swing between them.
        following = counts @ found + found * counts.data.max()
        following /= following.max()
        if np.abs(following - found).max() < 1e-12:
            break
        found = following
    return found

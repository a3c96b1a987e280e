"""Who wrote with whom until a year, as sparse matrices over one numbering of institutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
PAIRS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Papers:
    """Rows of who wrote what: numbers of papers and of institutions, the year, and a number of a topic or -1.

    `names` and `parties` are those of the institutions, `topics` the names of the topics.
    """

    paper: Whole
    institution: Whole
    year: Whole
    topic: Whole
    names: tuple[str, ...]
    parties: NDArray[np.str_]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The network until a year: joint papers, links (1 where there is any), partners and papers of each institution,
    papers of its last years, and its topics as unit vectors (None where the table has none).
    """

    joint: Any
    links: Any
    degree: Array
    papers: Array
    lately: Array
    topics: Any


def graph(held: Papers, until: int, lately: int = 3) -> Graph:
    """The network of papers of a year and before."""
    many = len(held.names)
    kept = held.year <= until
    papers, rows = np.unique(held.paper[kept], return_inverse=True)
    wrote = sparse.csr_matrix((np.ones(kept.sum()), (rows, held.institution[kept])), shape=(len(papers), many))
    wrote.data[:] = 1.0
    joint = (wrote.T @ wrote).tocsr()
    joint.setdiag(0)
    joint.eliminate_zeros()
    joint.sort_indices()
    links = joint.copy()
    links.data[:] = 1.0
    recent = kept & (held.year > until - lately)
    return Graph(
        joint, links, np.asarray(links.sum(axis=1)).ravel(), np.asarray(wrote.sum(axis=0)).ravel(),
        np.bincount(held.institution[recent], minlength=many).astype(float), _topics(held, kept, many),
    )  # fmt: skip


def _topics(held: Papers, kept: NDArray[np.bool_], many: int) -> Any:
    if not held.topics:
        return None
    known = kept & (held.topic >= 0)
    made = sparse.csr_matrix(
        (np.ones(known.sum()), (held.institution[known], held.topic[known])), shape=(many, len(held.topics))
    )
    made.sum_duplicates()
    spread = np.asarray((made > 0).sum(axis=0)).ravel()
    # A topic on which everybody writes says little of two who both do.
    made = made @ sparse.diags(np.log(1 + many / np.maximum(spread, 1)))
    length = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.maximum(length, 1e-12)) @ made).tocsr()


def common(of: Graph, one: Whole, other: Whole, weights: Sequence[Array]) -> list[Array]:
    """For each weight of institutions, its sum over the partners that both of a pair have.

    Either the partners of the two are met pair by pair, or whole rows are multiplied at once: whichever is less work.
    """
    rows = np.unique(one)
    pair_by_pair = float((of.degree[one] + of.degree[other]).sum())
    if pair_by_pair > len(rows) * len(of.degree):
        return [picked(of.links, weight, of.links, one, other) for weight in weights]
    found = [np.empty(len(one)) for _ in weights]
    many = len(of.degree)
    known = np.repeat(np.arange(many, dtype=np.int64), np.diff(of.links.indptr)) * many + of.links.indices
    for start in range(0, len(one), PAIRS_AT_ONCE):
        part = slice(start, start + PAIRS_AT_ONCE)
        pairs, partner = _met(of.links, known, one[part], other[part])
        for sums, weight in zip(found, weights, strict=True):
            sums[part] = np.bincount(pairs, weights=weight[partner], minlength=len(one[part]))
    return found


def _met(links: Any, known: Whole, one: Whole, other: Whole) -> tuple[Whole, Whole]:
    """Which partners both have: numbers of pairs, and of partners. `known` are all links as one number each, sorted."""
    many, degree = links.shape[0], np.diff(links.indptr)
    # Of the two the one with fewer partners is read out, and each looked for among the other's; in the order of the
    # others, so that what is looked for next lies near what was looked for last.
    fewer = degree[one] <= degree[other]
    small, large = np.where(fewer, one, other), np.where(fewer, other, one)
    order = np.argsort(large, kind="stable")
    counts = degree[small[order]]
    pairs = np.repeat(order, counts)
    within = np.arange(len(pairs)) - np.repeat(np.cumsum(counts) - counts, counts)
    partner = links.indices[links.indptr[small][pairs] + within].astype(np.int64)
    wanted = large[pairs] * many + partner
    place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    held = known[place] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)
    return pairs[held], partner[held]


def picked(left: Any, middle: Array | None, right: Any, one: Whole, other: Whole) -> Array:
    """Cells (one, other) of left x diag(middle) x right', without the rows that nobody asked for."""
    rows, place = np.unique(one, return_inverse=True)
    weighed = left[rows] if middle is None else left[rows] @ sparse.diags(middle)
    turned = right.T.tocsc()
    found = np.empty(len(one))
    order = np.argsort(place, kind="stable")
    step = 256
    for start in range(0, len(rows), step):
        part = order[np.searchsorted(place[order], start) : np.searchsorted(place[order], start + step)]
        block = (weighed[start : start + step] @ turned).toarray()
        found[part] = block[place[part] - start, other[part]]
    return found

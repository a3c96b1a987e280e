"""Who wrote with whom until a year, as sparse matrices over one numbering of institutions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


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

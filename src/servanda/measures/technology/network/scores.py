"""What is seen of a pair of institutions that have not written together: the usual scores and what they come from.

Common neighbours and preferential attachment: Liben-Nowell and Kleinberg 2007, "The link-prediction problem for social
networks", table 1; Adamic-Adar: the same, after Adamic and Adar 2003; resource allocation: Zhou, Lu and Zhang 2009,
"Predicting missing links via local information", eq. 9.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servanda.measures.technology.network.graph import Array, Graph, Papers, Whole, common, picked

BASELINES = ("common neighbours", "Adamic-Adar", "resource allocation", "preferential attachment", "size")


def preferential_attachment(of: Graph, one: Whole, other: Whole) -> Array:
    """The partners of the one times those of the other."""
    return of.degree[one] * of.degree[other]


def size(of: Graph, one: Whole, other: Whole) -> Array:
    """The papers of the one times those of the other."""
    return of.papers[one] * of.papers[other]


def baselines(of: Graph, one: Whole, other: Whole) -> dict[str, Array]:
    """Every usual score by its name: partners that both have, counted, by 1 / log and by 1 / how many partners each has
    itself; the product of partners; the product of papers.
    """
    weights = (np.ones(len(of.degree)), 1 / np.log(np.maximum(of.degree, 2)), 1 / np.maximum(of.degree, 1))
    met = common(of, one, other, weights)
    measured = (*met, preferential_attachment(of, one, other), size(of, one, other))
    return dict(zip(BASELINES, measured, strict=True))


def seen(of: Graph, held: Papers, one: Whole, other: Whole) -> tuple[tuple[str, ...], Array]:
    """Names and columns of what a chance is made of. Sizes come in as sums of logs, so that a product counts."""
    base = baselines(of, one, other)
    both = base["common neighbours"]
    least = np.minimum(of.papers[one], of.papers[other])
    union = np.maximum(of.degree[one] + of.degree[other] - both, 1)
    columns = {
        "common": np.log1p(both),
        "Adamic-Adar": np.log1p(base["Adamic-Adar"]),
        "resource": np.log1p(10 * base["resource allocation"]),
        "overlap": both / union,
        "partners": np.log1p(of.degree[one]) + np.log1p(of.degree[other]),
        "papers": np.log1p(of.papers[one]) + np.log1p(of.papers[other]),
        "smaller": np.log1p(least),
        "lately": np.log1p(of.lately[one]) + np.log1p(of.lately[other]),
        "one party": (held.parties[one] == held.parties[other]).astype(float),
        "parties": _parties(of, held, one, other),
    }
    if of.topics is not None:
        columns["topics"] = picked(of.topics, None, of.topics, one, other)
    return tuple(columns), np.column_stack(list(columns.values()))


def _parties(of: Graph, held: Papers, one: Whole, other: Whole) -> Array:
    """How much the two parties' institutions are linked at all: log of links over what their partners would give."""
    names, party = np.unique(held.parties, return_inverse=True)
    many = len(names)
    links = of.links.tocoo()
    between = np.zeros((many, many))
    np.add.at(between, (party[links.row], party[links.col]), 1.0)
    ends = np.bincount(party, weights=of.degree, minlength=many)
    expected = np.outer(ends, ends) / max(ends.sum(), 1)
    tie = np.log((between + 5) / (expected + 5))
    return np.asarray(tie[party[one], party[other]])


def partners(of: Graph, one: int, other: int, most: int = 3) -> list[int]:
    """The partners that both have, those with the fewest partners of their own first."""
    first = of.links.indices[of.links.indptr[one] : of.links.indptr[one + 1]]
    second = of.links.indices[of.links.indptr[other] : of.links.indptr[other + 1]]
    both = np.intersect1d(first, second)
    return [int(place) for place in both[np.lexsort((both, of.degree[both]))][:most]]


def shared_topics(of: Graph, held: Papers, one: int, other: int, most: int = 3) -> Sequence[str]:
    """The topics that make two institutions alike, the strongest first."""
    if of.topics is None:
        return []
    product = of.topics[one].multiply(of.topics[other]).tocoo()
    order = np.argsort(-product.data, kind="stable")[:most]
    return [held.topics[product.col[place]] for place in order]

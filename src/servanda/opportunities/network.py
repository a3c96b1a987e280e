"""Who of two parties writes with whom: few enough institutions and ties for one picture, and who may be next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from servanda.measures.technology.network.firm import same_firm
from servanda.measures.technology.network.graph import Papers, Whole, graph
from servanda.opportunities.introductions import Introduction

SIDE = 20
"""Institutions of each party at most."""
TIES = 60
"""Ties at most: more are a grey patch."""
PROPOSED = 12
SWEEPS = 4

Bond = tuple[int, int, int, float | None]


@dataclass(frozen=True, slots=True)
class Node:
    """An institution with its papers, and those of them that have an institution of the other party too."""

    name: str
    party: str
    papers: int
    joint: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Two institutions by their places in `left` and `right`, with joint papers; or none, and the chance of a first."""

    left: int
    right: int
    papers: int
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Institutions of either party in an order that can be drawn, and ties between them, those with most papers first.

    `papers` are all joint papers of the two, `every` all ties between institutions of the two, shown or not, without
    those between parts of one firm, of which there are `firms`.
    """

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    ties: tuple[Tie, ...]
    papers: int
    every: int
    firms: int


def network(
    held: Papers, pair: tuple[str, str], until: int, proposed: Sequence[Introduction] = (),
    topics: frozenset[int] | None = None,
) -> Network:  # fmt: skip
    """The network of papers until a year, of some topics where these are named; `left` is of the first of the pair.

    Proposals come first, then ties by their papers, for as long as both sides have room.
    """
    own = about(held, topics)
    of = graph(own, until)
    every, firms = _ties(held, of.joint, pair)
    place = {(held.names[number], str(held.parties[number])): number for number in range(len(held.names))}
    wished: list[Bond] = [
        (place[one.names[0], one.parties[0]], place[one.names[1], one.parties[1]], 0, one.chance)
        for one in proposed[:PROPOSED]
    ]
    kept: tuple[set[int], set[int]] = (set(), set())
    for bond in (*wished, *every):
        if all(end in its or len(its) < SIDE for end, its in zip(bond[:2], kept, strict=True)):
            kept[0].add(bond[0])
            kept[1].add(bond[1])
    shown = [one for one in every if one[0] in kept[0] and one[1] in kept[1]][:TIES] + wished
    left, right = _untangled(shown)
    both, joint = _joint(own, pair, until)
    sides = [tuple(Node(held.names[one], str(held.parties[one]), int(of.papers[one]), int(joint[one])) for one in side)
             for side in (left, right)]  # fmt: skip
    ties = tuple(Tie(left.index(a), right.index(b), papers, chance) for a, b, papers, chance in shown)
    return Network(sides[0], sides[1], ties, both, len(every), firms)


def about(held: Papers, topics: frozenset[int] | None) -> Papers:
    """The rows of a table on some of its topics; all where none are named."""
    if topics is None:
        return held
    on = np.isin(held.topic, sorted(topics))
    return Papers(held.paper[on], held.institution[on], held.year[on], held.topic[on], held.names, held.parties,
                  held.topics)  # fmt: skip


def joint_by_year(held: Papers, pair: tuple[str, str], topics: frozenset[int]) -> dict[int, int]:
    """Papers on some topics that have institutions of both parties, in every year of the table."""
    own = about(held, topics)
    if not len(held.year):
        return {}
    party = held.parties[own.institution]
    both = np.intersect1d(own.paper[party == pair[0]], own.paper[party == pair[1]])
    _, first = np.unique(own.paper, return_index=True)
    years = own.year[first][np.isin(own.paper[first], both)]
    counts = np.bincount(years - held.year.min(), minlength=int(held.year.max() - held.year.min()) + 1)
    return {int(held.year.min()) + place: int(papers) for place, papers in enumerate(counts)}


def _ties(held: Papers, joint: Any, pair: tuple[str, str]) -> tuple[list[Bond], int]:
    """Both ends with joint papers, those with most first; and how many more are between parts of one firm."""
    cells = joint.tocoo()
    ours = (held.parties[cells.row] == pair[0]) & (held.parties[cells.col] == pair[1])
    one, other, papers = cells.row[ours], cells.col[ours], cells.data[ours]
    order = np.lexsort((other, one, -papers))
    found: list[Bond] = [(int(one[at]), int(other[at]), int(papers[at]), None) for at in order]
    apart = [bond for bond in found if not same_firm(held.names[bond[0]], held.names[bond[1]])]
    return apart, len(found) - len(apart)


def _joint(held: Papers, pair: tuple[str, str], until: int) -> tuple[int, Whole]:
    """How many papers have institutions of both parties, and how many of these each institution has."""
    known = held.year <= until
    paper, institution = held.paper[known], held.institution[known]
    party = held.parties[institution]
    both = np.intersect1d(paper[party == pair[0]], paper[party == pair[1]])
    rows = np.unique(np.stack([paper, institution])[:, np.isin(paper, both)], axis=1)
    return len(both), np.bincount(rows[1], minlength=len(held.names)).astype(np.int64)


def _untangled(shown: Sequence[Bond]) -> tuple[list[int], list[int]]:
    """Both sides in an order in which fewer ties cross: each stands at the middle of those it is tied to.

    After Sugiyama, Tagawa and Toda 1981, "Methods for visual understanding of hierarchical system structures".
    """
    ends = [(bond[0], bond[1]) for bond in shown]
    turned = [(end, one) for one, end in ends]
    left, right = (list(dict.fromkeys(one for one, _ in way)) for way in (ends, turned))
    for _ in range(SWEEPS):
        right = _at_the_middle(right, left, turned)
        left = _at_the_middle(left, right, ends)
    return left, right


def _at_the_middle(side: list[int], other: list[int], ends: Sequence[tuple[int, int]]) -> list[int]:
    places = {one: number for number, one in enumerate(other)}
    tied: dict[int, list[int]] = {one: [] for one in side}
    for one, end in ends:
        tied[one].append(places[end])
    return sorted(side, key=lambda one: sum(tied[one]) / len(tied[one]))

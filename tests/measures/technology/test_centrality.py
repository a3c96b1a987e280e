"""Centrality: networks whose answers are known, a slower road, and what must hold for any network."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.measures.technology.centrality import centrality
from tests.properties import examples, given

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def network(many: int, links: list[tuple[int, int]]) -> Matrix:
    made = np.zeros((many, many))
    for one, other in links:
        made[one, other] = made[other, one] = 1.0
    return made


def test_a_star_and_a_line() -> None:
    star = centrality(network(5, [(0, one) for one in range(1, 5)]))
    assert star.betweenness == pytest.approx([1, 0, 0, 0, 0])
    assert star.nearness == pytest.approx([1, *[(1 + 3 / 2) / 4] * 4])
    assert star.eigenvector == pytest.approx([1, 0.5, 0.5, 0.5, 0.5])
    line = centrality(network(4, [(0, 1), (1, 2), (2, 3)]))
    assert line.betweenness == pytest.approx([0, 2 / 3, 2 / 3, 0])
    assert line.partners.tolist() == [1, 2, 2, 1]


LINKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda two: two[0] != two[1]), max_size=16)


@examples(60)
@given(LINKS)
def test_the_slower_road(links: list[tuple[int, int]]) -> None:
    """Every shortest path by hand: distances and counts of paths by powers of the matrix."""
    held = network(8, links)
    far = np.full((8, 8), np.inf)
    paths, power = np.zeros((8, 8)), np.eye(8)
    for step in range(8):
        new = (power > 0) & np.isinf(far)
        far[new], paths[new] = step, power[new]
        power = power @ held
    expected = np.zeros(8)
    for one, other in itertools.permutations(range(8), 2):
        for through in set(range(8)) - {one, other}:
            if np.isfinite(far[one, other]) and far[one, through] + far[through, other] == far[one, other]:
                expected[through] += paths[one, through] * paths[through, other] / paths[one, other]
    made = centrality(held)
    assert made.betweenness == pytest.approx(expected / 42)
    order = np.random.default_rng(len(links)).permutation(8)
    again = centrality(held[order][:, order])
    assert again.betweenness == pytest.approx(made.betweenness[order]), "names do not matter"
    assert again.nearness == pytest.approx(made.nearness[order])


def test_nothing_known() -> None:
    made = centrality(np.zeros((3, 3)))
    for part in (made.partners, made.joint, made.nearness, made.betweenness, made.eigenvector):
        assert part.tolist() == [0, 0, 0]
    assert len(centrality(np.zeros((0, 0))).partners) == 0

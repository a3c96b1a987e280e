"""The measure of rankings: nDCG by hand, the labels whole, the counterfactual held on every run."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.opportunities.measure import CONTENT, HERE, grades, kappa, ndcg, profiles, unchanged
from servanda.opportunities.programmes import programmes
from servanda.store.yaml import read

GRADES = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 3), min_size=1)


def test_ndcg_by_hand() -> None:
    """Grades 3, 0, 1 in order: (7 + 1/2) over (7 + 1/log2(3))."""
    found = ndcg(["a", "b", "c"], {"a": 3, "c": 1})
    assert found == pytest.approx((7 + 1 / 2) / (7 + 1 / math.log2(3)))
    assert ndcg(["a"], {"a": 0}) is None


@given(GRADES, st.permutations("abcdefg"))
def test_ndcg_is_one_for_the_best_order_and_never_more(held: dict[str, int], order: list[str]) -> None:
    best = ndcg(sorted(held, key=lambda one: -held[one]), held)
    found = ndcg(order, held)
    assert (best is None) == (found is None) == (max(held.values()) == 0)
    assert best is None or found is None or (best == pytest.approx(1) and 0 <= found <= best + 1e-12)


def test_every_coding_grades_the_same_profiles_and_known_programmes() -> None:
    first, second, other = grades()
    known = programmes(CONTENT)
    assert set(first) == set(second) == set(other) == set(profiles())
    assert len(first) >= 40
    for its in (first, second, other):
        assert {one for row in its.values() for one in row} <= set(known)
        assert {grade for row in its.values() for grade in row.values()} <= {0, 1, 2, 3}
    assert 0.5 < kappa(first, second, list(known)) < 1
    assert 0.5 < kappa(first, other, list(known)) < 1
    assert kappa(first, first, list(known)) == 1


def test_who_somebody_is_changes_no_list() -> None:
    few = dict(list(read(HERE / "profiles.yml", "profiles.yml").items())[::6])
    same, count = unchanged(few, None)
    assert same == count == 8 * len(few)

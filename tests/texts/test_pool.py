"""Two readings made one: each counts by its share, and either can make a class improbable."""

import numpy as np
import pytest
from hypothesis import strategies as some

from servanda.texts.pool import SHARES, likely, pooled, there
from tests.properties import given

SCORES = some.lists(some.floats(-20, 20), min_size=5, max_size=5).map(np.array)


@given(SCORES, SCORES, some.sampled_from(sorted(SHARES)))
def test_probabilities_sum_to_one_and_lie_between_the_two(scores: np.ndarray, seen: np.ndarray, what: str) -> None:
    found = pooled(scores, seen, what)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()


@given(SCORES, some.sampled_from(sorted(SHARES)), some.floats(-50, 50))
def test_two_that_agree_stay_as_they_are_however_large_they_are_written(
    scores: np.ndarray, what: str, more: float
) -> None:
    raised = np.exp(scores - scores.max())
    assert np.allclose(pooled(scores, scores + more, what), raised / raised.sum(), atol=1e-6)


def test_what_either_holds_to_be_impossible_stays_improbable() -> None:
    found = pooled(np.array([5.0, 0.0]), np.array([-40.0, 0.0]), "kind")
    assert found[0] < 1e-4


def test_a_greater_sharpness_makes_probabilities_more_even() -> None:
    one, two = np.array([3.0, 0.0, -1.0]), np.array([2.0, 0.0, 0.0])
    assert pooled(one, two, "kind", 2.0).max() < pooled(one, two, "kind").max()


@given(some.floats(0, 1), some.floats(-20, 20), some.sampled_from(["quantity", "deliverable"]))
def test_a_field_is_more_probable_where_the_encoder_sees_it(chance: float, said: float, field: str) -> None:
    low, high = there(chance, said - 1, field), there(chance, said + 1, field)
    assert 0 <= low < high <= 1


def test_a_field_of_which_both_are_even_is_even() -> None:
    assert there(0.5, 0.0, "deliverable") == pytest.approx(0.5)


@given(some.floats(0.01, 0.99), some.floats(-20, 20))
def test_of_a_deadline_the_grammar_alone_decides(chance: float, said: float) -> None:
    assert there(chance, said, "deadline") == pytest.approx(chance, abs=1e-5)


@given(some.floats(0.001, 0.999), some.floats(-20, 20))
def test_a_phrase_is_likelier_where_either_is_surer_and_the_features_decide_alone_where_it_is_out_of_sight(
    chance: float, said: float
) -> None:
    assert likely(chance, said - 1) < likely(chance, said) < likely(min(chance + 0.0005, 1), said)
    assert likely(chance, None) == pytest.approx(chance, abs=1e-5)

"""Steps of training: how far one goes, and how sentences are dealt out."""

from itertools import pairwise

import numpy as np
import pytest

from evaluation.reading import adam


def test_the_rate_rises_and_falls_to_nothing() -> None:
    rates = [adam.slope(number, 100) for number in range(1, 101)]
    assert max(rates) == 1.0
    assert rates.index(1.0) == 9
    assert rates[-1] == 0
    assert all(before > after for before, after in pairwise(rates[9:]))


def test_every_sentence_comes_once_a_round_in_full_batches() -> None:
    found = adam.dealt([3 + number % 5 for number in range(37)], np.random.default_rng(1))
    assert {len(one) for one in found} == {adam.BATCH}
    assert {place for chosen in found for place in chosen} == set(range(37))
    assert len(found) == 3


def test_sentences_of_about_one_length_are_together() -> None:
    lengths = [number % 7 for number in range(adam.BATCH * adam.WINDOW)]
    found = adam.dealt(lengths, np.random.default_rng(1))
    assert max(len({lengths[place] for place in chosen}) for chosen in found) <= 2


def test_steps_go_down_to_where_nothing_is_lost() -> None:
    jnp = pytest.importorskip("jax.numpy", reason="the encoder is trained with what `make evaluate` installs")
    held = {"a": jnp.zeros(3), "b": jnp.zeros(3)}
    step = adam.stepping(
        lambda now, key, aim: ((now["a"] - aim) ** 2).sum() + (now["b"] ** 2).sum(), 0.05, lambda name: 1.0
    )
    moved, aim = adam.still(held), jnp.array([1.0, -0.5, 0.25])
    for number in range(1, 201):
        held, moved, _ = step(held, moved, float(number), adam.slope(number, 200), None, aim)
    assert np.allclose(held["a"], aim, atol=0.05)
    assert not np.asarray(held["b"]).any()

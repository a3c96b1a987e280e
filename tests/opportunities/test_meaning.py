"""Nearness by words, by words that mean the same, and with vectors."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.opportunities.meaning import asked, by_words, nearness, told
from servanda.opportunities.minilm import is_here
from tests.opportunities.invented import ASKS, PLAIN

TEXTS = ["cranes and harbours", "stipends for poets", "harbours, harbours"]
SAID = st.text("abc -", max_size=12)


def test_cosines_of_term_weights_by_hand() -> None:
    """Three texts; 'crane' stands in one, 'harbour' in two: idf ln(4/2)+1 and ln(4/3)+1."""
    crane, harbour = math.log(4 / 2) + 1, math.log(4 / 3) + 1
    first = harbour / math.hypot(crane, harbour)
    assert by_words("harbour", TEXTS) == pytest.approx([first, 0, 1])


def test_words_that_mean_the_same_are_found_and_else_they_are_not() -> None:
    assert by_words("grant", TEXTS)[1] == 0
    found = by_words("grant", TEXTS, [["stipend", "grant"]])
    assert found[1] > 0 == found[0] == found[2]


@given(SAID, st.lists(SAID, min_size=1, max_size=4))
def test_nearness_is_between_nothing_and_the_same(query: str, texts: list[str]) -> None:
    made = by_words(query, texts, [["a", "b"]])
    assert len(made) == len(texts)
    assert all(-1e-12 <= one <= 1 + 1e-12 for one in made)
    same = by_words(query, [query, *texts], [["a", "b"]])[0]
    assert same == pytest.approx(1) or same == 0


class Flat:
    """Vectors of a plane: those of texts with an a point east, all others north."""

    def of_profile(self, said: str) -> Sequence[float]:
        return [1.0, 0.0] if "a" in said else [0.0, 1.0]

    def of_programmes(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [self.of_profile(one) for one in texts]


def test_with_vectors_it_is_the_mean_of_both() -> None:
    words = by_words("a", ["a", "b"], [])
    assert nearness("a", ["a", "b"], [], Flat()) == pytest.approx([(words[0] + 1) / 2, words[1] / 2])
    assert nearness(" ", ["a", "b"], [], Flat()) == [0, 0], "who says nothing is near to nothing"


def test_neither_party_nor_age_is_compared() -> None:
    assert asked(ASKS) == "fellowship. cranes"
    assert told(PLAIN) == "Harbour fellowship. engineers. fellowship"


@pytest.mark.skipif(not is_here(), reason="the weights of MiniLM are not installed")
def test_vectors_are_of_unit_length_whatever_stands_beside_them_and_are_kept_once(tmp_path: object) -> None:
    from pathlib import Path

    from servanda.opportunities.minilm import Embedder, vectors

    said = ["a fellowship for engineers", "poems", "research on the materials of batteries"]
    made = vectors(said)
    assert made.shape == (3, 384)
    assert np.linalg.norm(made, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors(said[1:2])[0] == pytest.approx(made[1], abs=1e-4)
    folder = Path(str(tmp_path)) / "cache"
    embedder = Embedder(folder)
    first = embedder.of_programmes(said)
    assert embedder.of_programmes(said) == first
    embedder.of_profile("my own words")
    assert len(list(folder.iterdir())) == 1, "a profile is kept nowhere"

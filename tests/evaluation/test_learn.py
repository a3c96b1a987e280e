"""The trainer: it finds what is there, the same every time, and its file holds all of it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from evaluation.reading.learn import fit, scores, sharpness, softmax
from servanda.texts.weights import DECIMALS, read, write

CLASSES = ("no", "yes")


def taught(number: int = 60) -> tuple[list[dict[str, float]], np.ndarray]:
    draw = np.random.default_rng(5)
    rows, wanted = [], []
    for _ in range(number):
        yes = bool(draw.random() < 0.5)
        rows.append({"will": float(yes), "noise": float(draw.random()), f"word:{draw.integers(4)}": 1.0})
        wanted.append([float(not yes), float(yes)])
    return rows, np.array(wanted)


def test_it_finds_the_word_that_decides() -> None:
    rows, wanted = taught()
    model = fit(rows, wanted, CLASSES, penalty=0.5)
    assert (scores(model, rows).argmax(1) == wanted.argmax(1)).all()
    assert model.spoke({"will": 1.0, "noise": 0.3}, "yes")[0][0] == "will"


def test_the_same_input_gives_the_same_file(tmp_path: Path) -> None:
    rows, wanted = taught()
    for name in ("one", "two"):
        write({"kind": fit(rows, wanted, CLASSES, penalty=0.5)}, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_is_written_is_read_back_to_the_last_decimal(tmp_path: Path) -> None:
    rows, wanted = taught()
    model = fit(rows, wanted, CLASSES, penalty=0.5)
    write({"kind": model}, tmp_path / "model.json")
    again = read(tmp_path / "model.json")["kind"]
    for row in rows[:10]:
        assert again.probabilities(row) == pytest.approx(model.probabilities(row), abs=10 ** (1 - DECIMALS))


def test_a_row_between_two_classes_counts_half_for_each() -> None:
    rows, wanted = [{"word": 1.0}] * 40, np.full((40, 2), 0.5)
    assert softmax(scores(fit(rows, wanted, CLASSES, penalty=1.0), rows))[0] == pytest.approx([0.5, 0.5], abs=1e-3)


def test_scores_that_boast_are_made_modest() -> None:
    draw = np.random.default_rng(7)
    truth = draw.random(4000) < 0.8
    given_scores = np.column_stack([np.zeros(4000), np.full(4000, 5.0)])
    wanted = np.column_stack([~truth, truth]).astype(float)
    warmth = sharpness(given_scores, wanted)
    assert warmth > 1
    assert softmax(given_scores, warmth)[0, 1] == pytest.approx(truth.mean(), abs=0.02)


@given(some.lists(some.lists(some.floats(-50, 50), min_size=3, max_size=3), min_size=1, max_size=5))
def test_probabilities_sum_to_one(rows: list[list[float]]) -> None:
    chances = softmax(np.array(rows))
    assert chances.sum(1) == pytest.approx(1)
    assert (chances >= 0).all()

"""Answers of the statistics library are kept, and a kept answer is the answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from servanda.review import answers, asked

DAYS, DONE = (3, 5, 5, 9, 12), (True, False, True, True, False)
TABLE = ((2, 10), (15, 3))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVANDA_CACHE", str(tmp_path))
    return tmp_path / "answers"


def test_a_kept_answer_is_the_answer(folder: Path) -> None:
    first = (asked.survival(DAYS, DONE), asked.conditional_odds(TABLE))
    assert len(list(folder.glob("*.json"))) == 2
    assert (asked.survival(DAYS, DONE), asked.conditional_odds(TABLE)) == first


def test_a_kept_answer_needs_no_library(folder: Path) -> None:
    asked.conditional_odds(TABLE)
    code = (
        "import sys; from servanda.review.asked import conditional_odds as ask; "
        f"print(ask({TABLE!r})); print('scipy.stats' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ))
    answer, imported = ran.stdout.splitlines()
    assert imported == "False"
    assert answer == str(asked.conditional_odds(TABLE))


@pytest.mark.parametrize(
    "spoiled", ["", "{", "[]", '{"answer": [1, 2, 3]}', '{"question": "another", "answer": [9, 9, 9]}']
)
def test_a_spoiled_answer_is_asked_again(folder: Path, spoiled: str) -> None:
    right = asked.conditional_odds(TABLE)
    (path,) = folder.glob("*.json")
    path.write_text(spoiled, encoding="utf-8")
    assert asked.conditional_odds(TABLE) == right
    assert json.loads(path.read_text(encoding="utf-8"))["answer"] == list(right)


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("SERVANDA_CACHE", str(tmp_path / "file"))
    assert asked.conditional_odds(TABLE)[0] == pytest.approx(0.0469, abs=1e-3)


def test_the_oldest_answers_are_let_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "KEPT", 3)
    for place in range(6):
        asked.conditional_odds(((place + 1, 4), (3, 5)))
    assert len(list(folder.glob("*.json"))) == 3

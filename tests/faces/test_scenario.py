"""servanda scenario, from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from servanda.faces.cli.app import run

NAME = "ind-kor/request-list"


def test_list_show_and_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenario", "list"]) == 0
    assert NAME in capsys.readouterr().out
    assert run(["scenario", "show", NAME]) == 0
    assert "spoken of in D-2024-R10" in capsys.readouterr().out
    assert run(["scenario", "run", NAME, "--draws", "100"]) == 0
    said = capsys.readouterr().out
    assert "95 in 100 within the brackets" in said and "Leaves out:" in said and "carry 80 per cent" in said


def test_a_run_can_be_reproduced_to_the_digit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    for path in (one, other):
        assert run(["scenario", "run", NAME, "--draws", "100", "--seed", "7", "--out", str(path)]) == 0
    assert one.read_bytes() == other.read_bytes()
    held = json.loads(one.read_text(encoding="utf-8"))
    assert held["scenario"]["seed"] == 7 and len(held["inputs"]) == 4 and held["version"]
    capsys.readouterr()


def test_draws_that_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenario", "run", NAME, "--draws", "3"]) == 3
    assert "3 draws; write between 100 and 100,000" in capsys.readouterr().err
    assert run(["scenario", "run", "ind-kor/request"]) == 2
    assert "nearest is ind-kor/request-list" in capsys.readouterr().err

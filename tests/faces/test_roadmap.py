"""servanda roadmap, from the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from servanda.faces.cli.app import run

NAME = "ind-kor.shipbuilding"
DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def held(seeded_copy: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_STORE", str(seeded_copy()))


@pytest.mark.usefixtures("held")
def test_show_check_and_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roadmap", "show", *DAY]) == 0
    assert NAME in capsys.readouterr().out
    assert run(["roadmap", "show", NAME, *DAY]) == 0
    assert "needs cochin-venture" in capsys.readouterr().out
    assert run(["roadmap", "check", NAME, *DAY]) == 0
    assert "cochin-venture -> block-plant -> large-ships" in capsys.readouterr().out
    assert run(["roadmap", "forecast", NAME, *DAY]) == 0
    said = capsys.readouterr().out
    assert "promises in trade" in said and "2,000 draws, seed 1" in said
    assert run(["roadmap", "forecast", NAME, *DAY, "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)["every promise"]
    assert [one["step"] for one in made["steps"]][:1] == ["cochin-venture"] and len(made["steps"]) == 7
    assert run(["roadmap", "show", "ind-kor.ships"]) == 2
    assert "nearest is ind-kor.shipbuilding" in capsys.readouterr().err


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("form", ["csv", "ics", "yml"])
def test_out_changed_and_in_again(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, back = tmp_path / f"ships.{form}", tmp_path / "shipbuilding.yml"
    assert run(["roadmap", "export", NAME, "--out", str(out)]) == 0
    if form == "yml":
        assert run(["roadmap", "check", str(out), "--case", "ind-kor", *DAY]) == 0
        return
    changed = out.read_text(encoding="utf-8").replace("20271231", "20280630", 1).replace(",2027-12,", ",2028-06-30,", 1)
    out.write_text(changed, encoding="utf-8", newline="")
    assert run(["roadmap", "import", str(out), "--case", "ind-kor", "--out", str(back)]) == 0
    said = capsys.readouterr()
    assert said.out == "study: due was 2027-12, is 2028-06-30\n"
    assert run(["roadmap", "check", str(back), "--case", "ind-kor", *DAY]) == 0


@pytest.mark.usefixtures("held")
def test_a_picture_for_print(tmp_path: Path) -> None:
    out = tmp_path / "ships.svg"
    assert run(["roadmap", "export", NAME, "--out", str(out), *DAY]) == 0
    assert "Hand over the first large ship" in out.read_text(encoding="utf-8")


@pytest.mark.usefixtures("held")
def test_what_cannot_be_is_told_and_leaves_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "ring.yml"
    out.write_text(
        "title: A ring\narea: trade\nsays: Round.\nby: a reader\n'on': 2026-01-01\nmilestones:\n"
        "- {id: a, title: A, owner: x, due: 2027, needs: [b], commitment: C159}\n"
        "- {id: b, title: B, owner: x, due: 2027, needs: [a], commitment: C159}\n",
        encoding="utf-8",
    )
    assert run(["roadmap", "check", str(out), "--case", "ind-kor", *DAY]) == 3
    assert "a needs b needs a: none of them can ever begin" in capsys.readouterr().out
    assert run(["roadmap", "forecast", str(out), "--case", "ind-kor", *DAY]) == 3
    assert run(["roadmap", "check", str(out)]) == 2
    assert "say with --case" in capsys.readouterr().err
    out.write_text("title: A ring\n", encoding="utf-8")
    assert run(["roadmap", "check", str(out), "--case", "ind-kor"]) == 3
    assert "missing; every roadmap needs it" in capsys.readouterr().err

"""`servanda contribute`: from a file, from options, from questions; as text, JSON, calendar, Word; the checker."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from servanda.faces.cli.app import program, run

PROFILE = (
    "country: IND\ntowards: KOR\nlevel: phd\nskills: [battery materials]\nwants: [research project]\ngender: female\n"
)


@pytest.fixture
def me(tmp_path: Path) -> Path:
    file = tmp_path / "me.yml"
    file.write_text(PROFILE)
    return file


@pytest.fixture(autouse=True)
def by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.opportunities.minilm.is_here", lambda: False)


def test_json_has_matches_with_why_and_gaps(me: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contribute", "--profile", str(me), "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert {"matches", "gaps", "not_met", "notes", "profile"} <= set(made)
    for one in made["matches"]:
        assert {"title", "host", "url", "closes", "reasons"} <= set(one)
        assert {reason["holds"] for reason in one["reasons"]} <= {"met", "unknown"}
    assert made["gaps"]
    assert "not used: gender" in made["notes"]


def test_text_save_and_what_is_new(me: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "search.yml"
    assert run(["contribute", "--profile", str(me), "--save", str(kept)]) == 0
    out = capsys.readouterr().out
    assert "Promised, and no programme serves it:" in out
    assert "[new]" not in out
    text = kept.read_text().replace("P09, ", "").replace("- P09\n", "")
    kept.write_text(text)
    assert run(["contribute", "--profile", str(kept)]) == 0
    assert capsys.readouterr().out.count("[new]") == 1


def test_options_go_before_the_file_and_a_fault_is_one_sentence(me: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contribute", "--profile", str(me), "--country", "KOR", "--towards", "IND", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["profile"]["party"] == "KOR"
    assert run(["contribute", "--country", "Atlantis"]) == 2
    assert "unknown country 'Atlantis'" in capsys.readouterr().err
    assert run(["contribute", "--profile", str(me), "--format", "docx"]) == 2
    assert "name it: --format docx --out" in capsys.readouterr().err


def test_questions_are_asked_where_nothing_is_said() -> None:
    answers = "India\nKorea\n\nbachelor\npainting\nexchange\n"
    made = CliRunner().invoke(program, ["contribute", "--format", "json"], input=answers)
    assert made.exit_code == 0, made.output
    profile = json.loads(made.stdout)["profile"]
    assert (profile["party"], profile["towards"], profile["level"], profile["wants"]) == (
        "IND",
        "KOR",
        "6",
        ["exchange"],
    )
    assert "What do you want" in made.stderr


def test_calendar_word_and_page_to_files(me: Path, tmp_path: Path) -> None:
    for form, begins in (("ics", b"BEGIN:VCALENDAR"), ("docx", b"PK"), ("html", b"<!doctype html>")):
        out = tmp_path / f"made.{form}"
        assert run(["contribute", "--profile", str(me), "--format", form, "--out", str(out)]) == 0
        assert out.read_bytes().startswith(begins)


def test_the_checker_names_dead_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contribute", "--check"]) == 0
    told = capsys.readouterr().out
    assert told.count("dead end: ") == 2
    assert "serves nothing" not in told


def test_nothing_is_kept_that_was_not_asked_for(me: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert run(["contribute", "--profile", str(me), "--format", "json"]) == 0
    assert list(here.iterdir()) == []

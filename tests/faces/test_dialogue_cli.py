"""The whole cycle of a meeting from the shell, alone on a laptop."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import icalendar
import pytest

from servanda.faces.cli.app import run

Say = Callable[..., tuple[int, str, str]]
M = "ind-kor.coast-talks.1"


@pytest.fixture
def say(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs `servanda dialogue` in this process over a register of its own."""
    shutil.copyfile(shelf, tmp_path / "register.sqlite")
    monkeypatch.setenv("SERVANDA_STORE", str(tmp_path / "register.sqlite"))
    monkeypatch.setenv("SERVANDA_NOW", "2026-11-23T12:00:00+00:00")

    def speak(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(("dialogue", *words))
        told = capsys.readouterr()
        assert "Traceback" not in told.err + told.out
        return code, told.out, told.err

    return speak


def test_an_agenda_without_a_meeting(say: Say) -> None:
    code, out, _ = say("agenda", "IND", "KOR", "--format", "json", "--minutes", "120")
    made = json.loads(out)
    assert code == 0 and made["as_of"] == "2026-11-23"
    assert sum(one["minutes"] for one in made["items"]) == 120
    for one in (*made["items"], *made["in_writing"]):
        assert {"title", "reason", "commitments", "days_overdue", "evidence", "minutes"} <= set(one)
        for row in one["evidence"]:
            assert row["source"]["title"] and row["claim"]
    late = [one for one in made["items"] if one["sort"] == "overdue"]
    assert late and all(one["days_overdue"] > 0 and one["evidence"] for one in late)
    assert any(one["barriers"] and one["evidence"] for one in (*made["items"], *made["in_writing"]))
    code, out, _ = say("agenda", "korea", "india", "--as-of", "2026-11-23")
    assert code == 0 and out.startswith("India and the Republic of Korea: a draft agenda")
    assert "For an answer in writing" in out and max(len(line) for line in out.splitlines()) <= 100


def opened(say: Say) -> None:
    code, out, err = say(
        "open", "IND", "KOR", "--series", "Coast talks", "--track", "trade; Trade; trade", "--date", "2027-02-10",
        "--side", "IND", "--participant", "Anna; co-chair; India", "--participant", "Kim; co-chair; KOR",
    )  # fmt: skip
    assert code == 0, err
    assert out.split() == ["series", "ind-kor.coast-talks", "meeting", M]


def test_the_cycle(say: Say, tmp_path: Path) -> None:
    opened(say)
    code, out, err = say("agenda", M, "--take", "--agree", "--side", "IND")
    assert code == 0 and "the agenda is planned" in err and "Upgrade of the trade agreement" in out
    assert "the agenda is agreed" in say("agenda", M, "--agree", "--side", "korea")[2]
    rows = json.loads(say("agenda", M, "--format", "json")[1])["items"]
    for name, first in (("brief.docx", b"PK"), ("brief.pdf", b"%PDF"), ("brief.txt", b"Coast talks")):
        assert say("brief", M, "--for", "IND", "--out", str(tmp_path / name))[0] == 0
        assert (tmp_path / name).read_bytes().startswith(first)
    assert "the meeting is held" in say("minutes", M, "--hold", "--side", "IND")[2]
    first, second, *rest = [one["id"] for one in rows]
    code, _, err = say(
        "minutes", M, "--item", first, "--decided", "It is done.", "--says", "Hold the 2+2", "--side", "IND"
    )
    assert code == 2 and "who answers for it? · by when?" in err
    code, _, err = say(
        "minutes", M, "--item", first, "--decided", "It is done.", "--says", "Hold the 2+2", "--owner", "Both ministries",
        "--by", "2027-06", "--deliverable", "a meeting held", "--area", "defence", "--party", "IND", "--party", "KOR",
        "--side", "IND",
    )  # fmt: skip
    assert code == 0, err
    assert say("minutes", M, "--item", second, "--deferred", "2027-08", "--side", "KOR")[0] == 0
    for name in rest:
        assert say("minutes", M, "--item", name, "--dropped", "Not now.", "--side", "KOR")[0] == 0
    paper = tmp_path / "minutes.docx"
    assert say("minutes", M, "--out", str(paper))[0] == 0
    edited = docx.Document(str(paper))
    cells = [cell for table in edited.tables for row in table.rows for cell in row.cells if "It is done." in cell.text]
    for paragraph in cells[0].paragraphs:
        if "It is done." in paragraph.text:
            paragraph.text = paragraph.text.replace("It is done.", "It is done by June.")
    edited.save(str(paper))
    code, out, _ = say("minutes", M, "--back", str(paper), "--side", "IND")
    assert code == 0 and "'It is done.' became 'It is done by June.'" in out
    assert "1 of 1 changes taken" in say("minutes", M, "--back", str(paper), "--accept", "all", "--side", "IND")[2]
    assert "India has not signed" in say("close", M, "--check")[1]
    for side in ("IND", "KOR"):
        assert say("close", M, "--sign", "--side", side)[0] == 0
    assert say("close", M, "--excerpts", str(tmp_path / "excerpts"), "--side", "IND")[0] == 0
    assert len(list((tmp_path / "excerpts").glob("*.docx"))) == 3
    code, _, err = say("close", M, "--side", "IND")
    assert code == 0 and "closed; its minutes are D-2027-IND-KOR-COAST-TALKS-1" in err
    moved = json.loads(say("agenda", "ind-kor.coast-talks.2", "--format", "json")[1])
    assert [one["carried"] for one in moved["items"]] == [second]
    assert run(("verify",)) == 0


def test_follow_up(say: Say, tmp_path: Path) -> None:
    code, out, _ = say("follow-up", "IND", "KOR", "--format", "json")
    due = json.loads(out)
    assert code == 0 and due and all(one["says"] and one["because"] for one in due)
    assert say("follow-up", "IND", "KOR", "--feed", "India", "--out", str(tmp_path / "india.ics"))[0] == 0
    tasks = icalendar.Calendar.from_ical((tmp_path / "india.ics").read_bytes()).walk("VTODO")
    assert tasks and all(one["due"] for one in tasks)
    code, _, err = say(
        "follow-up", "IND", "KOR", "--report", "C180", "--claim", "The thirteenth round was held", "--title", "Ministry",
        "--url", "https://ministry.example/13", "--date", "2026-11-01", "--side", "KOR",
    )  # fmt: skip
    assert code == 0, err
    assert "The thirteenth round was held" in err
    assert say("follow-up", "IND", "KOR", "--send")[0] == 2, "without a mail server nothing is sent"


def test_what_is_not_there_is_said(say: Say) -> None:
    opened(say)
    for words, said in (
        (("agenda", "ind-kor.coast-talk.1"), "no meeting 'ind-kor.coast-talk.1'"),
        (("agenda", M, "--agree", "--side", "IND"), "the agenda is empty"),
        (("agenda", M, "--take"), "say for which side you speak: --side IND or --side KOR or --side reviewer"),
        (("agenda", "IND"), "no meeting 'IND'"),
        (("agenda", "IND", "JPX"), "unknown country 'JPX'"),
        (("brief", M, "--for", "japan"), "is no party"),
        (("brief", M, "--for", "IND", "--out", "x.odt"), "a brief is text, json, docx or pdf"),
        (("minutes", M, "--item", f"{M}.01", "--side", "IND"), "say what became of the item"),
        (("close", M, "--side", "IND"), "cannot close yet"),
        (("open", "IND", "KOR", "--series", "Coast talks", "--date", "2020-01-01", "--side", "IND"), "before it"),
    ):  # fmt: skip
        code, _, err = say(*words)
        assert code == 2 and said in err, (words, err)

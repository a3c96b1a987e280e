"""The command line: what each verb says, to whom, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from servanda.faces.cli import app
from servanda.faces.cli.app import EXIT_CODES, VERBS, run
from servanda.settings import shipped_content
from tests.faces.conftest import DAY, SERVANDA
from tests.small import write_small

Say = Callable[..., tuple[int, str, str]]
ESCAPE = "\x1b"


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command in this process: exit code, output, messages."""

    def speak(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(words)
        told = capsys.readouterr()
        assert "Traceback" not in told.err + told.out
        return code, told.out, told.err

    return speak


def child(*words: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs the command in a process of its own."""
    return subprocess.run([*SERVANDA, *words], capture_output=True, check=False, timeout=90, **options)


def test_the_review_of_the_first_case(say: Say) -> None:
    code, out, err = say("review", "IND", "KOR")
    assert (code, err) == (0, "")
    assert out.startswith("India and the Republic of Korea: the review\nAs of 23 November 2026, entry 4275")
    assert re.search(r"holds 249 commitments\b.* 169 documents since 1962", " ".join(out.split()))
    for heading in ("Past the date promised", "In numbers", "Published figures", "Trade  48 threads"):
        assert heading in out
    assert max(len(line) for line in out.splitlines()) <= 100
    assert not [line for line in out.splitlines() if line != line.rstrip()]
    assert ESCAPE not in out


@pytest.mark.parametrize(("pair", "case"), [(("IND", "JPN"), "ind-jpn"), (("KOR", "VNM"), "kor-vnm")])
def test_the_review_of_other_pairs(say: Say, pair: tuple[str, str], case: str) -> None:
    code, out, _ = say("review", *pair, "--format", "json")
    made = json.loads(out)
    assert (code, made["case"], made["as_of"]) == (0, case, DAY)
    assert sorted(made["parties"]) == sorted(pair)
    assert say("review", *pair)[1].count("\n") > 60


@pytest.mark.parametrize(
    "pair",
    [("india", "south korea"), ("Bharat", "Republic of Korea"), ("IND", "ROK"), ("  ind ", "대한민국"), ("KOR", "IND"),
     ("Korea, Republic of", "Republic of India")],
)  # fmt: skip
def test_a_party_goes_by_any_of_its_names_in_either_order(say: Say, pair: tuple[str, str]) -> None:
    assert say("review", *pair, "--format", "json") == say("review", "IND", "KOR", "--format", "json")


@pytest.mark.parametrize(
    "north",
    ["DPRK", "North Korea", "PRK", "Democratic People's Republic of Korea", "Korea, Democratic People's Republic of"],
)
def test_the_north_is_never_taken_for_the_south(say: Say, north: str) -> None:
    code, out, err = say("review", "IND", north)
    assert (code, out) == (2, "")
    assert "no record of IND and PRK; the register holds IND JPN, IND KOR, KOR VNM" in err


def test_json_holds_the_counts_and_is_the_same_twice(say: Say) -> None:
    first, second = (say("review", "IND", "KOR", "--format", "json", "--peers") for _ in range(2))
    assert first == second
    made = json.loads(first[1], parse_constant=lambda word: pytest.fail(f"{word} in the JSON"))
    assert (made["counts"]["documents"], made["counts"]["commitments"]) == (169, 249)
    assert {pair["case"] for pair in made["peers"]["pairs"]} == {"ind-kor", "ind-jpn", "kor-vnm"}
    assert first[1].endswith("}\n")


def test_an_area_and_an_earlier_day_narrow_it(say: Say) -> None:
    whole = json.loads(say("review", "IND", "KOR", "--format", "json")[1])
    trade = json.loads(say("review", "IND", "KOR", "--format", "json", "--area", "trade")[1])
    early = json.loads(say("review", "IND", "KOR", "--format", "json", "--as-of", "2012-01-01")[1])
    assert trade["area"] == "trade" and {item["area"] for item in trade["items"]} == {"trade"}
    assert trade["counts"]["commitments"] == whole["areas"]["trade"]["commitments"] == 91
    assert early["as_of"] == "2012-01-01" and 0 < early["counts"]["documents"] < whole["counts"]["documents"]
    assert "The review, trade" in say("review", "IND", "KOR", "--area", "trade")[1].replace(": the", ": The")


def test_each_form_goes_to_its_file(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = say("review", "IND", "KOR")[1]
    for form, begins in (
        ("text", b"India and the"),
        ("json", b"{\n"),
        ("html", b"\n<!doctype html>"),
        ("pdf", b"%PDF-"),
    ):
        path = tmp_path / f"out.{form}"
        code, out, err = say("review", "IND", "KOR", "--format", form, "--out", str(path))
        assert (code, out) == (0, "") and f"wrote {path}" in err
        assert path.read_bytes().lstrip().startswith(begins.lstrip())
    assert (tmp_path / "out.text").read_text() == shown
    code, out, err = say("review", "IND", "KOR", "--html", "both.html")
    assert (code, out) == (0, shown)
    assert (tmp_path / "both.html").read_bytes() == (tmp_path / "out.html").read_bytes()
    assert say("review", "IND", "KOR", "--format", "html")[0] == 0
    assert (tmp_path / "review-IND-KOR.html").read_bytes() == (tmp_path / "out.html").read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_yesterdays_review_comes_out_the_same_to_the_byte(
    say: Say, seeded_copy: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_STORE", str(seeded_copy()))
    asked = ("review", "IND", "KOR", "--as-of", DAY, "--peers", "--format")
    papers = (tmp_path / "before.html", tmp_path / "after.html")
    before = [say(*asked, "json"), say("explain", "C018", "--as-of", DAY)]
    say(*asked, "html", "--out", str(papers[0]))

    content = tmp_path / "content"
    shutil.copytree(shipped_content(), content)
    document = next((content / "cases/ind-kor/documents").glob("D-2010-PRIS.yml"))
    document.write_text(document.read_text().replace("Instruments exchanged", "Some instruments exchanged"))
    threads = content / "cases/ind-kor/threads.yml"
    threads.write_text(threads.read_text().replace("Upgrade of the trade agreement", "Upgrading the trade agreement"))
    monkeypatch.setenv("SERVANDA_NOW", "2026-11-24T09:00:00+00:00")
    monkeypatch.setenv("SERVANDA_TODAY", "2026-11-24")
    code, out, _ = say("import", str(content), "--why", "a correction")
    assert code == 0 and re.search(r"ind-kor: [1-9]\d* put, 1 withdrawn", out)

    after = [say(*asked, "json"), say("explain", "C018", "--as-of", DAY)]
    say(*asked, "html", "--out", str(papers[1]))
    assert before == after
    assert papers[0].read_bytes() == papers[1].read_bytes()
    today = say("review", "IND", "KOR", "--format", "json")[1]
    assert "Upgrading the trade agreement" in today and "Upgrading the trade agreement" not in after[0][1]
    assert "Some instruments exchanged" in say("explain", "C018")[1]


def test_a_case_that_came_later_does_not_change_the_day_before(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_STORE", str(tmp_path / "r.sqlite"))
    monkeypatch.setenv("SERVANDA_NOW", "2026-11-22T00:00:00+00:00")
    assert say("import", "--case", "kor-vnm")[0] == 0
    asked = ("--as-of", "2026-11-22", "--format", "json")
    reviewed = say("review", "VNM", "KOR", *asked)
    listed = json.loads(say("commitments", *asked, "--limit", "1000")[1])["commitments"]
    content = str(write_small(tmp_path / "content"))
    monkeypatch.setenv("SERVANDA_NOW", "2026-11-23T00:00:00+00:00")
    assert say("import", content)[0] == 0
    code, out, _ = say("commitments", *asked, "--limit", "1000")
    assert code == 0 and listed and json.loads(out)["commitments"] == listed
    assert reviewed[0] == 0 and say("review", "VNM", "KOR", *asked) == reviewed
    code, out, err = say("review", "ZEM", "RUR", "--content", content, *asked)
    assert (code, out) == (2, "") and "the register knew no case 'zem-rur' by then" in err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("review", "IND", "Koera"), 2, "unknown country 'Koera'; nearest are Korea"),
        (("review", "IND", "zzzz"), 2, "unknown country 'zzzz'; write a country's name or its three-letter code"),
        (("review", "IND", "FRA"), 2, "no record of IND and FRA; the register holds IND JPN, IND KOR, KOR VNM"),
        (("review", "IND", "India"), 2, "a pair is two different countries"),
        (("review", "IND"), 2, "a pair is two countries, 1 was given; write for example: IND KOR"),
        (("review", "IND", "KOR", "--area", "trad"), 2, "no area 'trad'; the areas are trade, technology"),
        (("review", "IND", "KOR", "--as-of", "yesterday"), 2, "'yesterday' is not a day; write --as-of 2026-11-23"),
        (("review", "IND", "KOR", "--as-of", "1900-01-01"), 2, "no commitment yet on 1900-01-01; choose a later day"),
        (("review", "IND", "KOR", "--format", "word"), 2, "'word' is not one of 'text', 'json', 'html', 'pdf'"),
        (("review", "IND", "KOR", "--out", "/nowhere/x", "--format", "json"), 2, "cannot write /nowhere/x: "),
        (("review", "IND", "KOR", "--out", "."), 2, "cannot write .: "),
        (("review", "IND", "KOR", "--content", "/nowhere"), 3, "words/parties.yml: cannot be read"),
        (("commitments", "--area", "trad"), 2, "no area 'trad'; write one of: trade"),
        (("commitments", "--status", "late"), 2, "no status 'late'; write one of: delivered"),
        (("commitments", "--owed-by", "Indai"), 2, "unknown country 'Indai'; nearest are India"),
        (("commitments", "IND"), 2, "a pair is two countries, 1 was given"),
        (("commitments", "--limit", "0"), 2, "0 is not in the range"),
        (("commitments", "--sort", "made-up"), 2, "'made-up' is not one of"),
        (("show", "C0018"), 2, "nothing in the register is called 'C0018'; nearest are "),
        (("explain", "nothing like it"), 2, "no commitment 'nothing like it'; see 'servanda commitments'"),
        (("explain", "C018", "--as-of", "1990-01-01"), 2, "choose a later day"),
        (("reveiw", "IND", "KOR"), 2, "no verb 'reveiw'; did you mean review"),
        (("qqqqq",), 2, "no verb 'qqqqq'; the verbs are review, read"),
        (("review", "--fast"), 2, "No such option"),
        (("import", "/nowhere"), 2, "/nowhere is not a folder"),
        (("import", "--case", "fra-deu"), 2, "no case 'fra-deu' in "),
        (("export", "/dev/null/x"), 2, "cannot write to /dev/null/x"),
        (("export", "x", "--case", "fra-deu"), 2, "no case 'fra-deu' in the register; it holds ind-jpn"),
        (("verify", "--store", "/dev/null/r.sqlite"), 4, "/dev/null/r.sqlite"),
        (("review", "IND", "KOR", "--store", "/proc/r.sqlite"), 4, "/proc/r.sqlite"),
    ],
)
def test_a_fault_is_one_sentence_with_its_exit_code(say: Say, words: tuple[str, ...], code: int, told: str) -> None:
    done, out, err = say(*words)
    assert (done, out) == (code, "")
    assert told in " ".join(err.split())
    assert code in EXIT_CODES and "a fault of ours" not in err


def test_content_that_must_be_mended(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_small(tmp_path / "content")
    monkeypatch.setenv("SERVANDA_STORE", str(tmp_path / "r.sqlite"))
    path = content / "cases/zem-rur/documents/D-2018-COAST.yml"
    path.write_text(path.read_text().replace("area: trade", "area: tarde"))
    code, out, err = say("import", str(content))
    assert (code, out) == (3, "")
    assert "cases/zem-rur/documents/D-2018-COAST.yml" in err and "tarde" in err and "nothing was changed" in err


def test_a_fault_of_ours_is_said_and_shown_on_request(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: Any, **named: Any) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(app.program, "main", broken)
    code, out, err = say("verify")
    assert (code, out) == (1, "")
    assert "a fault of ours: ZeroDivisionError: by nought" in err and "SERVANDA_DEBUG=1" in err
    monkeypatch.setenv("SERVANDA_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["verify"])


def test_the_keyboard_stops_it(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*words: Any, **named: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app.program, "main", stopped)
    assert say("verify")[0] == 130


def test_the_list_by_words_and_facets(say: Say) -> None:
    code, out, _ = say("commitments", "IND", "KOR", "--format", "json", "--limit", "1000")
    every = json.loads(out)
    assert (code, every["total"], len(every["commitments"])) == (0, 249, 249)
    trade = json.loads(say("commitments", "KOR", "IND", "--area", "trade", "--format", "json", "--limit", "500")[1])
    assert trade["total"] == sum(row["area"] == "trade" for row in every["commitments"]) == 91
    late = json.loads(say("commitments", "IND", "KOR", "--overdue", "--format", "json", "--limit", "500")[1])
    assert late["total"] == len(late["commitments"]) > 5
    assert all(row["due"] < DAY and row["days_overdue"] > 0 for row in late["commitments"])
    ships = json.loads(say("commitments", "--search", "shipb", "--format", "json", "--limit", "500")[1])
    assert 0 < ships["total"] < 100 and any("hipbuild" in row["says"] for row in ships["commitments"])
    assert "249 commitments" in say("commitments", "IND", "KOR")[1]


def test_owners_go_by_any_of_their_names(say: Say) -> None:
    asked = ("commitments", "IND", "KOR", "--format", "json", "--limit", "500", "--owed-by")
    assert json.loads(say(*asked, "south korea")[1]) == json.loads(say(*asked, "KOR")[1])
    both = json.loads(say(*asked, "both", "--owed-by", "third body")[1])
    assert {row["owed_by"] for row in both["commitments"]} == {"both", "third body"}


def test_the_list_as_csv(say: Say) -> None:
    rows = list(csv.DictReader(io.StringIO(say("commitments", "IND", "KOR", "--format", "csv", "--limit", "1000")[1])))
    assert len(rows) == 249 and {row["case"] for row in rows} == {"ind-kor"}
    nothing = say("commitments", "--search", "zzzzqq", "--format", "csv")
    assert nothing[0] == 0 and nothing[1].startswith("id,case,says,") and nothing[1].count("\n") == 1


def test_show_and_explain(say: Say) -> None:
    shown, explained = say("show", "C018")[1], say("explain", "C018")[1]
    assert "Allow sentenced prisoners to be moved" in shown and "delivered  (as of 2026-11-23)" in shown
    assert "Korea Herald" in shown and "How the status came about" not in shown
    assert explained.startswith(shown.rstrip("\n")[:200]) and "How the status came about" in explained
    assert "In the register" in explained and "from 2012-06-18: delivered" in explained
    before = say("explain", "C018", "--as-of", "2011-01-01")[1]
    assert "no evidence found  (as of 2011-01-01)" in before
    account = json.loads(say("show", "C018", "--format", "json")[1])
    assert account["commitment"]["id"] == "C018" and account["ruling"]["status"] == "delivered"


def test_markup_in_content_is_printed_as_it_stands(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.pages.invented import HOSTILE, write_hostile

    monkeypatch.setenv("SERVANDA_CONTENT", str(write_hostile(tmp_path / "content")))
    monkeypatch.setenv("SERVANDA_STORE", str(tmp_path / "r.sqlite"))
    review = " ".join(say("review", "ZEM", "RUR")[1].split())
    assert " ".join(HOSTILE.split()) in review
    assert "1.000 persons [x]" in review, "a unit in brackets is no colour"
    assert "[b]" in say("explain", "Z001")[1] and "[b]" in say("commitments")[1]


def test_verify_holds_and_finds_tampering(say: Say, seeded_copy: Callable[[], Path]) -> None:
    import sqlite3
    from contextlib import closing

    path = seeded_copy()
    code, out, _ = say("verify", "--store", str(path))
    held = re.fullmatch(r"holds: 4275 entries, last hash ([0-9a-f]{64})\n", out)
    assert code == 0 and held
    assert say("verify", "--store", str(path), "--expect", held[1])[0] == 0
    code, out, err = say("verify", "--store", str(path), "--expect", "0" * 64)
    assert (code, out) == (5, "") and "does not hold" in err
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE entries SET body = replace(body, 'prisoners', 'parcels') WHERE body LIKE '%prisoners%'")
        assert base.total_changes > 0
        base.commit()
    code, out, err = say("verify", "--store", str(path))
    assert (code, out) == (5, "")
    assert "the register does not hold" in err and "entry" in err


def test_a_case_travels_out_and_in(say: Say, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert say("export", str(first), "--case", "kor-vnm")[0] == 0
    store = str(tmp_path / "r.sqlite")
    code, out, _ = say("import", str(first), "--store", store, "--why", "travelled", "--who", "a guest")
    assert code == 0 and re.fullmatch(r"kor-vnm: [1-9]\d+ put, 0 withdrawn; last entry \d+\n", out)
    assert say("export", str(second), "--store", store, "--content", str(first))[0] == 0
    files = {path.relative_to(first): path.read_bytes() for path in first.rglob("*.yml")}
    assert len(files) > 100
    assert files == {path.relative_to(second): path.read_bytes() for path in second.rglob("*.yml")}
    again = say("import", str(first), "--store", store)
    assert re.fullmatch(r"kor-vnm: 0 put, 0 withdrawn; last entry \d+\n", again[1])
    assert "a guest, travelled" in say("explain", "VNM-C001", "--store", store)[1]


def test_a_fresh_register_is_built_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    store = tmp_path / "new" / "folder" / "register.sqlite"
    done = child("show", "C018", cwd=tmp_path / "empty", env={**os.environ, "SERVANDA_STORE": str(store)})
    assert done.returncode == 0, done.stderr
    assert b"Allow sentenced prisoners" in done.stdout
    assert f"built the register {store} from 3 cases, 4275 entries" in done.stderr.decode()
    assert store.exists() and not list((tmp_path / "empty").iterdir())


@pytest.mark.parametrize(
    "words", [("review", "IND", "KOR", "--format", "json"), ("commitments", "--limit", "1"), ("--help",)]
)
def test_a_closed_pipe_ends_quietly(words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*SERVANDA, *words], stdout=writer, stderr=subprocess.PIPE, check=False, timeout=90)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def in_terminal(*words: str, **environment: str) -> str:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    settings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", **environment}
    with subprocess.Popen([*SERVANDA, *words], stdout=theirs, stderr=theirs, stdin=theirs, env=settings) as process:
        os.close(theirs)
        told = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            told += part
        os.close(ours)
        assert process.wait(60) == 0, told
    return told.decode()


def test_colour_only_on_a_terminal() -> None:
    assert re.search(r"\x1b\[[\d;]*m", in_terminal("show", "C018"))
    assert not re.search(r"\x1b\[[\d;]*3\dm", in_terminal("show", "C018", NO_COLOR="1"))
    assert ESCAPE.encode() not in child("show", "C018").stdout


def test_every_script_is_written_where_the_machine_writes_one_only(say: Say) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = child("review", "IND", "KOR", env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "█" in done.stdout.decode() and done.stdout.decode() == say("review", "IND", "KOR")[1]


@pytest.mark.parametrize("verb", list(VERBS))
def test_the_help_of_each_verb_ends_with_examples(say: Say, verb: str) -> None:
    code, out, err = say(verb, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: servanda {verb}")
    _, _, examples = out.partition("Examples:\n")
    assert examples.strip() and all(
        line.strip().startswith(f"servanda {verb}") for line in examples.strip().split("\n")
    )


def test_the_help_names_every_verb_and_ends_with_examples(say: Say) -> None:
    code, out, err = say("--help")
    assert (code, err) == (0, "") and say("-h")[1] == out
    for verb, words in VERBS.items():
        assert re.search(rf"^  {verb}\s+{re.escape(words[:30])}", out, re.M)
    assert out.rstrip().endswith("servanda serve")
    code, out, err = say()
    assert (code, out) == (2, "") and "Usage: servanda" in err


def test_the_version(say: Say) -> None:
    from servanda import __version__

    assert say("--version") == (0, f"{__version__}\n", "")


def test_help_answers_without_the_heavy_parts() -> None:
    code = (
        "import sys; from servanda.faces.cli.app import run; code = run(['--help']); "
        "heavy = {'scipy', 'numpy', 'altair', 'sqlalchemy', 'pydantic', 'jinja2', 'starlette', 'uvicorn', 'typst'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=30)
    assert (done.returncode, done.stderr.strip()) == (0, b"[]")


def test_serve_on_a_taken_port_says_so(say: Say) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = say("serve", "--port", str(port))
    assert (code, out) == (2, "")
    assert f"port {port} cannot be used" in err and "--port 0" in err


def test_the_exit_codes_are_those_of_the_errors() -> None:
    from servanda import errors

    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ServandaError)
    ]
    assert {kind.exit_code for kind in kinds} | {0, 130} == set(EXIT_CODES)


def test_an_address_is_printed_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A source that cannot be copied is no source: long addresses are neither cut nor broken."""
    store = str(tmp_path / "register.sqlite")
    for name in ("C073", "D-2018-VISION"):
        assert run(["show", name, "--format", "json", "--store", store]) == 0
        found = json.loads(capsys.readouterr().out)
        nouns = (
            [found["commitment"], *(row["evidence"] for row in found["weighed"])] if name == "C073" else [found["noun"]]
        )
        addresses = {noun["source"]["url"] for noun in nouns}
        assert run(["show", name, "--store", store]) == 0
        shown = {word.rstrip(",") for word in capsys.readouterr().out.split()}
        assert max(map(len, addresses)) > 70
        assert addresses <= shown

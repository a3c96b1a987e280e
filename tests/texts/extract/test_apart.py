"""The process that reads: what a file does there, a crash, no end, no memory, is one sentence here."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from servanda.errors import ExtraMissing, TextUnreadable
from servanda.texts.extract.apart import read_apart
from tests.children import run
from tests.texts.extract.statements import pdf, statement


def instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run other code than the reader."""
    whole = subprocess.run

    def other(command: list[str], **named: Any) -> subprocess.CompletedProcess[bytes]:
        return whole([sys.executable, "-c", code], **named)

    monkeypatch.setattr(subprocess, "run", other)


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import ctypes; ctypes.string_at(0)",
        "raise SystemExit(3)",
        "print('no json')",
        "print('[]')",
        "print('{\"pieces\": 1}')",
        "",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_one_sentence(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, code)
    with pytest.raises(TextUnreadable, match=r"^x\.pdf is broken and cannot be opened as a PDF; fetch it again"):
        read_apart(b"x", "pdf", "x.pdf")


def test_a_child_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "while True: pass")
    with pytest.raises(TextUnreadable, match=r"^x\.pdf was not read in 0\.5 seconds and was given up; split it"):
        read_apart(b"x", "pdf", "x.pdf", seconds=0.5)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_child_that_wants_too_much_memory_is_stopped() -> None:
    code = """
from servanda.texts.extract import child
child._hold(500_000_000)
try:
    bytearray(600_000_000)
except MemoryError:
    print("held")
"""
    assert run(code) == "held"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_needs_too_much_memory_is_one_sentence() -> None:
    raw = b"<html><body>" + b"<p>The two sides met and agreed to act.</p>" * 200_000
    with pytest.raises(TextUnreadable, match=r"^x\.html (?:holds more than can be read at once|is broken)"):
        read_apart(raw, "html", "x.html", most=150_000_000)


def test_a_part_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, 'print(\'{"pieces": [], "title": null, "date": null, "note": [], "fault": "missing"}\')')
    with pytest.raises(ExtraMissing, match=r"servanda\[reading\]"):
        read_apart(b"x", "pdf", "x.pdf")


def test_the_child_imports_the_reader_of_its_own_format_only() -> None:
    code = """
import io, sys
from servanda.texts.extract import child
sys.stdin = io.TextIOWrapper(io.BytesIO(b"%PDF-1.4"))
child.main(["pdf", str(2 * 10**9), ""])
print()
heavy = ("trafilatura", "lxml", "docx", "spacy", "pydantic", "numpy")
print([name for name in heavy if name in sys.modules])
"""
    assert run(code).splitlines()[-1] == "[]"


def test_the_reader_does_not_look_for_modules_where_the_user_stands(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    assert read_apart(pdf(statement(0, 1)), "pdf", "x.pdf").pieces


def test_the_verb_itself_imports_no_reader() -> None:
    code = """
import sys
import servanda.texts.extract.extract, servanda.texts.fetch
print([name for name in ("pypdfium2_raw", "lxml", "trafilatura", "docx", "httpx2") if name in sys.modules])
"""
    assert run(code) == "[]"

"""Texts and decisions as YAML: readable as a diff, the same to the byte, and mended by whoever spoils them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import strategies as st

from servanda.errors import ContentError
from servanda.model.decision import Answer, Coding
from servanda.model.proposal import Kind
from servanda.model.text import fingerprint
from servanda.register.accept import Wanted, accept
from servanda.register.content import read_case
from servanda.register.decide import decide
from servanda.register.keep import bring_in, write_out
from servanda.register.sitting import Said
from servanda.register.words import Words
from servanda.store import yaml
from servanda.store.connect import Store
from tests.properties import examples, given
from tests.statement import AT, STATEMENT, handed, read
from tests.strategies import NASTY

PLAIN = STATEMENT.replace(" 🤝", "")  # which the writer of YAML escapes, and then the whole text with it
OTHER = fingerprint(PLAIN.replace("12", "13"))
NAME = "D-2026-TIDES-POETS"
FILE = "cases/zem-rur/texts/D-2026-TIDES-POETS.en.yml"


@pytest.fixture
def out(small: Store, small_content: Path, lists: Words) -> Path:
    """The case with two promises accepted and one passage coded blind, as YAML."""
    made = accept(small, lists, handed(PLAIN), "Anna", AT, Wanted(frozenset({1, 2})), read=read)
    start = PLAIN.index("They will meet")
    answers = [Said(Answer.ADD, start, start + 21, Coding(Kind.CALL))]
    decide(small, lists, made.text.id, "Boris", answers, AT, blind=True, read=read)
    folder = small_content.parent / "out"
    write_out(small, folder, words_from=small_content)
    return folder


def test_a_text_reads_line_by_line_with_its_decisions_beneath(out: Path) -> None:
    text = (out / FILE).read_text()
    for line in PLAIN.splitlines():
        assert f"  {line}\n" in text or not line
    assert text.index("characters: |\n") < text.index("decisions:\n- id: D-2026-TIDES-POETS.en-0001")
    assert "  coder: Boris\n  answer: add\n" in text and text.count("blind: true") == 1
    record = read_case(out, "zem-rur")
    assert record.texts["D-2026-TIDES-POETS.en"].characters == PLAIN
    assert [one.commitment for one in record.decisions.values()] == ["Z004", "Z005", None]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("12 boats", "13 boats", ["sha256: the characters give another; write ", OTHER]),
        (f"document: {NAME}", "document: D-2026-TIDES", ["unknown document 'D-2026-TIDES'", NAME]),
        ("- ZEM", "- ZME", ["parties: unknown party 'ZME'", "ZEM"]),
        ("commitment: Z004", "commitment: Z044", ["en-0001.commitment: unknown commitment 'Z044'", "Z004"]),
        ("answer: add", "answer: ad", ["decisions[2].answer: unknown word 'ad'", "'accept', 'correct'"]),
        ("kind: call", "kind: cal", ["decisions[2].coding.kind: unknown word 'cal'", "'commitment', 'outcome'"]),
        ("area: trade", "area: trade\n      aera: trade", ["decisions[0].proposed.terms.aera: unknown field", "area"]),
        ("POETS.en-0003", "POETS.en-three", ["is no id of a decision on this text", f"write {NAME}.en-0001"]),
        ("blind: true", "blind: true\n  withdraws: [x]", ["en-0003.withdraws: unknown decision 'x'"]),
        (f"id: {NAME}.en\n", "id: D-2026.en\n", [f"the file is named {NAME}.en and holds 'D-2026.en'"]),
        ("language: en", "langauge: en", ["langauge: unknown field", "language: missing"]),
        ("decisions:\n- ", "decisions: 3\nx:\n- ", ["decisions: expected a list, found int"]),
    ],
)  # fmt: skip
def test_what_is_spoiled_is_named_and_nothing_is_brought_in(
    out: Path, small: Store, old: str, new: str, said: list[str]
) -> None:
    spoiled = out.parent / "spoiled"
    shutil.copytree(out, spoiled)
    text = (spoiled / FILE).read_text()
    assert old in text
    (spoiled / FILE).write_text(text.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        bring_in(small, spoiled, "a", "b", AT)
    for words in said:
        assert words in str(caught.value)
    assert FILE in str(caught.value)
    assert [(one.put, one.withdrawn) for one in bring_in(small, out, "a", "b", AT)] == [(0, 0)]


def test_a_file_that_is_no_text_is_named(out: Path) -> None:
    (out / FILE).write_text("- a list\n")
    with pytest.raises(ContentError, match="expected a text; write 'id:"):
        read_case(out, "zem-rur")


@examples(300)
@given(
    st.lists(st.sampled_from(("a line", "  indented", "", "- item", "# mark", "\t", *NASTY)), max_size=6), st.booleans()
)
def test_any_lines_come_back_the_same(lines: list[str], ended: bool) -> None:
    import tempfile

    characters = "\n".join(lines) + ("\n" if ended else "")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "t.yml"
        yaml.write(path, {"characters": yaml.Lines(characters), "after": 1})
        assert yaml.read(path, "t.yml") == {"characters": characters, "after": 1}

"""Broken files of every format: a text or one clear sentence, within a time, and never a crash.

`make prove` reads a thousand of each; the suite a few dozen.
"""

from __future__ import annotations

import time

import pytest

from servanda.errors import TextUnreadable
from servanda.texts.extract.extract import extract
from servanda.texts.split import split
from tests.properties import PROVE
from tests.texts.extract.broken import broken, broken_zip
from tests.texts.extract.statements import (
    CLUTTER_AFTER,
    CLUTTER_BEFORE,
    markdown,
    page,
    pdf,
    statement,
    with_notes,
    word,
)

COUNT = 1_000 if PROVE else 60
SECONDS = 60.0  # a broken file of some kilobytes takes under a second; a machine may be busy

WHOLE = {
    "pdf": [pdf(statement(1, 2), "columns"), pdf(with_notes(statement(2, 2)), "letter"), pdf(statement(3, 1), "plain")],
    "docx": [word(statement(1, 2)), word(statement(3, 1))],
    "html": [
        page(statement(1, 2), "", CLUTTER_BEFORE, CLUTTER_AFTER).encode(),
        page(with_notes(statement(2, 2))).encode(),
    ],
    "md": [markdown(statement(1, 2)).encode()],
    "txt": [markdown(statement(2, 2)).encode("utf-16"), ("합의하였다. " * 50).encode("cp949")],
}


@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("suffix", sorted(WHOLE))
def test_a_broken_file_gives_a_text_or_one_sentence(suffix: str, part: int, request: pytest.FixtureRequest) -> None:
    if not PROVE and part and suffix != "pdf":
        request.getfixturevalue("in_this_process")  # what could take the process down is PDFium
    make = broken_zip if suffix == "docx" else broken
    for number, raw in enumerate(make(WHOLE[suffix], COUNT // 10, seed=part)):
        name, begun = f"file.{suffix}", time.monotonic()
        try:
            made = extract(raw, name)
        except TextUnreadable as fault:
            said = str(fault)
            assert said.startswith(f"{name} ") and "\n" not in said and len(said) < 300, (part, number, said)
        else:
            assert made.text.strip() and "\x00" not in made.text, (part, number)
            made.text.encode("utf-8")
            assert all(made.text[one.start : one.end] == one.text for one in split(made.text)), (part, number)
        assert time.monotonic() - begun < SECONDS, (part, number)

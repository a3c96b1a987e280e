"""The verb: one invented statement is the same text in every format; what is no text is one clear sentence."""

from __future__ import annotations

import io
import json
import re
from itertools import islice
from pathlib import Path

import pytest

from evaluation.reading.gold import Missing, shared
from servanda.errors import TextUnreadable
from servanda.texts.extract import extract as verb
from servanda.texts.extract.extract import extract, read_file, read_stdin
from servanda.texts.extract.kinds import Format
from servanda.texts.split import split
from tests.texts.extract.statements import (
    CLUTTER_AFTER,
    CLUTTER_BEFORE,
    LAYOUTS,
    Part,
    markdown,
    page,
    pdf,
    statement,
    with_notes,
    word,
)


def passages(text: str) -> list[tuple[str, bool, bool, str | None, str | None]]:
    return [(" ".join(one.text.split()), one.is_heading, one.is_item, one.heading, one.lead_in) for one in split(text)]


@pytest.mark.parametrize("seed", range(6))
def test_a_statement_gives_the_same_passages_in_every_format(seed: int) -> None:
    parts = statement(seed, 2 + seed % 4)
    wanted = passages(extract(markdown(parts).encode(), "statement.md").text)
    assert passages(extract(page(parts, "", CLUTTER_BEFORE, CLUTTER_AFTER).encode(), "statement.html").text) == wanted
    assert passages(extract(word(parts), "statement.docx").text) == wanted
    layouts = sorted(LAYOUTS)
    for layout in (layouts[seed % len(layouts)], layouts[(seed + 3) % len(layouts)]):
        assert passages(extract(pdf(parts, layout), "statement.pdf").text) == wanted, layout


@pytest.mark.parametrize("seed", range(6))
def test_footnotes_are_moved_to_the_end_in_every_layout(seed: int) -> None:
    parts = with_notes(statement(seed, 2 + seed % 3))
    wanted = passages(markdown(parts))
    made = extract(page(parts).encode(), "statement.html")
    assert passages(made.text) == wanted
    assert made.note == ("2 footnotes were moved to the end",)
    layout = sorted(LAYOUTS)[seed % len(LAYOUTS)]
    made = extract(pdf(parts, layout), "statement.pdf")
    assert passages(made.text) == wanted, layout
    assert "2 footnotes were moved to the end" in made.note


def test_an_item_knows_its_heading_and_its_lead_in_whatever_the_format() -> None:
    parts = statement(1)
    for name, raw in (("a.pdf", pdf(parts, "columns")), ("a.docx", word(parts)), ("a.html", page(parts).encode())):
        items = [one for one in split(extract(raw, name).text) if one.is_item and one.lead_in]
        assert len(items) > 4
        assert {one.lead_in for one in items} == {"To this end, the two sides will:"}
        assert all(one.heading in {part.text for part in parts if part.sort == "h"} for one in items)


def test_the_title_is_that_of_the_document() -> None:
    parts = statement(2)
    for name, raw in (("a.pdf", pdf(parts, "letter")), ("a.docx", word(parts)), ("a.html", page(parts).encode())):
        assert extract(raw, name).title == "Joint Statement of Avaria and Brenland", name
    assert extract(b"Some words.\n\n# Joint Statement #\n\nMore.", "a.md").title == "Joint Statement"
    assert extract(b"# no title in a plain text\n", "a.txt").title is None


def test_the_same_file_gives_the_same_text_each_time() -> None:
    parts = with_notes(statement(3))
    for name, raw in (("a.pdf", pdf(parts, "columns")), ("a.html", page(parts).encode())):
        assert extract(raw, name) == extract(raw, name)


def test_paragraphs_stand_on_one_line_each_with_a_blank_line_between() -> None:
    text = extract(pdf(statement(4), "columns"), "a.pdf").text
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert all(line and line == line.strip() and "\n" not in line for line in text[:-1].split("\n\n"))


def test_a_plain_text_stays_as_it_is() -> None:
    text = "  Joint  Statement\n\n\tThe sides - “both” - agree:\n * one\n\n\n"
    for name, wanted in (("a.txt", Format.TEXT), ("a.md", Format.MARKDOWN)):
        made = extract(text.encode(), name)
        assert (made.text, made.format, made.note) == (text, wanted, ())
    assert extract(text.replace("\n", "\r\n").encode("utf-8-sig"), "a.txt").text == text
    assert extract(text.replace("\n", "\r").encode("utf-16"), "a.txt").text == text


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(TextUnreadable, match=r"large\.pdf is larger than 50 MB; split it"):
        read_file(path)
    with pytest.raises(TextUnreadable, match="larger than 50 MB"):
        extract(bytes(verb.MOST_BYTES + 1), "large.txt")


def test_what_is_no_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(b"The sides met.")
    assert read_file(tmp_path / "good.txt") == b"The sides met."
    for path, said in (
        (tmp_path, "is a folder; name a file in it"),
        (tmp_path / "none.pdf", "there is no file .*none.pdf; look at how it is spelled"),
        (Path("/dev/null"), "/dev/null is no file"),
        (tmp_path / ("x" * 300), "cannot be read"),
        (Path("a\x00b"), "cannot be read"),
    ):
        with pytest.raises(TextUnreadable, match=said) as caught:
            read_file(path)
        assert "\n" not in str(caught.value)


def test_what_comes_in_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_stdin(io.BytesIO(b"abc")) == b"abc"
    monkeypatch.setattr(verb, "MOST_BYTES", 10)
    with pytest.raises(TextUnreadable, match="what came in is larger than"):
        read_stdin(io.BytesIO(b"x" * 11))


def real() -> Path | None:
    try:
        return shared() / "texts" / "whitehouse_2021_2026.jsonl"
    except Missing:
        return None


@pytest.mark.skipif(real() is None, reason="the texts are not on this machine")
def test_real_statements_come_out_of_two_columns_whole() -> None:
    whole = total = 0
    path = real()
    assert path is not None
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, 0, 320, 32):
            said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", json.loads(line)["text"])
            blocks = (" ".join(re.sub(r"[*_\\]+", "", one).split()) for one in re.split(r"\n\s*\n", said))
            parts = [Part("p", one) for one in blocks if re.match(r"[A-Z“].*[.!:]$", one)]
            wanted = [one[0] for one in passages("\n\n".join(part.text for part in parts))]
            found = {one[0] for one in passages(extract(pdf(parts, "columns"), "real.pdf").text)}
            whole += sum(one in found for one in wanted)
            total += len(wanted)
    assert total > 60
    assert whole > 0.97 * total


def test_a_file_with_no_more_than_heads_and_feet_holds_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.texts.extract import extract as module
    from servanda.texts.extract.draft import Draft

    monkeypatch.setattr(module, "read_apart", lambda *_: Draft(note=("page 2 holds no text",)))
    with pytest.raises(TextUnreadable, match=r"a\.pdf holds no text to read \(page 2 holds no text\)"):
        module.extract(b"%PDF-1.4 something", "a.pdf")

"""The review as one file: nothing beside it is needed, every note and anchor is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from servanda.errors import RequestError
from servanda.model.period import When
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.report import ReportPage, report, save
from tests.pages.invented import CASE, DAY
from tests.pages.test_render import SAID, Reader


@pytest.fixture(scope="module")
def paper(library: Library) -> ReportPage:
    return report(library, Ask(DAY, True, "ind-kor", {"peers": ("1",)}))


@pytest.fixture(scope="module")
def pdf(paper: ReportPage) -> bytes:
    return paper.pdf()


def unpacked(pdf: bytes) -> bytes:
    """The PDF with every compressed stream laid open beside it."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


def words_of(pdf: bytes, folder: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed, which reads the words of a PDF")
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def test_the_file_needs_nothing_beside_it(paper: ReportPage) -> None:
    page = Reader(paper.html())
    assert not {"script", "link", "iframe", "object", "embed"} & {tag for tag, _ in page.tags}
    assert all(value.startswith("data:") for value in page.all("src"))
    for link in page.all("href"):
        assert link.startswith("#") or urlsplit(link).scheme in ("http", "https"), link
    assert not re.search(r"@import|url\((?!['\"]?(data:|#))", paper.html())


@pytest.mark.parametrize(
    ("case", "query"),
    [("ind-kor", {}), ("ind-kor", {"area": ("trade",)}), ("kor-vnm", {"peers": ("1",)}), ("ind-jpn", {})],
)
def test_every_anchor_is_there_and_every_id_once(library: Library, case: str, query: dict[str, tuple[str]]) -> None:
    page = Reader(report(library, Ask(DAY, True, case, query)).html())
    anchors = {link[1:] for link in page.all("href") if link.startswith("#")}
    ids = page.all("id")
    assert len(anchors) > 100
    assert anchors <= set(ids), sorted(anchors - set(ids))[:5]
    assert len(ids) == len(set(ids))


def test_the_contents_list_every_section(paper: ReportPage) -> None:
    text = paper.html()
    contents = re.search(r'<nav class="contents".*?</nav>', text, re.S)
    assert contents
    listed = re.findall(r'href="#([\w-]+)"', contents[0])
    sections = re.findall(r'<h2 id="([\w-]+)"', text)
    assert listed == sections
    assert "peers" in sections


def test_every_thread_commitment_and_note_is_in_it(paper: ReportPage) -> None:
    page = Reader(paper.html())
    ids = set(page.all("id"))
    for item in paper.review.items:
        assert f"t-{item.thread.split('.', 1)[1]}" in ids
        assert {f"c-{name}" for name in item.commitments} <= ids
    assert {f"n-{number}" for number in range(1, len(paper.notes) + 1)} <= ids
    used = {line.note for chapter in paper.chapters for line in chapter.lines}
    assert used == set(range(1, len(paper.notes) + 1))
    assert len({(note.url, note.title) for note in paper.notes}) == len(paper.notes)


def test_notes_are_numbered_in_the_order_in_which_they_are_cited(paper: ReportPage) -> None:
    cited = [line.note for chapter in paper.chapters for line in chapter.lines]
    assert list(dict.fromkeys(cited)) == sorted(set(cited))


def test_nothing_later_than_the_day_is_told(library: Library) -> None:
    made = report(library, Ask(date(2015, 1, 1), True, "ind-kor"))
    lines = [line for chapter in made.chapters for line in chapter.lines]
    assert lines and all(When.parse(line.date).first <= made.review.as_of for line in lines if line.date != "undated")
    assert "As of 1 January 2015" in made.html()


def test_the_same_review_is_the_same_file(library: Library, paper: ReportPage, pdf: bytes) -> None:
    again = report(library, Ask(DAY, True, "ind-kor", {"peers": ("1",)}))
    assert again.html() == paper.html()
    assert again.pdf() == pdf


def test_the_pdf_is_tagged_titled_and_numbered(pdf: bytes) -> None:
    assert pdf.startswith(b"%PDF-")
    inside = unpacked(pdf)
    assert b"/StructTreeRoot" in inside and re.search(rb"/MarkInfo\s*<<\s*/Marked true", inside)
    assert re.search(rb"/Lang\s*\(en", inside)
    assert b"/Outlines" in inside and b"/PageLabels" in inside
    assert b"India and the Republic of Korea: the review" in inside
    assert inside.count(b"/Alt") >= 4, "each chart says what it shows"


def test_the_pdf_has_title_contents_page_numbers_and_notes(pdf: bytes, paper: ReportPage, tmp_path: Path) -> None:
    pages = words_of(pdf, tmp_path).split("\f")
    assert "India and the Republic of Korea" in pages[0] and "23 November 2026" in pages[0]
    assert "Contents" in pages[1] and "Past the date promised" in pages[1]
    for number, page in enumerate(pages[1:-1], 2):
        assert page.split()[-1] == str(number), f"page {number} lacks its number"
    last = pages[-2]
    assert paper.notes[-1].title[:25] in " ".join(last.split())


def test_markup_in_every_field_is_text_in_both_files(hostile: Library, tmp_path: Path) -> None:
    made = report(hostile, Ask(DAY, True, CASE))
    page = Reader(made.html())
    assert "script" not in {tag for tag, _ in page.tags}
    assert SAID in " ".join(page.text.split())
    assert not [link for link in page.all("href") if link.startswith("javascript")]
    words = " ".join(words_of(made.pdf(), tmp_path).split())
    assert '<script>alert("1")</script>' in words and "{{ 7*7 }} *x* #link(" in words and "@n-1" in words
    assert b"/URI" not in unpacked(made.pdf()), "no address of this case may be followed"


def test_a_case_with_nothing_but_promises(bare: Library) -> None:
    made = report(bare, Ask(DAY, True, CASE))
    assert "No evidence found" in Reader(made.html()).text.replace("no evidence", "No evidence")
    assert made.pdf().startswith(b"%PDF-")


def test_a_file_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "review.html"
    assert save(path, "first") == path
    save(path, b"second")
    assert path.read_bytes() == b"second"
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "folder", tmp_path / "none" / "x", Path()):
        with pytest.raises(RequestError, match=r"cannot write .*; choose another place"):
            save(place, "x")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "review.html"]
    assert not Path(".part").exists()

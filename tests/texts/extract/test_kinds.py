"""What sort of file it is: its content tells, then its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from servanda.errors import TextUnreadable
from servanda.texts.extract.kinds import Format, format_of
from tests.texts.extract.statements import pdf, statement, word


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "name", "wanted"),
    [
        (b"%PDF-1.7 and so on", "a.html", Format.PDF),
        (b"\n\n%PDF-1.4\n1 0 obj endobj", "download", Format.PDF),
        (b"junk before %PDF-1.4 1 0 obj endobj", "download", Format.PDF),
        (b"A text that speaks of %PDF- files.", "a.txt", Format.TEXT),
        (b"<!doctype html><p>x", "statement.pdf", Format.HTML),
        (b"\xef\xbb\xbf <!-- made by hand -->\n<HTML><body>x", "a.txt", Format.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html/>', "page", Format.HTML),
        (b"<p>The two sides met.</p>", "page", Format.HTML),
        ("<html><body>x".encode("utf-16"), "page", Format.HTML),
        (b"<p> A Markdown file may begin so. </p>", "a.md", Format.MARKDOWN),
        (b"The two sides met.", "index.html", Format.TEXT),
        (b"met <b>twice</b>", "index.php", Format.HTML),
        (b"# Joint Statement", "STATEMENT.MD", Format.MARKDOWN),
        (b"# Joint Statement", "statement", Format.TEXT),
        (b"<3 is no page", "statement", Format.TEXT),
        (archive("[Content_Types].xml", "word/document.xml"), "statement.zip", Format.DOCX),
    ],
)
def test_the_format_is_that_of_the_content(raw: bytes, name: str, wanted: Format) -> None:
    assert format_of(raw, name) == wanted


def test_the_type_that_a_server_gives_counts_where_the_content_does_not_tell() -> None:
    assert format_of(b"met <b>twice</b>", "page", "text/html; charset=utf-8") == Format.HTML
    assert format_of(b"# met", "page", "text/markdown") == Format.MARKDOWN


def test_real_files_are_known_under_any_name() -> None:
    assert format_of(pdf(statement(0, 1)), "x.docx") == Format.PDF
    assert format_of(word(statement(0, 1)), "x.pdf") == Format.DOCX


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty; give a PDF, DOCX, HTML, Markdown or plain text file"),
        (b" \n\t ", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "a picture; run text recognition"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"{\\rtf1 x}", "a rich text file; save it as DOCX"),
        (b"\x1f\x8b\x08", "an archive; unpack it"),
        (b"\x7fELF", "no document"),
        (b"%!PS-Adobe-3.0", "PostScript; turn it into a PDF"),
        (b"RIFF\x00\x00\x00\x00WAVE", "a recording"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a document of Word before 2007; save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is encrypted; open it with"),
        (archive("xl/workbook.xml"), "a spreadsheet"),
        (archive("ppt/presentation.xml"), "a set of slides"),
        (archive("content.xml", "mimetype"), "an OpenDocument file; save it as DOCX"),
        (archive("META-INF/container.xml"), "an electronic book"),
        (archive("a.txt"), "an archive; unpack it and give the file in it"),
        (b"PK\x03\x04 and then nothing of the kind", "a broken archive"),
        (b"PK\x03\x04 word/document.xml cut short", "is broken and cannot be opened as a Word document"),
    ],
)
def test_what_is_no_text_is_said_in_one_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(TextUnreadable, match=said) as caught:
        format_of(raw, "the file")
    assert str(caught.value).startswith("the file ") and "\n" not in str(caught.value)


def test_a_beginning_that_never_ends_is_looked_at_once() -> None:
    assert format_of(b"<!---->" * 5000 + b"x", "page") == Format.TEXT

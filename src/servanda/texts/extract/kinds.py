"""What sort of file it is: by what it holds first, by its name where that does not tell."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO

from servanda.errors import TextUnreadable


class Format(StrEnum):
    """The formats that are read."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    MARKDOWN = "markdown"
    TEXT = "text"


READ = "give a PDF, DOCX, HTML, Markdown or plain text file"
_OLD_WORD, _ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
_PICTURE = (
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\x00\x00\x00\x00|II\*\x00|MM\x00\*|RIFF.{4}WEBP|.{4}ftyp(?:heic|avif|mif1)"
)
_OTHERS = (
    (_PICTURE, "a picture; run text recognition on it and give the PDF that it makes"),
    (rb"\{\\rtf", "a rich text file; save it as DOCX and give that"),
    (rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!|.{257}ustar", "an archive; unpack it and give the file in it"),
    (rb"ID3|OggS|fLaC|RIFF.{4}(?:WAVE|AVI )|.{4}ftyp|\x1aE\xdf\xa3", "a recording, not a text"),
    (rb"\x7fELF|MZ.{30}|\xca\xfe\xba\xbe|SQLite format 3|PAR1", f"no document; {READ}"),
    (rb"%!PS", "PostScript; turn it into a PDF and give that"),
)
_IN_ZIP = (
    ("xl/workbook", "a spreadsheet; save the sheet as text or PDF and give that"),
    ("ppt/presentation", "a set of slides; save it as PDF and give that"),
    ("META-INF/container.xml", "an electronic book; save it as HTML or PDF and give that"),
    ("content.xml", "an OpenDocument file; save it as DOCX and give that"),
    ("Contents/section", "a Hangul file; save it as DOCX or PDF and give that"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BEFORE = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_FRAGMENT = re.compile(
    r"\s*<(?:article|main|section|div|p|h[1-6]|table|ul|ol|span|center|font|title|meta)\b[^<]{0,500}>", re.IGNORECASE
)
_PAGE_NAME = re.compile(r"\.(?:x?html?|php|aspx?|jsp|do|cfm)$", re.IGNORECASE)
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.IGNORECASE)


def format_of(raw: bytes, name: str, media: str = "") -> Format:
    """The format of a file; raises TextUnreadable for what is none of those that are read.

    `media` is the type that a server gave it, if it came from one.
    """
    head = raw[:4_096]
    if not raw.strip():
        raise TextUnreadable(f"{name} is empty; {READ}")
    # The standard lets a PDF begin within its first thousand bytes; a page or a text that speaks of PDFs is none.
    if re.match(rb"[\s\x00\xef\xbb\xbf]*%PDF-", head) or (b"%PDF-" in head[:1_024] and b"endobj" in raw):
        return Format.PDF
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_of(raw, name)
    if head.startswith(_OLD_WORD):
        raise TextUnreadable(_old(raw, name))
    for pattern, sentence in _OTHERS:
        if re.match(pattern, head, re.DOTALL):
            raise TextUnreadable(f"{name} is {sentence}")
    return _text_of(raw, name, media)


def _text_of(raw: bytes, name: str, media: str) -> Format:
    from servanda.texts.extract.plain import decode

    opening = decode(raw[:4_096]).text
    if _HTML.match(_BEFORE.sub("", opening).lstrip()):
        return Format.HTML
    if _MARKDOWN_NAME.search(name) or "markdown" in media:
        return Format.MARKDOWN
    if _PAGE_NAME.search(name) or "html" in media:
        return Format.HTML if "<" in opening else Format.TEXT
    return Format.HTML if _FRAGMENT.match(opening) and re.search(r"</\w+>", opening) else Format.TEXT


def _zip_of(raw: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as fault:
        is_word = b"word/" in raw or name.lower().endswith(".docx")
        what = "cannot be opened as a Word document; fetch it again, or open it elsewhere and save it anew"
        sentence = f"is broken and {what}" if is_word else "is a broken archive; fetch it again"
        raise TextUnreadable(f"{name} {sentence}") from fault
    if any(one.lstrip("/").startswith("word/") for one in names):
        return Format.DOCX
    for part, sentence in _IN_ZIP:
        if any(one.startswith(part) for one in names):
            raise TextUnreadable(f"{name} is {sentence}")
    raise TextUnreadable(f"{name} is an archive; unpack it and give the file in it")


def _old(raw: bytes, name: str) -> str:
    if _ENCRYPTED in raw:
        return f"{name} is encrypted; open it with its password and save it without one, then read that file"
    if "HwpSummaryInformation".encode("utf-16-le") in raw:
        return f"{name} is a Hangul file; save it as DOCX or PDF and give that"
    return f"{name} is a document of Word before 2007; save it as DOCX and give that"

"""The verb: a file of any kind into one text with its structure, and where such a file comes from."""

from __future__ import annotations

import io
import stat
from dataclasses import dataclass
from pathlib import Path

from servanda.errors import TextUnreadable
from servanda.texts.extract.apart import read_apart
from servanda.texts.extract.draft import write
from servanda.texts.extract.kinds import Format, format_of
from servanda.texts.extract.plain import read_plain

MOST_BYTES = 50_000_000
TOO_LARGE = f"larger than {MOST_BYTES // 1_000_000} MB; split it, or leave out its pictures, and read the parts"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document and what the document says of itself.

    Paragraphs stand on one line each with a blank line between, headings begin with ##, list items with - or with their
    own mark; a plain text is as it was. `note` is what a reader should know: what was moved, what could not be read.
    """

    text: str
    format: Format
    title: str | None = None
    date: str | None = None
    note: tuple[str, ...] = ()


def extract(raw: bytes, name: str, media: str = "") -> Extracted:
    """The text of a file; raises TextUnreadable, in one sentence, where there is none.

    `media` is the type that a server gave the file, with its alphabet where it said so: "text/html; charset=euc-kr".
    """
    if len(raw) > MOST_BYTES:
        raise TextUnreadable(f"{name} is {TOO_LARGE}")
    sort, charset = format_of(raw, name, media.lower()), _charset(media)
    if sort in (Format.TEXT, Format.MARKDOWN):
        plain = read_plain(raw, name, charset)
        if not plain.text.strip():
            raise TextUnreadable(f"{name} holds no text to read")
        return Extracted(
            plain.text, sort, _first_heading(plain.text) if sort == Format.MARKDOWN else None, None, plain.note
        )
    draft = read_apart(raw, str(sort), name, charset)
    text = write(draft.pieces)
    if not text.strip():
        # What was there was no more than the heads and feet of pages, or signs that are no letters.
        why = f" ({'; '.join(draft.note)})" if draft.note else ""
        raise TextUnreadable(f"{name} holds no text to read{why}"[:290].replace("\n", " "))
    return Extracted(text, sort, draft.title, draft.date, draft.note)


def read_file(path: Path) -> bytes:
    """The bytes of a file; raises TextUnreadable where it is none, cannot be read, or is too large."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise TextUnreadable(f"{path} is a folder; name a file in it")
        if not stat.S_ISREG(about.st_mode):
            raise TextUnreadable(f"{path} is no file; save what it gives to a file and name that")
        if about.st_size > MOST_BYTES:
            raise TextUnreadable(f"{path} is {TOO_LARGE}")
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise TextUnreadable(f"there is no file {path}; look at how it is spelled") from fault
    except (OSError, ValueError) as fault:
        said = getattr(fault, "strerror", None) or fault
        raise TextUnreadable(f"{path} cannot be read ({said}); look at who may read it") from fault


def read_stdin(stream: io.BufferedIOBase) -> bytes:
    """All that comes in; raises TextUnreadable as soon as it is too much."""
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TextUnreadable(f"what came in is {TOO_LARGE}")
    return raw


def _charset(media: str) -> str:
    for part in media.split(";")[1:]:
        key, _, held = part.partition("=")
        if key.strip().lower() == "charset":
            said = held.strip().strip("\"'")
            return said if len(said) <= 40 and said.isascii() and said.isprintable() else ""
    return ""


def _first_heading(text: str) -> str | None:
    for line in text[:20_000].split("\n"):
        if line.startswith("# "):
            return line.strip("# ").strip() or None
    return None

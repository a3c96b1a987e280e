"""A Word file that came back, opened: it is a stranger's, so its size is looked at first and nothing in it is run."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from servanda.errors import TextUnreadable
from servanda.texts.extract.kinds import Format, format_of
from servanda.texts.extract.numbering import attribute, children, local, target_of

MOST_BYTES = 10_000_000
MOST_BYTES_OPENED = 20_000_000
MOST_PARTS = 500
_MAIN = "word/document.xml"
_READ = re.compile(r"(?:word/.*|customXml/[^/]*|docProps/[^/]*|_rels/\.rels)\.xml$|_rels/\.rels$|.*\.rels$")
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml$")
_MACRO = re.compile(r"(?:vbaProject|vbaData|activeX)", re.IGNORECASE)
_ANEW = "open it in Word and save it anew as .docx"


@dataclass(slots=True)
class Opened:
    """The parts that matter: the body, the comments, what stands in margins and notes, and what was sent."""

    body: Any
    comments: Any = None
    beside: list[Any] = field(default_factory=list)
    sent: str | None = None
    seal: str | None = None


def open_minutes(raw: bytes, name: str = "the file") -> Opened:
    """The parts of the minutes that came back; raises TextUnreadable with one sentence where it cannot be taken."""
    if len(raw) > MOST_BYTES:
        raise TextUnreadable(f"{name} is larger than {MOST_BYTES // 1_000_000} MB; take its pictures out")
    if format_of(raw, name) is not Format.DOCX:
        raise TextUnreadable(f"{name} is no Word file; give the .docx that was sent out, edited")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return _opened(_parts(archive, name), name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError) as fault:
        if isinstance(fault, TextUnreadable):
            raise
        raise TextUnreadable(f"{name} is broken; {_ANEW}") from fault
    except RuntimeError as fault:  # the standard library says so of a part that asks for a password
        raise TextUnreadable(f"{name} is encrypted; save it without a password") from fault


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """The XML parts as bytes; what is too much, a macro or ambiguous is refused before anything is unpacked."""
    held = archive.infolist()
    names = [one.filename.lstrip("/") for one in held]
    if len(held) > MOST_PARTS or sum(one.file_size for one in held) > MOST_BYTES_OPENED:
        raise TextUnreadable(f"{name} would unpack to more than {MOST_BYTES_OPENED // 1_000_000} MB; {_ANEW}")
    if any(_MACRO.search(one) for one in names):
        raise TextUnreadable(f"{name} carries a macro; save it as .docx, which holds none")
    if len(set(names)) < len(names):
        raise TextUnreadable(f"{name} holds two parts of one name, so that it can be read in two ways; {_ANEW}")
    if any(one.flag_bits & 1 for one in held):
        raise TextUnreadable(f"{name} is encrypted; save it without a password")
    return {
        part: archive.read(one)
        for part, one in zip(names, held, strict=True)
        if _READ.match(part) or part == "[Content_Types].xml"
    }


def _opened(parts: dict[str, bytes], name: str) -> Opened:
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise TextUnreadable(f"{name} carries a macro; save it as .docx, which holds none")
    trees = {part: _tree(raw, name) for part, raw in parts.items()}
    main = target_of(trees.get("_rels/.rels"), "officeDocument", "") or _MAIN
    root = trees.get(main)
    body = next(children(root, "body"), None)
    if body is None:
        raise TextUnreadable(f"{name} is broken; {_ANEW}")
    folder, file = posixpath.split(main)
    links = trees.get(f"{folder}/_rels/{file}.rels")
    made = Opened(body, trees.get(target_of(links, "comments", folder) or "word/comments.xml"))
    made.beside = [trees[part] for part in sorted(trees) if _BESIDE.match(part)]
    for part in sorted(trees):
        # Word gives the part another number, others another prefix: it is known by its root alone.
        if part.startswith("customXml/") and local(trees[part]) == "sent":
            made.sent, made.seal = trees[part].text or "", attribute(trees[part], "seal")
    return made


def _tree(raw: bytes, name: str) -> Any:
    """A part as a tree. Nothing is fetched and no entity replaced; a part that declares any is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as fault:
        raise TextUnreadable(f"{name} is broken; {_ANEW}") from fault
    about = root.getroottree().docinfo
    if about.doctype or about.internalDTD is not None:
        raise TextUnreadable(f"{name} declares entities, which no Word file needs; {_ANEW}")
    return root

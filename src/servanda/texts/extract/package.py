"""A DOCX opened: its parts as trees, its styles. It is a stranger's: sizes are looked at before anything is read."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from servanda.texts.extract.numbering import attribute, children, local, number, target_of, value

MOST_BYTES_OF_A_PART = 150_000_000
MOST_PARTS = 20_000
_MAIN = "word/document.xml"


class Unreadable(Exception):
    """The file cannot be opened: the word says why."""


@dataclass(slots=True)
class Style:
    """What a style says of the paragraphs and words that carry it."""

    name: str = ""
    above: str = ""
    bold: bool | None = None
    list_name: str = ""
    list_level: int = 0
    outline: int | None = None


@dataclass(slots=True)
class Package:
    """The parts of a DOCX that matter to its text."""

    body: Any
    numbering: Any = None
    notes: dict[str, Any] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    title: str = ""

    def chain(self, name: str) -> list[Style]:
        """A style and those it is based on, nearest first."""
        found: list[Style] = []
        while name in self.styles and len(found) < 12:
            found.append(self.styles[name])
            name = self.styles[name].above
        return found


def open_package(raw: bytes) -> Package:
    """The parts of a DOCX; raises Unreadable."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return _opened(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError) as fault:
        raise Unreadable("broken") from fault
    except RuntimeError as fault:
        raise Unreadable("encrypted") from fault  # the standard library says so of a part that asks for a password


def _opened(archive: zipfile.ZipFile) -> Package:
    held = {one.filename.lstrip("/"): one for one in archive.infolist()}
    if len(held) > MOST_PARTS:
        raise Unreadable("long")

    def part(name: str, whole: bool = False) -> Any:
        return _tree(archive, held[name], whole) if name in held else None

    main = target_of(part("_rels/.rels"), "officeDocument", "") or _MAIN
    root = part(main if main in held else _MAIN, whole=True)
    body = next(children(root, "body"), None) if root is not None else None
    if body is None:
        raise Unreadable("broken")
    folder, name = posixpath.split(main)
    links = part(f"{folder}/_rels/{name}.rels")
    made = Package(body, part(target_of(links, "numbering", folder)))
    _read_styles(part(target_of(links, "styles", folder)), made)
    for sort in ("footnote", "endnote"):
        for note in children(part(target_of(links, f"{sort}s", folder)), sort):
            if not attribute(note, "type") or attribute(note, "type") == "normal":
                made.notes[f"{sort} {attribute(note, 'id')}"] = note
    core = part(target_of(part("_rels/.rels"), "core-properties", "") or "docProps/core.xml")
    made.title = next((one.text or "" for one in children(core, "title")), "")
    return made


def _tree(archive: zipfile.ZipFile, info: zipfile.ZipInfo, whole: bool) -> Any:
    """A part as a tree, without a thing fetched or an entity replaced; None where it is broken beyond reading.

    What must be read `whole` is not mended: half a statement must not pass for a whole one.
    """
    if info.file_size > MOST_BYTES_OF_A_PART:
        raise Unreadable("long")
    raw = archive.read(info)
    if re.search(rb"<!ENTITY", raw[:100_000]):
        raise Unreadable("broken")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=not whole)
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return None


def _read_styles(root: Any, into: Package) -> None:
    for element in children(root, "style"):
        made = Style()
        for one in element:
            kind = local(one)
            if kind == "name":
                made.name = value(one).lower()
            elif kind == "basedOn":
                made.above = value(one)
            elif kind == "rPr":
                made.bold = bold_of(one)
            elif kind == "pPr":
                made.list_name, made.list_level = list_of(one) or ("", 0)
                made.outline = next((number(value(line), 9) for line in children(one, "outlineLvl")), None)
        name = attribute(element, "styleId")
        into.styles[name] = made
        if attribute(element, "default") in ("1", "true") and attribute(element, "type") == "paragraph":
            into.default = name


def bold_of(properties: Any) -> bool | None:
    """Whether properties of words make them bold; None where they do not say."""
    for one in children(properties, "b"):
        return value(one) not in ("0", "false", "off")
    return None


def list_of(properties: Any) -> tuple[str, int] | None:
    """The list and the level that properties of a paragraph put it in."""
    for one in children(properties, "numPr"):
        name = next((value(inner) for inner in children(one, "numId")), "")
        return name, next((number(value(inner), 0) for inner in children(one, "ilvl")), 0)
    return None

"""A DOCX into pieces: headings, lists with their numbers, tables by row, footnotes; what was struck out is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from servanda.texts.extract.breaks import Span, lines_of
from servanda.texts.extract.draft import Draft, Piece, Role, heading, moved, piece, row, tidy
from servanda.texts.extract.marks import marked
from servanda.texts.extract.numbering import Numbering, attribute, children, local, value
from servanda.texts.extract.package import Package, Style, Unreadable, bold_of, list_of, open_package

_DEEPEST = 60
_MOST_IN_A_CELL = 700
_STRUCK = frozenset(("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr"))
_HEADING = re.compile(r"heading [1-9]$|title$|subtitle$|heading$")
_MADE_UP = re.compile(r"(?:word document|untitled|document\d*)$", re.IGNORECASE)


def read_docx(raw: bytes) -> Draft:
    """The text of a DOCX as pieces; a draft with a fault where there is none to read."""
    try:
        opened = open_package(raw)
    except Unreadable as fault:
        return Draft(fault=str(fault))
    reader = _Reader(opened)
    pieces = reader.blocks(opened.body, 0)
    pieces += reader.notes()
    if not pieces:
        return Draft(fault="empty")
    notes = sum(one.role == Role.NOTE for one in pieces)
    remarks = [*([moved(notes)] if notes else []), *reader.remarks]
    return Draft(tuple(pieces), reader.title(pieces), None, tuple(remarks))


class _Reader:
    """Reads the body once, counting its lists."""

    def __init__(self, package: Package) -> None:
        self._package = package
        listed = {name: style.list_name for name, style in package.styles.items() if style.list_name}
        self._numbering = Numbering(package.numbering, listed)
        self._noted: list[str] = []
        self._titled = ""
        self.remarks: list[str] = []

    def title(self, pieces: list[Piece]) -> str | None:
        """The paragraph in the style of a title; else the title that the file states; else the first heading."""
        stated = tidy(self._package.title)
        first = next((one.words for one in pieces[:6] if one.role == Role.HEADING), None)
        return self._titled or first or (stated if stated and not _MADE_UP.match(stated) else None)

    def blocks(self, holder: Any, depth: int) -> list[Piece]:
        """The paragraphs and tables that an element holds, in order."""
        made: list[Piece] = []
        if depth > _DEEPEST:
            self.remarks = [f"what lies more than {_DEEPEST} tables or boxes within one another was left out"]
            return made
        for one in holder:
            kind = local(one)
            if kind == "p":
                made += self._paragraph(one, depth)
            elif kind == "tbl":
                made += self._table(one, depth)
            elif kind == "sdt" and not _is_contents(one):
                made += [piece for inner in children(one, "sdtContent") for piece in self.blocks(inner, depth + 1)]
            elif kind in ("ins", "moveTo", "customXml", "smartTag", "body", "txbxContent", "tc"):
                made += self.blocks(one, depth + 1)
        return made

    def notes(self) -> list[Piece]:
        """The footnotes and endnotes that the text refers to, in its order."""
        made = []
        for count, key in enumerate(self._noted, 1):
            runs = [
                run
                for one in _each(self._package.notes[key], "p", 0)
                for run in [*self._runs(one, False, 0), Span(" ", False)]
            ]
            words = tidy("".join(run.text for run in runs))
            if words:
                made.append(Piece(Role.NOTE, words, f"{count}."))
        return made

    def _paragraph(self, element: Any, depth: int) -> list[Piece]:
        properties = next(children(element, "pPr"), None)
        name = next((value(one) for one in children(properties, "pStyle")), "") or self._package.default
        chain = self._package.chain(name)
        if chain and chain[0].name.startswith("toc "):
            return []
        heavy = next((style.bold for style in chain if style.bold is not None), False)
        lines = lines_of(self._runs(element, heavy, 0))
        made: list[Piece] = []
        if any(re.search(r"\w", run.text) for line in lines for run in line):
            mark = self._mark(properties, chain)
            is_heading = _is_heading(properties, chain)
            if is_heading:
                lines = [[run for line in lines for run in [*line, Span(" ", False)]]]
            for number, line in enumerate(lines):
                one = _piece(line, mark if number == 0 else "", is_heading, _is_heavy(properties, heavy))
                made += [one] if one else []
            if made and not self._titled and chain and chain[0].name == "title":
                self._titled = made[0].words
        boxes = [box for box in _each(element, "txbxContent", 0) if depth < _DEEPEST]
        return made + [one for box in boxes for one in self.blocks(box, depth + 1)]

    def _mark(self, properties: Any, chain: list[Style]) -> str:
        own = list_of(properties) if properties is not None else None
        inherited = next(((style.list_name, style.list_level) for style in chain if style.list_name), None)
        held = own or inherited
        if held is None or held[0] == "0":
            return ""
        if own and not own[0] and inherited:
            held = inherited[0], own[1]
        return self._numbering.mark(*held)

    def _runs(self, element: Any, heavy: bool, depth: int) -> list[Span]:
        """The words of a paragraph with their weight; a break of a line is a line feed."""
        found: list[Span] = []
        if depth > _DEEPEST:
            return found
        for one in element:
            kind = local(one)
            if kind in _STRUCK:
                continue
            if kind == "r":
                found += self._run(one, heavy)
            elif kind == "AlternateContent":
                found += [run for inner in list(one)[:1] for run in self._runs(inner, heavy, depth + 1)]
            elif kind not in ("p", "tbl", "txbxContent", "drawing", "pict", "object"):
                found += self._runs(one, heavy, depth + 1)
        return found

    def _run(self, element: Any, heavy: bool) -> list[Span]:
        properties = next(children(element, "rPr"), None)
        if any(value(one) not in ("0", "false") for one in children(properties, "vanish")):
            return []
        named = next((value(one) for one in children(properties, "rStyle")), "")
        own = bold_of(properties) if properties is not None else None
        styled = next((style.bold for style in self._package.chain(named) if style.bold is not None), heavy)
        parts: list[str] = []
        for one in element:
            kind = local(one)
            if kind == "t":
                parts.append(one.text or "")
            elif kind in ("footnoteReference", "endnoteReference"):
                self._note(f"{kind.removesuffix('Reference')} {attribute(one, 'id')}")
            else:
                parts.append(_sign(one, kind))
        return [Span("".join(parts), styled if own is None else own)]

    def _note(self, key: str) -> None:
        if key in self._package.notes and key not in self._noted:
            self._noted.append(key)

    def _table(self, element: Any, depth: int) -> list[Piece]:
        rows = [list(_each(line, "tc", 0)) for line in _each(element, "tr", 0)]
        if _is_layout(rows):
            return [one for line in rows for cell in line for one in self.blocks(cell, depth + 1)]
        made = []
        for line in rows:
            said = [" ".join(_said(one) for one in self.blocks(cell, depth + 1)) for cell in line]
            one = row(said)
            made += [one] if one else []
        return made


def _said(one: Piece) -> str:
    return f"{one.mark} {one.words}" if one.mark else one.words


def _each(element: Any, name: str, depth: int) -> Iterator[Any]:
    """The elements of a name below another, but none below one of them; of two forms of one drawing the first."""
    if depth > _DEEPEST:
        return
    for one in element:
        kind = local(one)
        if kind == name:
            yield one
        elif kind == "AlternateContent":
            for inner in list(one)[:1]:
                yield from _each(inner, name, depth + 1)
        elif kind not in ("del", "moveFrom") and not (kind in ("tbl", "txbxContent") and name in ("tr", "tc")):
            yield from _each(one, name, depth + 1)


def _is_layout(rows: list[list[Any]]) -> bool:
    """True for a table that only puts text side by side."""
    if max(map(len, rows), default=0) < 2:
        return True
    for line in rows:
        for cell in line:
            filled = [one for one in children(cell, "p") if "".join(one.itertext()).strip()]
            if any(True for _ in children(cell, "tbl")) or len(filled) > 2:
                return True
            if sum(len("".join(one.itertext())) for one in filled) > _MOST_IN_A_CELL:
                return True
    return False


def _is_contents(element: Any) -> bool:
    """True for a table of contents that Word keeps."""
    return any(value(one).lower() == "table of contents" for one in _each(element, "docPartGallery", 0))


def _is_heading(properties: Any, chain: list[Style]) -> bool:
    outline = next((value(one) for one in children(properties, "outlineLvl")), None)
    if outline is not None:
        return outline != "9"
    return any(_HEADING.fullmatch(style.name) or (style.outline is not None and style.outline < 9) for style in chain)


def _is_heavy(properties: Any, heavy: bool) -> bool:
    """True where the number before a paragraph is bold."""
    own = next((bold_of(one) for one in children(properties, "rPr")), None)
    return heavy if own is None else own


def _sign(element: Any, kind: str) -> str:
    if kind == "br":
        return "" if attribute(element, "type") in ("page", "column") else "\n"
    if kind == "sym":
        return "•"
    return {"tab": " ", "cr": "\n", "noBreakHyphen": "-"}.get(kind, "")


def _piece(line: list[Span], mark: str, is_heading: bool, heavy: bool) -> Piece | None:
    words = "".join(run.text for run in line).strip()
    bold = all(run.bold for run in line if re.search(r"\w", run.text)) and (not mark or (heavy and mark != "•"))
    if mark and not marked(words):
        words = f"{mark} {words}"
    return heading(words) if is_heading else piece(words, bold)

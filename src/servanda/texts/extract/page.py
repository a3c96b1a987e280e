"""A web page from beginning to end as blocks of text, each with where it stands: nothing is left out here yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from servanda.texts.extract.breaks import Span, lines_of
from servanda.texts.extract.clutter import is_notes, is_reference, is_silent
from servanda.texts.extract.marks import marked, spelled

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PLAIN_LIST = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_MOST_IN_A_CELL = 700


@dataclass(slots=True)
class Block:
    """A heading, a paragraph, an item or a row, with the element it stands in and how much of it is a link."""

    words: str
    element: Any
    heading: bool = False
    bold: bool = False
    note: bool = False
    linked: float = 0.0
    row: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The letters and figures alone, in small letters: to find the block again in another form of the page."""
        return re.sub(r"\W+", "", self.words).lower()


@dataclass(slots=True)
class _List:
    """A list that is open: how its items are marked, and which comes next."""

    sort: str
    following: int


def blocks_of(root: Any) -> list[Block]:
    """The blocks of a page in order."""
    return _Walk().walk(root)


class _Walk:
    """Goes through the page once, without recursion: a page may be nested as deep as it likes."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._spans: list[Span] = []
        self._lists: list[_List] = []
        self._mark = ""
        self._bold = self._linked = self._noted = 0
        self._heading = False

    def walk(self, root: Any) -> list[Block]:
        """The blocks of the page."""
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: Any = None
        for event, element in walker:
            if event in ("comment", "pi"):
                self._add(element.tail)
            elif event == "start":
                if self._is_skipped(element):
                    skipped = element
                    walker.skip_subtree()
                else:
                    self._open(element)
            else:
                if element is not skipped:
                    self._close(element)
                skipped = None
                self._add(element.tail)
        self._flush(root)
        return self.blocks

    def _is_skipped(self, element: Any) -> bool:
        if is_silent(element) or is_reference(element):
            return True
        rows = table_of(element) if element.tag == "table" else None
        if rows is None:
            return False
        self._flush(element.getparent())
        self.blocks += [Block(" ".join(row), element, row=tuple(row)) for row in rows]
        return True

    def _open(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush(element.getparent())
        if tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_List(_sort(element), _number(element.get("start"), 1)))
        elif tag == "li":
            self._mark = self._next_mark(element)
        elif tag == "br":
            self._spans.append(Span("\n", False))
        self._heading = self._heading or tag in _HEADINGS
        self._bold += _is_bold(element)
        self._linked += tag == "a"
        self._noted += is_notes(element)
        self._add(element.text, tag == "pre")

    def _close(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush(element)
        if tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._mark = ""
        if tag in _HEADINGS:
            self._heading = False
        self._bold -= _is_bold(element)
        self._linked -= tag == "a"
        self._noted -= is_notes(element)

    def _add(self, text: str | None, kept: bool = False) -> None:
        if text:
            said = text if kept else re.sub(r"\s+", " ", text)
            self._spans.append(Span(said, self._bold > 0, self._linked > 0))

    def _next_mark(self, element: Any) -> str:
        if not self._lists:
            return "•"
        inner = self._lists[-1]
        if inner.sort in ("bullet", ""):
            return "•" if inner.sort else ""
        number = _number(element.get("value"), inner.following)
        inner.following = number + 1
        return f"{spelled(number, inner.sort)}."

    def _flush(self, element: Any) -> None:
        """Write down what was gathered: one block, or several where breaks of lines part them."""
        spans, self._spans = self._spans, []
        for line in lines_of(spans):
            words = "".join(span.text for span in line).strip()
            if not re.search(r"\w", words):
                continue
            letters = sum(len(span.text.strip()) for span in line) or 1
            linked = sum(len(span.text.strip()) for span in line if span.linked) / letters
            bold = all(span.bold for span in line if re.search(r"\w", span.text))
            mark, self._mark = self._mark, ""
            if mark and not marked(words.lstrip()):
                words = f"{mark} {words}"
            bold = bold and not mark
            self.blocks.append(Block(words, element, self._heading, bold, self._noted > 0, linked))


def table_of(table: Any) -> list[list[str]] | None:
    """The rows of a table, or None where it only holds the page in place: its cells are read as text then."""
    if table.find(".//table") is not None:
        return None
    rows = []
    for line in table.iter("tr"):
        cells = [cell for cell in line if cell.tag in ("td", "th")]
        for cell in cells:
            if len(cell.findall(".//p")) + len(cell.findall(".//li")) > 2 or cell.find(".//h2") is not None:
                return None
        said = [flat(cell) for cell in cells]
        if max(map(len, said), default=0) > _MOST_IN_A_CELL:
            return None
        rows.append(said)
    return rows if max(map(len, rows), default=0) > 1 else None


def flat(element: Any) -> str:
    """The words of an element on one line."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    skipped: Any = None
    for event, one in walker:
        if event == "start":
            if is_silent(one) or is_reference(one):
                skipped = one
                walker.skip_subtree()
                continue
            parts.append((" " if one.tag in _BLOCKS or one.tag == "br" else "") + (one.text or ""))
        elif one is not element:
            parts.append((" " if one.tag in _BLOCKS and one is not skipped else "") + (one.tail or ""))
    return " ".join("".join(parts).split())


def _is_bold(element: Any) -> bool:
    return element.tag in ("b", "strong", "th") or bool(_BOLD.search(element.get("style") or ""))


def _sort(element: Any) -> str:
    if _PLAIN_LIST.search(element.get("style") or ""):
        return ""
    if element.tag != "ol":
        return "bullet"
    sort = element.get("type") or "1"
    named = re.search(r"list-style(?:-type)?\s*:[^;]*\b(lower|upper)-(alpha|latin|roman)", element.get("style") or "")
    if named:
        sort = {"alpha": "a", "latin": "a", "roman": "i"}[named.group(2)]
        sort = sort.upper() if named.group(1) == "upper" else sort
    return sort if sort in ("1", "a", "A", "i", "I") else "1"


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else otherwise

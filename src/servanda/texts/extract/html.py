"""A web page into pieces: the statement with its headings and lists, nothing of what stands around it.

trafilatura says which text is the statement; the page's own structure says how it is written down. What trafilatura
drops in the midst of the statement (a short paragraph, a list of links to agreements) is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree, html

from servanda.texts.extract.clutter import is_clutter
from servanda.texts.extract.draft import Draft, Piece, Role, heading, moved, piece, row, tidy
from servanda.texts.extract.headers import date_of, title_of
from servanda.texts.extract.page import Block, blocks_of

_MOST_LETTERS = 20_000_000
_MOST_FOR_TRAFILATURA = 2_000_000
_DEEPEST, _DEEPEST_FOR_TRAFILATURA = 2_000, 200  # elements within one another
_SHORT = 12
_WITHIN = frozenset("p li ol ul dl dt dd table blockquote pre h1 h2 h3 h4 h5 h6 center".split())
_NUMBER = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3}|[a-z])[\])]?[.:]?\s+(?=\S)|•\s+(?=\S)")


def read_html(text: str) -> Draft:
    """The statement of a web page as pieces; a draft with a fault where there is none."""
    if len(text) > _MOST_LETTERS:
        return Draft(fault="long")
    root = _parsed(text)
    if root is None:
        return Draft(fault="broken" if text.strip() else "empty")
    body = root.find("body")
    if body is None:
        return Draft(fault="empty")
    blocks = blocks_of(body)
    lines = [_line_of(block.element, body) for block in blocks]
    deepest = max(map(len, lines), default=0)
    if deepest > _DEEPEST:
        return Draft(fault="broken")
    title, date = title_of(root, blocks), date_of(root)
    main = _main_text(text) if deepest < _DEEPEST_FOR_TRAFILATURA else ""
    kept = _statement(blocks, lines, main, title)
    pieces = _pieces(kept)
    if not pieces:
        return Draft(fault="empty")
    notes = sum(one.role == Role.NOTE for one in pieces)
    return Draft(tuple(pieces), title, date, (moved(notes),) if notes else ())


def _parsed(text: str) -> Any:
    """The page as a tree; None where it is broken: half a statement must not pass for a whole one."""
    # A declaration of encoding is meant for bytes; these are decoded.
    plain = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text.replace("\x00", ""), count=1)
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=True)
    try:
        root = html.document_fromstring(plain, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return None if len(parser.error_log.filter_from_fatals()) else root


def _main_text(text: str) -> str:
    """The letters and figures of what trafilatura takes for the text of the page."""
    if len(text) > _MOST_FOR_TRAFILATURA:
        return ""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            text,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            include_links=False,
            with_metadata=False,
        )
    except Exception:  # whatever a broken page does to it: our own reading of the page goes on without
        return ""
    body = getattr(found, "body", None)
    return re.sub(r"\W+", "", "".join(body.itertext())).lower() if body is not None else ""


def _statement(blocks: Sequence[Block], lines: Sequence[list[Any]], main: str, title: str | None) -> list[Block]:
    """The blocks that are the statement's."""
    good = {place for place, block in enumerate(blocks) if len(block.said) >= _SHORT and block.said in main}
    letters = sum(len(block.said) for block in blocks if block.linked < 0.5) or 1
    trusted = sum(len(blocks[place].said) for place in good) >= 0.2 * letters
    if not trusted:
        good = {place for place, block in enumerate(blocks) if block.linked < 0.5 and len(block.said) >= _SHORT}
    clutter = _clutter(blocks, lines, good)
    good = {place for place in good if not any(id(one) in clutter for one in lines[place])}
    if not good:
        return []
    inside = _home(blocks, lines, good, trusted)
    first, last = min(good), max(good)
    places = {one for place in good for one in _places(lines[place])}
    kept = []
    for place, block in enumerate(blocks):
        if any(id(one) in clutter for one in lines[place]):
            continue
        if _is_title(block, title) and place < first:
            kept.append(block)
        elif inside in lines[place]:
            beside = block.linked < 0.5 and places & _places(lines[place])
            if first <= place <= last or block.note or beside:
                kept.append(block)
    return kept


def _line_of(element: Any, body: Any) -> list[Any]:
    """The elements from the body down to the one that holds a block."""
    line = [element]
    while line[-1] is not body and line[-1].getparent() is not None:
        line.append(line[-1].getparent())
    return line[::-1]


def _clutter(blocks: Sequence[Block], lines: Sequence[list[Any]], good: set[int]) -> set[int]:
    """The elements that their names call clutter, but for those in which much of the statement stands."""
    total = sum(len(blocks[place].said) for place in good) or 1
    inside: dict[int, int] = {}
    named: dict[int, bool] = {}
    for place, line in enumerate(lines):
        letters = len(blocks[place].said) if place in good else 0
        for one in line:
            if id(one) not in named:  # a broken page may nest a thousand deep: each element is judged once
                named[id(one)] = is_clutter(one)
            if letters:
                inside[id(one)] = inside.get(id(one), 0) + letters
    return {key for key, is_named in named.items() if is_named and inside.get(key, 0) <= 0.25 * total}


def _home(blocks: Sequence[Block], lines: Sequence[list[Any]], good: set[int], trusted: bool) -> Any:
    """The innermost element that holds (nearly) all of the statement."""
    total = sum(len(blocks[place].said) for place in good)
    enough = 0.95 if trusted else 0.7
    home = lines[min(good)][0]
    depth = 1
    while True:
        held: dict[int, tuple[int, Any]] = {}
        for place in sorted(good):
            line = lines[place]
            if len(line) > depth and line[depth - 1] is home:
                letters, _ = held.get(id(line[depth]), (0, None))
                held[id(line[depth])] = (letters + len(blocks[place].said), line[depth])
        best = max(held.values(), key=lambda one: one[0], default=(0, None))
        if best[0] < enough * total:
            return home
        home, depth = best[1], depth + 1


def _places(line: Sequence[Any]) -> set[tuple[Any, ...]]:
    """Where a block stands: in which element, beside which of its name. Lists stand where a paragraph does."""
    depth = len(line) - 1
    while depth and line[depth].tag in _WITHIN:
        depth -= 1
    holder = line[depth]
    found: set[tuple[Any, ...]] = {(id(holder),)}
    if depth == len(line) - 1 and depth:
        found.add((id(line[depth - 1]), holder.tag, holder.get("class")))
    return found


def _is_title(block: Block, title: str | None) -> bool:
    return block.heading and title is not None and block.words.strip() == title


def _pieces(blocks: Sequence[Block]) -> list[Piece]:
    made: list[Piece] = []
    for block in blocks:
        if block.row:
            one = row(block.row)
        elif block.note:
            one = _note(block)
        elif block.heading:
            one = heading(block.words)
        else:
            one = piece(block.words, block.bold)
        if one is not None:
            made.append(one)
    numbered = 0
    for place, one in enumerate(made):
        if one.role == Role.NOTE:
            numbered += 1
            made[place] = one if one.mark else Piece(Role.NOTE, one.words, f"{numbered}.")
    return made


def _note(block: Block) -> Piece | None:
    """A footnote with its mark; the heading above them is ours to write."""
    if block.heading:
        return None
    found = _NUMBER.match(block.words)
    words = tidy(block.words[found.end() :] if found else block.words)
    mark = found.group(1) if found else None
    return Piece(Role.NOTE, words, (f"{mark}." if mark.isdigit() else mark) if mark else "") if words else None

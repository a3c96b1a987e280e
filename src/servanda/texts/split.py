"""A text into passages: sentences, list items and headings, with stable offsets, nothing but white space left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.model.passage import Passage

_BULLET = re.compile(r"[ \t>]*(?:[-*•·▪◦–—o]\s+|\(?(?:[a-z]|[ivx]{1,4}|[A-H]|\d{1,2})[.)]\s+|\d{1,2}\.\d{1,2}\.?\s+)")
_HEADING_MARK = re.compile(r"\s*(?:#{1,6}\s|\*\*[^*]{2,120}\*\*:?\s*$|__[^_]{2,120}__\s*$)")
# The number of a paragraph is a passage of its own: it is no part of the sentence that it counts.
_PARAGRAPH_NUMBER = re.compile(r"\d{1,3}\.(?=\s+[\"“'*_\[(]*[^\W\d])")
_NUMBER_ALONE = re.compile(r"\s*\(?\d{1,3}[.)]?\s*$")
_END = re.compile(r"[.!?][\"'”’)\]*_]*(?=\s+[\"'“‘(\[*_]*[A-Z0-9\u0080-\U0010ffff])|[.!?][\"'”’)\]*_]*\s*$")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Hon|Rt|Gen|Lt|Col|Capt|Adm|Sen|Rep|Gov|St|No|Nos|Art|Arts|Para|Sec|Vol|Fig|Inc|Co|Corp"
    r"|Ltd|Jr|Sr|vs|cf|al|approx|est|Dept|Univ|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|P\. ?M|H\.E|e\.g|i\.e)"
    r"|\b[A-Z](?:\.[A-Z])*|\bU\.S|\bU\.K|\bU\.N)\.$"
)
_STARTER = re.compile(
    r"\s+[\"'“(]?(?:The|This|These|They|We|In|On|At|As|It|Both|Together|To|For|He|She|Our|President|Prime)\b"
)
_OPENS_LIST = re.compile(r"[:\-–—]\s*[*_]*\s*$")
_FINISHED = re.compile(r"[.!?:;][\"'”’)\]*_]*$")
_HEADLINE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a heading, as it stands in the text."""

    start: int
    end: int
    is_item: bool
    is_heading: bool


def split(text: str) -> list[Passage]:
    """The passages of a text, in order. Every character that is not white space lies in exactly one."""
    passages: list[Passage] = []
    heading: str | None = None
    lead_in: str | None = None
    for number, block in enumerate(blocks(text)):
        if block.is_heading:
            heading, lead_in = text[block.start : block.end].strip("#*_ \t:"), None
        elif not block.is_item:
            lead_in = None
        for start, end in sentences(text, block.start, block.end):
            passages.append(
                Passage(
                    start,
                    end,
                    text[start:end],
                    number,
                    block.is_heading,
                    block.is_item,
                    None if block.is_heading else heading,
                    lead_in,
                )
            )
            if not block.is_heading and _OPENS_LIST.search(text[start:end]):
                lead_in = text[start:end]
    return passages


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs and list items. Lines that scanned pages break in the middle of a sentence are one block."""
    held: list[tuple[int, int]] = []
    lines = list(_lines(text))
    width = _wrapped_at(text, lines)
    for start, end in lines:
        line = text[start:end]
        begins = bool(_BULLET.match(line)) or bool(_HEADING_MARK.match(line))
        if held and (begins or not _goes_on(text, held[-1], (start, end), width)):
            yield _block(text, held[0][0], held[-1][1])
            held = []
        held.append((start, end))
    if held:
        yield _block(text, held[0][0], held[-1][1])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield start, match.start() + len(line.rstrip())


def _wrapped_at(text: str, lines: list[tuple[int, int]]) -> int:
    """The width at which a scanned page breaks its lines; 0 for a text whose lines are paragraphs."""
    if len(lines) < 8:
        return 0
    lengths = sorted(end - start for start, end in lines)
    width = lengths[int(len(lengths) * 0.8)]
    unfinished = sum(not _FINISHED.search(text[start:end]) for start, end in lines)
    return width if 30 <= width <= 110 and unfinished > 0.4 * len(lines) else 0


def _goes_on(text: str, before: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """True where a line is the rest of the one before: no blank line between, or a sentence cut by one."""
    last, first = text[before[0] : before[1]], text[after[0] : after[1]]
    if _HEADING_MARK.match(last):
        return False
    blank = text[before[1] : after[0]].count("\n") > 1
    unfinished = not _FINISHED.search(last)
    if not blank:
        return unfinished or not _is_headline(last)
    if unfinished and (first[0].islower() or last.endswith((",", "-"))):
        return True
    return unfinished and len(last) >= 0.55 * width > 0 and not last.isupper()


def _is_headline(line: str) -> bool:
    words = line.split()
    if not 0 < len(words) <= _HEADLINE_WORDS or re.search(r"[.;,]$", line):
        return False
    letters = [word for word in words if word[0].isalpha()]
    named = sum(word[0].isupper() for word in letters)
    return line.isupper() or (bool(letters) and named >= 0.6 * len(letters))


def _block(text: str, start: int, end: int) -> Block:
    body = text[start:end]
    is_heading = bool(_HEADING_MARK.match(body)) or ("\n" not in body and _is_headline(body) and not body.endswith(":"))
    is_item = bool(_BULLET.match(body)) and not _NUMBER_ALONE.fullmatch(body)
    return Block(start, end, is_item, is_heading and not is_item)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a block, white space around them left out."""
    begin = start
    number = _PARAGRAPH_NUMBER.match(text, start, end)
    if number:
        yield from _trim(text, start, number.end())
        begin = number.end()
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop >= end:
            break
        before = text[begin : match.start() + 1]
        if _SHORT.search(before) and not (
            _STARTER.match(text, stop)
            and re.search(r"[a-z]{2}\.$|U\.S\.$|U\.K\.$", before)
            and not re.search(r"\b(?:Mr|Mrs|Ms|Dr|Hon|No|Gen|St)\.$", before)
        ):
            continue
        if re.fullmatch(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]", before):
            continue
        yield from _trim(text, begin, stop)
        begin = stop
    yield from _trim(text, begin, end)


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end

"""Breaks of a line inside a paragraph of a web page or a DOCX: some are the end of it, some only look well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.texts.extract.marks import ENDED, marked

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one weight; a break is a line feed in them."""

    text: str
    bold: bool
    linked: bool = False


def lines_of(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans cut where a break ends a paragraph: at two, after a sentence, before a mark, at another weight."""
    kept: list[list[Span]] = []
    blank = True
    for line in _cut(spans):
        words = "".join(span.text for span in line).strip()
        if not words:
            blank = True
        elif blank or _is_new(kept[-1], line, words):
            kept.append(line)
            blank = False
        else:
            kept[-1] += [Span(" ", line[0].bold, line[0].linked), *line]
    return kept


def _cut(spans: Sequence[Span]) -> list[list[Span]]:
    lines: list[list[Span]] = [[]]
    for span in spans:
        for number, part in enumerate(span.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Span(part, span.bold, span.linked))
    return lines


def _is_new(last: Sequence[Span], line: Sequence[Span], words: str) -> bool:
    # Only the end of what was gathered matters: a page may break thousands of lines in one paragraph.
    before = "".join(span.text for span in last[-20:]).rstrip()[-_LONGEST_TITLE:]
    if ENDED.search(before) or marked(words):
        return True
    return _weight(last) != _weight(line) and len(before) < _LONGEST_TITLE


def _weight(line: Sequence[Span]) -> bool:
    return all(span.bold for span in line if span.text.strip())

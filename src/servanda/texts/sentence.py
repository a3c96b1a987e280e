"""A passage with its parse, and the way back from every word of the parse to the characters of the passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.texts.features import Seen
from servanda.texts.predicates import acts, parsed, places

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was seen of a passage, its parse, the characters of the passage for each token, and the acts undertaken."""

    seen: Seen
    doc: Doc
    spans: tuple[tuple[int, int], ...]
    acts: tuple[Token, ...]

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that lie in some characters of the passage."""
        return [self.doc[place] for place, (first, last) in enumerate(self.spans) if first < end and start < last]

    def heard(self, start: int, end: int) -> tuple[int, int]:
        """Characters of what was parsed for some characters of the passage; nothing where no word lies in them."""
        inside = self.tokens(start, end)
        return (inside[0].idx, inside[-1].idx + len(inside[-1].text)) if inside else (0, 0)

    def cut(self, first: Token, last: Token) -> tuple[int, int]:
        """Characters of the passage from one token to another."""
        return self.spans[first.i][0], self.spans[last.i][1]


def sentences_of(seen: Sequence[Seen]) -> list[Sentence]:
    """Parse what was seen, all at once."""
    docs = parsed([one.said.text for one in seen])
    return [_sentence(one, doc) for one, doc in zip(seen, docs, strict=True)]


def _sentence(seen: Seen, doc: Doc) -> Sentence:
    back = places(seen.said.text)
    origin = seen.said.origin
    spans = []
    for token in doc:
        first, last = back[token.idx], back[token.idx + len(token.text) - 1]
        spans.append((origin[first], max(origin[last], origin[first]) + 1))
    return Sentence(seen, doc, tuple(spans), tuple(acts(doc)))

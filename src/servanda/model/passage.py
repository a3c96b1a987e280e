"""A stretch of a text with start and end, and where it stands in the text's structure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, list item or heading: characters `start` to `end` of the text as extracted.

    `heading` is the title it stands under, `lead_in` the sentence that opens its list, both None where there is none.
    """

    start: int
    end: int
    text: str
    paragraph: int
    is_heading: bool = False
    is_item: bool = False
    heading: str | None = None
    lead_in: str | None = None

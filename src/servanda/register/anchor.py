"""Where a quote stands in a text: at its place, at the one place its words were carried to, or nowhere."""

from __future__ import annotations

from servanda.model.source import Quote

CONTEXT = 32
"""Characters kept before and after a quote, by which its place is known again."""


def cut(characters: str, start: int, end: int, sha256: str) -> Quote:
    """The quote of a stretch of a text."""
    return Quote(
        characters[start:end], characters[max(0, start - CONTEXT) : start], characters[end : end + CONTEXT], start, end,
        sha256,
    )  # fmt: skip


def stands(quote: Quote, characters: str) -> tuple[int, int] | None:
    """The characters at which a quote stands; None where it stands nowhere, or in several places.

    A quote found at its own place is there. Elsewhere its words must be found once with the words around them: it is
    never moved to a lookalike.
    """
    if not quote.exact:
        return None
    if quote.start is not None and _is_at(quote, characters, quote.start):
        return quote.start, quote.start + len(quote.exact)
    whole = quote.prefix + quote.exact + quote.suffix
    first = characters.find(whole)
    if first < 0 or characters.find(whole, first + 1) >= 0:
        return None
    start = first + len(quote.prefix)
    return start, start + len(quote.exact)


def _is_at(quote: Quote, characters: str, start: int) -> bool:
    before = start - len(quote.prefix)
    whole = quote.prefix + quote.exact + quote.suffix
    return before >= 0 and characters[before : before + len(whole)] == whole

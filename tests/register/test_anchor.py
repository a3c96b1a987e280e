"""Where a quote stands: at its place, at the one place it was carried to, or nowhere."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from servanda.model.source import Quote
from servanda.register.anchor import CONTEXT, cut, stands
from tests.properties import examples, given

TEXT = "They will meet. They will sing, and they will meet. They will go home."
few = st.text("ab .", max_size=60)


def at(words: str, text: str = TEXT) -> Quote:
    start = text.index(words)
    return cut(text, start, start + len(words), "0")


def test_a_quote_keeps_its_surroundings() -> None:
    quote = at("they will meet")
    assert (quote.exact, quote.prefix, quote.suffix) == (
        "they will meet", TEXT[:36][-CONTEXT:], TEXT[50:][:CONTEXT],
    )  # fmt: skip
    assert stands(quote, TEXT) == (36, 50)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (TEXT, (36, 50)),
        ("A new line above. " + TEXT, (54, 68)),
        (TEXT + " And after.", (36, 50)),
        # The words are there still, but not in their surroundings: no lookalike is taken for them.
        ("They will meet. They will dance, and they will meet. They will go home.", None),
        (TEXT.replace("they will meet", "they shall meet"), None),
        # Twice in the same surroundings, and neither at its place: nobody can say which.
        (f"First, a line of words. {TEXT} {TEXT}", None),
        ("", None),
    ],
)
def test_it_is_found_again_or_nowhere(text: str, where: tuple[int, int] | None) -> None:
    assert stands(at("they will meet"), text) == where


def test_its_own_place_comes_before_a_copy() -> None:
    assert stands(at("they will meet"), f"{TEXT} {TEXT}") == (36, 50)


def test_a_quote_without_a_place_is_found_by_its_words() -> None:
    assert stands(Quote("sing", "They will ", ","), TEXT) == (26, 30)
    assert stands(Quote("They will"), TEXT) is None
    assert stands(Quote(""), TEXT) is None


@examples(300)
@given(few, st.integers(0, 60), st.integers(1, 20), few, few)
def test_what_is_found_is_what_was_quoted(text: str, start: int, length: int, before: str, after: str) -> None:
    quote = cut(text, min(start, len(text)), min(start + length, len(text)), "0")
    if not quote.exact:
        return
    assert stands(quote, text) == (quote.start, quote.end)
    for changed in (before + text + after, text[: len(text) // 2] + before + text[len(text) // 2 :], before, after):
        where = stands(quote, changed)
        if where is not None:
            begin, end = where
            assert changed[begin:end] == quote.exact
            assert changed[:begin].endswith(quote.prefix) and changed[end:].startswith(quote.suffix)
            whole = quote.prefix + quote.exact + quote.suffix
            starts = [at for at in range(len(changed)) if changed.startswith(whole, at)]
            assert begin == quote.start or starts == [begin - len(quote.prefix)]

"""The marks that open list items: bullets, and numbers and letters in the ways in which documents write them."""

from __future__ import annotations

import re

_SIGNS = "•·▪◦‣⁃●○■□◆◇▶►➢➤✓✔❖∙⚫ㅇ\ue000-\uf8ff"
BULLET = re.compile(rf"[{_SIGNS}]\s+(?=\S)")
# A dash, a star or an o opens an item only where it stands at the beginning of a paragraph.
DASH = re.compile(r"(?:[-–—*]|o(?=\s+[A-Z]))\s+(?=\S)")
NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+(?=\S)|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=\S)")
ENDED = re.compile(r"[.!?:;。][\"'”’)\]]*$")

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def bullet(text: str) -> re.Match[str] | None:
    """The bullet or dash at the beginning of a text."""
    return BULLET.match(text) or DASH.match(text)


def marked(text: str) -> re.Match[str] | None:
    """The bullet, number or letter at the beginning of a text."""
    return bullet(text) or NUMBER.match(text)


def spelled(number: int, sort: str) -> str:
    """A number as figures, letters or Roman figures: `sort` is 1, a, A, i or I."""
    if sort in ("a", "A") and 0 < number < 100_000:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters.upper() if sort == "A" else letters
    if sort in ("i", "I") and 0 < number < 4000:
        said = ""
        for value, sign in _ROMAN:
            said += sign * (number // value)
            number %= value
        return said.upper() if sort == "I" else said
    return str(number)

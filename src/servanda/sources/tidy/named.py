"""What readers of files that name places in words share: text in the encodings of offices, and parties by their names
in whichever script they are written."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from servanda.errors import SourceFault
from servanda.sources.codes import Named, codes

ENCODINGS = ("utf-8-sig", "cp949")
"""In this order: text of the second is no text of the first."""
SCRIPTS = {"hangul": ("가", "힣")}
"""The list of names in a script (content/codes), with the first and the last letter of it."""


def table(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV by the names in its head, blanks around them taken away; raises SourceFault."""
    for encoding in ENCODINGS:
        try:
            text = path.read_text(encoding=encoding)
        except UnicodeDecodeError:
            continue
        # Some machines write a syllable as its letters; both ways are the same word.
        rows = list(csv.reader(io.StringIO(unicodedata.normalize("NFC", text))))
        if len(rows) < 2:
            raise SourceFault(f"{name} has no rows beneath its head; download it again")
        head = [one.strip() for one in rows[0]]
        return [dict(zip(head, (one.strip() for one in row), strict=False)) for row in rows[1:] if any(row)]
    raise SourceFault(f"{name} is in none of the encodings {', '.join(ENCODINGS)}; save it as CSV in UTF-8")


def named(values: Sequence[str], where: str, first: int = 2) -> list[Named]:
    """Whom each name means, each in the list of its script; raises SourceFault naming the rows of unknown ones.

    Within words of a script of syllables blanks say nothing: short names are often written wide.
    """
    found: dict[int, Named] = {}
    for name in ("names", *SCRIPTS):
        its = [(row, value) for row, value in enumerate(values) if _script(value) == name]
        said = [value if name == "names" else "".join(value.split()) for _, value in its]
        known = codes(name)
        strange = [(row, value) for (row, _), value in zip(its, said, strict=True) if known.find(value) is None]
        if strange:
            known.column([strange[0][1]], where, strange[0][0] + first)
        found |= {row: one for (row, _), value in zip(its, said, strict=True) if (one := known.find(value))}
    return [found[row] for row in range(len(values))]


def _script(value: str) -> str:
    return next((name for name, (low, high) in SCRIPTS.items() if any(low <= mark <= high for mark in value)), "names")

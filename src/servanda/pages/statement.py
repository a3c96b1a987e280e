"""A statement as read: every passage with its kind, every commitment with its terms, as plain data, HTML and Word."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import Any

from servanda.model.proposal import Kind, Proposed, Terms
from servanda.pages.plain import plain
from servanda.pages.render import environment, style

FIELDS = ("parties", "action", "deadline", "due", "quantity", "mechanism", "deliverable", "area", "concreteness")
CAVEAT = "Proposed by the reader's model, not decided by a person; check each against its sentence."


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: characters between passages, or a passage as read."""

    text: str
    read: Proposed | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A text and what was read in it. `reader` tells which weights read it; `notes` what the extraction had to do."""

    name: str
    title: str
    date: str
    date_from: str
    parties: tuple[str, ...]
    parties_from: str
    reader: str
    text: str
    passages: tuple[Proposed, ...]
    notes: tuple[str, ...] = ()

    @property
    def commitments(self) -> tuple[tuple[int, Proposed, Terms], ...]:
        """The commitments with their numbers, in the order of the text."""
        found = [one for one in self.passages if one.terms]
        return tuple((place, one, one.terms) for place, one in enumerate(found, 1) if one.terms)

    @property
    def counts(self) -> dict[str, int]:
        """How many passages of each kind."""
        number = Counter(one.kind for one in self.passages)
        return {kind.value: number[kind] for kind in Kind}

    @property
    def words(self) -> int:
        """Words of the text."""
        return len(self.text.split())

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The whole text in order, nothing left out."""
        found, at = [], 0
        for one in self.passages:
            if one.start > at:
                found.append(Piece(self.text[at : one.start]))
            found.append(Piece(self.text[one.start : one.end], one))
            at = one.end
        if at < len(self.text):
            found.append(Piece(self.text[at:]))
        return tuple(found)


def row(one: Proposed) -> dict[str, Any]:
    """A passage as one line of JSON: the names of the codebook, a commitment's terms beside its kind."""
    found: dict[str, Any] = {
        "start": one.start, "end": one.end, "kind": one.kind.value, "probability": one.probability,
        "text": one.text, "paragraph": one.paragraph,
    }  # fmt: skip
    if one.terms:
        found |= {name: plain(getattr(one.terms, name)) for name in FIELDS}
        found["parts"] = plain(one.terms.parts)
        found["restates"] = plain(one.terms.restates)
    found |= {"heading": one.heading, "lead_in": one.lead_in, "why": plain(one.why)}
    return found


def data(page: Statement) -> dict[str, Any]:
    """The statement as JSON holds it."""
    return {
        "name": page.name, "title": page.title, "date": page.date, "parties": list(page.parties), "reader": page.reader,
        "date_from": page.date_from, "parties_from": page.parties_from, "notes": list(page.notes), "words": page.words,
        "counts": page.counts, "caveat": CAVEAT, "text": page.text, "passages": [row(one) for one in page.passages],
    }  # fmt: skip


def html(page: Statement) -> str:
    """The statement as one HTML file that needs nothing beside it."""
    return environment().get_template("statement.html").render(page=page, style=style(), caveat=CAVEAT)


def docx(page: Statement) -> bytes:
    """The commitments as a Word table: sentence, who, how far, by when, how much, through what, what, how concrete."""
    from docx import Document

    made = Document()
    made.core_properties.title = page.title
    made.core_properties.author = "Servanda"
    made.add_heading(page.title, 1)
    made.add_paragraph(
        f"{', '.join(page.parties)}; {page.date}. {len(page.commitments)} commitments in {page.words} words. {CAVEAT}"
    )
    names = ("", "Sentence", "Who", "How far", "By when", "How much", "Through", "What", "Area", "Concrete")
    table = made.add_table(rows=1, cols=len(names))
    table.style = "Light Grid Accent 1"
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.text = name
    for number, one, terms in page.commitments:
        by_when = " = ".join(said for said in (terms.deadline, terms.due) if said)
        said = (
            str(number), one.text, ", ".join(terms.parties), terms.action.value, by_when, terms.quantity or "",
            terms.mechanism or "", terms.deliverable or "", terms.area.value,
            "" if terms.concreteness is None else f"{terms.concreteness:.0f}",
        )  # fmt: skip
        for cell, words in zip(table.add_row().cells, said, strict=True):
            cell.text = _printable(words)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _printable(said: str) -> str:
    """What a Word file may hold: no control characters."""
    return " ".join("".join(letter for letter in said if letter >= " " or letter.isspace()).split())

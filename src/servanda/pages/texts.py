"""The texts that were handed in to be read, and the form that hands in another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from servanda.model.case import Record
from servanda.model.document import Document
from servanda.model.text import Text
from servanda.model.words import Publisher
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.typed import Typed
from servanda.register.desk import blind_coders, in_force

FIELDS = ("characters", "title", "date", "first", "second", "who", "document", "language", "type", "level", "publisher",
          "url")  # fmt: skip
BLANK = {"language": "en", "type": "joint statement", "publisher": str(Publisher.REPRINT)}


@dataclass(frozen=True, slots=True)
class Held:
    """A text of the register: whose it is, what it is called, and how much was decided of it by whom."""

    id: str
    title: str
    date: str
    case_title: str
    decisions: int
    commitments: int
    coders: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class TextsPage:
    """The texts held, newest first, and what stands in the form."""

    title: str
    texts: tuple[Held, ...]
    fields: dict[str, str]
    parties: dict[str, str]
    publishers: tuple[str, ...]
    problem: str | None


def texts(library: Library, ask: Ask, problem: str | None = None, typed: Typed | None = None) -> TextsPage:
    """The page; the form holds what was typed where that was refused, and a document's facts where one is named."""
    records = [library.record(case, date.max) for case in library.cases()]
    held = sorted(
        (_held(record, text, ask) for record in records for text in record.texts.values()), key=lambda one: one.id
    )
    known = {code: party.short for code, party in library.words.parties.items()}
    fields = {**dict.fromkeys(FIELDS, ""), **BLANK, **_of_document(records, ask.one("document"), ask.one("who"))}
    fields.update({name: values[0] for name, values in (typed or {}).items() if name in fields and values})
    return TextsPage(
        "Read a text", tuple(sorted(held, key=lambda one: one.date, reverse=True)), fields, known,
        tuple(str(word) for word in Publisher), problem,
    )  # fmt: skip


def _held(record: Record, text: Text, ask: Ask) -> Held:
    rows = in_force(text, record.decisions.values())
    its = [one for one in record.decisions.values() if one.text == text.id]
    openly = dict.fromkeys(one.coder for one in rows)
    return Held(
        text.id, text.title, str(text.date), record.case.title, len(rows),
        sum(one.commitment is not None for one in rows), (*openly, *(f"{name} (blind)" for name in blind_coders(its))),
        ask.link(f"/read/{text.id}"),
    )  # fmt: skip


def _of_document(records: list[Record], name: str, who: str) -> Mapping[str, str]:
    """What the register knows of a document whose text is to be handed in anew."""
    found: dict[str, str] = {"who": who}
    for record in records:
        document: Document | None = record.documents.get(name)
        if document is not None:
            first, second = record.case.parties
            found |= {
                "document": document.id, "title": document.title, "date": str(document.date), "first": first,
                "second": second, "type": document.type, "level": document.level, "url": document.source.url or "",
                "publisher": str(document.source.publisher),
            }  # fmt: skip
    return found

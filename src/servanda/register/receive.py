"""The verb that takes a text into the register, to be read: with its document, and the case of a pair that had none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from servanda.errors import RequestError, nearest
from servanda.model.case import Case, Record, Search
from servanda.model.document import Document
from servanda.model.entry import Change
from servanda.model.period import When
from servanda.model.plain import to_plain
from servanda.model.source import Source
from servanda.model.text import Text, fingerprint
from servanda.model.words import Act, Kind, Publisher
from servanda.register.ledger import remember
from servanda.register.words import Words
from servanda.store import entries, items
from servanda.store.connect import Store

LONGEST = 1_000_000
"""Characters of one text. The longest agreement met so far has a quarter of that."""
WHERE = "The text itself was read; what came of its promises was not searched for."
_CONFIDENCE = {
    Publisher.OFFICIAL: "confirmed by official page", Publisher.REPRINT: "confirmed by reprint of official text",
    Publisher.INSTITUTION: "confirmed by institution page", Publisher.PRESS: "confirmed by press",
    Publisher.AGGREGATOR: "uncertain: aggregator page", Publisher.RECOLLECTION: "uncertain: from general knowledge",
}  # fmt: skip
_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSAYABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff\ufeff]")
_IDLE = frozenset(
    "a an the of on to for in and between with by at joint statement declaration memorandum agreement".split()
)


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody hands in: the characters, and what is known of their document.

    `document` names one of the register; the document is new where none is named. `parties` are the pair.
    """

    characters: str
    title: str = ""
    date: str = ""
    parties: tuple[str, ...] = ()
    case: str | None = None
    document: str | None = None
    language: str = "en"
    type: str = "joint statement"
    level: str = "not stated"
    publisher: Publisher = Publisher.REPRINT
    url: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text drawn up: the record as it will be with it, and the changes that make it so; none where it is held."""

    text: Text
    record: Record
    changes: tuple[Change, ...]


def receive(store: Store, words: Words, handed: Handed, who: str, at: str) -> Text:
    """Take in a text; raises RequestError where something is missing, and then nothing is kept.

    The same characters again are the text that is held. Other characters of the same document and language take the
    place of the earlier ones, which the register remembers.
    """
    with store.write() as unit:
        drawn = draw_up(unit, words, handed, who, at)
        remember(unit, drawn.changes, at, who, f"text of {drawn.text.document}, to be read")
        return drawn.text


def draw_up(unit: Connection, words: Words, handed: Handed, who: str, at: str) -> Drawn:
    """What a text that is handed in becomes in the register; nothing is written yet."""
    characters = clean(handed.characters)
    if not any(letter.isalpha() for letter in characters):
        raise RequestError("there is no text to read; paste the words of a document, or choose a file that has some")
    if len(characters) > LONGEST:
        raise RequestError(f"the text has {len(characters):,} characters, more than {LONGEST:,}; hand it in in parts")
    if not who.strip():
        raise RequestError("nobody is named; write who reads it, for every entry of the register says who made it")
    record = _case(unit, words, handed)
    document = _document(unit, record, words, handed)
    held = _held(record, document, handed, characters)
    if held:
        return Drawn(held, record, ())
    language, search = _language(handed.language), f"reading of {document.id}"
    text = Text(
        id=f"{document.id}.{language}", case=record.case.id, document=document.id, language=language,
        title=document.title, date=document.date, parties=record.case.parties, sha256=fingerprint(characters),
        characters=characters, source=document.source, search=search,
    )  # fmt: skip
    case = _searched(record.case, text, who, at)
    made = [_put(Kind.CASE, case.id, case.id, case)] if case != record.case else []
    if document.id not in record.documents:
        document = replace(document, search=search)
        made.append(_put(Kind.DOCUMENT, document.id, case.id, document))
    made.append(_put(Kind.TEXT, text.id, case.id, text))
    record.documents[document.id], record.texts[text.id] = document, text
    return Drawn(text, replace(record, case=case), tuple(made))


def clean(characters: str) -> str:
    """The characters with one kind of line end, and without those that say nothing and that a store may refuse."""
    return _UNSAYABLE.sub("", _ENDS.sub("\n", characters))


def _put(kind: Kind, ref: str, case: str, noun: Any) -> Change:
    return Change(Act.PUT, kind, ref, case, to_plain(noun))


def _case(unit: Connection, words: Words, handed: Handed) -> Record:
    """The record of the case handed in to; a new one, not searched yet, where the pair has none."""
    held = items.cases(unit)
    last = entries.head_of(unit)[0]
    if handed.case:
        if handed.case not in held:
            near = nearest(handed.case, held) or held
            raise RequestError(f"no case '{handed.case}'; the register holds {', '.join(near) or 'none yet'}")
        return items.record(items.bodies(unit, handed.case), last)
    pair = tuple(dict.fromkeys(words.party(one).code for one in handed.parties if one.strip()))
    if len(pair) != 2:
        raise RequestError("a text belongs to a pair: name two different countries, such as IND and KOR")
    for name in held:
        record = items.record(items.bodies(unit, name), last)
        if set(record.case.parties) == set(pair):
            return record
    title = " and ".join(words.named(code).short for code in pair)
    case = Case("-".join(pair).lower(), title, (pair[0], pair[1]), ())
    return Record(case, {}, {}, {}, {}, {}, {}, {}, {}, last)


def _searched(case: Case, text: Text, who: str, at: str) -> Case:
    """The case with the pass in which the text was read: it looked for promises, not for what came of them."""
    if any(one.id == text.search for one in case.searches):
        return case
    return replace(case, searches=(*case.searches, Search(text.search, who, When.parse(at[:10]), WHERE)))


def _document(unit: Connection, record: Record, words: Words, handed: Handed) -> Document:
    wanted = (handed.document or "").strip()
    if wanted in record.documents:
        return record.documents[wanted]
    if wanted and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", wanted):
        raise RequestError(f"'{wanted}' cannot be the id of a document; write letters, digits and hyphens: D-2026-NAME")
    other = items.case_of(unit, Kind.DOCUMENT, wanted) if wanted else None
    if other:
        raise RequestError(f"document {wanted} belongs to case {other}; write another id, or hand it in there")
    title = " ".join(handed.title.split())
    if not title:
        raise RequestError("the document has no title; write the one it bears")
    if not handed.date.strip():
        raise RequestError("the document has no date; write the day it was made, as 2026-03-09")
    confidence = _CONFIDENCE[handed.publisher]
    if confidence not in words.lists["confidence"]:
        raise RequestError(
            f"the list of confidence in this content lacks '{confidence}'; add it to words/confidence.yml"
        )
    date = When.parse(handed.date.strip())
    source = Source(title, handed.publisher, handed.url or None, date)
    taken = set(items.refs(unit, [Kind.DOCUMENT]))
    return Document(
        wanted or document_id(title, date, taken), record.case.id, date, handed.type.strip() or "statement", title,
        handed.level.strip() or "not stated", source, confidence, handed.place,
    )  # fmt: skip


def document_id(title: str, date: When, taken: set[str]) -> str:
    """An id that can be read aloud: the year and the first words of the title that say something."""
    every = re.findall(r"[A-Z0-9]+", title.upper())
    found = [word for word in every if word.lower() not in _IDLE] or every
    stem = "-".join(["D", str(date.first.year), *found[:3]])[:40].strip("-")
    names = (f"{stem}{ending}" for ending in ("", *(f"-{number}" for number in range(2, len(taken) + 3))))
    return next(name for name in names if name not in taken)


def _language(said: str) -> str:
    code = said.strip().lower()
    if not re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", code):
        raise RequestError(f"'{said}' is not a language; write its code, such as en or ko")
    return code


def _held(record: Record, document: Document, handed: Handed, characters: str) -> Text | None:
    """The text that is held already, with these very characters."""
    same = [one for one in record.texts.values() if one.sha256 == fingerprint(characters)]
    return next((one for one in same if not handed.document or one.document == document.id), None)

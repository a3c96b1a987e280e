"""From a coding to a commitment of the register: what the words leave open is said, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from servanda.errors import ValueProblem
from servanda.model.case import Record
from servanda.model.commitment import Commitment, Target
from servanda.model.decision import Coding
from servanda.model.document import Document
from servanda.model.period import Deadline
from servanda.model.proposal import Terms
from servanda.model.source import Quote
from servanda.model.text import Text
from servanda.model.words import Instrument, Undertaking
from servanda.register.words import Words
from servanda.texts.quantity import value

LONGEST = 240
_MARK = re.compile(r"^\s*(?:[-*•·▪◦–—#>]+\s*|\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)]\s+|\*\*)+")
_RHYTHMS = (
    ("every two years", r"every\s+(?:two|2)\s+years|every\s+second\s+year|bienni"),
    ("half-yearly", r"half[- ]?yearly|every\s+six\s+months|twice\s+(?:a|each|every)\s+year|semi-?annual"),
    ("quarterly", r"quarterly|every\s+(?:three\s+months|quarter)|each\s+quarter"),
    ("monthly", r"monthly|every\s+month|each\s+month"),
    ("yearly", r"annual|yearly|(?:every|each|per|a)\s+year|(?:every|each)\s+(?:spring|summer|autumn|fall|winter)"),
)  # fmt: skip
_NUMBER = re.compile(r"\d[\d,.\s]*\+?\s*-?(?:(?:trillion|billion|million|thousand|crore|lakh|bn|mn|tn)\b)?")
_IDLE = frozenset("a an the of to for in on and or with by at from their its our both will shall be as".split())


@dataclass(frozen=True, slots=True)
class Named:
    """The id that a commitment gets, and that of its thread."""

    commitment: str
    thread: str


def commitment_of(
    record: Record, text: Text, quote: Quote, coding: Coding, named: Named, words: Words, search: str
) -> Commitment:
    """The commitment that a coding describes. Terms that no field can hold stand in the note, in their own words."""
    terms = coding.terms
    if terms is None:
        raise ValueProblem("a commitment needs its terms: who undertakes it, how far it goes and its area")
    document = record.documents[text.document]
    parties = tuple(code for code in record.case.parties if code in terms.parties)
    others = tuple(code for code in terms.parties if code not in record.case.parties)
    deadline, target, rung = deadline_of(terms), target_of(terms), instrument_of(document)
    return Commitment(
        id=named.commitment, case=record.case.id, document=document.id, thread=named.thread,
        says=coding.says or worded(quote.exact), area=terms.area, parties=parties,
        owner=" and ".join(words.named(code).short for code in parties) or "others than the two parties",
        action=terms.action, instrument=rung, kind=undertaking_of(terms, rung, deadline, target),
        source=document.source, confidence=document.confidence, text_basis="the text itself, kept in the register",
        bodies=coding.bodies, deliverable=terms.deliverable, deadline=deadline, target=target,
        mechanism=terms.mechanism, quote=quote, note=note_of(terms, deadline, target, others), search=search,
    )  # fmt: skip


def worded(exact: str) -> str:
    """Words of a passage as one line that begins large, without the mark of a list or heading and its loose end."""
    line = " ".join(_MARK.sub("", exact).replace("**", "").split()).rstrip(";,: ") or exact.strip()
    line = line[:1].upper() + line[1:]
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 2].rsplit(' ', 1)[0]} …"


def deadline_of(terms: Terms) -> Deadline | None:
    """The deadline where the register can hold it: a date, the end of an interval, or a rhythm that the words name."""
    due = terms.due or ""
    if due == "recurring":
        found = next((name for name, shape in _RHYTHMS if re.search(shape, terms.deadline or "", re.IGNORECASE)), None)
        return Deadline.parse(found) if found else None
    try:
        return Deadline.parse(due.rpartition("/")[2]) if due else None
    except ValueProblem:
        return None


def target_of(terms: Terms) -> Target | None:
    """The amount with the words of its unit; None where the words hold no number."""
    said = terms.quantity or ""
    number = value(said)
    if number is None:
        return None
    return Target(number, " ".join(_NUMBER.sub(" ", said, count=1).split()) or "in all")


def instrument_of(document: Document) -> Instrument:
    """The rung on which a promise of a document stands. Only a type that says so is in force, or a contract."""
    kind = document.type.casefold()
    rungs = (
        (Instrument.AGREEMENT, r"in force"), (Instrument.TERM_SHEET, r"term sheet"), (Instrument.CONTRACT, r"contract"),
        (Instrument.MEMORANDUM, r"memorand|\bmous?\b"),
    )  # fmt: skip
    return next((rung for rung, shape in rungs if re.search(shape, kind)), Instrument.STATEMENT)


def undertaking_of(terms: Terms, rung: Instrument, deadline: Deadline | None, target: Target | None) -> Undertaking:
    """What sort of promise it is. An amount makes a target only with a date that it is to be reached by."""
    if target and deadline and deadline.when:
        return Undertaking.TARGET
    if terms.deliverable or target:
        return Undertaking.NAMED
    return Undertaking.OPEN_ENDED if rung is Instrument.MEMORANDUM else Undertaking.AIM


def note_of(terms: Terms, deadline: Deadline | None, target: Target | None, others: Sequence[str]) -> str | None:
    """The words of terms that no field could hold as they are."""
    found = []
    if terms.deadline and (deadline is None or "/" in (terms.due or "")):
        found.append(f"by when, in its words: {terms.deadline}")
    if terms.quantity and (target is None or target.unit == "in all" or not target.unit):
        found.append(f"how much, in its words: {terms.quantity}")
    if others:
        found.append(f"also undertaken by {', '.join(others)}")
    return "; ".join(found) or None


def thread_title(coding: Coding, quote: Quote) -> str:
    """What a new thread is called: the thing promised, else the promise."""
    terms = coding.terms
    title = (terms.deliverable if terms else None) or coding.says or worded(quote.exact)
    return title[:1].upper() + title[1:]


def slug(case: str, title: str, otherwise: str, taken: Collection[str]) -> str:
    """A readable id for a new thread of a case."""
    found = [word for word in re.findall(r"[a-z0-9]+", title.casefold()) if word not in _IDLE][:5]
    stem = "-".join(found)[:48].strip("-") or otherwise.casefold()
    names = (f"{case}.{stem}{ending}" for ending in ("", *(f"-{number}" for number in range(2, len(taken) + 3))))
    return next(name for name in names if name not in taken)


def next_id(case: str, known: Iterable[str]) -> str:
    """The id after the last one ever given in a case, in the case's own way of counting; ids are not used twice."""
    shapes = [match for name in known if (match := re.fullmatch(r"(.*?)(\d+)", name))]
    if not shapes:
        return f"{case.upper()}-C001"
    begin = Counter(match[1] for match in shapes).most_common(1)[0][0]
    last = max((match[2] for match in shapes if match[1] == begin), key=int)
    return f"{begin}{int(last) + 1:0{len(last)}}"

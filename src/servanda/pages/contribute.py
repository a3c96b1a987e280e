"""Contribute: a short form, and programmes that fit with why, and what was promised and nobody serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from servanda.errors import RequestError
from servanda.model.programme import Applicant, Profile, Want
from servanda.opportunities.asking import asking, profile
from servanda.opportunities.feed import feed
from servanda.opportunities.gaps import Gap, gaps
from servanda.opportunities.match import Contribution, contribute
from servanda.opportunities.meaning import Vectors
from servanda.opportunities.minilm import embedder, is_here
from servanda.opportunities.programmes import held, home_of
from servanda.opportunities.saved import new_since
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.offer import offer_docx, offer_html
from servanda.register.words import Words, words
from servanda.settings import cache

FIELDS = ("country", "towards", "who", "level", "skills", "wants", "age", "about")
"""What the form asks; only these of an address are read."""
SEEN = "seen"
"""What an address that was kept brings back: the ids that the search had found, with dots between them."""
ASKS = (*FIELDS, SEEN)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers, as code and words."""

    parties: dict[str, str]
    pair: tuple[str, ...]
    applicants: dict[str, str]
    levels: dict[str, str]
    wants: dict[str, str]


@dataclass(frozen=True, slots=True)
class ContributePage:
    """The form as it was sent, and the answer where something was asked; `gaps` of a pair before any answer. Of a
    search that was kept (`is_kept`) `new` are the ids that it had not found."""

    title: str
    choices: Choices
    sent: dict[str, tuple[str, ...]]
    found: Contribution | None
    gaps: tuple[Gap, ...]
    problem: str
    programmes: int
    names: dict[str, str]
    new: tuple[str, ...] = ()
    is_kept: bool = False


def contribution(library: Library, ask: Ask) -> ContributePage:
    """The form of a pair, or of all where the address names none, and what fits what was sent."""
    records = [
        one for one in (library.known(case, ask.as_of) for case in ([ask.case] if ask.case else library.cases())) if one
    ]
    if ask.case:
        library.record(ask.case, ask.as_of)
    home = home_of(library.content)
    book = library.kept(("programmes",), lambda: held(home))
    sent = {name: ask.query[name] for name in FIELDS if ask.query.get(name)}
    problem, found = "", None
    pair = records[0].case.parties if ask.case and records else ()
    if sent:
        try:
            who = _profile(sent, pair, home)
            found = contribute(who, home, records, ask.as_of, _vectors(), book)
        except RequestError as fault:
            problem = str(fault)
    known = asking(home).joinable
    missing = gaps(records, book, known, ask.as_of) if ask.case and not found else ()
    title = f"Where you can help: {records[0].case.title}" if ask.case and records else "Where you can help"
    kept = ask.one(SEEN)
    return ContributePage(
        title, _choices(library, words(home), pair), sent, found, missing, problem, len(book.programmes),
        {one.case.id: one.case.title for one in records},
        new_since(found, frozenset(kept.split("."))) if found and kept else (), bool(found and kept),
    )  # fmt: skip


def contribution_file(library: Library, ask: Ask, kind: str) -> bytes:
    """The answer as a calendar of closing dates, a Word file or a page of its own.

    Raises RequestError where nothing was asked.
    """
    made = contribution(library, ask)
    if made.found is None:
        raise RequestError(made.problem or "say first what you know and want, by the form of this page")
    if kind == "ics":
        return feed(made.found.matches, ask.as_of)
    return offer_docx(made.found) if kind == "docx" else offer_html(made.found)


def _profile(sent: Mapping[str, tuple[str, ...]], pair: tuple[str, ...], home: Path) -> Profile:
    """What was sent as a profile. On the pages of a pair who is of one party looks towards the other."""
    plain = {name: list(values) for name, values in sent.items()}
    made = profile(plain, home)
    if made.party in pair and not made.towards:
        other = next(one for one in pair if one != made.party)
        return profile({**plain, "towards": other}, home)
    return made


def _vectors() -> Vectors | None:
    return embedder(cache()) if is_here() else None


def _choices(library: Library, lists: Words, pair: tuple[str, ...]) -> Choices:
    return Choices(
        {code: one.short for code, one in library.words.parties.items()},
        pair,
        {str(one): lists.lists["applicants"][one] for one in Applicant},
        dict(lists.lists["levels"]),
        {str(one): lists.lists["wants"][one] for one in Want},
    )

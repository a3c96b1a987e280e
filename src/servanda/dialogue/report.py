"""The verb of an owner who reports: evidence with its source, on a commitment that they answer for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from servanda.dialogue.may import Deed
from servanda.dialogue.work import begin_at
from servanda.errors import RequestError
from servanda.model.dialogue import Speaker
from servanda.model.evidence import Evidence, evidence_id
from servanda.model.period import When
from servanda.model.source import Source
from servanda.model.words import Kind, Publisher, Shown
from servanda.store.connect import Store

LONGEST = 2000
CONFIDENCE = "reported by an owner"


def report(store: Store, commitment: str, given: Mapping[str, Any], speaker: Speaker, at: str) -> Evidence:
    """Put a claim with its source into the record, in the name of the person who reports.

    `given`: claim, shows, date, title, publisher, url. The written rule decides what it does to the status. Raises
    RequestError for what is missing.
    """
    with store.write() as unit:
        work = begin_at(unit, Kind.COMMITMENT, commitment, speaker, at)
        work.must(Deed.REPORT)
        claim = " ".join(str(given.get("claim") or "").split())
        if not claim or len(claim) > LONGEST:
            raise RequestError(f"say what happened, in at most {LONGEST} characters")
        shows = _word(Shown, given.get("shows"), "what it shows")
        source = _source(given)
        day = When.parse(str(given.get("date") or at[:10]).strip())
        if day.first.isoformat() > at[:10]:
            raise RequestError(f"{day} is not over yet; a report says what has happened")
        search = work.searched(f"reports of {speaker.name} {at[:10]}", "Report of an owner, in their own name.")
        made = Evidence(
            evidence_id(commitment, str(day), claim, source.url), work.record.case.id, commitment, claim, shows, source,
            CONFIDENCE, f"person: {speaker.name}", day, search=search,
        )  # fmt: skip
        if made.id in work.record.evidence:
            raise RequestError(f"this is on record already, as {made.id}")
        work.put(Kind.EVIDENCE, made)
        work.done(f"report on {commitment}: {shows}")
        return made


def _source(given: Mapping[str, Any]) -> Source:
    title, url = " ".join(str(given.get("title") or "").split()), str(given.get("url") or "").strip()
    publisher = _word(Publisher, given.get("publisher") or str(Publisher.RECOLLECTION), "kind of publisher")
    if not title:
        raise RequestError("name the source: its title, or who remembers it")
    if url and not _is_web(url):
        raise RequestError(f"'{url[:80]}' is no web address; write https://...")
    if not url and publisher is not Publisher.RECOLLECTION:
        raise RequestError("give the address at which others can read it, or call it a recollection")
    return Source(title, publisher, url or None)


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:  # a bracket that is never closed
        return False


def _word(words: Any, said: Any, what: str) -> Any:
    if str(said) not in [str(one) for one in words]:
        raise RequestError(f"'{said}' does not say {what}; write one of {', '.join(str(one) for one in words)}")
    return words(str(said))

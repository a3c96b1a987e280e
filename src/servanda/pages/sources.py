"""On what the record rests: how it was searched, by whom it was published, where sources differ."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.source import Source
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.review.review import Sources


@dataclass(frozen=True, slots=True)
class Cited:
    """One source and how often the record rests on it."""

    source: Source
    times: int


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Searches, publishers, conflicts, and every source."""

    title: str
    sources: Sources
    cited: tuple[Cited, ...]


def sources(library: Library, ask: Ask) -> SourcesPage:
    """The sources of the case, those most used first."""
    record = library.record(ask.case or "", ask.as_of)
    review = library.review(ask.case or "", ask.as_of)
    every = [one.source for shelf in (record.documents, record.commitments, record.evidence) for one in shelf.values()]
    times: dict[tuple[str | None, str], list[Source]] = {}
    for source in every:
        times.setdefault((source.url, source.title if source.url is None else ""), []).append(source)
    cited = [Cited(found[0], len(found)) for found in times.values()]
    return SourcesPage(
        f"Sources: {record.case.title}",
        review.sources,
        tuple(sorted(cited, key=lambda one: (-one.times, one.source.title))),
    )

"""Entry, flights, languages, cities and the like: what was promised and what is on record of each, with date and
source, beside what the tables say happened; and what is not to be had."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from servanda.model.case import Record
from servanda.model.document import Event
from servanda.model.figure import Figure
from servanda.model.finding import Finding
from servanda.review.areas.people.choices import Topic
from servanda.review.items import Item
from servanda.review.review import Review
from servanda.review.series import known_figures


@dataclass(frozen=True, slots=True)
class Told:
    """A topic: figures, events and promised threads of the record by the day; what the tables say happened (`beside`);
    what is not to be had."""

    title: str
    unknown: str | None
    beside: tuple[Finding, ...]
    figures: tuple[Figure, ...]
    events: tuple[Event, ...]
    items: tuple[Item, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the record holds nothing of it, which says what was searched and not what there is."""
        return not (self.figures or self.events or self.items)


def told(
    record: Record, review: Review, area: str, topics: Iterable[Topic], found: Iterable[Finding] = ()
) -> tuple[Told, ...]:
    """Each topic by its words, a row under the first topic only whose words it has; promises are those of the area.

    `found` are the sentences among which a topic's `beside` are looked for.
    """
    sentences = tuple(found)
    figures = [one for one in known_figures(record, review.as_of) if one.value is not None]
    events = [one for one in record.events.values() if one.date.last <= review.as_of]
    items = [one for one in review.items if one.area == area]
    taken: set[str] = set()
    made = []
    for topic in topics:
        words = re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in topic.words)})", re.IGNORECASE)
        its = (
            [one for one in figures if one.id not in taken and words.search(one.metric)],
            [one for one in events if one.id not in taken and words.search(one.event)],
            [one for one in items if one.thread not in taken and words.search(f"{one.title} {one.says}")],
        )
        taken |= {one.id for one in its[0]} | {one.id for one in its[1]} | {one.thread for one in its[2]}
        made.append(
            Told(
                topic.title,
                topic.unknown,
                tuple(one for one in sentences if {one.id, one.id.partition("-")[0]} & set(topic.beside)),
                tuple(sorted(its[0], key=lambda one: (one.metric, one.period, one.id))),
                tuple(sorted(its[1], key=lambda one: (one.date.first, one.id))),
                tuple(sorted(its[2], key=lambda one: (one.first_promised.first, one.thread))),
            )
        )
    return tuple(made)

"""What the chapter on people is reckoned from: choices by hand, read from content/review/people.yml."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.model.period import When
from servanda.model.source import STRICT, Source
from servanda.review.areas.chosen import Pair, chosen


@dataclass(frozen=True, slots=True)
class Claim:
    """What another source says of a requirement of entry, with the day of which it speaks."""

    __pydantic_config__ = STRICT

    passport: str
    destination: str
    says: str
    when: When
    source: Source
    disagrees: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """What the record is searched for by the beginnings of words; the sentences that say what happened (`beside`, by
    the beginnings of their ids), and what of it is not to be had anywhere."""

    __pydantic_config__ = STRICT

    title: str
    words: tuple[str, ...]
    unknown: str | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleChoices:
    """Tables of visas, students, residents, flights and passengers, of people whom their own state counts
    (`diaspora`), and of what lies between two parties; the year of the stock and the first year of students that
    something is expected of; words of the figures that count visitors; the sources of lists (`watched`), of counts of
    one's own people (`counted`), of visitors (`arrivals`) and of passengers (`flown`) that a user adds; of what nothing
    is expected, and why not; words of other counts of people; topics; peers; claims that disagree."""

    __pydantic_config__ = STRICT

    visas: str
    students: str
    residents: str
    flights: str
    diaspora: str
    passengers: str
    joins: str
    stock_year: int
    students_since: int
    visitors: tuple[str, ...]
    watched: str
    flown: str
    counted: tuple[str, ...] = ()
    arrivals: tuple[str, ...] = ()
    not_expected: dict[str, str] = field(default_factory=dict)
    counts: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    peers: dict[str, tuple[Pair, ...]] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


def people_choices() -> PeopleChoices:
    """The choices for people."""
    return chosen("people", PeopleChoices)

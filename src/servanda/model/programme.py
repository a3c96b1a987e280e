"""What a person or an institution can join, the rules of who may, and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from servanda.model.period import When
from servanda.model.source import STRICT, Source
from servanda.model.words import Area

ANY = "any"


class Want(StrEnum):
    """What somebody looks for, and what a programme offers."""

    RESEARCH = "research project"
    FELLOWSHIP = "fellowship"
    DEGREE = "degree"
    STARTUP = "start-up programme"
    POLICY = "policy work"
    CALL = "joint R&D call"
    LANGUAGE = "language"
    EXCHANGE = "exchange"
    BUSINESS = "business links"


class Applicant(StrEnum):
    """As what somebody applies."""

    PERSON = "person"
    INSTITUTION = "institution"
    COMPANY = "company"
    STARTUP = "start-up"
    THINK_TANK = "think tank"


class Requires(StrEnum):
    """On what a rule of eligibility bears."""

    ORIGIN = "origin"
    HOST = "host"
    APPLICANT = "applicant"
    LEVEL = "level"
    FIELD = "field"
    AGE = "age"
    PARTNER = "partner"
    OTHER = "other"


class Holds(StrEnum):
    """Whether a rule of eligibility holds for who asks. Unknown where the source or the profile is silent."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Whether a programme takes applications, as far as is known. A yearly round without a date is unverified."""

    OPEN = "open"
    ROLLING = "rolling"
    UNVERIFIED = "unverified"
    CLOSED = "closed"


class Recurs(StrEnum):
    """How often a programme comes round, as its source says."""

    ROLLING = "rolling"
    TERM = "each term"
    YEARLY = "yearly"
    TWO_YEARS = "every two years"
    IRREGULAR = "irregular"
    INVITED = "by invitation"
    ONCE = "once"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule of eligibility. `says` keeps the source's meaning in our words.

    `any_of` holds codes, one of which must fit: parties or groups of them (origin; host, the side that a programme
    leads to; partner), ISCED 2011 levels completed (level), ISCED-F 2013 broad fields (field), applicants; `any` is
    open to all. `below` is an age in years, `instead` what the source takes in place of the rule. A rule on something
    else is for the reader to check. `source` is None where the programme's own source says it.
    """

    __pydantic_config__ = STRICT

    on: Requires
    says: str
    any_of: tuple[str, ...] = ()
    below: int | None = None
    instead: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: who may join, who hosts it, and when it opens, as its source says it.

    `closes` is the last closing date that is known; `months` those in which it usually closes, 1 to 12. `known` is the
    day of which the source speaks, `checked` when its page was last looked at. `serves` names threads or commitments of
    the register as case/id. A matter without a rule is unknown, never open to all.
    """

    __pydantic_config__ = STRICT

    id: str
    title: str
    who: str
    area: Area
    host: str
    cycle: str
    source: Source
    confidence: str
    wants: tuple[Want, ...]
    recurs: Recurs
    state: State
    checked: When
    known: When | None = None
    requires: tuple[Requirement, ...] = ()
    closes: When | None = None
    months: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Who asks and what for. Nothing of it is kept or sent; `unused` names what was given and not used.

    `party` is where they belong, `towards` where they want to go; `level` an ISCED 2011 level completed, `fields`
    ISCED-F 2013 broad fields, `near` those that the skills name; `partners` the parties in which they
    have a partner already.
    """

    party: str | None = None
    towards: str | None = None
    applicant: Applicant | None = None
    level: str | None = None
    fields: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    wants: tuple[Want, ...] = ()
    age: int | None = None
    partners: tuple[str, ...] = ()
    about: str = ""
    unused: tuple[str, ...] = ()

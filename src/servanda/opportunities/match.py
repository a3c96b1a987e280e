"""The verb: programmes that fit who asks, each with why, and what was promised and no programme serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from servanda.model.case import Record
from servanda.model.period import When, add_months
from servanda.model.programme import Holds, Profile, Programme, Recurs, State
from servanda.model.source import Source
from servanda.opportunities.asking import asking
from servanda.opportunities.eligibility import Reason, eligibility
from servanda.opportunities.gaps import Gap, gaps, promises
from servanda.opportunities.meaning import Vectors, asked, nearness, told
from servanda.opportunities.programmes import Held, held
from servanda.register.words import words

WANTED = 0.3
"""What it adds that a programme offers the kind that is wanted; nearness of meaning runs from 0 to 1."""
KNOWN = 0.02
"""What each rule that is known to be met adds, and a page of its own: of two alike the surer comes first."""
CLOSED = 0.15
"""What a closed call loses: half of what its kind adds, so that the last call of its kind is still found."""
_FIT = {
    "met": "nothing known stands in the way",
    "unknown": "some rules are for you to check",
    "not met": "a rule is not met",
}


@dataclass(frozen=True, slots=True)
class Closing:
    """When a programme closes: a date with its precision, whether it was announced or is reckoned, and the words."""

    says: str
    when: When | None
    announced: bool


@dataclass(frozen=True, slots=True)
class Serves:
    """A promise of the register that a programme serves."""

    case: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Match:
    """A programme that was held to a profile. `score` orders, and means nothing beyond that."""

    id: str
    title: str
    host: str
    url: str | None
    closes: str
    reasons: tuple[Reason, ...]
    fit: str
    state: State
    wants: tuple[str, ...]
    offers_wanted: bool | None
    closing: Closing
    rhythm: str
    known: str
    age_days: int | None
    source: Source
    confidence: str
    serves: tuple[Serves, ...]
    score: float
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """The answer: what may fit, what would but for a rule, and the gaps. `meaning` says how nearness was reckoned."""

    profile: Profile
    as_of: date
    matches: tuple[Match, ...]
    not_met: tuple[Match, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]
    meaning: str


def contribute(
    profile: Profile, content: Path, records: Iterable[Record], as_of: date, vectors: Vectors | None = None,
    book: Held | None = None,
) -> Contribution:  # fmt: skip
    """Programmes ranked for a profile, best first, and the gaps of the pairs that it is about.

    `vectors` turns texts into vectors of unit length; without it nearness is by words. Ties stand in the order of ids.
    `book` is what content knows of programmes where somebody has read it already.
    """
    book, lists, known = book or held(content), words(content), asking(content)
    every, kept = tuple(book.programmes.values()), tuple(records)
    served = promises(kept, as_of)
    near = nearness(asked(profile), [told(one) for one in every], known.alike, vectors)
    made = [
        _match(one, profile, eligibility(one, profile, book, lists), value, as_of, served)
        for one, value in zip(every, near, strict=True)
    ]
    made.sort(key=_order)
    barred = [one for one in made if one.fit == _FIT["not met"]]
    notes = _notes(profile, book, kept, as_of)
    return Contribution(
        profile,
        as_of,
        tuple(one for one in made if one.fit != _FIT["not met"]),
        tuple(barred),
        gaps(_about(profile, kept), book, known.joinable, as_of),
        notes,
        "by words and by sentence vectors" if vectors else "by words",
    )


def _order(one: Match) -> tuple[float, str]:
    return -one.score, one.id


def _match(
    one: Programme, profile: Profile, reasons: tuple[Reason, ...], near: float, as_of: date,
    served: Mapping[str, str],
) -> Match:  # fmt: skip
    found = {reason.holds for reason in reasons}
    worst = Holds.NOT_MET if Holds.NOT_MET in found else Holds.UNKNOWN if Holds.UNKNOWN in found else Holds.MET
    wanted = bool(set(one.wants) & set(profile.wants)) if profile.wants else None
    met = sum(reason.holds is Holds.MET for reason in reasons)
    extra = WANTED * bool(wanted) + KNOWN * (met + bool(one.source.url)) - CLOSED * (one.state is State.CLOSED)
    closing = closing_of(one, as_of)
    known = one.known or one.source.date
    return Match(
        one.id, one.title, one.host, one.source.url, closing.says, reasons, _FIT[str(worst)], one.state,
        tuple(str(want) for want in one.wants), wanted, closing, one.cycle,
        f"the source speaks of {known}; looked at {one.checked}" if known
        else f"the source is undated; looked at {one.checked}",
        (as_of - known.last).days if known and known.last <= as_of else None, one.source, one.confidence,
        _serves(one, served),
        round(near + extra, 4), one.note,
    )  # fmt: skip


def _serves(one: Programme, served: Mapping[str, str]) -> tuple[Serves, ...]:
    split = ((name, *name.split("/", 1)) for name in one.serves if name in served)
    return tuple(Serves(case, name, served[whole]) for whole, case, name in split)


def closing_of(one: Programme, as_of: date) -> Closing:
    """When a programme closes next, as far as is known on the day; a month that is reckoned is said to be reckoned."""
    if one.closes and one.closes.last >= as_of:
        return Closing(f"{one.closes}, as announced", one.closes, True)
    past = f"last known closing {one.closes}" if one.closes else ""
    if one.state is State.ROLLING:
        return Closing("no closing date: taken all the time, by its source", None, False)
    if one.months:
        last = max(_next(month, as_of) for month in one.months)
        first = min(_next(month, as_of) for month in one.months)
        when = When.parse((first if len(one.months) == 1 else last).isoformat()[:7])
        said = f"usually by {when}, reckoned from earlier rounds and not announced"
        return Closing("; ".join(part for part in (said, past) if part), when, False)
    if one.state is State.CLOSED:
        return Closing(f"closed; {past or 'no later round is known'}", None, False)
    if one.recurs is Recurs.UNKNOWN:
        return Closing("unknown; ask the host", None, False)
    return Closing(f"{one.recurs}, no date known; ask the host", None, False)


def _next(month: int, as_of: date) -> date:
    """The first day of the next such month that has not ended by the day."""
    year = as_of.year if month >= as_of.month else as_of.year + 1
    return add_months(date(year, month, 1), 0)


def _about(profile: Profile, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The pairs that a profile is about: those of its party, and of where it looks where that is said."""
    wanted = {one for one in (profile.party, profile.towards) if one}
    return tuple(one for one in records if wanted <= set(one.case.parties))


def _notes(profile: Profile, book: Held, records: tuple[Record, ...], as_of: date) -> tuple[str, ...]:
    made = [f"not used: {one}" for one in profile.unused]
    later = sum(one.checked.first > as_of for one in book.programmes.values())
    if later:
        made.append(f"no list was kept on {as_of}: {later} of the programmes were looked at later")
    looked = {frozenset(one.parties) for one in book.searched}
    for record in _about(profile, records):
        if frozenset(record.case.parties) not in looked:
            made.append(f"no programmes were looked for between the parties of {record.case.title}: no gap is said")
    made += [f"programmes of {'-'.join(one.parties)} were looked for on {one.on}: {one.where}" for one in book.searched]
    return tuple(made)

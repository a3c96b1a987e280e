"""Talking points: what the record holds of a promise, each sentence with the numbers of its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from servanda.dialogue.papers.phrases import SHOWS, by, flat, name_of, names_of, on, quoted, said, sentence
from servanda.model.case import Record
from servanda.model.commitment import COMPONENTS
from servanda.model.evidence import Assessment, Evidence
from servanda.model.figure import Barrier
from servanda.model.period import Deadline
from servanda.model.source import Source
from servanda.model.words import Shown
from servanda.register.rule import VERSION, binding, showing
from servanda.register.threads import Strand
from servanda.register.words import Words
from servanda.review.wording import count, day, either

MOST_CLAIMS = 3
"""Sources of evidence on one promise, and claims of each, that a brief puts before a speaker."""
MOST_BARRIERS = 6
"""Barriers of one item that a brief puts before a speaker, the latest reported first; the register holds the rest."""


@dataclass(frozen=True, slots=True)
class Point:
    """One or two sentences that may be said aloud, with the numbers of the sources that carry them."""

    says: str
    sources: tuple[int, ...] = ()
    commitment: str | None = None


@dataclass(slots=True)
class View:
    """What the sentences of a brief look at; it numbers the sources in the order in which they are first used."""

    record: Record
    words: Words
    as_of: date
    side: str | None
    sources: list[Source] = field(default_factory=list)

    def note(self, source: Source) -> int:
        """The number of a source, from 1."""
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1

    def name(self, code: str) -> str:
        """The everyday name of a party."""
        return name_of(self.words, code)

    def others(self, party: str | None) -> tuple[str, ...]:
        """The parties of the case but the given one."""
        return tuple(code for code in self.record.case.parties if code != party)

    def rows(self, strand: Strand) -> list[Evidence]:
        """Evidence on a thread that could be known on the day and bears on it, the latest first."""
        held = self.record.evidence_on()
        rows = [
            row for one in strand.members for row in held[one.id]
            if row.shows is not Shown.NO_BEARING
            and showing(row, self.record.searched_on(row.search)).seen <= self.as_of
        ]  # fmt: skip
        rows.sort(key=lambda row: (row.date.last if row.date else date.min, row.id), reverse=True)
        # One claim may bear on several commitments of a thread: it is said once.
        return list({(row.claim, row.date, row.source, row.shows): row for row in reversed(rows)}.values())[::-1]

    def verdicts(self, commitment: str) -> dict[str, Assessment]:
        """The last verdict of each key that turned."""
        return {one.key: one for one in self.record.assessments.values() if one.commitment == commitment}

    def key(self, key: str) -> str:
        """How a key is named: a party by its name, else as it is."""
        return self.name(key) if key in self.record.case.parties else f"the {key}"


def facts(view: View, strand: Strand, alone: bool = True) -> list[Point]:
    """What may be said of a promise, in the order in which a speaker needs it.

    Where it shares its item with others, the latest source must do, and what is usual is left out: a promise made once,
    the parts that its wording lacks, keys that no party has turned.
    """
    made = [_promised(view, strand), _owed(view, strand), _due(view, strand), _status(view, strand)]
    made += _claims(view, strand, MOST_CLAIMS if alone else 1)
    if alone or len(strand.members) > 1:
        made.append(_times(view, strand))
    if alone:
        made.append(_parts(strand))
    if alone or not set(view.record.case.parties).isdisjoint(view.verdicts(strand.latest.id)):
        made.append(_keys(view, strand))
    return made


def deadline_of(strand: Strand) -> Deadline | None:
    """The deadline in force: the last that was promised."""
    dated = [bound for one in strand.members if (bound := binding(one))]
    return dated[-1] if dated else None


def _promised(view: View, strand: Strand) -> Point:
    one = strand.latest
    document = view.record.documents[one.document]
    title = sentence(view.record.threads[strand.thread].title)
    made = f"Promised {on(document.date)} in {quoted(document.title)}, {flat(document.type)}"
    words = f"{title} {sentence(f'{made}: {one.says}')}".lstrip()
    if one.target:
        words += f" The amount promised is {one.target.value:g} {flat(one.target.unit)}."
    return Point(words, (view.note(one.source),), one.id)


def _owed(view: View, strand: Strand) -> Point:
    one = strand.latest
    names = names_of(view.words, one.parties)
    who = f"Owed by {names}; responsible: {one.owner}" if names else f"Owed by neither state itself: {one.owner}"
    return Point(sentence(who), (view.note(one.source),), one.id)


def _due(view: View, strand: Strand) -> Point:
    ruling, deadline = strand.ruling, deadline_of(strand)
    if deadline is None or ruling.due is None:
        return Point("No date binds it.", (), strand.latest.id)
    if deadline.when:
        words = f"The date in force is {by(deadline).removeprefix('by ')}."
    else:
        words = f"It is owed {deadline.text}, counted from when it was last shown done, else from the promise."
        words += f" The turn in question ends on {day(ruling.due)}."
    if ruling.days_overdue and ruling.status.is_open:
        words += f" On {day(view.as_of)} that was {count(ruling.days_overdue, 'day')} ago."
    elif ruling.status.is_open and ruling.due >= view.as_of:
        words += f" {count((ruling.due - view.as_of).days, 'day')} remain."
    if ruling.days_late:
        words += f" It was shown done {count(ruling.days_late, 'day')} after the date."
    if strand.first_due and strand.first_due != ruling.due and deadline.when:
        words += f" The first date ever promised ended on {day(strand.first_due)}."
    bound = [one for one in strand.members if binding(one)]
    notes = dict.fromkeys(view.note(one.source) for one in (bound[-1], bound[0]))
    return Point(words, tuple(notes), strand.latest.id)


def _status(view: View, strand: Strand) -> Point:
    """The status with the rule, and the sources of the latest evidence that carried it."""
    ruling = strand.ruling
    carried = [view.record.evidence[name].source for name in ruling.carried_by[-MOST_CLAIMS:]]
    if not carried and ruling.status.is_known:
        carried = [strand.latest.source]  # done at the event itself, as the document reports
    words = f"Status by the written rule ({VERSION}, step {ruling.rule}): {ruling.status}. {ruling.because}"
    if strand.is_silent and ruling.status.is_known:
        words += " Nothing later than its date was found, either way."
    return Point(words, tuple(dict.fromkeys(view.note(one) for one in carried)), strand.latest.id)


def _claims(view: View, strand: Strand, most: int) -> list[Point]:
    rows = view.rows(strand)
    if not rows:
        searched = {one.search for one in strand.members}
        where = [flat(one.where).rstrip(".") for one in view.record.case.searches if one.id in searched]
        return [Point(sentence(f"The record holds no evidence on it. Searched: {'; '.join(where)}"))]
    return claims(view, rows, most, strand.latest.id)


def claims(view: View, rows: Sequence[Evidence], most: int, commitment: str) -> list[Point]:
    """Rows of evidence, those of one source and date in one point; what goes beyond `most` sources is counted."""
    by_source: dict[object, list[Evidence]] = {}
    for row in rows:
        by_source.setdefault((row.source, row.date), []).append(row)
    shown = [found[:MOST_CLAIMS] for found in list(by_source.values())[:most]]
    made = [_claim(view, found) for found in shown]
    rest = len(rows) - sum(len(found) for found in shown)
    if rest:
        words = count(rest, "further claim stands", "further claims stand")
        made.append(Point(f"{words} in the register.", (), commitment))
    return made


def _claim(view: View, rows: Sequence[Evidence]) -> Point:
    """What a source has: who published it, of when, and what it shows of which commitment."""
    source, when = rows[0].source, rows[0].date
    dated = f"for {said(when)}" if when else "without a date"
    printed = f", published {on(source.date)}" if source.date else ""
    told = flat(" ".join(f"{sentence(row.claim)} Of {row.commitment} it shows {SHOWS[row.shows]}." for row in rows))
    words = f"{quoted(source.title)} ({source.publisher}{printed}) has, {dated}: {told}"
    return Point(words, (view.note(source),), rows[0].commitment)


def _times(view: View, strand: Strand) -> Point:
    times = len(strand.members)
    if times == 1:
        return Point("The record holds this promise once.", (), strand.latest.id)
    notes = tuple(dict.fromkeys(view.note(one.source) for one in strand.members))
    words = f"It was promised {count(times, 'time')}, first {on(strand.dates[0])} and last {on(strand.dates[-1])}."
    return Point(words, notes, strand.latest.id)


def _parts(strand: Strand) -> Point:
    """Which of the six parts of a concrete promise its last wording has."""
    held = strand.latest.components()
    named = [name for name in COMPONENTS if held[name]]
    missing = [name for name in COMPONENTS if not held[name]]
    words = f"Of the six parts of a concrete promise its last wording has {len(named)}"
    words += f": {either(named)}." if named else "."
    return Point(words + (f" It lacks: {', '.join(missing)}." if missing else ""), (), strand.latest.id)


def _keys(view: View, strand: Strand) -> Point:
    given = view.verdicts(strand.latest.id)
    each = []
    for code in view.record.case.parties:
        each.append(f"{view.name(code)} {f'says {quoted(given[code].verdict)}' if code in given else 'has not said'}")
    others = [f"{view.key(key)} says {quoted(one.verdict)}" for key, one in given.items() if key not in view.others("")]
    return Point(sentence(f"On what became of it: {'; '.join([*each, *others])}"), (), strand.latest.id)


def reported(view: View, barriers: Sequence[Barrier]) -> list[Point]:
    """Barriers as they were reported, the latest first; what goes beyond the most is named."""
    found = sorted(barriers, key=lambda one: one.id)
    found.sort(key=lambda one: one.reported.last if one.reported else date.min, reverse=True)
    made = [_reported(view, one) for one in found[:MOST_BARRIERS]]
    if rest := found[MOST_BARRIERS:]:
        words = count(len(rest), "further barrier of this item stands", "further barriers of this item stand")
        made.append(Point(f"{words} in the register: {', '.join(sorted(one.id for one in rest))}."))
    return made


def _reported(view: View, one: Barrier) -> Point:
    """A barrier as it was reported: what, on which goods, by whom imposed, on whose word."""
    by_whom = names_of(view.words, one.imposed_by) or "nobody named"
    dated = f", {said(one.reported)}" if one.reported else ", undated"
    words = f"Reported by {flat(one.reported_by)}{dated}: {flat(one.what).rstrip('.')}. Goods: {flat(one.products)}"
    words = f"{sentence(words)} Imposed by {by_whom}; {flat(one.status)}, as reported ({one.id})."
    return Point(words, tuple(view.note(source) for source in one.sources))

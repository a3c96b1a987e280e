"""Hypothesis strategies: dates, texts that hurt, every noun, and whole records whose ids fit together."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from servanda.model.case import Case, Conflict, Record, Search
from servanda.model.commitment import Commitment, Target, Thread
from servanda.model.decision import Answer, Coding, Decision
from servanda.model.dialogue import (
    Excerpt,
    Item,
    ItemState,
    Meeting,
    MeetingState,
    Participant,
    Reply,
    Resolution,
    Rhythm,
    Role,
    Series,
    Signature,
    Track,
)
from servanda.model.document import Document, Event
from servanda.model.evidence import Assessment, Evidence, evidence_id
from servanda.model.figure import Barrier, Figure
from servanda.model.period import RHYTHMS, Deadline, When
from servanda.model.proposal import Kind, Part, Restated, Terms
from servanda.model.roadmap import Milestone, Risk, Roadmap
from servanda.model.source import Quote, Source
from servanda.model.text import Text, fingerprint
from servanda.model.words import Action, Area, Instrument, Publisher, Shown, Undertaking
from servanda.register.rule import Promise, Showing
from tests.properties import composite

CASE = "zem-rur"
PARTIES = ("ZEM", "RUR")
CONFIDENCE = ("confirmed by official page", "confirmed by press")
SEARCHED = When.parse("2026-11-23")

# Each of these has a meaning of its own in YAML, SQL, JSON or the index of words, or a script that is easily lost.
NASTY = (
    "대한민국과 인도", "भारत और कोरिया गणराज्य", "say \"yes\"", "it's 'quoted'", "one: two", "- a list?",
    "# no comment", "two\nlines", "\n", " leading and trailing ", "tab\there", "🤝 agreed 🎉", "yes", "no",
    "null", "~", "2014", "2014-02-03", "1e5", "0x1F", ".nan", "1:30", "=", "<<", "{a: b}", "[x]", "%", "@at",
    "!tag", "&anchor", "*star", "| bar", "> fold", "a\\b", "a\r\nb", "x" * 5000, "word " * 400,
    "'; DROP TABLE entries; --", "\u2028line separator", "\x85next line", "\ufeffmark", "e\u0301 is not \u00e9",
)  # fmt: skip

anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30),
)
days = st.dates(date(1900, 1, 1), date(2035, 12, 31))
past_days = st.dates(date(1900, 1, 1), date(2026, 11, 1))


def _in_words(day: date) -> st.SearchStrategy[str]:
    return st.sampled_from(
        (
            day.isoformat(),
            f"{day:%Y-%m}",
            f"{day.year}-Q{(day.month + 2) // 3}",
            f"{day.year}-H{1 if day.month < 7 else 2}",
            str(day.year),
            f"FY{day.year}-{(day.year + 1) % 100:02}",
        )
    )


date_texts = days.flatmap(_in_words)
whens = date_texts.map(When.parse)
past_whens = past_days.flatmap(_in_words).map(When.parse)
deadlines = st.one_of(date_texts, st.sampled_from(sorted(RHYTHMS))).map(Deadline.parse)

maybe_text = st.none() | anything
numbers = st.floats(allow_nan=False, allow_infinity=False)
sources = st.builds(Source, anything, st.sampled_from(Publisher), maybe_text, st.none() | whens)
places = st.none() | st.integers(0, 10_000)
quotes = st.builds(Quote, anything, maybe_text.map(lambda text: text or ""), st.just(""), places, places, st.none())
few_texts = st.lists(anything, max_size=2).map(tuple)
some_parties = st.sampled_from(((), ("ZEM",), ("RUR",), PARTIES))
confidences = st.sampled_from(CONFIDENCE)
names = st.just("first")

documents = st.builds(
    Document,
    st.just("D-1"),
    st.just(CASE),
    whens,
    anything,
    anything,
    anything,
    sources,
    confidences,
    maybe_text,
    maybe_text,
    names,
)
threads = st.builds(Thread, st.just(f"{CASE}.a"), st.just(CASE), anything)
commitments = st.builds(
    Commitment,
    id=st.just("C1"),
    case=st.just(CASE),
    document=st.just("D-1"),
    thread=st.just(f"{CASE}.a"),
    says=anything,
    area=st.sampled_from(Area),
    parties=some_parties,
    owner=anything,
    action=st.sampled_from(Action),
    instrument=st.sampled_from(Instrument),
    kind=st.sampled_from(Undertaking),
    source=sources,
    confidence=confidences,
    text_basis=anything,
    bodies=few_texts,
    deliverable=maybe_text,
    deadline=st.none() | deadlines,
    target=st.none() | st.builds(Target, numbers, anything),
    mechanism=maybe_text,
    quote=st.none() | quotes,
    subjects=few_texts,
    note=maybe_text,
    coding_note=maybe_text,
)


@composite
def evidence(draw: st.DrawFn, commitment: str = "C1", search: str = "first", claims: Any = anything) -> Evidence:
    """One claim about a commitment, with the id that its words give it, dated no later than the search."""
    claim, day, source = draw(claims), draw(st.none() | past_whens), draw(sources)
    return Evidence(
        id=evidence_id(commitment, str(day) if day else None, claim, source.url),
        case=CASE,
        commitment=commitment,
        claim=claim,
        shows=draw(st.sampled_from(Shown)),
        source=source,
        confidence=draw(confidences),
        origin=draw(anything),
        date=day,
        bears_on=draw(st.sampled_from(("delivery", "deadline"))),
        quote=draw(st.none() | quotes),
        search=search,
    )


assessments = st.builds(
    Assessment,
    st.just("C1-reviewer-1"),
    st.just(CASE),
    st.just("C1"),
    st.just("reviewer"),
    anything,
    st.sampled_from(("delivered", "not started", "unknown")),
    st.none() | whens,
    maybe_text,
    maybe_text.map(lambda _: None),
)
events = st.builds(Event, st.just("E1"), st.just(CASE), whens, anything, anything, sources, confidences, maybe_text)
figures = st.builds(
    Figure,
    st.just("F1"),
    st.just(CASE),
    anything,
    anything,
    date_texts | anything,
    confidences,
    st.none() | numbers,
    maybe_text,
    st.sampled_from(("pair", "agreement")),
    st.none() | sources,
    maybe_text,
)
barriers = st.builds(
    Barrier,
    id=st.just("B1"),
    case=st.just(CASE),
    imposed_by=some_parties,
    affects=some_parties,
    products=anything,
    kind=anything,
    what=anything,
    reported_by=anything,
    status=st.sampled_from(("in force", "removed")),
    confidence=confidences,
    sources=st.lists(sources, max_size=2).map(tuple),
    hs=few_texts,
    reported=st.none() | whens,
    since=maybe_text,
    what_came_of_it=maybe_text,
    promised_fix=maybe_text,
)
terms = st.builds(
    Terms,
    parties=some_parties,
    action=st.sampled_from(Action),
    area=st.sampled_from(Area),
    deadline=maybe_text,
    quantity=maybe_text,
    concreteness=st.none() | numbers,
    parts=st.lists(st.builds(Part, anything, numbers, numbers, anything), max_size=1).map(tuple),
    restates=st.none() | st.builds(Restated, anything, anything, numbers, anything),
)
codings = st.builds(
    Coding, st.sampled_from(Kind), st.none() | terms, maybe_text, few_texts, maybe_text, st.none() | numbers, maybe_text
)
texts = st.builds(
    lambda says, when, parties, characters, source: Text(
        "D-1.en", CASE, "D-1", "en", says, when, parties, fingerprint(characters), characters, source
    ),
    anything,
    whens,
    some_parties,
    anything,
    sources,
)
decisions = st.builds(
    Decision,
    id=st.just("D-1.en-0001"),
    case=st.just(CASE),
    text=st.just("D-1.en"),
    quote=quotes,
    coder=anything,
    answer=st.sampled_from(Answer),
    at=anything,
    proposed=st.none() | codings,
    coding=st.none() | codings,
    cuts=st.lists(st.integers(0, 99), max_size=2).map(tuple),
    blind=st.booleans(),
)
tracks = st.builds(Track, anything, anything, st.lists(st.sampled_from(Area), max_size=2).map(tuple))
series = st.builds(
    Series, st.just(f"{CASE}.talks"), st.just(CASE), anything, st.sampled_from(Rhythm),
    st.lists(tracks, max_size=2).map(tuple),
)  # fmt: skip
signatures = st.builds(Signature, st.sampled_from(PARTIES), anything, anything, anything)
meetings = st.builds(
    Meeting,
    id=st.just(f"{CASE}.talks.1"),
    case=st.just(CASE),
    series=st.just(f"{CASE}.talks"),
    number=st.just(1),
    date=whens,
    host=st.sampled_from(PARTIES),
    minutes=st.integers(1, 600),
    place=maybe_text,
    participants=st.lists(
        st.builds(Participant, anything, st.sampled_from(Role), st.none() | st.sampled_from(PARTIES), maybe_text),
        max_size=2,
    ).map(tuple),
    state=st.sampled_from(MeetingState),
    agreed=st.lists(signatures, max_size=2).map(tuple),
    signed=st.lists(signatures, max_size=2).map(tuple),
    excerpts=st.lists(st.builds(Excerpt, anything, anything, anything), max_size=1).map(tuple),
)
resolutions = st.builds(
    Resolution,
    says=anything,
    parties=some_parties,
    owner=anything,
    area=st.sampled_from(Area),
    action=st.sampled_from(Action),
    deadline=deadlines,
    deliverable=anything,
    mechanism=maybe_text,
    target=st.none() | st.builds(Target, numbers, anything),
    thread=maybe_text,
    commitment=maybe_text,
)
agenda_items = st.builds(
    Item,
    id=st.just(f"{CASE}.talks.1.01"),
    case=st.just(CASE),
    meeting=st.just(f"{CASE}.talks.1"),
    place=st.integers(1, 99),
    title=anything,
    reason=anything,
    minutes=st.integers(1, 600),
    proposed_by=anything,
    track=maybe_text,
    state=st.sampled_from(ItemState),
    decision=maybe_text,
    until=st.none() | whens,
    resolutions=st.lists(resolutions, max_size=2).map(tuple),
)
replies = st.builds(
    Reply, st.just("C1-reviewer-1-reply-1"), st.just(CASE), st.just("C1"), st.just("C1-reviewer-1"),
    st.sampled_from(PARTIES), anything, anything, anything,
)  # fmt: skip
steps = st.builds(
    Milestone,
    id=st.just("a"),
    title=anything,
    owner=anything,
    due=whens,
    parties=some_parties,
    starts=st.none() | whens,
    baseline=st.none() | whens,
    done=st.none() | whens,
    proposal=sources,
    note=maybe_text,
)


@composite
def roadmaps(draw: st.DrawFn, held: Any = ()) -> Roadmap:
    """A roadmap whose steps may wait for any other, circles and all; of commitments where some are `held`."""
    ids = [f"s{place}" for place in range(draw(st.integers(1, 4)))]
    made = []
    for name in ids:
        one = _replaced(
            draw(steps), id=name, needs=tuple(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)))
        )
        if held and draw(st.booleans()):
            one = _replaced(one, commitment=draw(st.sampled_from(sorted(held))), proposal=None)
        made.append(one)
    risks = draw(st.lists(st.builds(Risk, anything, st.just(()), st.none() | sources), max_size=2))
    return Roadmap(
        f"{CASE}.way", CASE, draw(anything), draw(st.sampled_from(Area)), draw(anything), draw(anything), draw(whens),
        tuple(made), tuple(risks), draw(maybe_text),
    )  # fmt: skip


_passes = st.builds(Search, st.just("first"), anything, st.just(SEARCHED), anything, few_texts, few_texts)
_more_passes = st.builds(Search, st.just("second"), anything, st.just(SEARCHED), anything, few_texts, few_texts)
cases = st.builds(
    Case,
    st.just(CASE),
    anything,
    st.just(PARTIES),
    st.tuples(_passes, _more_passes),
    st.lists(st.builds(Conflict, anything, few_texts), max_size=1).map(tuple),
    few_texts,
)

# A thread's name is a key in YAML; some of these are no text to a careless reader.
slugs = st.lists(
    st.sampled_from(("ferry", "yes", "2014", "null", "poets-who-stay", "~")), min_size=1, max_size=3, unique=True
)


def _replaced(noun: Any, **fields: Any) -> Any:
    import dataclasses

    return dataclasses.replace(noun, **fields)


@composite
def records(draw: st.DrawFn) -> Record:
    """A record of one case, of any small size, in which every name leads somewhere."""
    order = ("first", "second")
    held_threads = {f"{CASE}.{slug}": Thread(f"{CASE}.{slug}", CASE, draw(anything)) for slug in sorted(draw(slugs))}
    held_documents = {
        f"D-{place}": _replaced(draw(documents), id=f"D-{place}", search=draw(st.sampled_from(order)))
        for place in range(draw(st.integers(1, 3)))
    }
    held_commitments: dict[str, Commitment] = {}
    rows: list[Evidence] = []
    verdicts: dict[str, Assessment] = {}
    for place in range(draw(st.integers(0, 3))):
        document = held_documents[draw(st.sampled_from(sorted(held_documents)))]
        search = draw(st.sampled_from(order[order.index(document.search) :]))
        name = f"C{place}"
        held_commitments[name] = _replaced(
            draw(commitments),
            id=name,
            document=document.id,
            thread=draw(st.sampled_from(sorted(held_threads))),
            search=search,
        )
        later = st.sampled_from(order[order.index(search) :])
        rows += [draw(evidence(name, draw(later))) for _ in range(draw(st.integers(0, 2)))]
        for key in draw(st.lists(st.sampled_from(("reviewer", *PARTIES)), max_size=3)):
            number = sum(one.commitment == name and one.key == key for one in verdicts.values()) + 1
            one = _replaced(
                draw(assessments), id=f"{name}-{key}-{number}", commitment=name, key=key, search=draw(later)
            )
            verdicts[one.id] = one
    held_texts: dict[str, Text] = {}
    held_decisions: dict[str, Decision] = {}
    for paper in draw(st.lists(st.sampled_from(sorted(held_documents)), max_size=2, unique=True)):
        search = draw(st.sampled_from(order[order.index(held_documents[paper].search) :]))
        name = f"{paper}.en"
        held_texts[name] = _replaced(draw(texts), id=name, document=paper, search=search)
        for number in range(1, draw(st.integers(0, 3)) + 1):
            ref = f"{name}-{number:04}"
            held_decisions[ref] = _replaced(
                draw(decisions),
                id=ref,
                text=name,
                search=search,
                commitment=draw(st.none() | st.sampled_from(sorted(held_commitments))) if held_commitments else None,
                withdraws=(f"{name}-{number - 1:04}",) if number > 1 and draw(st.booleans()) else (),
            )
    about = tuple(draw(st.lists(st.sampled_from(sorted(held_documents)), max_size=2)))
    held_series = {one.id: one for one in draw(st.lists(series, max_size=1))}
    held_meetings = {one.id: one for one in draw(st.lists(meetings, max_size=1))} if held_series else {}
    held_agenda = {
        f"{CASE}.talks.1.{number:02}": _replaced(
            draw(agenda_items),
            id=f"{CASE}.talks.1.{number:02}",
            commitments=tuple(draw(st.lists(st.sampled_from(sorted(held_commitments)), max_size=2)))
            if held_commitments
            else (),
            carried=f"{CASE}.talks.1.{number - 1:02}" if number > 1 and draw(st.booleans()) else None,
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
        if held_meetings
    }
    held_replies = {
        f"{one.id}-reply-1": _replaced(
            draw(replies), id=f"{one.id}-reply-1", commitment=one.commitment, assessment=one.id, search=one.search
        )
        for one in verdicts.values()
        if draw(st.booleans())
    }
    return Record(
        case=draw(cases),
        documents=held_documents,
        threads=held_threads,
        commitments=held_commitments,
        evidence={row.id: row for row in sorted(rows, key=lambda row: row.id)},
        assessments=dict(sorted(verdicts.items())),
        events={"E1": _replaced(draw(events), documents=about)} if draw(st.booleans()) else {},
        figures={"F1": draw(figures)} if draw(st.booleans()) else {},
        barriers={"B1": draw(barriers)} if draw(st.booleans()) else {},
        entries=0,
        texts=dict(sorted(held_texts.items())),
        decisions=dict(sorted(held_decisions.items())),
        replies=dict(sorted(held_replies.items())),
        series=held_series,
        meetings=held_meetings,
        agenda=held_agenda,
        roadmaps={one.id: one for one in draw(st.lists(roadmaps(held_commitments), max_size=1))},
    )


showings = st.builds(
    lambda shows, first, length, gap, dated, name: Showing(
        shows,
        first if dated else None,
        date.fromordinal(first.toordinal() + length),
        date.fromordinal(first.toordinal() + min(length, gap)),
        f"C1-{name}",
    ),
    st.sampled_from(Shown),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    st.sampled_from((0, 0, 30, 364)),
    st.sampled_from((0, 10, 400)),
    st.booleans(),
    st.integers(0, 99),
)
promises = st.builds(
    Promise, st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.none() | deadlines, st.booleans(), st.booleans()
)

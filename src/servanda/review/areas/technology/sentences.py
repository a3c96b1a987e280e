"""Technology: what was promised about it, beside what the two write, patent and cite."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.measures.technology.collaboration import growth
from servanda.measures.technology.fields import Completed
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.chapter import Chapter, head
from servanda.review.areas.technology.promises import Promise, What
from servanda.review.areas.technology.research import Research
from servanda.review.review import Review
from servanda.review.wording import count, either

AREA = "technology"
YEARS = 10
"""So many years back a growth is told of."""
NAMED = 2
LIKE = 0.9
"""From this cosine on two portfolios are called alike."""


@dataclass(frozen=True, slots=True)
class TechnologyReview(Chapter):
    """The chapter on technology. `held` is what the tables hold, `since` what moved since each promise."""

    held: Research
    since: tuple[Promise, ...]


def technology_review(
    review: Review, names: dict[str, str], held: Research, since: tuple[Promise, ...] = (),
    usual: tuple[int, int] = (0, 0),
) -> TechnologyReview:  # fmt: skip
    """The chapter from the review of the pair on the day, what the tables hold, what moved since each promise, and
    around how many of how many years joint papers outgrow those of all pairs; `names` of every party spoken of."""
    found = (_grown(review, held), _index(review, names, held), _gap(review, held), _alike(review, held),
             *(_completes(review, party, held) for party in review.parties), _cites(review, held),
             _since(since, usual))  # fmt: skip
    return TechnologyReview(
        **head(review, AREA, found, names),
        held=held,
        since=since,
    )


def _grown(review: Review, held: Research) -> Finding | None:
    """Joint papers of the last year, beside ten years before, and what part of either side's they are."""
    if not held.yearly:
        return None
    last = held.yearly[-1]
    before = next((one for one in held.yearly if one.year == last.year - YEARS), None)
    one, other = (review.names[party] for party in held.pair)
    text = f"In {last.year} authors of {one} and {other} wrote {last.papers:,} papers together"
    readings = [Reading("joint papers", "papers", float(last.papers), used=1, expected=1, period=str(last.year))]
    change = growth({before.year: before.papers, last.year: last.papers}) if before else None
    if before and change is not None:
        text += f", after {before.papers:,} in {before.year} ({_signed(change)} a year)"
        readings.append(Reading("growth a year", "share", change, used=YEARS + 1, expected=YEARS + 1,
                                period=f"{before.year}-{last.year}"))  # fmt: skip
    text += f": {last.of_one:.1%} of the papers that {one} writes with anybody abroad, "
    text += f"{last.of_other:.1%} of those of {other}"
    return Finding("joint-papers", AREA, text + ".", "the last year of the table and ten years before", tuple(readings))


def _signed(change: float) -> str:
    return f"{'up' if change >= 0 else 'down'} {abs(change):.0%}"


def _index(review: Review, names: dict[str, str], held: Research) -> Finding | None:
    """The published index of the newest year, and those of the peers it lies between."""
    own = next((one for one in held.beside if one.pair == held.pair and one.published is not None), None)
    if own is None or own.published is None:
        return None
    others = [one for one in held.beside if one.pair != held.pair and one.published is not None]
    above = sum((one.published or 0) > own.published for one in others)
    pair = either([review.names[one] for one in held.pair])
    text = (
        f"The index of collaboration of {pair} was {own.published:.2f} in {own.year} as published (1 is what their "
        f"international papers alone would give)"
    )
    if others:
        text += f"; of {len(others)} pairs beside it {above} had a higher one"
    narrow = held.artificial
    if narrow is not None and narrow.published is not None:
        where = "less" if narrow.published < own.published else "more"
        text += f". In artificial intelligence alone it was {narrow.published:.2f} over 2003 to 2022, "
        text += f"{where} than in all fields"
    readings = tuple(
        Reading(f"index of {either([names[party] for party in one.pair])}", "ratio", round(one.published or 0, 2),
                used=one.papers, expected=one.papers, period=str(one.year))
        for one in (own, *others)
    )  # fmt: skip
    return Finding("index", AREA, text + ".", "the newest published year, beside the peers that are chosen", readings)


def _gap(review: Review, held: Research) -> Finding:
    """Whether they write less together than would be expected, in words that the interval allows."""
    gap, pair = held.gap, either([review.names[one] for one in held.pair])
    if gap.value is None:
        text = f"What would be expected of {pair} in joint papers has no figure: {gap.reason}."
        return Finding("expected-papers", AREA, text, "a reason in place of a figure", (gap,))
    times = gap.steps["actual"] / gap.steps["expected"]
    interval = ""
    if gap.low is not None and gap.high is not None:
        interval = f", 95 % interval {max(1 - gap.high, 0):.2g} to {1 - gap.low:.2g}"
    text = f"Over {gap.period} {pair} wrote {times:.2g} times the papers that would be expected of two such parties"
    text += interval
    unsure = gap.low is None or gap.high is None or gap.low <= 0 <= gap.high
    text += "; so it cannot be said whether that is more or less" if unsure else ""
    rule = "more or less than expected is said where the 95 % interval leaves out one"
    return Finding("expected-papers", AREA, text + ".", rule, (gap,))


def _alike(review: Review, held: Research) -> Finding | None:
    """How alike the two portfolios of papers are, and where each is strongest."""
    if held.likeness is None or not held.fields:
        return None
    strong = [
        max(held.fields, key=lambda field, side=side: field.advantages[side])  # type: ignore[misc]
        for side in (0, 1)
    ]
    told = [
        f"{review.names[party]} writes most beyond its share on {field.name} ({field.advantages[side]:.2f} times)"
        for side, (party, field) in enumerate(zip(held.pair, strong, strict=True))
    ]
    alike = "much alike" if held.likeness >= LIKE else "not much alike"
    text = f"By field their papers of {held.fields_year} are {alike} (cosine {held.likeness:.2f}); {' and '.join(told)}"
    readings = [Reading("likeness", "0 to 1", held.likeness, used=len(held.fields), expected=len(held.fields))]
    if held.correlation is not None:
        readings.append(Reading("correlation of advantages", "-1 to 1", held.correlation, used=len(held.fields),
                                expected=len(held.fields)))  # fmt: skip
    rule = f"a cosine of {LIKE:g} and more is called much alike"
    return Finding("alike-papers", AREA, text + ".", rule, tuple(readings))


def _completes(review: Review, party: str, held: Research) -> Finding | None:
    """Where one publishes and the other patents, each more than its share."""
    its = [one for one in held.completed if one.publishes == party and min(one.papers, one.patented) > 1]
    if not its:
        return None
    other = review.names[its[0].patents]
    told = [f"{one.subject} ({one.papers:.1f} and {one.patented:.1f} times)" for one in its[:NAMED]]
    text = f"{review.names[party]} publishes and {other} patents more than its share in {either(told)}"
    rule = f"both above 1; papers of {held.fields_year}, patent families of {held.patents_year}; the strongest first"
    return Finding(f"completes-{party}", AREA, text + ".", rule, tuple(_reading(one) for one in its[:NAMED]))


def _reading(one: Completed) -> Reading:
    steps = {"papers": one.papers, "patents": one.patented}
    return Reading(f"{one.subject}: {one.publishes} publishes, {one.patents} patents", "ratio", one.both, used=2,
                   expected=2, steps=steps)  # fmt: skip


def _cites(review: Review, held: Research) -> Finding | None:
    """How much each cites the other, over all fields, and where both do most."""
    every = next((one for one in held.interest if one.field == "all fields"), None)
    best = next((one for one in held.interest if one.field != "all fields"), None)
    if every is None or best is None:
        return None
    one, other = (review.names[party] for party in held.pair)
    text = (
        f"{one} cites {other} {every.one_cites:.2f} times as much as its size would give, {other} {one} "
        f"{every.other_cites:.2f} times; both do most in {best.field} ({best.one_cites:.2f} and {best.other_cites:.2f})"
    )
    readings = tuple(
        Reading(f"{who}, {row.field}", "ratio", round(value, 2), used=1, expected=1, period="2020")
        for row in (every, best)
        for who, value in ((f"{one} cites {other}", row.one_cites), (f"{other} cites {one}", row.other_cites))
    )
    return Finding("citations", AREA, text + ".", "all fields, and the field in which both cite most", readings)


def _since(since: tuple[Promise, ...], usual: tuple[int, int]) -> Finding | None:
    """Of how many promises years before and after can be compared, and how often joint papers outgrew all."""
    if not since:
        return None
    saying = [one for one in since if one.subjects]
    known = [one for one in saying if one.is_known]
    text = f"Of {count(len(since), 'thread')} on technology {len(saying)} name a technology of the list or research in "
    text += f"general, and of {len(known)} something can be said of the years before the promise and after"
    every = [move.reading for one in known for move in one.moves if move.what is What.JOINT and move.subject is None]
    both = [one for one in every if one.value is not None and one.steps["world"] is not None]
    more = sum((one.value or 0.0) > one.steps["world"] for one in both)
    if both:
        text += f"; joint papers of the two in all fields grew more than those of all pairs after {more} of {len(both)}"
        if usual[1]:
            text += f", as they do around {usual[0]} of all {usual[1]} years of the table, promise or none"
    readings = (Reading("threads that name a technology", "threads", float(len(saying)), used=len(saying),
                        expected=len(since)),
                Reading("threads with years before and after", "threads", float(len(known)), used=len(known),
                        expected=len(saying)))  # fmt: skip
    rule = "up to three years after the first promise over as many before; what came after did not come of it"
    return Finding("moved-since", AREA, text + ".", rule, readings)

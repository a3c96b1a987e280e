"""People: who goes where and who may, beside what was promised; every word that judges is chosen by a written rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from servanda.model.case import Record
from servanda.model.figure import Figure
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.chapter import Chapter, head
from servanda.review.areas.people.beside import Arrived, Beside
from servanda.review.areas.people.choices import Claim, PeopleChoices
from servanda.review.areas.people.counted import Counted
from servanda.review.areas.people.movement import Movement, Way, nothing_expected
from servanda.review.areas.people.topics import Told, told
from servanda.review.review import Review
from servanda.review.series import known_figures
from servanda.review.wording import count, day, times

AREA = "people"
ANYTHING = 100
"""An interval whose bounds lie further apart than this tells nothing, and is said to."""


@dataclass(frozen=True, slots=True)
class PeopleReview(Chapter):
    """The chapter on people. `visitors` and `counts` are figures of the record, `topics` what it knows of languages and
    the like; `claims` what other sources say of the rules; `abroad` what each state counts of its people in the other,
    beside the United Nations; `carried` who flew both ways, by whose count; `unread` files that could not be read."""

    held: Movement
    abroad: tuple[Counted, ...]
    carried: tuple[Reading, Reading]
    carrier: str
    unread: tuple[str, ...]
    visitors: tuple[Figure, ...]
    counts: tuple[Figure, ...]
    topics: tuple[Told, ...]
    claims: tuple[Claim, ...]

    @property
    def silent(self) -> tuple[Finding, ...]:
        """The sentences that carry no figure at all, only reasons."""
        return tuple(one for one in self.findings if one.readings and all(its.value is None for its in one.readings))


def people_review(
    record: Record, review: Review, names: dict[str, str], held: Movement, choices: PeopleChoices,
    others: Beside,
) -> PeopleReview:  # fmt: skip
    """The chapter from the record and its review on the day, what the tables hold, and what others count beside."""
    found = (
        *(_entering(way, names, choices, review.as_of) for way in held.ways),
        _uneven(held, names),
        *(_living(way, names) for way in held.ways),
        *(_abroad(one, names) for one in others.abroad),
        _expected("expected", "residents", held.gap, names, review.parties),
        *(_studying(way, names) for way in held.ways),
        _expected("enrolled", "students", held.unenrolled, names, review.parties),
        _flying(held.flights, names, review.parties),
        _expected("flown", "air services", held.unflown, names, review.parties),
        _carried(others, names),
        _seated(held.seats, names),
        *(
            _expected(f"{what}-expected", what, nothing_expected(why, review.parties), names, review.parties)
            for what, why in choices.not_expected.items()
        ),
        *(_visiting(one, names) for one in others.arrived),
        _watching(others.watched, names, review.parties),
    )
    return PeopleReview(
        **head(review, AREA, found, names),
        held=held,
        abroad=tuple(
            replace(one, count=_renamed(one.count, names), stock=_renamed(one.stock, names)) for one in others.abroad
        ),
        carried=others.carried,
        carrier=others.carrier,
        unread=others.unread,
        visitors=_figures(record, review, choices.visitors),
        counts=_figures(record, review, choices.counts),
        topics=told(record, review, AREA, choices.topics, (one for one in found if one)),
        claims=tuple(
            one for one in choices.claims
            if {one.passport, one.destination} == set(review.parties) and one.when.first <= review.as_of
        ),
    )  # fmt: skip


def _figures(record: Record, review: Review, words: tuple[str, ...]) -> tuple[Figure, ...]:
    """Figures of the record by the day whose metric has one of the words."""
    found = [one for one in known_figures(record, review.as_of) if one.value is not None]
    its = [one for one in found if any(word.casefold() in one.metric.casefold() for word in words)]
    return tuple(sorted(its, key=lambda one: (one.metric, one.period, one.id)))


def _entering(way: Way, names: dict[str, str], choices: PeopleChoices, as_of: date) -> Finding:
    """What a passport needs, since when, and what of the other passports held meet something more or less open."""
    who = f"A passport of {names[way.origin]}"
    if way.visa.value is None:
        text = f"{who} in {names[way.destination]}: {way.visa.reason}."
    else:
        steps = way.visa.steps
        since = date.fromisoformat(steps["since"])
        text = (
            f"{who} meets “{steps['requirement']}” in {names[way.destination]}, first seen on {day(since)}; among "
            f"{count(way.visa.used, 'other passport')} held the rule is more open for {steps['more open']}, the same "
            f"for {steps['the same']} and less open for {steps['less open']}"
        )
        other = [
            one for one in choices.claims
            if one.disagrees and (one.passport, one.destination) == (way.origin, way.destination)
            and one.when.first <= as_of
        ]  # fmt: skip
        text += f". Another source disagrees ({other[0].source.title}, {other[0].when})." if other else "."
    rule = "leisure travel by the last snapshot held; openness in the order of OPENNESS"
    return Finding(f"entering-{way.origin}", AREA, text, rule, (way.visa,))


def _uneven(held: Movement, names: dict[str, str]) -> Finding | None:
    """Which of the two opens further to the other, where both are known and differ."""
    one, other = held.ways
    if one.visa.value is None or other.visa.value is None or one.visa.value == other.visa.value:
        return None
    wide = one if one.visa.value > other.visa.value else other
    text = (
        f"{names[wide.destination]} is more open to {names[wide.origin]} than the other way round, by "
        f"{count(round(abs(one.visa.value - other.visa.value)), 'step')} of five."
    )
    return Finding("uneven", AREA, text, "the steps of openness of both directions differ", (one.visa, other.visa))


def _living(way: Way, names: dict[str, str]) -> Finding:
    return _counted("living", way, way.residents, "people born in {origin} lived in {destination}", names)


def _studying(way: Way, names: dict[str, str]) -> Finding:
    return _counted("studying", way, way.students, "students of {origin} sought a degree in {destination}", names)


def _abroad(one: Counted, names: dict[str, str]) -> Finding:
    """What a state counts of its people, by parts where they are told apart, beside the stock of the United Nations."""
    origin, destination = names[one.origin], names[one.destination]
    count, stock = _renamed(one.count, names), _renamed(one.stock, names)
    if count.value is None:
        text = f"How many of its people {origin} counts in {destination} is not known: {count.reason}"
    else:
        text = f"{origin} itself counted {count.value:,.0f} of its people in {destination} ({count.period}"
        if "adds_up" in count.steps:
            text += f"; {count.steps['citizens']:,} citizens and {count.steps['of_origin']:,} of its origin with "
            text += "another citizenship" + ("" if count.steps["adds_up"] else ", which is not their sum")
        text += ")"
        if stock.value is not None:
            text += f"; by birth or citizenship the United Nations count {stock.value:,.0f} ({stock.period}): the two "
            text += "count different people"
    rule = "the last count by the day; the two count different people and are never added"
    readings = (one.count, one.stock) if count.value is not None else (one.count,)
    return Finding(f"counted-{one.origin}", AREA, text + ".", rule, readings)


def _renamed(one: Reading, names: dict[str, str]) -> Reading:
    """The reading with names for codes in its reason."""
    reason = one.reason
    for party in one.parties if reason else ():
        reason = str(reason).replace(party, names[party])
    return replace(one, reason=reason)


def _counted(name: str, way: Way, one: Reading, words: str, names: dict[str, str]) -> Finding:
    """The last figure and the first of its path, or the reason why there is none."""
    said = words.format(origin=names[way.origin], destination=names[way.destination])
    if one.value is None:
        asked = said.replace(" lived ", " live ").replace(" sought ", " seek ")
        text = f"How many {asked} is not known: {_renamed(one, names).reason}."
    else:
        first = min(one.steps["path"])
        text = f"In {one.period}, {one.value:,.0f} {said}"
        text += f" ({one.steps['path'][first]:,} in {first})." if str(first) != one.period else "."
    return Finding(f"{name}-{way.origin}", AREA, text, "the last year held by the day", (one,))


def _expected(name: str, what: str, gap: Reading, names: dict[str, str], parties: tuple[str, str]) -> Finding:
    """Whether there are fewer or more than expected; called so only where the interval leaves out nil."""
    who = f"{names[parties[0]]} and {names[parties[1]]}"
    if gap.value is None:
        text = f"What would be expected of {what} between {who} is not known: {_renamed(gap, names).reason}."
    else:
        actual, wanted = gap.steps["actual"], gap.steps["expected"]
        if gap.low is None or gap.high is None or gap.low <= 0 <= gap.high:
            judged = "it cannot be told whether that is less or more than two such parties have"
            if _is_open(gap):
                judged = "between such bounds lies almost anything, so that this table cannot tell"
        else:
            judged = "that is " + ("less" if gap.value > 0 else "more") + " than two such parties have"
        some = float(f"{wanted:.2g}")
        text = f"By size, distance, language and past some {some:,.0f} {what} would be expected between "
        nil = gap.steps.get("expected_if_nil")
        text += f"{who}" + (f" ({float(f'{nil:.2g}'):,.0f} if origins without a name sent nobody)" if nil else "")
        text += f" and {actual:,.0f} are reported, in {count(gap.used, 'direction')}"
        text += f" ({gap.period})" if gap.period else ""
        if gap.low is not None and gap.high is not None:
            text += f", {times(1 - gap.value)} times that"
            text += f" (95 % interval {times(1 - gap.high)} to {times(1 - gap.low)})"
        text += f": {judged}."
    return Finding(name, AREA, text, "less or more only where the 95 % interval leaves out nil", (gap,))


def _flying(one: Reading, names: dict[str, str], parties: tuple[str, str]) -> Finding:
    if one.value is None:
        text = f"Of air services between {names[parties[0]]} and {names[parties[1]]} nothing is held."
    else:
        said = [
            f"{one.steps[party]['share']:.1%} of those of {names[party]} (place {one.steps[party]['place']} of "
            f"{one.steps[party]['of']})"
            for party in parties
        ]
        text = f"In {one.period}, {count(round(one.value), 'air service')} joined the two: {' and '.join(said)}."
    return Finding("flying", AREA, text, "services, one for each airline, pair of airports and direction", (one,))


def _is_open(gap: Reading) -> bool:
    """Whether the upper bound of the ratio is more than ANYTHING times the lower."""
    return gap.low is not None and gap.high is not None and 1 - gap.low > ANYTHING * max(1 - gap.high, 0.0)


def _carried(others: Beside, names: dict[str, str]) -> Finding:
    """Who flew both ways in the last whole year, as one of the two counts them."""
    known = [one for one in others.carried if one.value is not None]
    if not known:
        text = f"How many fly is not known: {_renamed(others.carried[0], names).reason}."
    else:
        text = " and ".join(_flew(one, names) for one in known) + ", of any nationality, on direct flights."
    rule = f"the last year whose four quarters are held by the day; {others.carrier}"
    return Finding("carried", AREA, text, rule, others.carried)


def _flew(one: Reading, names: dict[str, str]) -> str:
    origin, destination = (names[party] for party in one.parties)
    first = min(one.steps["path"])
    before = f" ({one.steps['path'][first]:,} in {first})" if str(first) != one.period else ""
    return f"{one.value:,.0f} passengers flew from {origin} to {destination} in {one.period}{before}"


def _seated(one: Reading, names: dict[str, str]) -> Finding:
    """Seats, or why there is no figure of them."""
    if one.value is None:
        text = f"How many seats are offered is not known: {_renamed(one, names).reason}."
    else:
        text = f"In {one.period}, {one.value:,.0f} seats a week were offered between the two."
    return Finding("seats", AREA, text, "seats a week of all services, only where every service has them", (one,))


def _visiting(one: Arrived, names: dict[str, str]) -> Finding:
    """Who came, by the count of the destination: arrivals of a year, or the mean of those present."""
    found, who = _renamed(one.found, names), f"nationals of {names[one.origin]}"
    here = names[one.destination]
    if found.value is None:
        text = f"How many {who} visit {here} is not known by a count that was added: {found.reason}."
    elif found.expected == found.used and found.name == "visitors":
        text = f"By its own count {here} had {found.value:,.0f} arrivals of {who} in {found.period}."
    else:
        text = (
            f"By its own count {found.value:,.0f} {who} were present in {here} on short stays in {found.period}, mean "
        )
        text += f"of {count(found.used, 'month')}; such counts are never added."
    return Finding(f"visiting-{one.origin}", AREA, text, f"the last year by the day; {one.cite}", (one.found,))


def _watching(one: Reading | None, names: dict[str, str], parties: tuple[str, str]) -> Finding | None:
    """What stands on both lists, read beside all others; nothing where no list was added."""
    if one is None or one.value is None:
        return None
    places = [
        f"{names[there]} is place {one.steps[here]['place']} of {one.steps[here]['of']} for {names[here]}"
        for here, there in (parties, parties[::-1])
    ]
    text = (
        f"Of a week's list of the series most watched on one service, {one.value:.1f} were the same in both, mean of "
        f"{count(one.used, 'week')} ({one.period}); by that {' and '.join(places)}. Most of what is shared is watched "
        "everywhere."
    )
    return Finding("watched", AREA, text, "titles of both lists of a week, a season as a title of its own", (one,))

"""Defence: contracts, exercises and promises of the record, beside what was delivered where a user added it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from servanda.measures.defence.deals import Layer, worth
from servanda.model.case import Record
from servanda.model.document import Event
from servanda.model.figure import Figure
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.chapter import Chapter, head
from servanda.review.areas.defence.arms import Arms, Totals
from servanda.review.areas.defence.choices import DefenceChoices
from servanda.review.areas.defence.spending import Spending
from servanda.review.review import Review
from servanda.review.wording import count, either, percent

AREA = "defence"


@dataclass(frozen=True, slots=True)
class Contract:
    """A deal with its published layers, what they are worth together, and what became of it by the day."""

    title: str
    thread: str
    status: str
    layers: tuple[Figure, ...]
    worth: Reading


@dataclass(frozen=True, slots=True)
class DefenceReview(Chapter):
    """The chapter on defence. `met` are dialogues and visits of the record, `agreed` its agreements on defence."""

    contracts: tuple[Contract, ...]
    exercises: tuple[Event, ...]
    met: tuple[Event, ...]
    agreed: tuple[Event, ...]
    arms: Arms
    totals: Totals
    spending: Spending


def defence_review(
    record: Record, review: Review, choices: DefenceChoices, arms: Arms, totals: Totals, spending: Spending
) -> DefenceReview:
    """The chapter from the record and its review on the day, and from what is held of transfers and spending."""
    contracts = _contracts(record, review, choices)
    met, agreed = (_told(record, review.as_of, kinds, choices) for kinds in (choices.met, choices.agreed))
    exercises = tuple(
        sorted(
            (one for one in record.events.values() if one.kind == choices.exercise and one.date.last <= review.as_of),
            key=lambda one: (one.date.first, one.id),
        )
    )
    found = (
        _built(contracts),
        _met(met, review),
        _agreed(agreed, review),
        _exercised(exercises, review),
        _delivered(arms),
        *_leaning(arms, review),
        *(_offered(party, review, arms) for party in review.parties),
        *(_spent(party, review, spending) for party in review.parties),
    )
    return DefenceReview(
        **head(review, AREA, found),
        contracts=contracts,
        exercises=exercises,
        met=met,
        agreed=agreed,
        arms=arms,
        totals=totals,
        spending=spending,
    )


def _told(record: Record, day: date, kinds: tuple[str, ...], choices: DefenceChoices) -> tuple[Event, ...]:
    """Events of some kinds that speak of defence, the newest first; words whole, none of those that mislead."""
    speaks, misleads = (
        re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words) or r"(?!)", re.IGNORECASE)
        for words in (choices.words, choices.without)
    )
    found = [
        one for one in record.events.values()
        if one.kind in kinds and one.date.last <= day and speaks.search(one.event) and not misleads.search(one.event)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.date.first, one.id), reverse=True))


RECENT = 10
"""Years of which dialogues are counted."""


def _met(met: tuple[Event, ...], review: Review) -> Finding:
    """How often the two met on defence, of late and at all, by the record."""
    lately = sum(one.date.first.year > review.as_of.year - RECENT for one in met)
    reading = Reading("dialogues on defence on record", "dialogues", float(len(met)), used=len(met), expected=len(met))
    names = either([review.names[one] for one in review.parties])
    if not met:
        text = f"No dialogue on defence of {names} is on record, which says what was searched and not what was held."
    else:
        text = f"{count(len(met), 'dialogue or visit', 'dialogues and visits')} on defence of {names} on record, "
        text += f"{lately} of them in the last {RECENT} years; the last is of {met[0].date}: {met[0].event}."
    return Finding(
        "met", AREA, text, "events of the record by kind and words, in content/review/defence.yml", (reading,)
    )


def _agreed(agreed: tuple[Event, ...], review: Review) -> Finding | None:
    if not agreed:
        return None
    many = len(agreed)
    reading = Reading("agreements on defence on record", "agreements", float(many), used=many, expected=many)
    text = f"{count(many, 'agreement, contract or statement', 'agreements, contracts and statements')} on defence on "
    text += f"record since {agreed[-1].date.first.year}; the last is of {agreed[0].date}: {agreed[0].event}."
    return Finding("agreed", AREA, text, "events of the record by kind and words", (reading,))


def _offered(party: str, review: Review, arms: Arms) -> Finding | None:
    """In what a party sells to others what the other buys of others."""
    its = (arms.offers or {}).get(party, ())
    if not its:
        return None
    other = next(one for one in review.parties if one != party)
    said = either([f"{one.category} ({one.sold:,.0f} sold, {one.bought:,.0f} bought)" for one in its[:3]])
    text = f"In {arms.since} to {arms.last} {review.names[party]} delivered to others what {review.names[other]} took "
    text += f"from others: {said}, in millions of trend-indicator value."
    readings = tuple(
        Reading(one.category, "TIV million", min(one.sold, one.bought), used=2, expected=2, parties=(party, other))
        for one in its[:3]
    )
    return Finding(f"offers-{party}", AREA, text, "the categories in which the lesser of the two is largest", readings)


def _spent(party: str, review: Review, spending: Spending) -> Finding | None:
    """What a party spends on its military, in the last year of each indicator."""
    last = {one.of: one for one in spending.rows if one.party == party}
    if not last:
        return None
    said = either([f"{one.value:,.4g} {spending.units[name]} ({one.year})" for name, one in last.items()])
    readings = tuple(
        Reading(name, spending.units[name], one.value, used=1, expected=1, period=str(one.year), parties=(party,))
        for name, one in last.items()
    )
    return Finding(f"spent-{party}", AREA, f"Military spending of {review.names[party]}: {said}.",
                   "the last year fetched of each indicator", readings)  # fmt: skip


def _contracts(record: Record, review: Review, choices: DefenceChoices) -> tuple[Contract, ...]:
    """The deals whose thread had begun and of which an amount was published by the day."""
    status = {one.thread: one.status for one in review.items}
    made = []
    for deal in choices.deals.get(review.case, ()):
        layers = tuple(one for name in deal.layers if (one := record.figures.get(name)) and _known(one, review.as_of))
        if deal.thread in status and layers:
            said = [Layer(deal.title, one.metric, one.value or 0.0, one.unit, one.period) for one in layers]
            ended = record.events.get(deal.ended or "")
            became = f"ended: {ended.event}" if ended and ended.date.first <= review.as_of else status[deal.thread]
            became = "planned" if ended and ended.date.first > review.as_of else became
            made.append(Contract(deal.title, deal.thread, became, layers, worth(said)))
    return tuple(made)


def _known(figure: Figure, day: date) -> bool:
    return figure.year is not None and figure.year <= day.year and figure.value is not None


def _built(contracts: tuple[Contract, ...]) -> Finding | None:
    """How many deals there are, and what became of them; no sum over layers, currencies or years."""
    if not contracts:
        return None
    said = [f"{one.title[0].lower()}{one.title[1:]} ({one.status.partition(':')[0]})" for one in contracts]
    text = f"The record holds {count(len(contracts), 'deal')} with a published amount: {either(said)}."
    layered = sum(len(one.layers) > 1 for one in contracts)
    if layered:
        text += f" Of {count(layered, 'deal')} several amounts were published: layers of one deal are not added."
    held = Reading(
        "deals with a published amount", "deals", float(len(contracts)), used=len(contracts), expected=len(contracts)
    )
    return Finding(
        "deals", AREA, text, "deals of content/review whose thread had begun", (held, *(one.worth for one in contracts))
    )


def _exercised(exercises: tuple[Event, ...], review: Review) -> Finding:
    """Joint exercises on record, and that a record is no count."""
    reading = Reading(
        "exercises on record", "exercises", float(len(exercises)), used=len(exercises), expected=len(exercises)
    )
    names = either([review.names[one] for one in review.parties])
    if not exercises:
        text = f"No joint exercise of {names} is on record, which says what was searched and not what was done."
    else:
        last = exercises[-1]
        text = (
            f"{count(len(exercises), 'joint exercise')} of {names} {'is' if len(exercises) == 1 else 'are'} on record, "
        )
        text += (
            f"the last of {last.date}. Published counts are higher where staff talks and larger exercises are counted."
        )
    return Finding("exercises", AREA, text, "events of the record of that kind", (reading,))


def _delivered(arms: Arms) -> Finding | None:
    """What either delivered to the other, by the register that was added."""
    known = [one for one in arms.between if one.value is not None]
    if not known:
        return None
    said = [f"{one.name} {one.value:,.0f}" for one in known]
    text = f"In {arms.first} to {arms.last}, in millions of trend-indicator value: {either(said)}."
    return Finding("delivered", AREA, text, "the register that was added, split evenly over years", arms.between)


def _leaning(arms: Arms, review: Review) -> tuple[Finding, ...]:
    """On whom each leans for its arms."""
    made = []
    for party, its in (arms.suppliers or {}).items():
        held = (arms.concentration or {})[party]
        if not its or held.value is None:
            continue
        said = either([f"{one.supplier} {percent(one.share)}" for one in its[:3]])
        text = f"{review.names[party]} took its arms of {arms.first} to {arms.last} from {said}; "
        text += f"its suppliers are as concentrated as {1 / held.value:.1f} equal ones."
        made.append(
            Finding(f"suppliers-{party}", AREA, text, "the three largest; one over the sum of squares", (held,))
        )
    return tuple(made)

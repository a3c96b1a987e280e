"""Defence: contracts, exercises and promises of the record, beside what was delivered where a user added it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.measures.defence.deals import Layer, worth
from servanda.model.case import Record
from servanda.model.document import Event
from servanda.model.figure import Figure
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.arms import Arms
from servanda.review.areas.chapter import Chapter, head
from servanda.review.areas.choices import DefenceChoices
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
    """The chapter on defence."""

    contracts: tuple[Contract, ...]
    exercises: tuple[Event, ...]
    arms: Arms


def defence_review(record: Record, review: Review, choices: DefenceChoices, arms: Arms) -> DefenceReview:
    """The chapter from the record and its review on the day, and from the transfers that are held."""
    contracts = _contracts(record, review, choices)
    exercises = tuple(
        sorted(
            (one for one in record.events.values() if one.kind == choices.exercise and one.date.last <= review.as_of),
            key=lambda one: (one.date.first, one.id),
        )
    )
    found = (_built(contracts), _exercised(exercises, review), _delivered(arms), *_leaning(arms, review))
    return DefenceReview(
        **head(review, AREA, found),
        contracts=contracts,
        exercises=exercises,
        arms=arms,
    )


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

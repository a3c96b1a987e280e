"""Sentences of the review. Each is built from readings, and a written rule chooses every word that judges."""

from __future__ import annotations

from collections.abc import Callable

from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.register.ledger import BOTH, THIRD
from servanda.review.ground import Ground, counted
from servanda.review.items import Item
from servanda.review.outcomes import concrete_kept, dates, parts_kept, time
from servanda.review.series import Point, Series
from servanda.review.wording import count, day, either, percent, share, years


def held(ground: Ground) -> Finding:
    """How much the record holds."""
    made = ground.concreteness
    since = f" since {ground.first_document.year}" if ground.first_document else ""
    within = f"In {ground.area}, on" if ground.area else "On"
    text = (
        f"{within} {day(ground.as_of)} the record of {either([ground.names[code] for code in ground.parties])} holds "
        f"{count(made.commitments, 'commitment')}, made in {ground.promising:,} of "
        f"{count(ground.documents, 'document')}{since}; promises made again are counted once, which leaves "
        f"{count(made.threads, 'thread')}."
    )
    readings = (
        counted("documents", ground.documents, "documents", ground.documents),
        counted("documents with a commitment", ground.promising, "documents", ground.documents),
        counted("commitments", made.commitments, "commitments", made.commitments),
        counted("threads", made.threads, "threads", made.commitments),
    )
    return Finding("held", ground.area, text, "counts", readings)


def concrete(ground: Ground) -> Finding | None:
    """How many say what will exist and by when."""
    made = ground.concreteness
    if made.concrete.value is None:
        return None
    part = {name: percent(reading.value or 0) for name, reading in made.parts.items()}
    concrete_ones = share(made.concrete).replace(f" of {made.threads:,}", "", 1)
    text = (
        f"Of {count(made.threads, 'thread')}, {concrete_ones} name a deliverable together with a date or a number; "
        f"{part['deadline']} name a date, {part['measure']} a number, {part['owner']} the body responsible."
    )
    readings = (made.concrete, made.parts["deadline"], made.parts["measure"], made.parts["owner"])
    return Finding("concrete", ground.area, text, "shares of threads, wording in force", readings)


def repeated(ground: Ground) -> Finding | None:
    """How much is new, and what is promised most often."""
    made = ground.concreteness
    if not made.restated.used or made.restated.value is None:
        return None
    text = (
        f"{made.restated.used:,} of {count(made.commitments, 'commitment')} ({percent(made.restated.value)}) restate "
        f"an earlier one; {count(made.repeated_threads.used, 'thread was', 'threads were')} promised more than once."
    )
    readings = [made.restated, made.repeated_threads]
    item = next((one for one in ground.items if one.thread == made.most_repeated), None)
    if item is not None:
        state = f"its status is {item.status}"
        if item.days_overdue:
            state += f", {years(item.days_overdue)} past the last date promised"
        since = item.first_promised.first.year
        text += f" Promised most often is '{item.title}': {item.times} times since {since}; {state}."
        readings.append(counted("times promised", item.times, "commitments", made.commitments))
        readings.append(Reading("past the last date promised", "days", float(item.days_overdue), used=1, expected=1))
    rule = "threads with more than one commitment; the most often promised is named where no other ties with it"
    return Finding("repeated", ground.area, text, rule, tuple(readings), item.commitments if item else ())


def delivered(ground: Ground) -> Finding | None:
    """What came of it, with what is not known kept apart."""
    made = ground.delivery
    if made.delivered.value is None:
        return None
    without = (
        f", leaving out {count(made.at_event, 'instrument')} completed at the event itself" if made.at_event else ""
    )
    verdict = " (a limit of the search)" if ground.area else ", which is a verdict on the search and not on the parties"
    unknown = f"For {share(made.unknown)} no evidence was found either way{verdict}." if made.unknown.used else ""
    text = (
        f"Shown to be delivered: {share(made.delivered, 'threads')}{without}; "
        f"in part: {made.by_status['partly delivered']:,}. {unknown or 'Evidence was found for all.'}"
    )
    readings = (
        made.delivered,
        counted("delivered in part", made.by_status["partly delivered"], "threads", made.threads),
        counted("completed at the event itself", made.at_event, "threads", made.threads + made.at_event),
        made.unknown,
    )
    return Finding("delivered", ground.area, text, "statuses of threads", readings)


def owed(ground: Ground) -> Finding | None:
    """Who has open items, and how many are past their date."""
    open_items = [one for one in ground.items if one.status not in ("delivered", "lapsed", "superseded")]
    if not open_items:
        return None
    late = [one for one in open_items if one.days_overdue and one.known]
    silent = [one for one in open_items if one.days_overdue and not one.known]
    by_owner = {owner: sum(one.owed_by == owner for one in open_items) for owner in (*ground.parties, BOTH, THIRD)}
    each = [f"{number} {_owner(ground, owner)}" for owner, number in by_owner.items() if number]
    text = f"{count(len(open_items), 'thread is', 'threads are')} open: {', '.join(each)}. {_late(late, silent)}"
    readings = (
        counted("open threads", len(open_items), "threads", len(ground.items)),
        counted("past their date, later evidence shows it open", len(late), "threads", len(open_items)),
        counted("past their date, no later evidence", len(silent), "threads", len(open_items)),
        *(
            Reading("the longest past its date", "days", float(one.days_overdue), used=1, expected=1)
            for one in late[:1]
        ),
        *(counted(f"open, owed by {owner}", number, "threads", len(open_items)) for owner, number in by_owner.items()),
    )
    return Finding(
        "owed", ground.area, text, "open threads by owner and date", readings, tuple(one.latest for one in late)
    )


def _owner(ground: Ground, owner: str) -> str:
    if owner == BOTH:
        return "owed by both"
    return "owed by third bodies" if owner == THIRD else f"owed by {ground.names[owner]} alone"


def _late(late: list[Item], silent: list[Item]) -> str:
    if not late and not silent:
        return "None has passed a date promised."
    said = []
    if late:
        first = late[0]
        verb = f"{len(late)} {'has' if len(late) == 1 else 'have'} passed the date promised"
        verb += f" and later evidence shows {'it' if len(late) == 1 else 'them'} not complete"
        which = "it is" if len(late) == 1 else "the longest is"
        said.append(f"{verb}; {which} '{first.title}', by {years(first.days_overdue)}")
    if silent:
        said.append(
            f"for {len(silent)}{' more' if late else ''} the date has passed and nothing later was found either way"
        )
    text = "; ".join(said) + "."
    return text[0].upper() + text[1:]


def figures(ground: Ground) -> Finding | None:
    """The longest published series of the pair, its deficits or surpluses: first and last whole year, rivals shown."""
    pair = [one for one in ground.series if one.subject == "pair" and one.first and one.latest]
    pair = [one for one in pair if one.first and one.latest and one.first.year != one.latest.year]
    chosen = pair[:1] + [one for one in pair[1:] if "deficit" in one.metric or "surplus" in one.metric]
    said, readings = [], []
    for one in chosen:
        if one.first and one.latest:
            rivals = f" (sources differ for {count(one.rivals, 'period')})" if one.rivals else ""
            said.append(f"{one.metric} {at(one, one.latest)}, {at(one, one.first, unit=False)}{rivals}")
            for point in (one.latest, one.first):
                name = f"{one.metric}, {point.period}"
                readings.append(
                    Reading(name, one.unit, point.value, used=1, expected=len(one.points), period=point.period)
                )
    if not said:
        return None
    text = f"As published, in current money: {'; '.join(said)}."
    return Finding(
        "figures",
        ground.area,
        text,
        "longest series, deficits and surpluses: first and last whole year",
        tuple(readings),
    )


def at(one: Series, point: Point, unit: bool = True) -> str:
    """A published figure with its period; where sources differ, every value they give."""
    values = sorted({other.value for other in one.points if other.period == point.period})
    words = f" {one.unit}" if unit else ""
    return f"{either([f'{value:g}' for value in values], 'or')}{words} in {point.period}"


STATE: tuple[Callable[[Ground], Finding | None], ...] = (held, concrete, repeated, delivered, owed)
"""The state of the partnership in five lines."""
MORE: tuple[Callable[[Ground], Finding | None], ...] = (concrete_kept, parts_kept, time, dates, figures)
AREA: tuple[Callable[[Ground], Finding | None], ...] = (concrete, delivered, owed, repeated)


def findings(ground: Ground, rules: tuple[Callable[[Ground], Finding | None], ...]) -> tuple[Finding, ...]:
    """The sentences that the readings allow, in the order of the rules."""
    return tuple(found for rule in rules if (found := rule(ground)) is not None)

"""Findings on what goes with delivery, how long it takes, and what became of the dates."""

from __future__ import annotations

from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.ground import Ground, counted
from servanda.review.wording import count, either, percent, years


def concrete_kept(ground: Ground) -> Finding | None:
    """Whether concrete promises are delivered more often: the sentence that the interval allows."""
    reading, known = ground.delivery.concrete_odds, ground.delivery.concrete_odds_of_known
    if reading.value is None or reading.low is None or reading.high is None:
        return None
    bounds = (
        f"odds ratio {reading.value:.1f}, 95 % interval {reading.low:.1f} to {reading.high:.1f}, {reading.used} threads"
    )
    if reading.low > 1:
        said = f"Concrete promises are shown to be delivered more often than vague ones here ({bounds})."
    elif reading.high < 1:
        said = f"Concrete promises are shown to be delivered less often than vague ones here ({bounds})."
    else:
        said = "Whether concrete promises are delivered more often than vague ones, this record does not allow to say "
        said += f"({bounds})."
    if known.value is not None and known.low is not None and known.high is not None:
        said += f" Among threads with evidence only, the ratio is {known.value:.1f} "
        includes = ", an interval that includes 1" if known.low <= 1 <= known.high else ""
        said += f"({known.low:.1f} to {known.high:.1f}, {known.used} threads{includes})."
    return Finding("concrete kept", ground.area, said, "95 % interval of the odds ratio against 1", (reading, known))


def parts_kept(ground: Ground) -> Finding | None:
    """Which single parts of a concrete promise go with delivery, and how many were looked at."""
    found = ground.delivery.part_odds
    if all(one.value is None and "at least" not in one.steps for one in found.values()):
        return None
    more = [_apart(part, one) for part, one in found.items() if one.low is not None and one.low > 1]
    more += [
        f"{part} (at least {one.steps['at least']:.2g})"
        for part, one in found.items()
        if one.value is None and one.steps.get("at least", 0) > 1
    ]
    less = [_apart(part, one) for part, one in found.items() if one.high is not None and one.high < 1]
    said = [f"{either(more)} {'goes' if len(more) == 1 else 'go'} with more delivery"] if more else []
    said += [f"{either(less)} {'goes' if len(less) == 1 else 'go'} with less"] if less else []
    looked = f"Of {len(found)} parts of a promise looked at one by one"
    by_chance = percent(1 - 0.95 ** len(found))
    if not said:
        text = f"{looked}, none has odds of delivery whose 95 % interval lies clear of 1."
    else:
        text = (
            f"{looked}, {'; '.join(said)} (odds ratio and 95 % interval). Chance alone would give at least one such in "
            f"{by_chance} of records, and what goes together need not cause."
        )
    return Finding("parts kept", ground.area, text, "95 % interval of each odds ratio against 1", tuple(found.values()))


def _apart(part: str, one: Reading) -> str:
    return f"{part} ({one.value:.2g}, {one.low:.2g} to {one.high:.2g})"


def time(ground: Ground) -> Finding | None:
    """How long delivery takes."""
    made = ground.delivery
    two = made.within.get("2 years")
    if two is None or two.value is None or two.low is None or two.high is None:
        return None
    median = made.median_days
    middle = (
        f"half are delivered within {years(median.value)}"
        if median.value is not None
        else f"the time by which half are delivered is {median.reason}"
    )
    text = (
        f"Within two years of the first promise {percent(two.value)} (95 % interval {round(two.low * 100)} to "
        f"{round(two.high * 100)} %) of {two.expected:,} threads are shown to be delivered"
        f"{_left_out(two)}; {middle}."
    )
    return Finding("time", ground.area, text, "Kaplan-Meier, open threads censored", (two, median))


def _left_out(two: Reading) -> str:
    missing = two.steps.get("left out, day of delivery not known", 0)
    return f" ({missing} more delivered on a day not known)" if missing else ""


def dates(ground: Ground) -> Finding | None:
    """What became of the promises with a date."""
    made = ground.delivery.dated
    whole = sum(made.values())
    if not whole:
        return None
    said = [f"{words} {number}" for words, number in made.items() if number]
    text = (
        f"{count(whole, 'thread has', 'threads have')} a date in force (the last one promised, instruments completed "
        f"at the event left out): {'; '.join(said)}."
    )
    readings = tuple(counted(words, number, "threads", whole) for words, number in made.items())
    return Finding("dates", ground.area, text, "due date in force against day of delivery", readings)

"""What came of the promises: threads counted once, instruments completed at the event and the unknown kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servanda.model.commitment import COMPONENTS
from servanda.model.reading import Reading
from servanda.model.status import Status
from servanda.register.threads import Strand
from servanda.review.asked import survival
from servanda.review.shares import odds, share
from servanda.review.wording import percent

HORIZONS = (1, 2, 5)
YEAR = 365.25
ENOUGH = 5
HALF = 0.5 - 1e-12
"""A half, with room for the last digit of a product of fractions."""
NOT_ASKED = Reading("odds of delivery", "odds ratio", reason="asked of the pair as a whole only")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the delivery curve: by that many days, that share is shown to be delivered."""

    days: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """Threads without instruments completed at the event (`at_event`), by status and as shares.

    `dated` splits the threads with a date: on time, late, open and ahead, open and past, closed undelivered.
    """

    threads: int
    at_event: int
    by_status: dict[str, int]
    delivered: Reading
    delivered_of_known: Reading
    delivered_or_partly_of_known: Reading
    lapsed_of_known: Reading
    unknown: Reading
    dated: dict[str, int]
    median_days: Reading
    within: dict[str, Reading]
    curve: tuple[Step, ...]
    concrete_odds: Reading
    concrete_odds_of_known: Reading
    part_odds: dict[str, Reading]


def delivery(found: Sequence[Strand], day: date, with_odds: bool = True) -> Delivery:
    """The readings over the given threads on the day; odds are asked of a pair as a whole, not of its areas."""
    rest = [strand for strand in found if not strand.is_at_event]
    known = [strand for strand in rest if strand.ruling.status.is_known]
    held = Counter(strand.ruling.status for strand in rest)
    done, partly = held[Status.DELIVERED], held[Status.PARTLY]
    median, within, curve = _time(rest, day)
    return Delivery(
        threads=len(rest),
        at_event=len(found) - len(rest),
        by_status={str(status): held[status] for status in Status},
        delivered=share("shown to be delivered", done, len(rest)),
        delivered_of_known=share("delivered, of those with evidence", done, len(known)),
        delivered_or_partly_of_known=share("delivered or partly, of those with evidence", done + partly, len(known)),
        lapsed_of_known=share("lapsed, of those with evidence", held[Status.LAPSED], len(known)),
        unknown=share("no evidence found", held[Status.NO_EVIDENCE], len(rest)),
        dated=_dated(rest),
        median_days=median,
        within=within,
        curve=curve,
        concrete_odds=_odds("odds of delivery, concrete over vague", rest, "concrete") if with_odds else NOT_ASKED,
        concrete_odds_of_known=_odds("the same, of those with evidence", known, "concrete") if with_odds else NOT_ASKED,
        part_odds={
            part: _odds(f"odds of delivery with over without: {part}", rest, part)
            for part in (COMPONENTS if with_odds else ())
        },
    )


def _dated(rest: Sequence[Strand]) -> dict[str, int]:
    found = {
        "delivered on time": 0,
        "delivered late": 0,
        "delivered, day not known": 0,
        "open, date ahead or met in part": 0,
        "open, date past": 0,
        "date past, nothing later found": 0,
        "closed undelivered": 0,
    }
    for strand in rest:
        ruling = strand.ruling
        if ruling.due is None:
            continue
        if ruling.status is Status.DELIVERED:
            unknown = ruling.days_late is None
            found[
                "delivered, day not known" if unknown else "delivered late" if ruling.days_late else "delivered on time"
            ] += 1
        elif not ruling.status.is_open:
            found["closed undelivered"] += 1
        elif ruling.days_overdue == 0:
            found["open, date ahead or met in part"] += 1
        else:
            found["date past, nothing later found" if strand.is_silent else "open, date past"] += 1
    return found


def _odds(name: str, found: Sequence[Strand], feature: str) -> Reading:
    cells: Counter[tuple[bool, bool]] = Counter()
    for strand in found:
        has = any(one.is_concrete if feature == "concrete" else one.components()[feature] for one in strand.members)
        cells[(has, strand.ruling.status is Status.DELIVERED)] += 1
    return odds(name, cells[(True, True)], cells[(True, False)], cells[(False, True)], cells[(False, False)])


def _time(rest: Sequence[Strand], day: date) -> tuple[Reading, dict[str, Reading], tuple[Step, ...]]:
    """Kaplan-Meier over the days from first promise to shown delivery, by scipy.stats.ecdf, 95 % bounds by log-log.

    What is open on the day is censored there. What lapsed or was replaced is followed to the day as not delivered,
    so that giving up does not shorten the time that delivery takes.
    """
    lasted, delivered = waited(rest, day)
    steps = {
        "threads": len(lasted),
        "delivered": sum(delivered),
        "still open or never delivered": len(lasted) - sum(delivered),
        "left out, day of delivery not known": len(rest) - len(lasted),
    }
    if sum(delivered) < ENOUGH:
        few = f"fewer than {ENOUGH} deliveries with a known day"
        none = {
            f"{years} years": Reading(f"delivered within {years} years", "share", reason=few, steps=steps)
            for years in HORIZONS
        }
        return Reading("median days to delivery", "days", reason=few, steps=steps), none, ()
    curve = tuple(_curve(survival(lasted, delivered)))
    within = {f"{years} years": _within(curve, years, steps, max(lasted)) for years in HORIZONS}
    return _median(curve, steps), within, curve


def waited(found: Sequence[Strand], day: date) -> tuple[list[int], list[bool]]:
    """How many days each thread has lasted, at least 1, and whether that ended in delivery; else it is censored.

    Threads completed at the event and deliveries without a known day are left out.
    """
    lasted, delivered = [], []
    for strand in found:
        done = strand.ruling.status is Status.DELIVERED
        if strand.is_at_event or (done and strand.ruling.done_on is None):
            continue
        until = strand.ruling.done_on if done and strand.ruling.done_on else day
        lasted.append(max(1, (until - strand.made[0]).days))
        delivered.append(done)
    return lasted, delivered


def _curve(left: Sequence[tuple[int, float, float, float]]) -> list[Step]:
    made: list[Step] = []
    for days, remaining, low, high in left:
        if not made or made[-1].share != 1 - remaining:
            made.append(Step(days, 1 - remaining, 1 - high, 1 - low))
    return made


def _within(curve: Sequence[Step], years: int, steps: dict[str, int], longest: int) -> Reading:
    name = f"delivered within {years} years"
    if longest < years * YEAR:
        return Reading(name, "share", reason="nothing has been watched for so long", steps=steps)
    reached = [step for step in curve if step.days <= years * YEAR]
    last = reached[-1] if reached else Step(0, 0.0, 0.0, 0.0)
    return Reading(
        name,
        "share",
        last.share,
        used=steps["delivered"],
        expected=steps["threads"],
        low=last.low,
        high=last.high,
        interval="95 %, Kaplan-Meier, log-log",
        steps=steps,
    )


def _median(curve: Sequence[Step], steps: dict[str, int]) -> Reading:
    def crossing(bound: str) -> int | None:
        return next((step.days for step in curve if getattr(step, bound) >= HALF), None)

    middle = crossing("share")
    name = "median days to delivery"
    if middle is None:
        most = curve[-1].share if curve else 0.0
        said = f"not reached: {percent(most)} at most are shown to be delivered in the time watched"
        return Reading(name, "days", reason=said, used=steps["delivered"], expected=steps["threads"], steps=steps)
    return Reading(
        name,
        "days",
        float(middle),
        used=steps["delivered"],
        expected=steps["threads"],
        low=crossing("high"),
        high=crossing("low"),
        interval="95 %, Kaplan-Meier, log-log",
        steps=steps,
    )

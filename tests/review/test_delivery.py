"""Time to delivery against a published life table and a slower road; statuses counted once, by thread."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from servanda.model.case import Record
from servanda.model.status import Status
from servanda.model.words import Instrument, Shown, Undertaking
from servanda.register.threads import strands
from servanda.review.delivery import Delivery, delivery
from servanda.review.items import items
from tests.properties import examples, given
from tests.review.made import TODAY, Said, strands_of
from tests.strategies import records

Z = 1.959963984540054

# Freireich and others, Blood 21 (1963): weeks in remission of 21 patients on 6-MP; + was still in remission.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
# The table as Kaplan-Meier with log-log bounds in the textbooks (Kleinbaum and Klein; Stata's sts list).
PUBLISHED = {
    6: (0.857, 0.620, 0.952),
    7: (0.807, 0.563, 0.923),
    10: (0.753, 0.503, 0.889),
    13: (0.690, 0.432, 0.849),
    16: (0.627, 0.368, 0.805),
    22: (0.538, 0.268, 0.747),
    23: (0.448, 0.188, 0.680),
}


def lasting(place: int, days: int, done: bool, ending: tuple[Shown, str | None] | None = None) -> Said:
    """A promise delivered after so many days, or made so many days ago and not delivered since."""
    if not done:
        made = TODAY - timedelta(days)
        return Said(f"t{place}", made.isoformat(), shown=(ending,) if ending else ())
    made = TODAY - timedelta(days + 400)
    return Said(f"t{place}", made.isoformat(), shown=((Shown.COMPLETED, (made + timedelta(days)).isoformat()),))


def trial(ending: tuple[Shown, str | None] | None = None) -> Delivery:
    said = [
        lasting(place, int(word.rstrip("+")), "+" not in word, ending) for place, word in enumerate(REMISSION.split())
    ]
    return delivery(strands_of(*said), TODAY)


def test_the_curve_is_the_published_one() -> None:
    found = {step.days: tuple(round(1 - one, 3) for one in (step.share, step.high, step.low)) for step in trial().curve}
    assert found == PUBLISHED


def test_the_middle_is_the_published_one_and_an_end_that_is_not_reached_is_open() -> None:
    median = trial().median_days
    assert (median.value, median.low, median.high, median.used, median.expected) == (23.0, 13.0, None, 9, 21)


def test_what_lapsed_is_followed_to_the_day_and_does_not_shorten_the_time() -> None:
    lapsed = trial((Shown.ENDED, TODAY.isoformat()))
    assert lapsed.by_status["lapsed"] == 12
    assert (lapsed.curve, lapsed.median_days) == (trial().curve, trial().median_days)


def test_what_is_still_open_pulls_the_curve_down_and_is_never_left_out() -> None:
    done = [lasting(place, 100, True) for place in range(6)]
    alone = delivery(strands_of(*done), TODAY)
    beside = delivery(strands_of(*done, *[lasting(place, 900, False) for place in range(6, 12)]), TODAY)
    assert (alone.curve[-1].share, beside.curve[-1].share) == (1.0, 0.5)
    assert beside.median_days.steps["still open or never delivered"] == 6


def test_a_promise_made_again_runs_from_the_first_time() -> None:
    said = []
    for place in range(5):
        said += [Said(f"t{place}", "2010-01-01"), Said(f"t{place}", "2015-01-01")]
        said[-1].shown = ((Shown.COMPLETED, "2016-01-01"),)
    assert delivery(strands_of(*said), TODAY).median_days.value == (date(2016, 1, 1) - date(2010, 1, 1)).days


@pytest.mark.parametrize(("done", "given_"), [(4, False), (5, True)])
def test_fewer_than_five_deliveries_give_a_reason(done: int, given_: bool) -> None:
    made = delivery(strands_of(*[lasting(place, 2000 + place, True) for place in range(done)]), TODAY)
    for reading in (made.median_days, *made.within.values()):
        assert (reading.value is not None) is given_, reading
        assert (reading.reason == "fewer than 5 deliveries with a known day") is not given_
    assert bool(made.curve) is given_


def test_a_horizon_that_nobody_watched_gives_a_reason() -> None:
    made = delivery(strands_of(*[lasting(place, 400 + place, True) for place in range(5)]), TODAY)
    assert made.within["1 years"].value == 0.0
    assert made.within["2 years"].reason == "nothing has been watched for so long"


def test_a_delivery_without_a_day_is_left_out_and_counted() -> None:
    undated = Said("u", "2010-01-01", shown=((Shown.COMPLETED, None),))
    made = delivery(strands_of(undated, *[lasting(place, 100 + place, True) for place in range(5)]), TODAY)
    assert made.by_status["delivered"] == 6
    assert made.median_days.steps == {
        "threads": 5,
        "delivered": 5,
        "still open or never delivered": 0,
        "left out, day of delivery not known": 1,
    }


def product_limit(lasted: list[tuple[int, bool]]) -> list[tuple[int, float, float, float]]:
    """The curve by hand: day, share delivered, and its log-log bounds from Greenwood's variance."""
    steps, left, total = [], 1.0, 0.0
    for day in sorted({days for days, done in lasted if done}):
        at_risk = sum(days >= day for days, _ in lasted)
        done_now = sum(days == day and done for days, done in lasted)
        left *= 1 - done_now / at_risk
        if left <= 0:
            steps.append((day, 1.0, 1.0, 1.0))
            continue
        total += done_now / (at_risk * (at_risk - done_now))
        half = Z * math.sqrt(total) / abs(math.log(left))
        steps.append((day, 1 - left, 1 - left ** math.exp(-half), 1 - left ** math.exp(half)))
    return steps


@examples(50)
@given(
    st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=25),
    st.lists(st.integers(1, 60), min_size=5, max_size=10),
)
def test_the_curve_is_the_one_that_a_slower_road_gives(some: list[tuple[int, bool]], done: list[int]) -> None:
    lasted = [*some, *[(days, True) for days in done]]
    made = delivery(strands_of(*[lasting(place, days, kept) for place, (days, kept) in enumerate(lasted)]), TODAY)
    slow = product_limit(lasted)
    # What is censored before the first delivery may begin the curve at nothing.
    quick = [(step.days, step.share, step.low, step.high) for step in made.curve if step.share > 0]
    assert [step[0] for step in quick] == [step[0] for step in slow]
    for mine, theirs in zip(quick, slow, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-9)
    assert made.median_days.value == next((day for day, share, _, _ in slow if share >= 0.5 - 1e-12), None)


def test_every_thread_with_a_date_stands_in_one_place() -> None:
    step, part, done = Shown.STEP, Shown.PARTLY, Shown.COMPLETED
    made = delivery(
        strands_of(
            Said("on-time", "2010", "2014", shown=((done, "2013-05-01"),)),
            Said("late", "2010", "2014", shown=((done, "2016-05-01"),)),
            Said("no-day", "2010", "2014", shown=((done, None),)),
            Said("ahead", "2010", "2030", shown=((step, "2012-05-01"),)),
            Said("met-in-part", "2010", "2014", shown=((part, "2012-05-01"),)),
            Said("past", "2010", "2014", shown=((step, "2016-05-01"),)),
            Said("silent", "2010", "2014", shown=((step, "2012-05-01"),)),
            Said("silent-too", "2010", "2014"),
            Said("given-up", "2010", "2014", shown=((Shown.ENDED, "2012-05-01"),)),
            Said("no-date", "2010", shown=((step, "2012-05-01"),)),
        ),
        TODAY,
    )
    assert made.dated == {
        "delivered on time": 1,
        "delivered late": 1,
        "delivered, day not known": 1,
        "open, date ahead or met in part": 2,
        "open, date past": 1,
        "date past, nothing later found": 2,
        "closed undelivered": 1,
    }


def test_shares_are_of_all_and_of_those_with_evidence_and_leave_out_what_the_event_completed() -> None:
    made = delivery(
        strands_of(
            Said("event", "2010", kind=Undertaking.AT_EVENT),
            Said("done", "2010", shown=((Shown.COMPLETED, "2012"),)),
            Said("part", "2010", shown=((Shown.PARTLY, "2012"),)),
            Said("ended", "2010", shown=((Shown.ENDED, "2012"),)),
            Said("named-again", "2010", shown=((Shown.NO_BEARING, "2012"),)),
            Said("nothing", "2010"),
        ),
        TODAY,
    )
    assert (made.threads, made.at_event) == (5, 1)
    assert made.by_status == {str(one): 0 for one in Status} | {
        "delivered": 1,
        "partly delivered": 1,
        "lapsed": 1,
        "no evidence found": 2,
    }
    shares = (
        made.delivered,
        made.delivered_of_known,
        made.delivered_or_partly_of_known,
        made.lapsed_of_known,
        made.unknown,
    )
    assert [(one.used, one.expected) for one in shares] == [(1, 5), (1, 3), (2, 3), (1, 3), (2, 5)]


def test_a_thread_is_concrete_for_the_odds_if_any_of_its_wordings_was() -> None:
    concrete = {"deliverable": "a ferry", "deadline": "2012"}
    done = ((Shown.COMPLETED, "2018"),)
    made = delivery(
        strands_of(
            Said("once", "2010", **concrete), Said("once", "2014", shown=done),  # type: ignore[arg-type]
            Said("never", "2010"), Said("never", "2014"),
            Said("aim", "2010", shown=done),
            Said("still", "2014", instrument=Instrument.CONTRACT, **concrete),  # type: ignore[arg-type]
        ),
        TODAY,
    )  # fmt: skip
    cells = {"with, delivered": 1, "with, not": 1, "without, delivered": 1, "without, not": 1}
    assert made.concrete_odds.steps == made.part_odds["deliverable"].steps == made.part_odds["deadline"].steps == cells
    # Of those with evidence only the two delivered ones are left: one side is empty, and that is said.
    assert made.concrete_odds_of_known.reason == "one side of the comparison is empty"
    assert made.part_odds["instrument"].steps["with, not"] == 1
    assert made.part_odds["owner"].reason == "one side of the comparison is empty"


@examples(40)
@given(records(), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_the_groups_of_late_threads_are_those_that_the_items_show(record: Record, day: date) -> None:
    found = list(strands(record, day).values())
    made = delivery(found, day)
    late = [one for one in items(record, found, day) if one.days_overdue]
    assert made.dated["open, date past"] == sum(one.known for one in late)
    assert made.dated["date past, nothing later found"] == sum(not one.known for one in late)
    assert sum(made.by_status.values()) == made.threads == len(found) - made.at_event
    assert sum(made.dated.values()) == sum(one.ruling.due is not None for one in found if not one.is_at_event)

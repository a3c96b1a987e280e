"""Forecasts of dates: the curve beside scipy's, draws that follow it, laws of waiting, and a case by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.model.period import When
from servanda.model.roadmap import Milestone, Roadmap
from servanda.review.asked import survival
from servanda.scenarios.forecast import Forecast, Waits, forecast, left_after
from tests.properties import examples, given
from tests.scenarios.test_roadmap import FIRST, roadmap, step

ALWAYS = Waits("always 100 days", (100,) * 20, (True,) * 20)
HALF = Waits("half never", (100,) * 10 + (4000,) * 10, (True,) * 10 + (False,) * 10)


def of(one: Roadmap, waits: Waits, day: date = FIRST, done: dict[str, date] | None = None) -> Forecast:
    return forecast(one, done or {}, {"": waits}, {}, day)


def own(made: Forecast, name: str) -> tuple[float, date | None]:
    (found,) = (one for one in made.steps if one.step == name)
    assert found.odds.value is not None
    return found.odds.value, found.likely


waited = st.lists(st.tuples(st.integers(1, 400), st.booleans()), min_size=2, max_size=30)


@given(rows=waited)
@examples(25)
def test_the_curve_is_that_of_scipy(rows: list[tuple[int, bool]]) -> None:
    days, delivered = [row[0] for row in rows], [row[1] for row in rows]
    if not any(delivered):
        return
    times, left = left_after(np.array(days, float), np.array(delivered), np.ones((1, len(rows))))
    steps = {at: share for at, share, _, _ in survival(days, delivered)}
    assert [steps[int(at)] for at in times] == pytest.approx(left[0].tolist(), abs=1e-12)


@given(rows=waited, weights=st.data())
@examples(30)
def test_a_weight_is_so_many_of_the_same(rows: list[tuple[int, bool]], weights: st.DataObject) -> None:
    many = weights.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))
    days, delivered = np.array([row[0] for row in rows], float), np.array([row[1] for row in rows])
    times, left = left_after(days, delivered, np.array([many], float))
    again, done = np.repeat(days, many), np.repeat(delivered, many)
    if not done.any():
        return
    own_times, own_left = left_after(again, done, np.ones((1, len(again))))
    kept = np.isin(times, own_times)
    assert left[0][kept] == pytest.approx(own_left[0])


def test_draws_follow_the_curve() -> None:
    """By the time of each delivery the share of draws that ended is what the curve says."""
    days = (30, 60, 90, 120, 400, 500, 600, 700)
    waits = Waits("eight", days, (True, False, True, True, False, True, False, False))
    curve = {at: left for at, left, _, _ in survival(days, waits.delivered)}
    for at in (30, 90, 120, 500):
        due = FIRST + timedelta(at)
        odds, _ = own(of(roadmap(step("a", due.isoformat())), waits), "a")
        assert odds == pytest.approx(1 - curve[at], abs=0.035)


def test_a_step_that_runs_already_is_drawn_from_what_is_left() -> None:
    """Half end within 100 days, half in 900 to 1,000: one that runs for 500 days is of the second half."""
    waits = Waits("two sorts", (100,) * 10 + (900,) * 1 + (1000,) * 9, (True,) * 20)
    day = FIRST + timedelta(500)
    one = roadmap(step("a", (FIRST + timedelta(1000)).isoformat()))
    made = of(one, waits, day)
    assert own(made, "a")[0] == 1.0
    assert made.steps[0].early is not None and made.steps[0].early > day


@given(gap=st.integers(0, 300), data=st.data())
@examples(8)
def test_waiting_for_more_is_never_sooner_and_a_later_date_never_less_likely(gap: int, data: st.DataObject) -> None:
    due = FIRST + timedelta(data.draw(st.integers(1, 800)))
    alone = of(roadmap(step("a", "2030"), step("b", due.isoformat())), HALF)
    after = of(roadmap(step("a", "2030"), step("b", due.isoformat(), "a")), HALF)
    later = of(roadmap(step("a", "2030"), step("b", (due + timedelta(gap)).isoformat(), "a")), HALF)
    assert own(after, "b")[0] <= own(alone, "b")[0]
    assert own(later, "b")[0] >= own(after, "b")[0]


def test_a_chain_by_hand() -> None:
    """Each takes at most 100 days with even odds in that stretch, so that two take 200 at most; half of each never end."""
    sure = of(roadmap(step("a", "2030"), step("b", (FIRST + timedelta(200)).isoformat(), "a")), ALWAYS)
    assert own(sure, "b")[0] == 1.0
    half = of(roadmap(step("a", "2030"), step("b", "2035", "a")), HALF)
    assert own(half, "a")[0] == pytest.approx(0.5, abs=0.04)
    assert own(half, "b")[0] == pytest.approx(0.25, abs=0.04)
    assert half.steps[1].middle.reason is not None and half.steps[1].likely is None
    assert half.whole.value == own(half, "b")[0]


def test_what_is_done_is_not_drawn() -> None:
    late = date(2026, 3, 1)
    made = of(roadmap(step("a", "2026-01"), step("b", "2035", "a")), HALF, late, {"a": late})
    first = made.steps[0]
    assert (first.odds.value, first.done, first.slippage.value) == (0.0, late, 29.0)
    assert "a" not in made.holds and made.holds["b"] == pytest.approx(0.5, abs=0.04)


def test_slippage_is_against_the_date_first_set() -> None:
    first = Milestone(
        "a", "A", "x", When.parse("2027-06-01"), baseline=When.parse("2026-02-01"), proposal=step("b", "2027").proposal
    )
    made = of(roadmap(first), ALWAYS)
    assert made.steps[0].likely is not None
    assert made.steps[0].slippage.value == (made.steps[0].likely - date(2026, 2, 1)).days


def test_an_area_with_few_deliveries_takes_the_curve_of_all() -> None:
    few = Waits("few", (10, 20), (True, False))
    one = roadmap(step("a", "2027"))
    made = forecast(one, {}, {"": ALWAYS, "trade": few}, {"a": "trade"}, FIRST)
    assert made.steps[0].waits == "always 100 days"
    many = Waits("many", (10,) * 6, (True,) * 6)
    assert forecast(one, {}, {"": ALWAYS, "trade": many}, {"a": "trade"}, FIRST).steps[0].waits == "many"


def test_nothing_delivered_is_no_fault_and_no_odds() -> None:
    for waits in (Waits("none", (), ()), Waits("open", (50, 60), (False, False))):
        made = of(roadmap(step("a", "2035")), waits)
        assert own(made, "a") == (0.0, None) and made.steps[0].middle.reason is not None


def test_the_interval_holds_the_odds_and_is_narrower_with_more_promises() -> None:
    def width(many: int) -> float:
        waits = Waits("some", (100,) * many + (4000,) * many, (True,) * many + (False,) * many)
        odds = of(roadmap(step("a", "2035")), waits).steps[0].odds
        assert odds.low is not None and odds.high is not None and odds.value is not None
        assert odds.low <= odds.value <= odds.high
        return odds.high - odds.low

    assert width(100) < width(5) / 2


def test_the_same_seed_gives_the_same_digits() -> None:
    one = roadmap(step("a", "2027"), step("b", "2028", "a"))
    assert of(one, HALF) == of(one, HALF)

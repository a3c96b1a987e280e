"""Roadmaps as networks: circles, dates that cannot be, and the critical path beside every path walked one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from servanda.errors import ValueProblem
from servanda.model.period import When
from servanda.model.roadmap import Milestone, Roadmap
from servanda.model.source import Source
from servanda.model.words import Area, Publisher, Shown
from servanda.register.threads import strands
from servanda.scenarios.roadmap import WRONG, circles, done_on, faults, ordered, plan
from tests.properties import examples, given
from tests.review.made import Said, record_of

PAPER = Source("Gazette", Publisher.OFFICIAL)
FIRST = date(2026, 1, 1)
DAY = date(2026, 6, 1)


def step(name: str, due: str, *needs: str, **more: object) -> Milestone:
    fields = {"proposal": PAPER, **more} if "commitment" not in more else more
    return Milestone(name, f"Do {name}", "a ministry", When.parse(due), needs=needs, **fields)  # type: ignore[arg-type]


def roadmap(*steps: Milestone) -> Roadmap:
    return Roadmap("c.way", "c", "A way", Area.TRADE, "There.", "a reader", When.on(FIRST), steps)


def off(*steps: Milestone, day: date = DAY) -> list[str]:
    record = record_of(Said("bridge", "2020-01-01", deadline="2025"))
    return [one.says for one in faults(roadmap(*steps), strands(record, day), record, day)]


@st.composite
def networks(draw: st.DrawFn) -> Roadmap:
    """Up to six steps, each after some of those before it, with starts and dates that fit."""
    made: list[Milestone] = []
    for place in range(draw(st.integers(1, 6))):
        needs = draw(st.lists(st.sampled_from([one.id for one in made]), unique=True, max_size=3)) if made else []
        begins = max([one.due.last for one in made if one.id in needs], default=FIRST)
        begins += timedelta(draw(st.integers(0, 20)))
        due = begins + timedelta(draw(st.integers(0, 90)))
        made.append(step(f"s{place}", due.isoformat(), *needs, starts=When.on(begins)))
    return roadmap(*made)


def walks(one: Roadmap, name: str) -> list[list[str]]:
    """Every way back from a step to one that needs nothing."""
    needs = next(step.needs for step in one.milestones if step.id == name)
    return [[*way, name] for other in needs for way in walks(one, other)] or [[name]]


@given(one=networks())
@examples(80)
def test_a_step_without_slack_moves_the_end_and_a_step_with_slack_does_not(one: Roadmap) -> None:
    made = plan(one)
    assert made.ends == max(step.due.last for step in one.milestones)
    # The path may begin at a step that waits for its own start and not for what it needs.
    assert list(made.path) in [way[-len(made.path) :] for way in walks(one, made.path[-1])]
    assert all(own.is_critical is (own.slack == 0) and own.slack >= 0 for own in made.steps)
    assert {own.step for own in made.steps if own.is_critical} >= set(made.path)
    for own in made.steps:
        later = own.ends + timedelta(own.slack)
        # Ending as late as the slack allows, every step behind it still ends by the end of the whole.
        moved = roadmap(*(
            replace(step, due=When.on(later)) if step.id == own.step else step for step in one.milestones
        ))  # fmt: skip
        assert plan(moved).ends == made.ends
        pushed = roadmap(*(
            replace(step, due=When.on(later + timedelta(1))) if step.id == own.step else step
            for step in one.milestones
        ))  # fmt: skip
        assert plan(pushed).ends == made.ends + timedelta(1)


def test_a_path_reckoned_by_hand() -> None:
    # a takes 10 days, b 20 after a, c 5 after a, d needs both: c may end 15 days later.
    on = When.on
    made = plan(
        roadmap(
            step("a", "2026-01-11"),
            step("b", "2026-01-31", "a"),
            step("c", "2026-01-16", "a"),
            step("d", "2026-02-10", "b", "c", starts=on(date(2026, 1, 31))),
        )
    )
    assert made.path == ("a", "b", "d") and made.ends == date(2026, 2, 10)
    assert {own.step: own.slack for own in made.steps} == {"a": 0, "b": 0, "c": 15, "d": 0}


@given(one=networks(), data=st.data())
@examples(60)
def test_a_circle_is_found_wherever_it_is_closed_and_only_then(one: Roadmap, data: st.DataObject) -> None:
    assert circles(one) == () and [own.id for own in ordered(one)]
    names = [own.id for own in one.milestones]
    end = data.draw(st.sampled_from(names))
    begin = data.draw(st.sampled_from([way[0] for way in walks(one, end)]))
    closed = roadmap(*(
        replace(own, needs=(*own.needs, end)) if own.id == begin and end not in own.needs else own
        for own in one.milestones
    ))  # fmt: skip
    (found,) = circles(closed)
    by_id = {own.id: own.needs for own in closed.milestones}
    assert all(after in by_id[before] for before, after in zip(found, (*found[1:], found[0]), strict=True))
    with pytest.raises(ValueError, match="wait for each other"):
        ordered(closed)


def test_two_circles_are_two() -> None:
    made = roadmap(step("a", "2027", "b"), step("b", "2027", "a"), step("c", "2027", "c"), step("d", "2027", "a"))
    assert set(circles(made)) == {("a", "b"), ("c",)}


def test_dates_that_cannot_be_are_named() -> None:
    before = off(step("a", "2027-06"), step("b", "2027-03", "a"))
    assert before == ["b is due 2027-03, before a (2027-06), which it needs"]
    early = off(step("a", "2027-06"), step("b", "2028", "a", starts=When.parse("2027-01")))
    assert early == ["b starts 2027-01, before a is due (2027-06), which it needs"]
    assert off(step("a", "2026-07", starts=When.parse("2026-09"))) == ["a is due 2026-07, before it starts (2026-09)"]
    ahead = off(step("a", "2027", done=When.parse("2026-12")))
    assert ahead == ["a is said to be done 2026-12, which is after 2026-06-01"]
    turned = off(
        step("a", "2026-03", done=When.parse("2026-02")), step("b", "2026-03", "a", done=When.parse("2026-01"))
    )
    assert turned == ["b was done 2026-01, before a (2026-02), which it needs"]
    assert off(step("a", "2027", "b")) == ["a needs b, which is no step here"]


def test_dates_that_only_touch_can_be() -> None:
    """Of a month and a day in it nobody knows which comes first."""
    assert off(step("a", "2027-06"), step("b", "2027-06-10", "a", starts=When.parse("2027-06"))) == []


def test_what_is_late_and_what_is_later_than_promised_is_worth_a_look() -> None:
    record = record_of(Said("bridge", "2020-01-01", deadline="2025"))
    found = faults(roadmap(step("a", "2026-03", commitment="C0")), strands(record, DAY), record, DAY)
    assert [one.says for one in found] == [
        "a is due 2026-03, 90 days after what was promised (2025-12-31)",
        "a was due 2026-03 and is not shown to be done by 2026-06-01",
    ]
    assert all(one.weight != WRONG for one in found)


def test_a_step_is_done_where_the_register_rules_its_promise_delivered() -> None:
    record = record_of(Said("bridge", "2020-01-01", shown=((Shown.COMPLETED, "2022-05-05"),)))
    own = step("a", "2027", commitment="C0")
    assert done_on(own, strands(record, DAY), record, DAY) == date(2022, 5, 5)
    early = date(2021, 1, 1)
    assert done_on(own, strands(record, early), record, early) is None


def test_a_step_is_of_a_commitment_or_a_proposal() -> None:
    with pytest.raises(ValueProblem, match="exactly one of"):
        Milestone("a", "A", "somebody", When.parse("2027"))
    with pytest.raises(ValueProblem, match="exactly one of"):
        Milestone("a", "A", "somebody", When.parse("2027"), commitment="C0", proposal=PAPER)
    with pytest.raises(ValueProblem, match="stands twice"):
        roadmap(step("a", "2027"), step("a", "2028"))
    with pytest.raises(ValueProblem, match="no id of a step"):
        step("a b", "2027")

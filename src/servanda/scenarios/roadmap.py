"""A roadmap as a network of steps: circles, dates that cannot be, what is done, and the critical path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from servanda.model.case import Record
from servanda.model.period import When
from servanda.model.roadmap import Milestone, Roadmap
from servanda.register.rule import binding
from servanda.register.threads import Strand

Weight = Literal["wrong", "worth a look"]
WRONG: Weight = "wrong"
LOOK: Weight = "worth a look"
"""How much a fault weighs: it cannot be, or it can and should be looked at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a roadmap that cannot be, or that should be looked at: the steps, and what is off in words."""

    weight: Weight
    steps: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with its place in the plan, in days: `slack` is how much later it may end without moving the end.

    `starts` is the earliest day; `is_critical` where there is no slack.
    """

    step: str
    starts: date
    ends: date
    slack: int
    is_critical: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Every step in an order in which each stands after what it needs, and the critical path through them."""

    steps: tuple[Planned, ...]
    path: tuple[str, ...]
    ends: date


def circles(roadmap: Roadmap) -> tuple[tuple[str, ...], ...]:
    """The groups of steps that wait for each other, each in the order in which it waits; a step may wait for itself.

    One circle is given for each group that is bound together (the strongly connected components, by Tarjan 1972).
    """
    needs = _needs(roadmap)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[set[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in needs[name]:
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            group = set(stack[stack.index(name) :])
            del stack[stack.index(name) :]
            groups.append(group)

    for name in needs:
        if name not in order:
            visit(name)
    return tuple(_round(group, needs) for group in groups if len(group) > 1 or any(one in needs[one] for one in group))


def _round(group: set[str], needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A circle within a group that is bound together: from its first step, by what each needs, until one returns."""
    walked = [min(group)]
    while True:
        following = next(one for one in needs[walked[-1]] if one in group)
        if following in walked:
            return tuple(walked[walked.index(following) :])
        walked.append(following)


def ordered(roadmap: Roadmap) -> tuple[Milestone, ...]:
    """The steps, each after all it needs, otherwise as written. ValueError where there is a circle."""
    if circles(roadmap):
        raise ValueError("the steps wait for each other")
    needs, left, made = _needs(roadmap), list(roadmap.milestones), list[Milestone]()
    while left:
        placed = {one.id for one in made}
        following = next(one for one in left if set(needs[one.id]) <= placed)
        made.append(following)
        left.remove(following)
    return tuple(made)


def _needs(roadmap: Roadmap) -> dict[str, tuple[str, ...]]:
    """What each step needs, of the steps that there are."""
    names = {one.id for one in roadmap.milestones}
    return {one.id: tuple(other for other in one.needs if other in names) for one in roadmap.milestones}


def done_on(step: Milestone, found: Mapping[str, Strand], record: Record, day: date) -> date | None:
    """The day on which a step was done, as the roadmap says, else as the register rules of its promise; None before."""
    if step.done is not None:
        return step.done.last if step.done.first <= day else None
    strand = strand_of(step, found, record)
    done = strand.ruling.done_on if strand is not None else None
    return done if done is not None and done <= day else None


def strand_of(step: Milestone, found: Mapping[str, Strand], record: Record) -> Strand | None:
    """The thread of the commitment that a step is of, on the day of `found`; None for a proposal."""
    one = record.commitments.get(step.commitment or "")
    return found.get(one.thread) if one is not None else None


def promised_by(step: Milestone, record: Record) -> date | None:
    """The last day that the step's own commitment is in time by; None where it gives no date."""
    one = record.commitments.get(step.commitment or "")
    bound = binding(one) if one is not None else None
    return bound.due(record.documents[one.document].date.first) if one is not None and bound is not None else None


def plan(roadmap: Roadmap) -> Plan:
    """The critical path by the dates as written (Kelley and Walker 1959): a step takes from its start to its date, the
    start being its own, else the latest date of what it needs, else the day of the roadmap. ValueError for a circle.
    """
    steps, needs = ordered(roadmap), _needs(roadmap)
    by_id = {one.id: one for one in steps}
    early: dict[str, tuple[int, int]] = {}
    long: dict[str, int] = {}
    for one in steps:
        long[one.id] = max(0, one.due.last.toordinal() - _start(one, by_id, needs, roadmap.on).toordinal())
        after = [early[other][1] for other in needs[one.id]]
        begins = max(
            [*after, *([one.starts.first.toordinal()] if one.starts else [])], default=roadmap.on.first.toordinal()
        )
        early[one.id] = (begins, begins + long[one.id])
    end = max(last for _, last in early.values())
    late: dict[str, int] = {}
    for one in reversed(steps):
        behind = [late[other.id] - long[other.id] for other in steps if one.id in needs[other.id]]
        late[one.id] = min(behind, default=end)
    made = tuple(
        Planned(
            one.id, date.fromordinal(early[one.id][0]), date.fromordinal(early[one.id][1]),
            late[one.id] - early[one.id][1], late[one.id] == early[one.id][1],
        )
        for one in steps
    )  # fmt: skip
    return Plan(made, _path(made, needs, early), date.fromordinal(end))


def _start(one: Milestone, steps: Mapping[str, Milestone], needs: Mapping[str, tuple[str, ...]], on: When) -> date:
    """From when a step runs by the dates as written."""
    if one.starts is not None:
        return one.starts.first
    return max((steps[other].due.last for other in needs[one.id]), default=on.first)


def _path(
    made: tuple[Planned, ...], needs: Mapping[str, tuple[str, ...]], early: Mapping[str, tuple[int, int]]
) -> tuple[str, ...]:
    """Back from the step that ends last, each time to the step that it had to wait for."""
    last = max(made, key=lambda one: one.ends)
    walked = [last.step]
    while True:
        begins = early[walked[0]][0]
        before = [other for other in needs[walked[0]] if early[other][1] == begins]
        if not before:
            return tuple(walked)
        walked.insert(0, before[0])


def faults(roadmap: Roadmap, found: Mapping[str, Strand], record: Record, day: date) -> tuple[Fault, ...]:
    """All that is off in a roadmap on the day, what cannot be first."""
    made = [
        Fault(WRONG, one, f"{' needs '.join((*one, one[0]))}: none of them can ever begin") for one in circles(roadmap)
    ]
    by_id = {one.id: one for one in roadmap.milestones}
    for one in roadmap.milestones:
        made += _alone(one, found, record, day)
        for name in one.needs:
            made += _between(one, by_id[name]) if name in by_id else [_unknown(one, name)]
    return tuple(sorted(made, key=lambda one: one.weight != WRONG))


def _unknown(one: Milestone, name: str) -> Fault:
    return Fault(WRONG, (one.id,), f"{one.id} needs {name}, which is no step here")


def _alone(one: Milestone, found: Mapping[str, Strand], record: Record, day: date) -> list[Fault]:
    made = []
    if one.starts is not None and one.due.last < one.starts.first:
        made.append(Fault(WRONG, (one.id,), f"{one.id} is due {one.due}, before it starts ({one.starts})"))
    if one.done is not None and one.done.first > day:
        made.append(Fault(WRONG, (one.id,), f"{one.id} is said to be done {one.done}, which is after {day}"))
    promised = promised_by(one, record)
    if promised is not None and one.due.last > promised:
        later = (one.due.last - promised).days
        said = f"{one.id} is due {one.due}, {later} days after what was promised ({promised})"
        made.append(Fault(LOOK, (one.id,), said))
    if one.due.last < day and done_on(one, found, record, day) is None:
        made.append(Fault(LOOK, (one.id,), f"{one.id} was due {one.due} and is not shown to be done by {day}"))
    return made


def _between(one: Milestone, needed: Milestone) -> list[Fault]:
    both = (needed.id, one.id)
    made = []
    if one.id == needed.id:
        return []
    if one.due.last < needed.due.first:
        made.append(Fault(WRONG, both, f"{one.id} is due {one.due}, before {needed.id} ({needed.due}), which it needs"))
    elif one.starts is not None and one.starts.last < needed.due.first:
        said = f"{one.id} starts {one.starts}, before {needed.id} is due ({needed.due}), which it needs"
        made.append(Fault(WRONG, both, said))
    if one.done is not None and needed.done is not None and one.done.last < needed.done.first:
        made.append(
            Fault(WRONG, both, f"{one.id} was done {one.done}, before {needed.id} ({needed.done}), which it needs")
        )
    return made

"""The verbs at the table: begin, decide, defer, drop, take back. A decision is asked who, by when, and how we know."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from servanda.dialogue.may import Deed
from servanda.dialogue.work import Work, begin_at, merged, reopened
from servanda.errors import RequestError, ValueProblem, nearest
from servanda.model.commitment import Target
from servanda.model.dialogue import Item, ItemState, Meeting, MeetingState, Resolution, Speaker
from servanda.model.period import Deadline, When
from servanda.model.proposal import Part
from servanda.model.words import Action, Area, Kind
from servanda.store.connect import Store
from servanda.texts import concreteness

ASKED = {
    "says": "what will be done?", "owner": "who answers for it?", "deadline": "by when?",
    "deliverable": "how will we know? name what will exist",
}  # fmt: skip
"""What a resolution is asked before it is saved."""
WRITE_UNTIL = "write the day to which it is deferred, as 2027-03-09"


def hold(store: Store, meeting: str, speaker: Speaker, at: str) -> Meeting:
    """Sit down: from here on the agenda stands and minutes are taken. Only over an agenda that both have agreed."""
    with store.write() as unit:
        work = begin_at(unit, Kind.MEETING, meeting, speaker, at)
        work.must(Deed.OPEN)
        held = work.meeting(meeting)
        if held.state is not MeetingState.AGREED:
            raise RequestError(f"{meeting} is {held.state}; both co-chairs agree to its agenda before it is held")
        made = replace(held, state=MeetingState.HELD)
        work.put_meeting(made)
        work.done("meeting begun")
        return made


def settle(
    store: Store, item: str, state: ItemState, given: Mapping[str, Any], seen: int, speaker: Speaker, at: str
) -> Item:
    """Put down what became of an item: decided, deferred to a day, dropped for a reason, or open again.

    `given`: decision (words), until, resolutions (a sequence of Resolution). A clash with somebody else is told.
    """
    with store.write() as unit:
        work = begin_at(unit, Kind.ITEM, item, speaker, at)
        now, meeting = work.item(item)
        work.must(Deed.SETTLE, now.track)
        _held(meeting)
        wanted = _settled(work, state, given)
        made = merged(unit, Kind.ITEM, now, wanted, seen)
        if made.state is not ItemState.OPEN and not made.is_settled:
            raise RequestError(_missing(made))
        if made != now:
            work.put_item(made)
            work.put_meeting(reopened(meeting))
        work.done(f"{state}: {made.title}")
        return made


def _held(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.HELD:
        raise RequestError(f"{meeting.id} is {meeting.state}; minutes are taken while a meeting is held")


def _settled(work: Work, state: ItemState, given: Mapping[str, Any]) -> dict[str, Any]:
    decision = " ".join(str(given.get("decision") or "").split()) or None
    until = given.get("until")
    wanted: dict[str, Any] = {"state": state, "decision": decision, "until": None, "resolutions": ()}
    if state is ItemState.DEFERRED:
        wanted["until"] = _until(work, until)
    if state is ItemState.DECIDED:
        wanted["resolutions"] = tuple(given.get("resolutions", ()))
        for one in wanted["resolutions"]:
            _check(work, one)
    return wanted


def _missing(item: Item) -> str:
    if item.state is ItemState.DECIDED:
        return f"{item.id}: write in a sentence what was decided"
    if item.state is ItemState.DEFERRED:
        return f"{item.id}: {WRITE_UNTIL}"
    return f"{item.id}: write the reason for which it is dropped"


def _until(work: Work, said: Any) -> When | None:
    if not said:
        return None
    try:
        when = said if isinstance(said, When) else When.parse(str(said).strip())
    except ValueProblem as problem:
        raise RequestError(f"{problem}; {WRITE_UNTIL}") from problem
    if when.last.isoformat() <= work.at[:10]:
        raise RequestError(f"{when} is not ahead; {WRITE_UNTIL}")
    return when


def resolution(given: Mapping[str, Any]) -> Resolution:
    """A resolution from what was typed; raises RequestError with the question that has no answer yet."""
    said = {name: " ".join(str(given.get(name) or "").split()) for name in (*ASKED, "area", "action", "mechanism")}
    unanswered = [question for name, question in ASKED.items() if not said[name]]
    if unanswered:
        raise RequestError(f"before it is saved: {' · '.join(unanswered)}")
    parties = tuple(given.get("parties") or ())
    try:
        deadline = Deadline.parse(said["deadline"])
    except ValueProblem as problem:
        raise RequestError(f"by when? {problem}") from problem
    return Resolution(
        said["says"], parties, said["owner"], _word(Area, said["area"], "area"),
        _word(Action, said["action"], "action"), deadline, said["deliverable"], said["mechanism"] or None,
        _target(given), str(given.get("thread") or "") or None,
    )  # fmt: skip


def _word(words: type[Area] | type[Action], said: str, what: str) -> Any:
    if said not in [str(one) for one in words]:
        raise RequestError(f"'{said}' is no {what}; write one of {', '.join(words)}")
    return words(said)


def _target(given: Mapping[str, Any]) -> Target | None:
    value, unit = str(given.get("target_value") or "").strip(), str(given.get("target_unit") or "").strip()
    if not value and not unit:
        return None
    try:
        number = float(value.replace(",", ""))
    except ValueError as problem:
        raise RequestError(f"how much? '{value}' is no number; write 100, and the unit beside it") from problem
    if not unit or not math.isfinite(number):
        raise RequestError("how much? write a number and its unit, such as 100 and fellowships")
    return Target(number, unit)


def _check(work: Work, one: Resolution) -> None:
    for code in one.parties:
        if code not in work.parties:
            raise RequestError(f"'{code}' is not of the pair; who undertakes it is of {', '.join(work.parties)}")
    if one.thread and one.thread not in work.record.threads:
        near = nearest(one.thread, work.record.threads)
        raise RequestError(f"no thread '{one.thread}'" + (f"; nearest are {', '.join(near)}" if near else ""))


def score(one: Mapping[str, Any], of_parties: int = 2) -> tuple[float, tuple[Part, ...]]:
    """How concrete an undertaking is while it is being typed, 0 to 100, with its parts (texts/concreteness.py)."""
    said = {name: str(one.get(name) or "").strip() or None for name in ("deadline", "mechanism", "deliverable")}
    due = None
    try:
        due = str(Deadline.parse(said["deadline"])) if said["deadline"] else None
    except ValueProblem:
        said["deadline"] = None
    amount = " ".join(str(one.get(name) or "") for name in ("target_value", "target_unit")).strip() or None
    words = " ".join(str(one.get(name) or "") for name in ("owner", "says"))
    action = str(one.get("action"))
    action = action if action in list(Action) else str(Action.CONSIDERING)
    measured = concreteness.Measured(
        words, action, len(tuple(one.get("parties") or ())), of_parties,
        said["deadline"], due, amount, said["mechanism"], said["deliverable"],
    )  # fmt: skip
    return concreteness.concrete(measured)


def open_questions(one: Mapping[str, Any]) -> list[str]:
    """The questions that a resolution has no answer to yet."""
    return [question for name, question in ASKED.items() if not str(one.get(name) or "").strip()]


def unsettled(items: Sequence[Item]) -> list[Item]:
    """The items over which a meeting may not close."""
    return [one for one in items if not one.is_settled]

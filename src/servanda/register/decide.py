"""The verbs of a person who reads: answer a proposal, move the bounds of passages, take a decision back.

What is decided openly writes commitments; who codes blind writes decisions and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from servanda.errors import ExtraMissing, RequestError, nearest
from servanda.model.case import Record
from servanda.model.decision import Answer, Decision
from servanda.model.plain import reader
from servanda.model.proposal import Proposed
from servanda.model.text import Text
from servanda.model.words import Kind
from servanda.register.desk import Desk, Stretch, blind_coders, in_force, lay
from servanda.register.ledger import remember
from servanda.register.propose import Read, against, coding, proposals, version
from servanda.register.sitting import STALE, Said, Sitting
from servanda.register.words import Words
from servanda.store import entries, items
from servanda.store.connect import Store


def text_of(store: Store, name: str) -> tuple[Text, Record]:
    """A text by its id, with the record of its case; raises RequestError with the nearest ids."""
    with store.read() as unit:
        return text_in(unit, name)


def text_in(unit: Connection, name: str) -> tuple[Text, Record]:
    """The same within a unit of work."""
    record = items.record(items.bodies(unit, _case_of(unit, name)), entries.head_of(unit)[0])
    return record.texts[name], record


def before(store: Store, name: str) -> tuple[Text, tuple[Decision, ...]]:
    """A text by its id, with every decision on it; raises RequestError with the nearest ids."""
    with store.read() as unit:
        case = _case_of(unit, name)
        texts = [reader(Text).validate_json(one) for one in items.bodies_about(unit, case, Kind.TEXT, name)]
        found = [
            reader(Decision).validate_json(one) for one in items.bodies_about(unit, case, Kind.DECISION, f"{name}-")
        ]
    return next(one for one in texts if one.id == name), tuple(one for one in found if one.text == name)


def decide(
    store: Store, words: Words, name: str, who: str, answers: Sequence[Said], at: str, *, blind: bool = False,
    read: Read = proposals, sha256: str | None = None,
) -> tuple[Decision, ...]:  # fmt: skip
    """Remember what a coder says of a text, and the commitments that follow: all of it, or nothing and a clear error.

    `sha256` is that of the text that the coder saw. Answers that move bounds come alone.
    """
    text, held = before(store, name)
    desk = lay(text, held, who, blind)
    may_code(text, held, who, blind)
    if any(one.answer.moves or one.answer is Answer.ADD for one in answers) and len(answers) > 1:
        raise RequestError("bounds are moved one at a time; give one answer")
    # Reading takes a while, and is done before the register is held for writing.
    found = {} if blind else _read(desk, read)
    with store.write() as unit:
        now, record = text_in(unit, name)
        again = lay(now, record.decisions.values(), who, blind)
        if now != text or again.passages != desk.passages or sha256 not in (None, text.sha256):
            raise RequestError(STALE)
        met = {(one.start, one.end): found.get((one.start, one.end)) for one in answers}
        proposed = {at: coding(against(one, record, text), version()) for at, one in met.items() if one}
        sitting = Sitting(unit, record, again, words, at, proposed)
        made = tuple(sitting.take(one) for one in answers)
        remember(unit, sitting.changes, at, who, _why(made, text))
        return made


def take_back(
    store: Store, name: str, who: str, at: str, *, blind: bool = False, decision: str | None = None
) -> Decision:
    """Take back the coder's last decision on a text, or an orphan by its id; what it had withdrawn holds again."""
    with store.write() as unit:
        text, record = text_in(unit, name)
        desk = lay(text, record.decisions.values(), who, blind)
        last = _to_take_back(desk, record, who, decision)
        sitting = Sitting(unit, record, desk, None, at, {})
        sitting.let_go(last)
        remember(unit, sitting.changes, at, who, f"taken back: {last.answer} of “{_short(last.words)}”")
        return last


def _read(desk: Desk, read: Read) -> dict[Stretch, Proposed]:
    """What the machine reads; nothing where it is not installed: a person can code without it."""
    try:
        return {(one.start, one.end): one for one in read(desk.text, desk.passages)}
    except ExtraMissing:
        return {}


def _to_take_back(desk: Desk, record: Record, who: str, wanted: str | None) -> Decision:
    held = in_force(desk.text, record.decisions.values(), who, desk.blind)
    if wanted:
        found = next((one for one in held if one.id == wanted), None)
        if found is None or (found.coder != who and found not in desk.orphans):
            raise RequestError(f"{wanted} is no decision of {who} that is in force here")
        return found
    if not held:
        raise RequestError("nothing is decided here yet: there is nothing to take back")
    if held[-1].coder != who:
        raise RequestError(f"the last decision is {held[-1].coder}'s, not {who}'s; decide the passage anew instead")
    return held[-1]


def _case_of(unit: Connection, name: str) -> str:
    case = items.case_of(unit, Kind.TEXT, name)
    if case is None:
        near = nearest(name, items.refs(unit, [Kind.TEXT]))
        hint = f"nearest are {', '.join(near)}" if near else "hand one in on the page 'Read', or with servanda accept"
        raise RequestError(f"no text '{name}' in the register; {hint}")
    return case


def may_code(text: Text, its: Sequence[Decision], who: str, blind: bool) -> None:
    """Raises RequestError where nobody is named, or where who codes blind has seen what the others have."""
    if not who.strip():
        raise RequestError("nobody is named; write your name, for a named person decides")
    if blind and any(one.coder == who and not one.blind for one in its):
        raise RequestError(f"{who} has decided openly on this text; a second coder must be somebody else")
    if not blind and who in blind_coders(its):
        left = len(lay(text, its, who, blind=True).undecided())
        if left:
            raise RequestError(f"{who} codes this text blind and has {left} passages to go; finish them first")


def _why(made: Sequence[Decision], text: Text) -> str:
    if len(made) == 1:
        return f"{made[0].answer}: “{_short(made[0].words)}”"
    return f"{len(made)} decisions on {text.id}"


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"

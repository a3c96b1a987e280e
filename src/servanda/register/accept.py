"""The verb that accepts those proposals that a named person chose, in a text of the register or in a new one.

It never accepts everything by silence: somebody says which, how probable at least, or all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.decision import Answer, Coding, Decision
from servanda.model.proposal import Kind, Proposed
from servanda.model.text import Text
from servanda.register.decide import may_code, text_in
from servanda.register.desk import Desk, Stretch, lay
from servanda.register.ledger import remember
from servanda.register.propose import Read, against, coding, proposals, version
from servanda.register.receive import Drawn, Handed, draw_up
from servanda.register.sitting import STALE, Said, Sitting
from servanda.register.words import Words
from servanda.store.connect import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals are accepted: by number, by least probability, or all.

    `thread_from` is how probable it must be that one repeats an earlier promise, for it to continue its thread.
    """

    numbers: frozenset[int] = frozenset()
    least: float | None = None
    every: bool = False
    thread_from: float | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposed commitment, numbered as `servanda read` does: what became of it now, or before.

    `commitment` is what was made of it, or would be.
    """

    number: int
    proposed: Proposed
    commitment: Commitment | None = None
    decided: Decision | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A text with all its offers; `new` where the text was not in the register before."""

    text: Text
    new: bool
    case_title: str
    offers: tuple[Offer, ...]

    @property
    def made(self) -> tuple[Offer, ...]:
        """The offers that were accepted now."""
        return tuple(one for one in self.offers if one.commitment)


def accept(
    store: Store, words: Words, source: Handed | str, who: str, at: str, wanted: Wanted, *, dry: bool = False,
    read: Read = proposals,
) -> Accepted:  # fmt: skip
    """Accept proposals of a text as commitments, in one unit of work; with `dry` nothing is written."""
    with store.read() as unit:
        drawn = _drawn(unit, words, source, who, at)
    its = [one for one in drawn.record.decisions.values() if one.text == drawn.text.id]
    may_code(drawn.text, its, who, blind=False)
    desk = lay(drawn.text, drawn.record.decisions.values(), who)
    found = [against(one, drawn.record, drawn.text) for one in read(drawn.text, desk.passages)]
    promised = [one for one in found if one.kind is Kind.COMMITMENT]
    chosen = _chosen(promised, desk, wanted)
    codings = {(one.start, one.end): coding(one, version()) for one in found}
    if dry or not chosen:
        with store.read() as unit:
            again = _drawn(unit, words, source, who, at)
            return _take(unit, again, desk, words, at, promised, chosen, codings, wanted)[0]
    with store.write() as unit:
        drawn = _drawn(unit, words, source, who, at)
        made, sitting = _take(unit, drawn, desk, words, at, promised, chosen, codings, wanted)
        why = f"accepted: {len(chosen)} of {len(promised)} proposals in {drawn.text.id}"
        remember(unit, [*drawn.changes, *sitting.changes], at, who, why)
        return made


def _drawn(unit: Connection, words: Words, source: Handed | str, who: str, at: str) -> Drawn:
    if isinstance(source, Handed):
        return draw_up(unit, words, source, who, at)
    text, record = text_in(unit, source)
    return Drawn(text, record, ())


def _chosen(promised: Sequence[Proposed], desk: Desk, wanted: Wanted) -> list[int]:
    """The numbers of those to accept; raises RequestError for a number that is none, or is decided already."""
    if not wanted.every and wanted.least is None and not wanted.numbers:
        raise RequestError(
            "say what to accept: --only 3,7-9, --min-probability 0.9, or --all; --dry-run shows the numbers"
        )
    unknown = sorted(number for number in wanted.numbers if not 1 <= number <= len(promised))
    if unknown:
        has = f"the numbers run from 1 to {len(promised)}" if promised else "nothing is proposed"
        raise RequestError(f"no proposal {', '.join(map(str, unknown))}; {has}")
    found = []
    for number, one in enumerate(promised, 1):
        held = desk.decided.get((one.start, one.end))
        if number in wanted.numbers and held:
            raise RequestError(
                f"proposal {number} is decided already ({held.answer} by {held.coder}); change that on the reading page"
            )
        likely = wanted.least is not None and one.probability >= wanted.least
        if number in wanted.numbers or (not held and not wanted.numbers and (wanted.every or likely)):
            found.append(number)
    return found


def _thread(one: Proposed, record: Record, wanted: Wanted) -> str | None:
    """The thread that it continues, where the earlier promise is of this case and probable enough."""
    before = one.terms.restates if one.terms else None
    if before is None or wanted.thread_from is None or before.probability < wanted.thread_from:
        return None
    return record.commitments[before.earlier].thread if before.earlier in record.commitments else None


def _take(
    unit: Connection, drawn: Drawn, desk: Desk, words: Words, at: str, promised: Sequence[Proposed],
    chosen: Sequence[int], codings: dict[Stretch, Coding], wanted: Wanted,
) -> tuple[Accepted, Sitting]:  # fmt: skip
    """Every offer with what comes of it."""
    again = lay(drawn.text, drawn.record.decisions.values(), desk.coder)
    if again.text != desk.text or again.passages != desk.passages:
        raise RequestError(STALE)
    sitting = Sitting(unit, drawn.record, again, words, at, codings)
    offers = []
    for number, one in enumerate(promised, 1):
        thread = _thread(one, drawn.record, wanted)
        made = sitting.take(Said(Answer.ACCEPT, one.start, one.end, thread=thread)) if number in chosen else None
        held = again.decided.get((one.start, one.end))
        follows = drawn.record.commitments[made.commitment] if made and made.commitment else None
        offers.append(Offer(number, one, follows, made or held))
    return Accepted(drawn.text, bool(drawn.changes), drawn.record.case.title, tuple(offers)), sitting

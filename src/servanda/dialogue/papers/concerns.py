"""What the other side has put on record, what not to claim, and what to ask: by rules that see no name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from servanda.dialogue.papers.phrases import by, flat, names_of, on, quoted, said, sentence
from servanda.dialogue.papers.points import Point, View, claim, deadline_of, reported
from servanda.model.case import Conflict
from servanda.model.commitment import Commitment
from servanda.model.dialogue import Item
from servanda.model.figure import Barrier
from servanda.model.status import Status
from servanda.model.words import Instrument, Stance
from servanda.register.threads import Strand
from servanda.review.wording import count

NOTHING = "{name} has put nothing of its own on record here; nothing is guessed."
_SHORTEST = 4


def concerns(view: View, item: Item, strands: Sequence[Strand]) -> list[Point]:
    """What the side across the table has on record, then what the record holds against the reader's own side.

    In a joint paper it is the same of each side.
    """
    made: list[Point] = []
    for party in view.others(view.side):
        found = _from(view, item, strands, party)
        made += found or [Point(NOTHING.format(name=view.name(party)))]
    return made + _against(view, item, strands)


def _from(view: View, item: Item, strands: Sequence[Strand], party: str) -> list[Point]:
    """What a party has put on record: items, verdicts, replies."""
    made = []
    if item.proposed_by == party:
        made.append(Point(sentence(f"{view.name(party)} put this item on the agenda: {item.reason}")))
    return made + [point for strand in strands for one in strand.members for point in _words(view, one, party)]


def _against(view: View, item: Item, strands: Sequence[Strand]) -> list[Point]:
    """Evidence that contradicts on what the reader's side owes, and barriers that it imposes."""
    ours = (view.side,) if view.side else view.record.case.parties
    made = []
    for strand in strands:
        owing = [code for code in strand.parties if code in ours]
        if owing:
            contrary = [row for row in view.rows(strand) if row.stance is Stance.CONTRADICTS]
            lead = f"On what {names_of(view.words, owing)} {'owe' if len(owing) > 1 else 'owes'}: "
            made += [_led(lead, claim(view, row)) for row in contrary]
    if view.side:
        made += [reported(view, one) for one in barriers(view, item) if view.side in one.imposed_by]
    return made


def barriers(view: View, item: Item) -> list[Barrier]:
    """The barriers of an item that the record holds."""
    return [one for name in item.barriers if (one := view.record.barriers.get(name))]


def _words(view: View, one: Commitment, party: str) -> list[Point]:
    """A party's verdict on a commitment, and its replies to the verdicts of others."""
    made = []
    given = view.verdicts(one.id).get(party)
    if given:
        dated = f", as of {said(given.as_of)}" if given.as_of else ""
        words = f"{view.name(party)} ({flat(given.by)}) gave the verdict {quoted(given.verdict)} on {one.id}{dated}"
        made.append(Point(sentence(f"{words}: {given.basis}" if given.basis else words), (), one.id))
    for reply in view.record.replies.values():
        if reply.party == party and reply.commitment == one.id:
            words = f"{view.name(party)} ({flat(reply.by)}) replied on {one.id}, {reply.at[:10]}: {reply.says}"
            made.append(Point(sentence(words), (), one.id))
    return made


def _led(lead: str, point: Point) -> Point:
    return Point(lead + point.says, point.sources, point.commitment)


def avoid(view: View, item: Item, strands: Sequence[Strand]) -> list[Point]:
    """What not to claim, because the record does not carry it."""
    made: list[Point] = []
    for strand in strands:
        made += _silence(strand) + _rung(strand) + _difference(view, strand) + _precision(strand)
    made += _amounts([one for strand in strands for one in strand.members if one.target])
    for one in related(view, strands):
        claims = "; ".join(flat(words) for words in one.claims)
        made.append(Point(sentence(f"Give no single account of {quoted(one.topic)}; sources differ: {claims}")))
    return made


def _silence(strand: Strand) -> list[Point]:
    name = strand.latest.id
    if strand.ruling.status is Status.NO_EVIDENCE:
        words = "Do not say that it was not delivered. No evidence was found, and that is a verdict on the search."
        return [Point(words, (), name)]
    if strand.is_silent:
        words = "Do not say that it was not kept in the end. Nothing later than its date was found, either way."
        return [Point(words, (), name)]
    return []


def _rung(strand: Strand) -> list[Point]:
    one = strand.latest
    if one.instrument is Instrument.AGREEMENT:
        return []
    return [Point(f"Do not call it an agreement in force. It stands in a {one.instrument}.", (), one.id)]


def _difference(view: View, strand: Strand) -> list[Point]:
    """Where the keys do not turn the same way, nobody may say that both sides agree."""
    one = strand.latest
    given = view.verdicts(one.id)
    parties = view.record.case.parties
    missing = [view.name(code) for code in parties if code not in given]
    if missing:
        words = f"Do not say that both sides agree on what became of it. {' and '.join(missing)} did not give a verdict"
        return [Point(sentence(words), (), one.id)]
    if len({given[code].verdict for code in parties}) == 1:
        return []
    each = ", ".join(f"{view.name(code)} says {quoted(given[code].verdict)}" for code in parties)
    return [Point(sentence(f"Do not say that both sides agree on what became of it: {each}"), (), one.id)]


def _precision(strand: Strand) -> list[Point]:
    deadline = deadline_of(strand)
    when = deadline.when if deadline else None
    if deadline is None or when is None or when.precision == "day":
        return []
    words = f"Do not name a day for it. Its source says no more than {said(when)}, read as {by(deadline)}."
    return [Point(words, (), strand.latest.id)]


def _amounts(dated: Sequence[Commitment]) -> list[Point]:
    made = []
    for one in dated:
        words = f"Do not take the amount of {one.id} for money or goods given. It is promised, and no more."
        made.append(Point(words, (), one.id))
    for one, other in combinations(dated, 2):
        if one.instrument is not other.instrument:
            words = f"Do not add the amounts of {one.id} and {other.id}. One stands in a {one.instrument}, "
            made.append(Point(f"{words}the other in a {other.instrument}.", (), one.id))
    return made


def related(view: View, strands: Sequence[Strand]) -> list[Conflict]:
    """Rival claims that name a promise or its document, or share two words of their topic with its title."""
    found = []
    for one in view.record.case.conflicts:
        told = " ".join((one.topic, *one.claims))
        for strand in strands:
            names = {name for member in strand.members for name in (member.id, member.document)}
            title = f"{view.record.threads[strand.thread].title} {strand.latest.says}"
            if any(name in told.split() for name in names) or len(_tokens(one.topic) & _tokens(title)) >= 2:
                found.append(one)
                break
    return found


def _tokens(words: str) -> set[str]:
    bare = "".join(one if one.isalnum() else " " for one in words.casefold())
    return {token for token in bare.split() if len(token) >= _SHORTEST}


def questions(view: View, item: Item, strands: Sequence[Strand]) -> list[Point]:
    """What to ask, of whom; of what the reader's own side owes, what it may be asked."""
    made = []
    for strand in strands:
        if strand.ruling.status.is_open:
            to = _asked(view, strand)
            made += [Point(f"{to}: {words}", (), strand.latest.id) for words in _open(view, strand)]
    if not made:
        made.append(Point("To both: what is to be done, by whom, by when, and how will we know?"))
    return made


def _asked(view: View, strand: Strand) -> str:
    parties = strand.parties or view.record.case.parties
    if view.side is not None and tuple(parties) == (view.side,):
        return "Be ready to answer"
    asked = [view.name(code) for code in parties if code != view.side]
    return f"To {' and '.join(asked)}"


def _open(view: View, strand: Strand) -> list[str]:
    """Questions about an open promise, by what the record lacks."""
    held = strand.latest.components()
    what = quoted(view.record.threads[strand.thread].title)
    if strand.ruling.status is Status.NO_EVIDENCE or strand.is_silent:
        asked = [f"what has come of {what}, and where can it be read?"]
    else:
        asked = [f"what is still to be done for {what}?"]
    if deadline_of(strand) is None or strand.ruling.days_overdue:
        asked.append(f"by when will {what} be done?")
    if not held["owner"]:
        asked.append(f"which body answers for {what}?")
    if not held["deliverable"] and not held["measure"]:
        asked.append(f"how will we know that {what} is done?")
    if len(strand.members) > 1:
        first = on(strand.dates[0])
        asked.append(
            f"{what} was promised {count(len(strand.members), 'time')}, first {first}; what will carry it this time?"
        )
    return [flat(words) for words in asked]

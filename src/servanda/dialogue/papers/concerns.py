"""What the other side has put on record, and what the record holds against one's own: by rules that see no name."""

from __future__ import annotations

from collections.abc import Sequence

from servanda.dialogue.papers.phrases import flat, names_of, quoted, said, sentence
from servanda.dialogue.papers.points import MOST_CLAIMS, Point, View, claims, reported
from servanda.model.commitment import Commitment
from servanda.model.dialogue import Item
from servanda.model.figure import Barrier
from servanda.model.words import Stance
from servanda.register.threads import Strand

NOTHING = "{name} has put nothing of its own on record here; nothing is guessed."


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
            most = MOST_CLAIMS if len(strands) == 1 else 1
            made += [_led(lead, point) for point in claims(view, contrary, most, strand.latest.id)]
    if view.side:
        made += reported(view, [one for one in barriers(view, item) if view.side in one.imposed_by])
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

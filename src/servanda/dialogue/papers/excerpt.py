"""The part of the minutes that concerns one owner, as words with a hash that never changes for the same words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from servanda.dialogue.papers import paper
from servanda.dialogue.papers.phrases import by, flat, name_of, names_of, on, said, sentence
from servanda.errors import RequestError
from servanda.model.dialogue import Item, ItemState, Meeting, Resolution
from servanda.register.words import Words


@dataclass(frozen=True, slots=True)
class Portion:
    """What an owner gets of the minutes: lines of words, of which items, and the SHA-256 of the lines.

    `owner` is the code of a party, or a body as the minutes name it. Signatures are beside the words, not in them.
    """

    owner: str
    name: str
    meeting: str
    lines: tuple[str, ...]
    items: tuple[str, ...]
    sha256: str


def owners(items: Iterable[Item], words: Words | None = None) -> tuple[str, ...]:
    """Everybody to whom an undertaking of the minutes belongs: parties by their codes, then the owners as written.

    Owner words with several bodies may be parted by semicolons; each is an owner then. A party that is named in words
    is the party.
    """
    made = [one for item in items for one in _standing(item)]
    parties = sorted({code for one in made for code in one.parties})
    known = {name_of(words, code).casefold() for code in parties} if words else set()
    bodies = dict.fromkeys(flat(part) for one in made for part in one.owner.split(";"))
    return (*parties, *(body for body in bodies if body and body not in parties and body.casefold() not in known))


def excerpts(meeting: Meeting, items: Sequence[Item], words: Words) -> tuple[Portion, ...]:
    """The portion of every owner."""
    return tuple(excerpt(meeting, items, owner, words) for owner in owners(items, words))


def concerns(one: Resolution, owner: str) -> bool:
    """Whether an undertaking concerns an owner: a party that owes it, or a body named within its owner words."""
    return owner in one.parties or is_named(one.owner, owner)


def is_named(responsible: str, body: str) -> bool:
    """Whether a body is named, whole, within the words for who is responsible."""
    wanted = flat(body)
    return bool(wanted) and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", flat(responsible), re.IGNORECASE))


def excerpt(meeting: Meeting, items: Sequence[Item], owner: str, words: Words) -> Portion:
    """The portion of an owner; raises RequestError where nothing of the minutes concerns it."""
    held = [
        (item, mine) for item in sorted(items, key=lambda one: (one.place, one.id))
        if (mine := [one for one in _standing(item) if concerns(one, owner)])
    ]  # fmt: skip
    if not held:
        known = "; ".join(owners(items)) or "nobody"
        raise RequestError(f"nothing in the minutes of {meeting.id} concerns '{owner}'; the owners are: {known}")
    name = name_of(words, owner)
    place = f", {flat(meeting.place)}" if meeting.place else ""
    lines = [
        f"Excerpt for {flat(name)} from the minutes of {meeting.id}.",
        f"Meeting {meeting.number}, held {on(meeting.date)}, host {name_of(words, meeting.host)}{place}.",
    ]
    for item, mine in held:
        lines.append(sentence(f"{item.place}. {item.title} ({item.id})"))
        if item.decision:
            lines.append(sentence(f"Decided: {item.decision}"))
        for number, one in enumerate(mine, 1):
            lines += _lines(number, one, words)
    return Portion(
        owner, flat(name), meeting.id, tuple(lines), tuple(item.id for item, _ in held), fingerprint(lines)
    )  # fmt: skip


def fingerprint(lines: Sequence[str]) -> str:
    """SHA-256 over the lines, a line feed after each: anybody can count it again from the text."""
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def _standing(item: Item) -> tuple[Resolution, ...]:
    """The undertakings of an item that stand: those of one that was dropped do not."""
    return () if item.state is ItemState.DROPPED else item.resolutions


# What it became in the register is not said: the words stay as they were handed out.
def _lines(number: int, one: Resolution, words: Words) -> list[str]:
    owed = names_of(words, one.parties) or "neither state itself"
    made = [
        sentence(f"Undertaking {number}: {one.says}"),
        sentence(f"Owed by {owed}; responsible: {one.owner}"),
        sentence(f"By when: {by(one.deadline).removeprefix('at a rhythm: ')}"),
        sentence(f"How we will know: {one.deliverable}"),
    ]
    if one.target:
        made.append(sentence(f"Amount promised: {one.target.value:g} {one.target.unit}"))
    if one.mechanism:
        made.append(sentence(f"Through: {one.mechanism}"))
    return made


def excerpt_docx(portion: Portion, meeting: Meeting, words: Words) -> bytes:
    """A portion as a Word file, with the signatures that the minutes carry and the hash of its words."""
    made = paper.begin(portion.lines[0], portion.lines[1], meeting.date.first, f"{portion.meeting} {portion.sha256}")
    made.add_heading(paper.allowed(portion.lines[0]), 0)
    for line in portion.lines[1:]:
        style = "List Bullet" if line.startswith("Undertaking ") else None
        made.add_paragraph(paper.allowed(line), style=style)
    made.add_heading("Signatures", 1)
    for one in meeting.signed:
        who = f"For {name_of(words, one.party)}: {flat(one.by)}, {one.at[:10]}, over minutes with seal {one.seal}"
        made.add_paragraph(paper.allowed(sentence(who)))
    if not meeting.signed:
        made.add_paragraph(f"Not signed yet. The meeting was planned for {said(meeting.date)}.")
    made.add_paragraph(f"SHA-256 of the words above the signatures: {portion.sha256}")
    return paper.finish(made)

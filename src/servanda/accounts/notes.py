"""The verbs of a party's private notes. Whoever is not of the party meets what they would meet if there were none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.errors import RequestError
from servanda.model.dialogue import Speaker
from servanda.model.entry import GENESIS
from servanda.model.words import Act, Kind
from servanda.store import items
from servanda.store import notes as kept
from servanda.store.connect import Store, hold
from servanda.store.notes import Note

ABOUT = (Kind.MEETING, Kind.ITEM, Kind.COMMITMENT, Kind.BARRIER)
LONGEST = 20_000
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a party's chain of notes holds: how many there are, the hash of the last, and what does not hold."""

    notes: int
    head: str
    problems: tuple[str, ...]


def write(
    store: Store, speaker: Speaker | None, about: Kind, ref: str, says: str, at: str,
    *, party: str | None = None, by: str | None = None,
) -> Note:  # fmt: skip
    """Note something for one's own party. Alone on a laptop `party` and `by` say whose note it is."""
    whose, who = _whose(speaker, party), speaker.name if speaker else (by or "").strip()
    if whose is None:
        raise RequestError("a private note belongs to a party, and you speak for none; nothing was written")
    if not who:
        raise RequestError("nobody is named, and a note has somebody who wrote it; give a name")
    words = says.replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST or _UNSAYABLE.search(words):
        raise RequestError(f"a note is 1 to {LONGEST:,} characters that can be read; this one has {len(words):,}")
    _check_about(about)
    with store.read() as unit:
        if items.case_of(unit, about, ref) is None:
            raise RequestError(f"no {about} '{ref}' in the register; nothing was written")
    with store.aside() as unit:
        return kept.append(unit, whose, at, who, Act.PUT, str(about), ref, words)


def read(store: Store, speaker: Speaker | None, about: Kind, ref: str, *, party: str | None = None) -> tuple[Note, ...]:
    """The notes in force of one's own party about a noun, oldest first; of another party there are none to see."""
    whose = _whose(speaker, party)
    _check_about(about)
    if whose is None:
        return ()
    with store.read() as unit:
        found = kept.read(unit, whose, str(about), ref)
    gone = {note.of for note in found}
    return tuple(note for note in found if note.act == Act.PUT and note.seq not in gone)


def withdraw(
    store: Store, speaker: Speaker | None, seq: int, why: str, at: str,
    *, party: str | None = None, by: str | None = None,
) -> Note:  # fmt: skip
    """Take back a note of one's own party, by its number in that party's chain; both stay there."""
    whose, who = _whose(speaker, party), speaker.name if speaker else (by or "").strip()
    missing = RequestError(f"no note {seq} of yours; nothing was withdrawn")
    if whose is None or not 0 < seq < 2**31:
        raise missing
    with store.aside() as unit:
        hold(unit, f"notes {whose}")
        note = kept.find(unit, whose, seq)
        if note is None or note.act != Act.PUT:
            raise missing
        if any(other.of == seq for other in kept.read(unit, whose, note.about, note.ref)):
            raise RequestError(f"note {seq} is withdrawn already")
        return kept.append(unit, whose, at, who or note.by, Act.WITHDRAW, note.about, note.ref, why.strip(), seq)


def verify(store: Store, party: str, expect: str | None = None) -> Held:
    """Walk the chain of a party's notes; `expect` is a hash kept from an earlier run that must still stand in it."""
    problems: list[str] = []
    count, before, met = 0, GENESIS, expect is None
    with store.read() as unit:
        for note in kept.read_all(unit, party):
            count += 1
            if note.seq != count:
                problems.append(f"a note of {party} before number {note.seq} was removed")
                count = note.seq
            elif note.before != before:
                problems.append(f"note {note.seq} of {party} does not follow the one before it")
            if kept.seal_of(note) != note.hash:
                problems.append(f"note {note.seq} of {party} was altered: its words do not give its hash")
            before, met = note.hash, met or note.hash == expect
        if kept.head_of(unit, party) != (count, before):
            problems.append(f"notes of {party} were removed from the end, or added past it")
    if not met:
        problems.append(f"the hash {expect} stands nowhere in the notes of {party}: they were rewritten")
    return Held(count, before, tuple(problems))


def _whose(speaker: Speaker | None, party: str | None) -> str | None:
    """The party whose notes are meant: one's own, whatever was asked for; alone on a laptop the one that is named."""
    if speaker is None:
        return party or None
    return speaker.party if party in (None, speaker.party) else None


def _check_about(about: Kind) -> None:
    if about not in ABOUT:
        raise RequestError(f"a note is about one of: {', '.join(str(kind) for kind in ABOUT)}; not about a {about}")

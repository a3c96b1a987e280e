"""Who sits at the table and on which tracks, as lines that a person types, on a page or in a shell."""

from __future__ import annotations

from typing import Any

from servanda.errors import RequestError
from servanda.model.dialogue import Participant, Role, Track
from servanda.model.words import Area
from servanda.register.words import Words


def tracks(said: str) -> list[Track]:
    """Tracks as lines of id; title; areas."""
    found = []
    for line in (one.strip() for one in said.splitlines()):
        if line:
            name, title, areas = _parts(line, 3, "a track is: id; title; areas")
            chosen = tuple(word(Area, one.strip(), "area") for one in areas.split(",") if one.strip())
            found.append(Track(name, title or name, chosen))
    return found


def participants(words: Words, said: str) -> tuple[Participant, ...]:
    """Participants as lines of name; role; party; track."""
    found = []
    for line in (one.strip() for one in said.splitlines()):
        if line:
            name, role, party, track = _parts(line, 4, "a participant is: name; role; party; track")
            code = words.party(party).code if party else None
            found.append(Participant(name, word(Role, role, "role"), code, track or None))
    return tuple(found)


def _parts(line: str, many: int, how: str) -> list[str]:
    parts = [one.strip() for one in line.split(";")]
    if len(parts) > many:
        raise RequestError(f"'{line[:80]}' has more than {many} parts; {how}")
    return [*parts, *[""] * (many - len(parts))]


def word(words: Any, said: str, what: str) -> Any:
    """The word of a closed list; raises RequestError with the list."""
    if said not in [str(one) for one in words]:
        raise RequestError(f"'{said[:40]}' is no {what}; write one of {', '.join(str(one) for one in words)}")
    return words(said)

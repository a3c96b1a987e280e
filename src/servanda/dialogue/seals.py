"""What a key is turned over: the words of an agenda or of minutes, by their SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from servanda.model.dialogue import Item, Meeting, Signature
from servanda.model.entry import plain_text
from servanda.model.plain import to_plain

_AGENDA = ("id", "place", "title", "reason", "minutes", "track", "commitments", "barriers", "carried")


def agenda_seal(meeting: Meeting, items: Iterable[Item]) -> str:
    """The SHA-256 of an agenda: when, where, how long, and every item as it is to be spoken of."""
    rows = [{name: value for name, value in to_plain(one).items() if name in _AGENDA} for one in items]
    return _seal({**_meeting(meeting), "items": sorted(rows, key=lambda row: str(row["id"]))})


def minutes_seal(meeting: Meeting, items: Iterable[Item]) -> str:
    """The SHA-256 of minutes: the agenda and what became of every item. What it led to later is left out."""
    rows = []
    for one in items:
        row = to_plain(one)
        for resolution in row.get("resolutions", []):
            resolution.pop("commitment", None)
        rows.append(row)
    return _seal({**_meeting(meeting), "items": sorted(rows, key=lambda row: str(row["id"]))})


def turned(signatures: Sequence[Signature], seal: str, parties: Sequence[str]) -> dict[str, Signature | None]:
    """For each party its key that holds over these words, or None."""
    held = {one.party: one for one in signatures if one.seal == seal}
    return {party: held.get(party) for party in parties}


def both(signatures: Sequence[Signature], seal: str, parties: Sequence[str]) -> bool:
    """Whether every party's key is turned over these very words."""
    return all(turned(signatures, seal, parties).values())


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting.id, "date": str(meeting.date), "host": meeting.host, "minutes": meeting.minutes}


def _seal(plain: dict[str, Any]) -> str:
    return hashlib.sha256(plain_text(plain).encode()).hexdigest()

"""One line of the register's memory, chained to the line before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from servanda.model.words import Act, Kind

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Change:
    """What a verb wants remembered: a noun put (its whole body) or withdrawn."""

    act: Act
    kind: Kind
    ref: str
    case: str
    body: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A change with who, when, why, and the hash of the entry before (SHA-256, hexadecimal)."""

    seq: int
    at: str
    who: str
    why: str
    act: str
    kind: str
    ref: str
    case: str
    body: str
    before: str
    hash: str


def plain_text(body: dict[str, Any] | None) -> str:
    """The one way a body is written down: sorted keys, no spaces, so that a hash is stable."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain(change: Change, seq: int, at: str, who: str, why: str, before: str) -> Entry:
    """The entry for a change, sealed with its own hash over all it says and the hash before it."""
    body = plain_text(change.body)
    words = (str(seq), at, who, why, str(change.act), str(change.kind), change.ref, change.case, body, before)
    return Entry(
        seq, at, who, why, str(change.act), str(change.kind), change.ref, change.case, body, before, seal(words)
    )


def seal(words: tuple[str, ...]) -> str:
    """SHA-256 over the words; each is preceded by its length so that no two lists read alike."""
    digest = hashlib.sha256()
    for word in words:
        raw = word.encode()
        digest.update(f"{len(raw)}:".encode())
        digest.update(raw)
    return digest.hexdigest()


def seal_of(entry: Entry) -> str:
    """The hash that an entry should have, from what it says."""
    return seal(
        (
            str(entry.seq),
            entry.at,
            entry.who,
            entry.why,
            entry.act,
            entry.kind,
            entry.ref,
            entry.case,
            entry.body,
            entry.before,
        )
    )

"""One claim with its source, bearing on one commitment; and what somebody made of such claims."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from servanda.model.period import When
from servanda.model.source import STRICT, Quote, Source
from servanda.model.words import Shown, Stance


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim. Nothing in it is edited: a correction is a new row that withdraws the old one.

    `id` is made from what it says (`evidence_id`). `bears_on` names the part of the commitment it is about.
    `origin` says who or what found it: "person: NAME", "rule: NAME VERSION" or "model: NAME VERSION".
    """

    __pydantic_config__ = STRICT

    id: str
    case: str
    commitment: str
    claim: str
    shows: Shown
    source: Source
    confidence: str
    origin: str
    date: When | None = None
    bears_on: str = "delivery"
    quote: Quote | None = None
    withdraws: str | None = None
    search: str = "first"

    @property
    def stance(self) -> Stance:
        """Whether the claim supports the promise being kept, contradicts it, or only mentions the matter."""
        return self.shows.stance


# No i, l, o, 0 or 1: an id can be read aloud over the telephone.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def evidence_id(commitment: str, date: str | None, claim: str, url: str | None) -> str:
    """Readable id from the content of a claim: the same finding twice is one row."""
    said = json.dumps([commitment, date, claim, url], ensure_ascii=False)
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")
    letters = []
    for _ in range(8):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return f"{commitment}-{''.join(letters)}"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict on a commitment at a date by somebody, in that body's own word, resting on what they say.

    `key` is who turns it: the code of a party, or "reviewer" for the independent third.
    """

    __pydantic_config__ = STRICT

    id: str
    case: str
    commitment: str
    key: str
    by: str
    verdict: str
    as_of: When | None = None
    basis: str | None = None
    confidence: str | None = None
    search: str = "first"

"""Who may what: one table. Alone on a laptop a person speaks as a co-chair of the side that they choose."""

from __future__ import annotations

from enum import StrEnum

from servanda.errors import RequestError
from servanda.model.dialogue import Role, Speaker


class Deed(StrEnum):
    """What can be done in the dialogue."""

    READ = "read"
    OPEN = "open a series or a meeting"
    PROPOSE = "propose an item"
    EDIT = "edit the agenda"
    AGREE = "agree to the agenda"
    SETTLE = "put down what was decided"
    SIGN = "sign the minutes"
    CLOSE = "close the meeting"
    ASSESS = "assess for a party"
    REVIEW = "assess as independent reviewer"
    REPLY = "reply to an assessment"
    REPORT = "report on a commitment"
    NOTE = "read and write a party's private notes"
    ACCOUNTS = "keep accounts"


class NotAllowed(RequestError):
    """A deed that is not for this role, party or track."""


_EVERYBODY = frozenset({Deed.READ})
TABLE: dict[Role, frozenset[Deed]] = {
    Role.CO_CHAIR: frozenset(Deed) - {Deed.REVIEW, Deed.ACCOUNTS},
    Role.POLICYMAKER: _EVERYBODY
    | {Deed.PROPOSE, Deed.EDIT, Deed.SETTLE, Deed.ASSESS, Deed.REPLY, Deed.REPORT, Deed.NOTE},
    Role.BUSINESS: _EVERYBODY | {Deed.PROPOSE, Deed.REPORT},
    Role.ACADEMIC: _EVERYBODY | {Deed.PROPOSE, Deed.REPORT},
    Role.OBSERVER: _EVERYBODY,
    Role.REVIEWER: _EVERYBODY | {Deed.REVIEW},
    Role.ADMINISTRATOR: _EVERYBODY | {Deed.ACCOUNTS},
}
OF_A_PARTY = frozenset(
    {Deed.OPEN, Deed.AGREE, Deed.SIGN, Deed.CLOSE, Deed.ASSESS, Deed.REPLY, Deed.NOTE, Deed.EDIT, Deed.SETTLE}
)
"""What only somebody of one of the two parties can do."""
OF_THE_PAIR = frozenset({Deed.PROPOSE, Deed.REPORT})
"""What is for the parties and for who is of none, but for nobody of a third state."""
OF_A_TRACK = frozenset({Deed.PROPOSE, Deed.EDIT, Deed.SETTLE})
"""What somebody who belongs to some tracks can do in those only."""


def may(speaker: Speaker, deed: Deed, parties: tuple[str, ...], track: str | None = None) -> bool:
    """Whether the speaker may do that, in a case of the parties and, where it is about one, on a track."""
    if deed not in TABLE[speaker.role]:
        return False
    if deed in OF_A_PARTY and speaker.party not in parties:
        return False
    if deed in OF_THE_PAIR and speaker.party not in (None, *parties):
        return False
    return not (deed in OF_A_TRACK and speaker.tracks and track not in speaker.tracks)


def must(speaker: Speaker, deed: Deed, parties: tuple[str, ...], track: str | None = None) -> None:
    """Raises NotAllowed unless the speaker may; names neither what is there nor what is not."""
    if not speaker.name.strip():
        raise RequestError("nobody is named; write your name, for a named person answers for it")
    if not may(speaker, deed, parties, track):
        where = f" on track {track}" if track else ""
        raise NotAllowed(f"as {speaker.role}{_of(speaker)} you may not {deed}{where} here")


def _of(speaker: Speaker) -> str:
    return f" of {speaker.party}" if speaker.party else ""

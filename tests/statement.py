"""An invented statement of two states that do not exist, and a reader that knows three words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from servanda.model.passage import Passage
from servanda.model.proposal import Kind, Proposed, Terms, Why
from servanda.model.text import Text
from servanda.model.words import Action, Area
from servanda.register.receive import Handed

STATEMENT = """\
## Statement on tides and poets

1. The two ministers met on the pier. They will open a lighthouse by March 2031, and Zembla will lend 12 boats.

2. Both sides welcomed the new timetable. Ruritania will print a book of tides every year.

The sea was calm 🤝 that day. They will meet again.
"""
PROMISES = (
    "They will open a lighthouse by March 2031, and Zembla will lend 12 boats.",
    "Ruritania will print a book of tides every year.",
    "They will meet again.",
)
AT = "2026-11-24T09:00:00+00:00"


def handed(characters: str = STATEMENT, **changes: object) -> Handed:
    """The statement as somebody hands it in."""
    known: dict[str, object] = {
        "title": "Statement on tides and poets", "date": "2026-03-09", "parties": ("ZEM", "RUR"),
        "publisher": "official", "url": "https://gazette.example/tides",
    }  # fmt: skip
    from servanda.model.words import Publisher

    known.update(changes)
    known["publisher"] = Publisher(str(known["publisher"]))
    return Handed(characters, **known)  # type: ignore[arg-type]


def read(text: Text, passages: Sequence[Passage]) -> tuple[Proposed, ...]:
    """A commitment where something will be, an outcome where something was welcomed, else a position."""
    return tuple(_read(text, one) for one in passages)


def _read(text: Text, one: Passage) -> Proposed:
    if " will " in one.text:
        parties = tuple(code for code, name in (("ZEM", "Zembla"), ("RUR", "Ruritania")) if name in one.text[:12])
        due = "2031-03" if "2031" in one.text else "recurring" if "every year" in one.text else None
        said = "by March 2031" if "2031" in one.text else "every year" if due else None
        terms = Terms(parties or text.parties, Action.SPECIFIC, Area.TRADE, said, due,
                      "12 boats" if "boats" in one.text else None)  # fmt: skip
        at = one.start + one.text.index(" will ") + 1
        why = (Why(at, at + 4, "will", 1.5),)
        chances = (0.9, 0.06, 0.02, 0.01, 0.01)
        return Proposed(one.start, one.end, one.text, one.paragraph, Kind.COMMITMENT, 0.9, chances, terms, why,
                        one.heading, one.lead_in)  # fmt: skip
    kind = Kind.OUTCOME if "welcomed" in one.text else Kind.POSITION
    return Proposed(one.start, one.end, one.text, one.paragraph, kind, 0.8, heading=one.heading, lead_in=one.lead_in)


def read_instead(patch: pytest.MonkeyPatch) -> None:
    """Let this reader stand for the one that ships, until the patch is undone."""
    from servanda.register import accept, decide, propose

    propose._whole.cache_clear()
    propose._near.cache_clear()
    patch.setattr(propose, "_read", read)
    for module in (accept, decide, propose):
        patch.setattr(module, "version", lambda: "reading-of-three-words")

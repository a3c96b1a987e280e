"""What each form of the dialogue sends: the names of its fields and how long each may be. Checked, and described."""

from __future__ import annotations

from servanda.errors import RequestError
from servanda.faces.web.form import Form

NAME, LINE, WORDS, NOTE, LINES = 80, 300, 2_000, 20_000, 50_000
"""A word or a number; a line; a few sentences; a party's note; a list of seats or tracks."""
OF_AN_ITEM = {"title": 200, "reason": WORDS, "minutes": 9, "track": NAME, "commitments": WORDS}
UNDERTAKING = {
    "says": 500, "owner": 200, "deadline": NAME, "deliverable": LINE, "mechanism": 200, "action": NAME,
    "target_value": NAME, "target_unit": NAME, "area": NAME, "parties": NAME,
}  # fmt: skip
OF_ALL = {"token": LINE, "deed": NAME, "who": NAME, "side": NAME, "as_of": NAME}
"""What every form sends beside its own fields; name and side only alone on a laptop."""
FIELDS: dict[tuple[str, str], dict[str, int]] = {
    ("dialogue", "open series"): {"title": 120, "rhythm": NAME, "tracks": LINES},
    ("dialogue", "open meeting"): {
        "series": LINE, "date": NAME, "host": NAME, "place": 120, "minutes": 9, "participants": LINES,
    },
    ("meeting", "draft"): {},
    ("meeting", "propose"): OF_AN_ITEM,
    ("meeting", "order"): {"item": LINE, "way": NAME},
    ("meeting", "agree"): {"seal": NAME},
    ("meeting", "hold"): {},
    ("meeting", "sign"): {"seal": NAME},
    ("meeting", "excerpts"): {},
    ("meeting", "close"): {},
    ("meeting", "note"): {"about": NAME, "says": NOTE},
    ("item", "edit"): {"seen": 9, **OF_AN_ITEM},
    ("item", "settle"): {"seen": 9, "state": NAME, "decision": WORDS, "until": NAME, "keep": 6, **UNDERTAKING},
    ("item", "assess"): {"commitment": LINE, "verdict": NAME, "basis": WORDS},
    ("item", "reply"): {"assessment": LINE, "says": WORDS},
    ("item", "note"): {"about": NAME, "says": NOTE},
    ("followup", "report"): {
        "commitment": LINE, "shows": NAME, "claim": WORDS, "date": NAME, "publisher": NAME, "title": LINE, "url": WORDS,
    },
}  # fmt: skip


def check_lengths(place: str, deed: str, form: Form) -> None:
    """Raises RequestError for a field that is longer than it may be: what is kept is read by many."""
    for name, most in {**OF_ALL, **FIELDS.get((place, deed), {})}.items():
        long = max(map(len, form.fields.get(name, ())), default=0)
        if long > most:
            raise RequestError(f"{name} has {long:,} characters, and takes at most {most:,}; nothing was written")

"""What the forms of the dialogue do: from typed fields to one verb each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servanda.accounts import notes
from servanda.dialogue.agenda import agree, edit, order, propose, take_draft
from servanda.dialogue.assess import assess, reply
from servanda.dialogue.close import close, hand_out, sign
from servanda.dialogue.may import Deed, must
from servanda.dialogue.open import Opening, open_meeting, open_series
from servanda.dialogue.report import report
from servanda.dialogue.table import hold, resolution, settle
from servanda.dialogue.work import agenda
from servanda.errors import RequestError
from servanda.faces.web.form import Form
from servanda.model.dialogue import ItemState, Rhythm, Speaker
from servanda.model.words import Kind
from servanda.pages.library import Library
from servanda.pages.seats import participants, tracks, word
from servanda.settings import today

Does = Callable[[Library, str, str, Form, Speaker, str], object]
UNDERTAKEN = ("says", "owner", "deadline", "deliverable", "mechanism", "target_value", "target_unit")


def _open_series(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    rhythm = word(Rhythm, form.one("rhythm"), "rhythm")
    return open_series(library.store, case, form.one("title"), rhythm, tracks(form.one("tracks")), speaker, at)


def _open_meeting(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    seats = participants(library.words, form.one("participants"))
    opening = Opening(form.one("date"), form.one("host") or None, _number(form, "minutes"), form.one("place"), seats)
    return open_meeting(library.store, form.one("series"), opening, speaker, at)


def _draft(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return take_draft(library.store, library.content, name, speaker, at)


def _propose(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return propose(library.store, name, _item_fields(form), speaker, at)


def _edit(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return edit(library.store, name, _item_fields(form), _number(form, "seen"), speaker, at)


def _item_fields(form: Form) -> dict[str, Any]:
    given: dict[str, Any] = {
        "title": form.one("title"),
        "reason": form.one("reason"),
        "minutes": _number(form, "minutes"),
    }
    given["track"] = form.one("track") or None
    given["commitments"] = [one for one in form.one("commitments").replace(",", " ").split() if one]
    return given


def _order(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    names = [one.id for one in agenda(library.record(case, today()), name)]
    moved = form.one("item")
    if moved not in names:
        raise RequestError("that item is no longer on the agenda; open the page again")
    place = names.index(moved)
    to = place - 1 if form.one("way") == "up" else place + 1
    if 0 <= to < len(names):
        names[place], names[to] = names[to], names[place]
    return order(library.store, name, names, speaker, at)


def _agree(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return agree(library.store, name, speaker, at, form.one("seal"))


def _hold(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return hold(library.store, name, speaker, at)


def _settle(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    state = word(ItemState, form.one("state"), "state of an item")
    now = library.record(case, today()).agenda.get(name)
    kept = {int(one) for one in form.fields.get("keep", ()) if one.isascii() and one.isdigit() and len(one) < 7}
    made = [one for place, one in enumerate(now.resolutions) if place in kept] if now else []
    if any(form.one(field).strip() for field in UNDERTAKEN):
        typed: dict[str, Any] = {field: form.one(field) for field in (*UNDERTAKEN, "area", "action", "thread")}
        made.append(resolution({**typed, "parties": form.fields.get("parties", ())}))
    given = {"decision": form.one("decision"), "until": form.one("until"), "resolutions": made}
    return settle(library.store, name, state, given, _number(form, "seen"), speaker, at)


def _sign(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return sign(library.store, name, speaker, at, form.one("seal"))


def _excerpts(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return hand_out(library.store, library.words, name, speaker, at)


def _close(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return close(library.store, library.words, name, speaker, at)


def _assess(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    said = form.one("commitment"), form.one("verdict"), form.one("basis")
    return assess(library.store, library.words, *said, speaker, at)


def _reply(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    return reply(library.store, form.one("assessment"), form.one("says"), speaker, at)


def _report(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    given = {field: form.one(field) for field in ("claim", "shows", "date", "title", "publisher", "url")}
    return report(library.store, form.one("commitment"), given, speaker, at)


def _note(library: Library, case: str, name: str, form: Form, speaker: Speaker, at: str) -> object:
    must(speaker, Deed.NOTE, tuple(library.record(case, today()).case.parties))
    about = word(Kind, form.one("about"), "noun that a note can be about")
    return notes.write(library.store, speaker, about, name, form.one("says"), at)


DEEDS: dict[tuple[str, str], Does] = {
    ("dialogue", "open series"): _open_series,
    ("dialogue", "open meeting"): _open_meeting,
    ("meeting", "draft"): _draft,
    ("meeting", "propose"): _propose,
    ("meeting", "order"): _order,
    ("meeting", "agree"): _agree,
    ("meeting", "hold"): _hold,
    ("meeting", "sign"): _sign,
    ("meeting", "excerpts"): _excerpts,
    ("meeting", "close"): _close,
    ("meeting", "note"): _note,
    ("item", "edit"): _edit,
    ("item", "settle"): _settle,
    ("item", "assess"): _assess,
    ("item", "reply"): _reply,
    ("item", "note"): _note,
    ("followup", "report"): _report,
}
"""Every form by its page and what it asks for. Nothing else changes the dialogue."""


def _number(form: Form, name: str) -> int:
    said = form.one(name).strip()
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        raise RequestError(f"{name} is '{said[:20]}', which is no whole number")
    return int(said)

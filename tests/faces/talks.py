"""A meeting of two invented states at the pages: who is there, how far it is, and how a form is sent as one of them."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from servanda.accounts import keep
from servanda.dialogue import agenda, assess, close, table
from servanda.dialogue.open import Opening, open_meeting, open_series
from servanda.dialogue.work import seen_of
from servanda.faces.web.app import build
from servanda.model.case import Record
from servanda.model.dialogue import ItemState, Participant, Rhythm, Role, Speaker, Track
from servanda.model.words import Area, Kind
from servanda.register.keep import bring_in
from servanda.register.words import words
from servanda.settings import store_url
from servanda.store import entries, items
from servanda.store.connect import Store

PASSWORD = "four tides met a poet"
AT = "2026-11-23T12:00:00+00:00"
CASE = "zem-rur"
SERIES = "zem-rur.coast-talks"
MEETING = f"{SERIES}.1"
SEA, FREE, VERSE = f"{MEETING}.01", f"{MEETING}.02", f"{MEETING}.03"
ANNA = Speaker("Anna", "ZEM", Role.CO_CHAIR)
BORIS = Speaker("Boris", "RUR", Role.CO_CHAIR)
PEOPLE = {
    "anna": ANNA,
    "boris": BORIS,
    "paula": Speaker("Paula", "ZEM", Role.POLICYMAKER),
    "petra": Speaker("Petra", "RUR", Role.POLICYMAKER),
    "fedor": Speaker("Fedor", "RUR", Role.POLICYMAKER, ("verse",)),
    "dora": Speaker("Dora", "ZEM", Role.BUSINESS, ("sea",)),
    "bruno": Speaker("Bruno", "RUR", Role.BUSINESS),
    "alan": Speaker("Alan", None, Role.ACADEMIC),
    "emil": Speaker("Emil", None, Role.OBSERVER),
    "olga": Speaker("Olga", "RUR", Role.OBSERVER),
    "clara": Speaker("Clara", None, Role.REVIEWER),
    "adam": Speaker("Adam", None, Role.ADMINISTRATOR),
    "tove": Speaker("Tove", "JPN", Role.CO_CHAIR),
    "tomo": Speaker("Tomo", "JPN", Role.POLICYMAKER),
    "taro": Speaker("Taro", "JPN", Role.BUSINESS),
}
"""Everybody with an account, by the name they sign in with. JPN is no party to the case."""
TABLE = (
    Participant("Anna", Role.CO_CHAIR, "ZEM"), Participant("Boris", Role.CO_CHAIR, "RUR"),
    Participant("Emil", Role.OBSERVER),
)  # fmt: skip
TRACKS = (Track("sea", "The sea", (Area.TRADE,)), Track("verse", "Verse", (Area.PEOPLE,)))
UNDERTAKEN = {
    "says": "Open the ferry by spring", "owner": "Ministry of Transport", "deadline": "2027-09-30",
    "deliverable": "a ferry line", "action": "specific", "area": "trade", "parties": ("ZEM",),
}  # fmt: skip
STAGES = ("planned", "agreed", "held", "signed", "handed", "closed")


def stage(store: Store, content: Path, how_far: str) -> None:
    """The case with one meeting, brought as far as that; three items, one of each track and one of none."""
    lists = words(content)
    bring_in(store, content, "a", "b", AT)
    open_series(store, CASE, "Coast talks", Rhythm.YEARLY, TRACKS, ANNA, AT)
    open_meeting(store, SERIES, Opening("2026-12-10", "RUR", 120, "Strelsau", TABLE), ANNA, AT)
    for title, track, about in (("The ferry", "sea", ["Z003"]), ("Fog", None, []), ("Poets", "verse", ["Z002"])):
        given = {"title": title, "reason": "It is late", "track": track, "commitments": about}
        agenda.propose(store, MEETING, given, ANNA, AT)
    assess.assess(store, lists, "Z003", "delivered", "It sails", BORIS, AT)
    steps = STAGES[: STAGES.index(how_far) + 1]
    if "agreed" in steps:
        agenda.agree(store, MEETING, ANNA, AT)
        agenda.agree(store, MEETING, BORIS, AT)
    if "held" in steps:
        table.hold(store, MEETING, ANNA, AT)
    if "signed" in steps:
        made = (table.resolution(UNDERTAKEN),)
        settled: tuple[tuple[str, dict[str, Any]], ...] = (
            (SEA, {"decision": "Soon", "resolutions": made}),
            (FREE, {"decision": "Lamps"}),
        )
        for item, given in settled:
            table.settle(store, item, ItemState.DECIDED, given, seen(store, item), ANNA, AT)
        table.settle(store, VERSE, ItemState.DEFERRED, {"until": "2027-03-09"}, seen(store, VERSE), BORIS, AT)
        close.sign(store, MEETING, ANNA, AT)
        close.sign(store, MEETING, BORIS, AT)
    if "handed" in steps:
        close.hand_out(store, lists, MEETING, ANNA, AT)
    if "closed" in steps:
        close.close(store, lists, MEETING, BORIS, AT)


def populate(store: Store) -> None:
    """An account for everybody, the keeper first."""
    for name, one in PEOPLE.items():
        wanted = keep.Wanted(name, one.name, one.role, one.party, one.tracks, password=PASSWORD)
        keep.add(store, wanted, "the keeper", AT, secrets.token_bytes)


def seen(store: Store, item: str) -> int:
    """The entry as of which somebody sees an item."""
    with store.read() as unit:
        return seen_of(unit, Kind.ITEM, item)


def record(store: Store) -> Record:
    """The record of the case as it now is."""
    with store.read() as unit:
        return items.record(items.bodies(unit, CASE), entries.head_of(unit)[0])


def written(store: Store) -> tuple[object, ...]:
    """How much the register and each party's notes hold: the same before and after where nothing was written."""
    from servanda.store import notes

    with store.read() as unit:
        return (entries.head_of(unit), *(notes.head_of(unit, party) for party in ("ZEM", "RUR", "JPN")))


def client(store: Store, content: Path, **options: Any) -> TestClient:
    """Somebody who has not signed in, at the pages of a register."""
    web = build(store, content, **options)
    return TestClient(web, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)


def token_of(text: str) -> str:
    """The token that a page's forms bring back."""
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found, text[:2000]
    return found[1]


def sign_in(web: TestClient, name: str) -> str:
    """Sign somebody in; the token of their forms."""
    sent = {"token": token_of(web.get("/signin").text), "name": name, "password": PASSWORD}
    assert web.post("/signin", data=sent).status_code == 303
    return token_of(web.get("/account").text)


def told(text: str) -> str:
    """The sentence that a page says of what could not be done, else nothing."""
    found = re.search(r'id="problem">(.*?)</p>', text, re.DOTALL)
    return unescape(found[1]) if found else ""


@contextmanager
def copied(base: Path, folder: Path) -> Iterator[Store]:
    """A register of one's own that begins as another."""
    path = folder / f"{secrets.token_hex(6)}.sqlite"
    shutil.copyfile(base, path)
    opened = Store(store_url(str(path)))
    try:
        yield opened
    finally:
        opened.close()

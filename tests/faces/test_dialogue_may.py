"""Who may what at the pages of the dialogue: the table below is the rule, tried by everybody at every address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from servanda.accounts import notes
from servanda.dialogue.papers.word import minutes_docx
from servanda.dialogue.work import agenda
from servanda.faces.web.deeds import DEEDS
from servanda.faces.web.dialogue import Talks
from servanda.faces.web.papers import Papers
from servanda.model.words import Kind
from servanda.pages.library import Library
from servanda.register.words import words
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.dialogue.conftest import whole
from tests.faces.conftest import DAY
from tests.faces.talks import (
    ANNA,
    CASE,
    FREE,
    MEETING,
    PEOPLE,
    SEA,
    SERIES,
    STAGES,
    UNDERTAKEN,
    VERSE,
    client,
    copied,
    populate,
    record,
    seen,
    sign_in,
    stage,
    token_of,
    told,
    written,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("quick_passwords", "at_noon")

WHO = {
    "nobody": (),
    "the co-chairs of both parties": ("anna", "boris"),
    "the co-chairs and policymakers of both parties who are bound to no track": ("anna", "boris", "paula", "petra"),
    "the co-chairs and policymakers of both parties": ("anna", "boris", "paula", "petra", "fedor"),
    "the same and the independent reviewer": ("anna", "boris", "paula", "petra", "fedor", "clara"),
    "whoever negotiates, trades or teaches, on their own track": (
        "anna", "boris", "paula", "petra", "fedor", "bruno", "alan",
    ),
    "the same on the sea": ("anna", "boris", "paula", "petra", "dora", "bruno", "alan"),
    "whoever negotiates, trades or teaches, of both parties or of none": (
        "anna", "boris", "paula", "petra", "fedor", "dora", "bruno", "alan",
    ),
    "the co-chair and the policymakers of Zembla": ("anna", "paula"),
    "the co-chair and the policymakers of Ruritania": ("boris", "petra", "fedor"),
    "everybody who is signed in": tuple(PEOPLE),
}  # fmt: skip
ITEM = {"title": "Fog bells", "reason": "Ships go astray", "minutes": "10"}
DIALOGUE, AT_TABLE, FOLLOW = f"/{CASE}/dialogue", f"/{CASE}/dialogue/{MEETING}", f"/{CASE}/follow-up"
RETURNED = f"{AT_TABLE}/returned"


@dataclass(frozen=True)
class Row:
    """One thing that can be done: where, when, with what; and who may. `deed` is None for what is only read."""

    what: str
    who: str
    address: str
    when: str = "planned"
    deed: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


RULES = (
    Row("open a series", "the co-chairs of both parties", DIALOGUE, deed="open series",
        fields={"title": "Night talks", "rhythm": "yearly", "tracks": ""}),
    Row("open the next meeting", "the co-chairs of both parties", DIALOGUE, deed="open meeting",
        fields={"series": SERIES, "date": "2027-12-09", "host": "ZEM", "minutes": "120", "participants": ""}),
    Row("draft items from the record",
        "the co-chairs and policymakers of both parties who are bound to no track", AT_TABLE, deed="draft"),
    Row("propose an item of the track of verse", "whoever negotiates, trades or teaches, on their own track",
        AT_TABLE, deed="propose", fields={**ITEM, "track": "verse"}),
    Row("propose an item on the sea", "the same on the sea", AT_TABLE, deed="propose", fields={**ITEM, "track": "sea"}),
    Row("propose an item at the table", "whoever negotiates, trades or teaches, on their own track",
        AT_TABLE, "held", "propose", {**ITEM, "track": "verse"}),
    Row("put the agenda in order", "the co-chairs and policymakers of both parties who are bound to no track",
        AT_TABLE, deed="order", fields={"item": FREE, "way": "up"}),
    Row("agree to the agenda", "the co-chairs of both parties", AT_TABLE, deed="agree"),
    Row("sit down", "the co-chairs of both parties", AT_TABLE, "agreed", "hold"),
    Row("sign the minutes", "the co-chairs of both parties", AT_TABLE, "signed", "sign"),
    Row("hand out the excerpts", "the co-chairs of both parties", AT_TABLE, "signed", "excerpts"),
    Row("close the meeting", "the co-chairs of both parties", AT_TABLE, "handed", "close"),
    Row("note something of a meeting for one's own side", "the co-chairs and policymakers of both parties",
        AT_TABLE, deed="note", fields={"about": "meeting", "says": "Offer less"}),
    Row("edit an item of the track of verse", "the co-chairs and policymakers of both parties",
        f"/{CASE}/items/{VERSE}", deed="edit", fields={**ITEM, "track": "verse"}),
    Row("edit an item on the sea", "the co-chairs and policymakers of both parties who are bound to no track",
        f"/{CASE}/items/{SEA}", deed="edit", fields={**ITEM, "track": "sea"}),
    Row("bring an item on the sea over to another track",
        "the co-chairs and policymakers of both parties who are bound to no track",
        f"/{CASE}/items/{SEA}", deed="edit", fields={**ITEM, "track": "verse"}),
    Row("bring an item of verse over to another track",
        "the co-chairs and policymakers of both parties who are bound to no track",
        f"/{CASE}/items/{VERSE}", deed="edit", fields={**ITEM, "track": "sea"}),
    Row("put down what was decided on verse", "the co-chairs and policymakers of both parties",
        f"/{CASE}/items/{VERSE}", "held", "settle", {"state": "decided", "decision": "Three poets"}),
    Row("put down what was decided on the sea",
        "the co-chairs and policymakers of both parties who are bound to no track",
        f"/{CASE}/items/{SEA}", "held", "settle", {"state": "decided", "decision": "A ferry", **UNDERTAKEN}),
    Row("put down what was decided on no track",
        "the co-chairs and policymakers of both parties who are bound to no track",
        f"/{CASE}/items/{FREE}", "held", "settle", {"state": "dropped", "decision": "No fog"}),
    Row("assess a commitment", "the same and the independent reviewer", f"/{CASE}/items/{SEA}", deed="assess",
        fields={"commitment": "Z003", "verdict": "delivered", "basis": "It sails"}),
    Row("reply to the reviewer", "the co-chairs and policymakers of both parties", f"/{CASE}/items/{SEA}",
        deed="reply", fields={"assessment": "Z001-reviewer-1", "says": "Not so"}),
    Row("note something of an item for one's own side", "the co-chairs and policymakers of both parties",
        f"/{CASE}/items/{SEA}", deed="note", fields={"about": "item", "says": "Offer less"}),
    Row("report on a commitment", "whoever negotiates, trades or teaches, of both parties or of none", FOLLOW,
        deed="report", fields={"commitment": "Z003", "shows": "step taken", "claim": "A second ferry was bought",
                               "title": "Gazette", "publisher": "official", "url": "https://gazette.example/9"}),
    Row("hand in edited minutes to be compared",
        "the co-chairs and policymakers of both parties who are bound to no track", RETURNED, "held", "returned"),
    Row("take what was edited", "the co-chairs and policymakers of both parties who are bound to no track", RETURNED,
        "held", "take", {"accepted": "1"}),
    Row("read the series of meetings", "everybody who is signed in", DIALOGUE),
    Row("read a meeting", "everybody who is signed in", AT_TABLE),
    Row("read an item", "everybody who is signed in", f"/{CASE}/items/{SEA}"),
    Row("see how concrete an undertaking is", "everybody who is signed in", f"/{CASE}/items/{SEA}/score?says=Meet"),
    Row("read what is owed", "everybody who is signed in", FOLLOW),
    Row("read the joint brief", "everybody who is signed in", f"{AT_TABLE}/brief/joint"),
    Row("have the joint brief in Word", "everybody who is signed in", f"{AT_TABLE}/brief/joint.docx"),
    Row("read the brief of Zembla", "the co-chair and the policymakers of Zembla", f"{AT_TABLE}/brief/ZEM"),
    Row("have the brief of Zembla in Word", "the co-chair and the policymakers of Zembla", f"{AT_TABLE}/brief/ZEM.docx"),
    Row("read the brief of Ruritania", "the co-chair and the policymakers of Ruritania", f"{AT_TABLE}/brief/RUR"),
    Row("have the brief of Ruritania in Word", "the co-chair and the policymakers of Ruritania",
        f"{AT_TABLE}/brief/RUR.docx"),
    Row("have the brief of a third state", "nobody", f"{AT_TABLE}/brief/JPN"),
    Row("have the minutes in Word", "everybody who is signed in", f"{AT_TABLE}/minutes.docx", "held"),
    Row("have an owner's excerpt", "everybody who is signed in",
        f"{AT_TABLE}/excerpt.docx?owner=Ministry+of+Transport", "signed"),
    Row("have the meeting for one's calendar", "everybody who is signed in", f"{AT_TABLE}/meeting.ics"),
    Row("have the dates of an owner for one's calendar", "everybody who is signed in", f"/{CASE}/calendar/both.ics"),
    Row("have what lets the minutes be taken without the network", "everybody who is signed in", f"/{CASE}/worker.js"),
)  # fmt: skip
FREE_OF_ALL = {"/static/dialogue.css", "/static/dialogue.js"}
"""What anybody may have: it says nothing of anybody."""
SECRET = "Settle for two poets, never say so"


@dataclass
class Cast:
    """A register for each stage, and for everybody a session that holds in each of them."""

    content: Path
    folder: Path
    bases: dict[str, Path]
    cookies: dict[str, tuple[dict[str, str], str]]

    def come(self, store: Store, name: str) -> tuple[TestClient, str]:
        """Somebody at the pages, with the token of their forms; nobody without a session."""
        web = client(store, self.content)
        jar, token = self.cookies.get(name, ({}, "no token"))
        web.cookies.update(jar)
        return web, token


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    from argon2 import PasswordHasher

    from servanda.accounts import password

    folder = tmp_path_factory.mktemp("cast")
    content = whole(folder / "content")
    bases: dict[str, Path] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERVANDA_TODAY", DAY)
        patch.setenv("SERVANDA_NOW", f"{DAY}T12:00:00+00:00")
        patch.setattr(password, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=16, parallelism=1))
        first = folder / "first.sqlite"
        opened = Store(store_url(str(first)))
        populate(opened)
        cookies = {}
        for name in PEOPLE:
            web = client(opened, content)
            token = sign_in(web, name)
            cookies[name] = dict(web.cookies), token
        opened.close()
        for how_far in STAGES:
            with copied(first, folder) as made:
                stage(made, content, how_far)
                notes.write(made, ANNA, Kind.MEETING, MEETING, SECRET, f"{DAY}T12:00:00+00:00")
                notes.write(made, ANNA, Kind.ITEM, SEA, SECRET, f"{DAY}T12:00:00+00:00")
                bases[how_far] = Path(made.name)
    yield Cast(content, folder, bases, cookies)


def send(row: Row, web: TestClient, token: str, store: Store, cast: Cast) -> Any:
    """Do what a row says."""
    if row.deed is None:
        return web.get(row.address)
    fields = {"token": token, "deed": row.deed, **row.fields}
    if row.deed in ("edit", "settle"):
        fields["seen"] = str(seen(store, row.address.rsplit("/", 1)[1]))
    if row.deed in ("agree", "sign"):
        fields["seal"] = seal_of(web.get(row.address).text)
    if row.address == RETURNED:
        return web.post(row.address, data=fields, files={"file": ("minutes.docx", edited(store, cast))})
    return web.post(row.address, data=fields)


def seal_of(text: str) -> str:
    """The seal of the words that somebody sees; none where the page has no form for them."""
    found = re.search(r'name="seal" value="([^"]+)"', text)
    return found[1] if found else ""


def edited(store: Store, cast: Cast) -> bytes:
    """Minutes as they went out, with the first item decided in Word."""
    from io import BytesIO

    from docx import Document

    held = record(store)
    file = Document(BytesIO(minutes_docx(held.meetings[MEETING], agenda(held, MEETING), words(cast.content))))
    for table in file.tables:
        for line in table.rows:
            if line.cells[0].text == "Title":
                line.cells[1].text = "The ferry, by night"
                made = BytesIO()
                file.save(made)
                return made.getvalue()
    raise AssertionError("the minutes hold no item to edit")


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.what.replace(" ", "-"))
def test_who_may(row: Row, cast: Cast) -> None:
    allowed = WHO[row.who]
    with copied(cast.bases[row.when], cast.folder) as store:
        for name in PEOPLE:
            if name in allowed:
                continue
            before = written(store)
            web, token = cast.come(store, name)
            answer = send(row, web, token, store, cast)
            assert answer.status_code == (403 if row.deed else 404), (name, row.what, told(answer.text))
            assert written(store) == before, f"{name} may not {row.what}, and something was written"
            if row.deed:
                assert "you may not" in told(answer.text), name
                assert f'name="deed" value="{row.deed}"' not in web.get(row.address).text or row.fields, name
        stranger, _ = cast.come(store, "a stranger")
        before = written(store)
        answer = send(row, stranger, "no token", store, cast)
        assert answer.status_code == (401 if row.deed else 303) and (row.deed or not answer.content)
        assert written(store) == before
    for name in allowed:
        with copied(cast.bases[row.when], cast.folder) as store:
            before = written(store)
            web, token = cast.come(store, name)
            answer = send(row, web, token, store, cast)
            shows = row.deed in (None, "returned")
            assert answer.status_code == (200 if shows else 303), (
                name,
                row.what,
                told(answer.text) or answer.text[:300],
            )
            assert (written(store) == before) is shows, name


def test_whoever_may_propose_on_their_own_track_finds_the_form(cast: Cast) -> None:
    offered = []
    with copied(cast.bases["planned"], cast.folder) as store:
        for name in PEOPLE:
            web, token = cast.come(store, name)
            page = web.get(AT_TABLE).text
            if 'name="deed" value="propose"' in page:
                offered.append(name)
                tracks = re.findall(r'<option value="(\w+)"', page.split('value="propose"')[1].split("</select>")[0])
                sent = {"token": token, "deed": "propose", **ITEM, "track": tracks[0]}
                assert web.post(AT_TABLE, data=sent).status_code == 303, (name, tracks)
    assert tuple(offered) == WHO["whoever negotiates, trades or teaches, of both parties or of none"]


def test_every_deed_and_every_address_has_its_row(cast: Cast) -> None:
    places = {"dialogue": DIALOGUE, "meeting": AT_TABLE, "followup": FOLLOW}
    rows = {(row.address.split("?")[0], row.deed) for row in RULES}
    for place, deed in DEEDS:
        addresses = [places[place]] if place in places else [f"/{CASE}/items/{one}" for one in (SEA, FREE, VERSE)]
        assert any((address, deed) in rows for address in addresses), f"nobody says who may: {place}, {deed}"
    with copied(cast.bases["planned"], cast.folder) as store:
        talks = Talks(Library(store, cast.content), lambda request: pytest.fail("not asked"))
        for route in (*talks.routes(), *Papers(talks).routes()):
            if route.path in FREE_OF_ALL:
                continue
            shape = re.compile(re.sub(r"\\\{[a-z]+\\\}", "[^/]+", re.escape(route.path)))
            reads = "GET" in (route.methods or ())
            found = [row for row in RULES if shape.fullmatch(row.address.split("?")[0]) and (row.deed is None) is reads]
            assert found, f"nobody says who may: {route.methods} {route.path}"


def test_a_deed_that_is_none_does_nothing(cast: Cast) -> None:
    with copied(cast.bases["held"], cast.folder) as store:
        before = written(store)
        web, token = cast.come(store, "anna")
        for address in (DIALOGUE, AT_TABLE, FOLLOW, f"/{CASE}/items/{SEA}"):
            for deed in ("", "erase", "accounts", "Settle"):
                answer = web.post(address, data={"token": token, "deed": deed})
                assert answer.status_code == 400 and "asks for nothing that is done here" in told(answer.text)
        assert written(store) == before


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in ("anna", "paula")])
def test_the_brief_of_the_other_side_looks_as_if_there_were_none(cast: Cast, name: str) -> None:
    with copied(cast.bases["held"], cast.folder) as store:
        web, _ = cast.come(store, name)
        for kind in ("", ".docx", ".pdf", ".exe"):
            for accept in ({}, {"accept": "application/json"}):
                found, none = (web.get(f"{AT_TABLE}/brief/{one}{kind}", headers=accept) for one in ("ZEM", "QQQ"))
                assert found.status_code == none.status_code == 404
                assert found.text.replace("ZEM", "QQQ") == none.text
                assert sorted(found.headers) == sorted(none.headers) and len(found.content) == len(none.content)


@pytest.mark.parametrize("name", ["boris", "dora", "emil", "clara", "adam", "tove"])
def test_a_note_changes_nothing_that_anybody_else_can_see(cast: Cast, name: str) -> None:
    looked = [
        DIALOGUE, AT_TABLE, f"/{CASE}/items/{SEA}", FOLLOW, f"{AT_TABLE}/brief/joint", f"/{CASE}", f"/{CASE}/commitments",
        f"/commitments?q={SECRET.split(maxsplit=1)[0]}", "/commitments?format=csv", f"{AT_TABLE}/meeting.ics", "/",
        f"/{CASE}/dialogue?format=json", f"{AT_TABLE}?format=json", f"/{CASE}/items/{SEA}?format=json",
        f"{AT_TABLE}/brief/ZEM", f"{AT_TABLE}/brief/RUR",
    ]  # fmt: skip
    with copied(cast.bases["held"], cast.folder) as store:
        web, _ = cast.come(store, name)
        before = [(answer.status_code, answer.content) for answer in map(web.get, looked)]
        assert not [place for place, (_, body) in zip(looked, before, strict=True) if SECRET.encode() in body]
        for turn in range(3):
            notes.write(store, ANNA, Kind.ITEM, SEA, f"{SECRET} {turn}", f"{DAY}T12:00:00+00:00")
            notes.write(store, ANNA, Kind.MEETING, MEETING, f"{SECRET} {turn}", f"{DAY}T12:00:00+00:00")
        after = [(answer.status_code, answer.content) for answer in map(web.get, looked)]
        for place, one, other in zip(looked, before, after, strict=True):
            assert one == other, f"{name} sees at {place} that there is a note"


def test_a_side_sees_its_own_notes_on_the_page_and_in_no_twin(cast: Cast) -> None:
    with copied(cast.bases["held"], cast.folder) as store:
        web, _ = cast.come(store, "paula")
        for address in (AT_TABLE, f"/{CASE}/items/{SEA}"):
            assert SECRET in web.get(address).text
            for twin in (web.get(f"{address}?format=json"), web.get(address, headers={"accept": "application/json"})):
                assert twin.status_code == 200 and SECRET not in twin.text and "notes" not in twin.json()
        assert SECRET in web.get(f"{AT_TABLE}/brief/ZEM").text
        assert SECRET not in web.get(f"{AT_TABLE}/brief/joint").text


def test_who_one_is_comes_from_the_session_whatever_a_form_says(cast: Cast) -> None:
    with copied(cast.bases["planned"], cast.folder) as store:
        before = written(store)
        web, token = cast.come(store, "emil")
        fields = {"token": token, "deed": "agree", "who": "Anna", "side": "ZEM"}
        assert web.post(f"{AT_TABLE}?who=Anna&side=ZEM", data=fields).status_code == 403
        assert written(store) == before
        web, token = cast.come(store, "anna")
        sent = {"token": token, "deed": "agree", "who": "Boris", "side": "RUR", "seal": seal_of(web.get(AT_TABLE).text)}
        assert web.post(AT_TABLE, data=sent).status_code == 303
        assert [(one.party, one.by) for one in record(store).meetings[MEETING].agreed] == [("ZEM", "Anna")]


def test_nobody_does_at_the_address_of_one_case_what_belongs_to_another(cast: Cast) -> None:
    with copied(cast.bases["planned"], cast.folder) as store:
        before = written(store)
        web, token = cast.come(store, "anna")
        for address, deed in ((AT_TABLE, "draft"), (f"/{CASE}/items/{FREE}", "edit"), (AT_TABLE, "note")):
            sent = {"token": token, "deed": deed, **ITEM, "seen": "1", "about": "meeting", "says": "x"}
            assert web.post(address.replace(CASE, "ind-kor", 1), data=sent).status_code == 404
            assert web.post(address.replace(CASE, "zem-rur.1", 1), data=sent).status_code == 404
        assert written(store) == before


def test_the_token_of_another_person_does_nothing(cast: Cast) -> None:
    with copied(cast.bases["planned"], cast.folder) as store:
        before = written(store)
        web, _ = cast.come(store, "anna")
        for token in ("", "x", cast.cookies["boris"][1], token_of(client(store, cast.content).get("/signin").text)):
            answer = web.post(AT_TABLE, data={"token": token, "deed": "agree"})
            assert answer.status_code == 403 and "nothing was written" in told(answer.text)
        assert web.post(AT_TABLE, data={"deed": "agree"}).status_code == 403
        assert written(store) == before

"""The cycle of a meeting at the pages, asked as two co-chairs would, alone on a laptop and with accounts; and as troublemakers."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from servanda.accounts import notes
from servanda.faces.web.form import MOST_BYTES
from servanda.model.dialogue import ItemState, MeetingState
from servanda.model.words import Kind
from servanda.register.verify import verify
from servanda.store.connect import Store
from tests.dialogue.conftest import whole
from tests.faces.talks import (
    ANNA,
    AT,
    CASE,
    FREE,
    MEETING,
    SEA,
    SERIES,
    UNDERTAKEN,
    VERSE,
    client,
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
DIALOGUE, FOLLOW, AT_TABLE = f"/{CASE}/dialogue", f"/{CASE}/follow-up", f"/{CASE}/dialogue/{MEETING}"
WICKED = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


class Person:
    """Somebody at the pages: alone with a name and a side in the address, or signed in."""

    def __init__(self, web: TestClient, name: str, side: str, signed: bool) -> None:
        self.web, self.name, self.side, self.signed = web, name if signed else name.title(), side, signed
        if signed:
            sign_in(web, name)

    def address(self, path: str) -> str:
        return path if self.signed else f"{path}?who={quote(self.name)}&side={self.side}"

    def see(self, path: str) -> str:
        answer = self.web.get(self.address(path))
        assert answer.status_code == 200, (path, answer.text[-700:])
        return answer.text

    def send(self, path: str, deed: str, **fields: Any) -> Any:
        """Send the form of a deed from the page that is shown now, its hidden fields as they stand there."""
        held = hidden(self.see(path), deed)
        return self.web.post(self.address(path), data={**held, **fields})

    def do(self, path: str, deed: str, **fields: Any) -> None:
        answer = self.send(path, deed, **fields)
        assert answer.status_code == 303, (deed, answer.status_code, told(answer.text))
        assert self.web.get(answer.headers["location"]).status_code == 200


def hidden(text: str, deed: str) -> dict[str, str]:
    """The hidden fields of the first form of a deed."""
    for form in re.findall(r"<form[^>]*>.*?</form>", text, re.DOTALL):
        held = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        if held.get("deed") == deed:
            return {name: unescape(value) for name, value in held.items() if name != "item"}
    raise AssertionError(f"the page has no form to {deed}: {told(text)}")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return whole(tmp_path / "whole")


@pytest.fixture(params=["alone", "signed in"])
def two(request: pytest.FixtureRequest, store: Store, content: Path) -> Iterator[tuple[Person, Person]]:
    """Anna of Zembla and Boris of Ruritania, each at a browser of their own."""
    signed = request.param == "signed in"
    from servanda.register.keep import bring_in

    bring_in(store, content, "a", "b", AT)
    if signed:
        populate(store)
    yield (
        Person(client(store, content), "anna", "ZEM", signed),
        Person(client(store, content), "boris", "RUR", signed),
    )


def test_the_whole_cycle(two: tuple[Person, Person], store: Store) -> None:  # noqa: PLR0915 - one story
    anna, boris = two
    anna.do(
        DIALOGUE,
        "open series",
        title="Coast talks",
        rhythm="yearly",
        tracks="sea; The sea; trade\nverse; Verse; people",
    )
    seats = "Anna; co-chair; Zembla\nBoris; co-chair; RUR\nEmil; observer"
    anna.do(
        DIALOGUE, "open meeting", date="2026-11-23", host="RUR", place="Strelsau", minutes="120", participants=seats
    )
    assert 'class="s-planned"' in boris.see(AT_TABLE) and "Strelsau" in boris.see(AT_TABLE)
    anna.do(AT_TABLE, "draft")
    drafted = [one.id for one in record(store).agenda.values()]
    assert drafted, "the record suggests something"
    boris.do(
        AT_TABLE, "propose", title="Fog bells", reason="Ships go astray", minutes="10", track="sea", commitments="Z003"
    )
    boris.do(AT_TABLE, "propose", title="Poets at sea", reason="They asked", minutes="5", track="verse", commitments="")
    held = record(store)
    fog, poets = (
        next(one.id for one in held.agenda.values() if one.title == title) for title in ("Fog bells", "Poets at sea")
    )
    anna.do(
        f"/{CASE}/items/{fog}",
        "edit",
        title="Fog bells and lamps",
        reason="Ships go astray",
        minutes="15",
        track="sea",
        commitments="Z003",
    )
    anna.do(AT_TABLE, "order", item=poets, way="up")
    places = sorted(record(store).agenda.values(), key=lambda one: one.place)
    assert [one.id for one in places][-2:] == [poets, fog]
    # One key does not make it agreed, and a key over other words than were seen does not turn.
    anna.do(AT_TABLE, "agree")
    stale = hidden(boris.see(AT_TABLE), "agree")
    anna.do(AT_TABLE, "order", item=fog, way="up")
    answer = boris.web.post(boris.address(AT_TABLE), data=stale)
    assert answer.status_code == 400 and "changed since you opened it" in told(answer.text)
    assert record(store).meetings[MEETING].state is MeetingState.PLANNED
    assert record(store).meetings[MEETING].agreed == (), "the change took the key back"
    boris.do(AT_TABLE, "agree")
    assert 'value="hold"' not in anna.see(AT_TABLE)
    anna.do(AT_TABLE, "agree")
    boris.do(AT_TABLE, "hold")
    # At the table.
    anna.do(f"/{CASE}/items/{fog}", "settle", state="decided", decision="Bells by spring", **UNDERTAKEN)
    boris.do(
        f"/{CASE}/items/{fog}",
        "settle",
        state="decided",
        decision="Bells by spring",
        keep="0",
        **{**UNDERTAKEN, "says": "Hang lamps", "owner": "Harbour Office", "deliverable": "lamps", "parties": ["RUR"]},
    )
    boris.do(f"/{CASE}/items/{poets}", "settle", state="deferred", decision="", until="2027-03-09")
    assert "is open" in boris.see(AT_TABLE) and 'value="sign"' in boris.see(AT_TABLE)
    refused = boris.send(AT_TABLE, "sign")
    assert refused.status_code == 400 and "not settled yet" in told(refused.text)
    for name in drafted:
        anna.do(f"/{CASE}/items/{name}", "settle", state="dropped", decision="No time for it")
    boris.do(AT_TABLE, "sign")
    refused = boris.send(AT_TABLE, "excerpts")
    assert refused.status_code == 400 and "both co-chairs have signed" in told(refused.text)
    anna.do(AT_TABLE, "sign")
    refused = anna.send(AT_TABLE, "close")
    assert refused.status_code == 400 and "no excerpt yet" in told(refused.text)
    anna.do(AT_TABLE, "excerpts")
    for owner in ("Ministry of Transport", "Harbour Office"):
        paper = anna.web.get(
            f"{AT_TABLE}/excerpt.docx",
            params={"owner": owner, **({} if anna.signed else {"who": "Anna", "side": "ZEM"})},
        )
        assert paper.status_code == 200 and paper.content[:2] == b"PK"
    boris.do(AT_TABLE, "close")
    # What was decided is a commitment; what was deferred stands on the next agenda.
    held = record(store)
    made = {one.says: one for one in held.commitments.values() if one.document == held.meetings[MEETING].document}
    assert {says: one.owner for says, one in made.items()} == {
        "Open the ferry by spring": "Ministry of Transport",
        "Hang lamps": "Harbour Office",
    }
    after = f"{SERIES}.2"
    assert "Poets at sea" in boris.see(f"{DIALOGUE}/{after}") and poets in boris.see(f"{DIALOGUE}/{after}")
    assert [one.carried for one in held.agenda.values() if one.meeting == after] == [poets]
    assert "signed at a meeting" in anna.see(FOLLOW)
    name = made["Hang lamps"].id
    boris.do(
        FOLLOW,
        "report",
        commitment=name,
        shows="step taken",
        claim="The first lamp hangs",
        title="Harbour log",
        publisher="official",
        url="https://harbour.example/1",
        date="2026-11-20",
    )
    assert "The first lamp hangs" in anna.see(f"/{CASE}/commitments/{name}")
    found = verify(store)
    assert not found.problems, found.problems
    for gone in ("agree", "hold", "sign", "close", "propose", "draft"):
        assert f'name="deed" value="{gone}"' not in anna.see(AT_TABLE), "a closed meeting has nothing left to do"


@pytest.fixture
def table(store: Store, content: Path) -> Iterator[tuple[Person, Person]]:
    """Both at their browsers, over a meeting that is held."""
    stage(store, content, "held")
    yield Person(client(store, content), "anna", "ZEM", False), Person(client(store, content), "boris", "RUR", False)


@pytest.fixture
def planned(store: Store, content: Path) -> Iterator[tuple[Person, Person]]:
    """Both at their browsers, over an agenda in the making."""
    stage(store, content, "planned")
    yield Person(client(store, content), "anna", "ZEM", False), Person(client(store, content), "boris", "RUR", False)


def value_of(text: str, name: str, deed: str) -> str:
    """What a field of a form holds as it is shown."""
    form = next(one for one in re.findall(r"<form[^>]*>.*?</form>", text, re.DOTALL) if f'value="{deed}"' in one)
    area = re.search(rf'<textarea name="{name}"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    if area:
        return unescape(area[1])
    chosen = re.search(rf'<select name="{name}".*?</select>', form, re.DOTALL)
    if chosen:
        found = re.search(r"<option([^>]*) selected>([^<]*)", chosen[0])
        given = re.search(r'value="([^"]*)"', found[1]) if found else None
        return unescape(given[1] if given else found[2] if found else "")
    field = next((one for one in re.findall(r"<input[^>]*>", form) if f'name="{name}"' in one), "")
    held = re.search(r'value="([^"]*)"', field)
    return unescape(held[1]) if held else ""


def test_two_people_edit_one_field_and_the_second_chooses(planned: tuple[Person, Person], store: Store) -> None:
    anna, boris = planned
    at = f"/{CASE}/items/{SEA}"
    opened = hidden(boris.see(at), "edit")
    anna.do(at, "edit", title="The night ferry", reason="Anna's reason", minutes="20", track="sea", commitments="Z003")
    sent = {
        **opened,
        "title": "The fast ferry",
        "reason": "It is late",
        "minutes": "10",
        "track": "sea",
        "commitments": "Z003",
    }
    answer = boris.web.post(boris.address(at), data=sent)
    assert answer.status_code == 409
    assert "The night ferry" in told(answer.text) and "The fast ferry" in told(answer.text)
    assert value_of(answer.text, "title", "edit") == "The fast ferry", "what Boris typed is still there"
    assert value_of(answer.text, "reason", "edit") == "Anna's reason", "what Boris left alone is as Anna has it"
    assert value_of(answer.text, "minutes", "edit") == "20"
    assert record(store).agenda[SEA].title == "The night ferry", "nothing was written over"
    again = {
        **hidden(answer.text, "edit"),
        **{
            name: value_of(answer.text, name, "edit") for name in ("title", "reason", "minutes", "track", "commitments")
        },
    }
    assert boris.web.post(boris.address(at), data=again).status_code == 303, (
        "having seen both, Boris may choose his own"
    )
    one = record(store).agenda[SEA]
    assert (one.title, one.reason, one.minutes) == ("The fast ferry", "Anna's reason", 20)


def test_two_people_edit_two_fields_and_both_are_kept(planned: tuple[Person, Person], store: Store) -> None:
    anna, boris = planned
    at = f"/{CASE}/items/{SEA}"
    opened = hidden(boris.see(at), "edit")
    anna.do(at, "edit", title="The night ferry", reason="It is late", minutes="10", track="sea", commitments="Z003")
    sent = {
        **opened,
        "title": "The ferry",
        "reason": "It is late",
        "minutes": "25",
        "track": "sea",
        "commitments": "Z003",
    }
    assert boris.web.post(boris.address(at), data=sent).status_code == 303
    one = record(store).agenda[SEA]
    assert (one.title, one.minutes) == ("The night ferry", 25)


def test_two_people_decide_one_item_and_the_second_sees_the_first(table: tuple[Person, Person], store: Store) -> None:
    anna, boris = table
    at = f"/{CASE}/items/{SEA}"
    opened = hidden(boris.see(at), "settle")
    anna.do(at, "settle", state="decided", decision="By spring", **UNDERTAKEN)
    mine = {**UNDERTAKEN, "says": "Dredge the harbour", "parties": ["RUR"]}
    # First with a question unanswered: the base of what Boris saw must not slip forward meanwhile.
    answer = boris.web.post(
        boris.address(at), data={**opened, "state": "decided", "decision": "By autumn", **mine, "owner": ""}
    )
    assert answer.status_code == 400 and "who answers for it?" in told(answer.text)
    again = {**hidden(answer.text, "settle"), "state": "decided", "decision": "By autumn", **mine}
    answer = boris.web.post(boris.address(at), data=again)
    assert answer.status_code == 409 and "By spring" in told(answer.text) and "By autumn" in told(answer.text)
    assert value_of(answer.text, "decision", "settle") == "By autumn"
    assert value_of(answer.text, "says", "settle") == "Dredge the harbour"
    assert "keep: Open the ferry by spring" in answer.text, "and what Anna put down stands above it, to be kept"
    last = {**hidden(answer.text, "settle"), "state": "decided", "decision": "By autumn", "keep": "0", **mine}
    assert boris.web.post(boris.address(at), data=last).status_code == 303
    one = record(store).agenda[SEA]
    assert one.decision == "By autumn" and [made.says for made in one.resolutions] == [
        "Open the ferry by spring",
        "Dredge the harbour",
    ]


# Bad input: 400, the sentence, and what was typed.

GOOD: dict[str, dict[str, Any]] = {
    "open series": {"title": "Night talks", "rhythm": "yearly", "tracks": "sea; The sea; trade"},
    "open meeting": {"date": "2027-12-09", "host": "ZEM", "place": "Pier", "minutes": "60", "participants": "Anna; co-chair; ZEM"},
    "propose": {"title": "Fog", "reason": "Ships", "minutes": "10", "track": "sea", "commitments": "Z003"},
    "edit": {"title": "Fog", "reason": "Ships", "minutes": "10", "track": "sea", "commitments": "Z003"},
    "settle": {"decision": "Soon", "until": "", **UNDERTAKEN, "mechanism": "", "target_value": "", "target_unit": ""},
    "assess": {"verdict": "delivered", "basis": "It sails"},
    "reply": {"says": "Not so"},
    "note": {"says": "Offer less"},
    "report": {"commitment": "Z003", "shows": "step taken", "claim": "Bought", "date": "2026-11-01", "publisher": "official",
               "title": "Gazette", "url": "https://gazette.example/1"},
}  # fmt: skip
BAD = (
    ("open series", {"title": " "}, "has no title"),
    ("open series", {"title": "한국"}, "no Latin letter"),
    ("open series", {"rhythm": "weekly"}, "is no rhythm"),
    ("open series", {"tracks": "Sea!; The sea; trade"}, "tracks need ids"),
    ("open series", {"tracks": "sea; a; trade\nsea; b; trade"}, "tracks need ids"),
    ("open series", {"tracks": "sea; a; fish"}, "is no area"),
    ("open series", {"tracks": "a;b;c;d"}, "more than 3 parts"),
    ("open meeting", {"date": "soon"}, "not a date"),
    ("open meeting", {"date": ""}, "not a date"),
    ("open meeting", {"date": "2026-02-30"}, "not a date"),
    ("open meeting", {"date": "2020-01-01"}, "before it"),
    ("open meeting", {"date": "9999-12-31"}, "9999"),
    ("open meeting", {"host": "JPN"}, "not of the pair"),
    ("open meeting", {"minutes": "0"}, "lasts between"),
    ("open meeting", {"minutes": "1e3"}, "no whole number"),
    ("open meeting", {"minutes": "²"}, "no whole number"),
    ("open meeting", {"participants": "Anna; king; ZEM"}, "is no role"),
    ("open meeting", {"participants": "Anna; co-chair"}, "of no party"),
    ("open meeting", {"participants": "Anna; observer; Narnia"}, "Narnia"),
    ("open meeting", {"participants": "A; co-chair; ZEM\nB; co-chair; ZEM"}, "two co-chairs"),
    ("open meeting", {"participants": "A; observer; ZEM; moon"}, "track 'moon'"),
    ("propose", {"title": ""}, "needs a title"),
    ("propose", {"reason": " "}, "why it should be spoken of"),
    ("propose", {"minutes": "999"}, "lasts between"),
    ("propose", {"minutes": "-5"}, "no whole number"),
    ("propose", {"track": "moon"}, "no track 'moon'"),
    ("propose", {"commitments": "Z9"}, "no 'Z9'"),
    ("edit", {"title": ""}, "needs a title"),
    ("edit", {"minutes": "x"}, "no whole number"),
    ("edit", {"commitments": "Q"}, "no 'Q'"),
    ("edit", {"seen": "999999"}, "open the page again"),
    ("edit", {"seen": "x"}, "no whole number"),
    ("settle", {"decision": ""}, "what was decided"),
    ("settle", {"state": "deferred", "until": ""}, "write the day"),
    ("settle", {"state": "deferred", "until": "2020-01-01"}, "is not ahead"),
    ("settle", {"state": "deferred", "until": "soon"}, "not a date"),
    ("settle", {"state": "dropped", "decision": " "}, "write the reason"),
    ("settle", {"state": "lost"}, "is no state"),
    ("settle", {"says": ""}, "what will be done?"),
    ("settle", {"owner": ""}, "who answers for it?"),
    ("settle", {"deadline": ""}, "by when?"),
    ("settle", {"deadline": "soon"}, "by when?"),
    ("settle", {"deliverable": ""}, "how will we know?"),
    ("settle", {"area": "fish"}, "is no area"),
    ("settle", {"action": "dream"}, "is no action"),
    ("settle", {"parties": "JPN"}, "not of the pair"),
    ("settle", {"target_value": "many", "target_unit": "boats"}, "is no number"),
    ("settle", {"target_value": "1e999", "target_unit": "boats"}, "a number and its unit"),
    ("settle", {"target_value": "5"}, "a number and its unit"),
    ("assess", {"verdict": "wonderful"}, "is no verdict"),
    ("assess", {"basis": ""}, "on what the verdict rests"),
    ("assess", {"basis": "x" * 2001}, "at most 2,000"),
    ("reply", {"says": ""}, "write the reply"),
    ("reply", {"says": "x" * 2001}, "at most 2,000"),
    ("note", {"says": ""}, "a note is"),
    ("note", {"says": "x" * 20_001}, "at most 20,000"),
    ("report", {"commitment": "Z999"}, "Z999"),
    ("report", {"shows": "glory"}, "what it shows"),
    ("report", {"claim": ""}, "say what happened"),
    ("report", {"claim": "x" * 2001}, "at most 2,000"),
    ("report", {"date": "soon"}, "not a date"),
    ("report", {"date": "2027-01-01"}, "not over yet"),
    ("report", {"title": ""}, "name the source"),
    ("report", {"publisher": "rumour"}, "kind of publisher"),
    ("report", {"url": "javascript:alert(1)"}, "is no web address"),
    ("report", {"url": ""}, "give the address"),
    ("report", {"url": "http://["}, "is no web address"),
)  # fmt: skip
WHERE = {
    "open series": DIALOGUE, "open meeting": DIALOGUE, "propose": AT_TABLE, "edit": f"/{CASE}/items/{SEA}",
    "settle": f"/{CASE}/items/{SEA}", "assess": f"/{CASE}/items/{SEA}", "reply": f"/{CASE}/items/{SEA}",
    "note": AT_TABLE, "report": FOLLOW,
}  # fmt: skip


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Path]]]:
    """The case with a meeting that is planned, and with one that is held; only to be copied."""
    from servanda.settings import store_url

    folder = tmp_path_factory.mktemp("bases")
    content = whole(folder / "content")
    made = {}
    for how_far in ("planned", "held"):
        path = folder / f"{how_far}.sqlite"
        opened = Store(store_url(str(path)))
        stage(opened, content, how_far)
        opened.close()
        made[how_far] = path
    yield content, made


def at(bases: tuple[Path, dict[str, Path]], how_far: str, folder: Path) -> tuple[Store, Path]:
    import shutil

    from servanda.settings import store_url

    path = folder / "copy.sqlite"
    shutil.copyfile(bases[1][how_far], path)
    return Store(store_url(str(path))), bases[0]


@pytest.mark.parametrize(
    ("deed", "wrong", "sentence"),
    BAD,
    ids=lambda one: "".join(map(str, one))[:40] if isinstance(one, (str, dict)) else "",
)
def test_what_cannot_be_is_told_in_a_sentence_and_typed_text_comes_back(
    bases: tuple[Path, dict[str, Path]], tmp_path: Path, deed: str, wrong: dict[str, str], sentence: str
) -> None:
    store, content = at(bases, "held" if deed == "settle" else "planned", tmp_path)
    anna = Person(client(store, content), "anna", "ZEM", False)
    before = written(store)
    sent = {**({"state": "decided"} if deed == "settle" else {}), **GOOD[deed], **wrong}
    answer = anna.send(WHERE[deed], deed, **sent)
    assert answer.status_code == 400, (answer.status_code, told(answer.text) or answer.text[:300])
    assert sentence in told(answer.text), told(answer.text)
    assert written(store) == before
    for name, value in sent.items():
        if name in ("state", "parties", "host", "seen") or (
            name in wrong and name in ("rhythm", "track", "verdict", "shows", "publisher", "area", "action")
        ):
            continue
        assert value_of(answer.text, name, deed) == value, f"{name} did not come back"
    program = anna.web.post(
        anna.address(WHERE[deed]),
        data={**hidden(anna.see(WHERE[deed]), deed), **sent},
        headers={"accept": "application/json"},
    )
    assert program.status_code == 400 and sentence in program.json()["error"]
    store.close()


@pytest.mark.parametrize("said", ["dream", "²", "[]", "<b>"])
def test_the_score_of_whatever_is_typed_is_a_number(table: tuple[Person, Person], said: str) -> None:
    anna, _ = table
    for name in (*UNDERTAKEN, "mechanism", "target_value", "target_unit", "nothing"):
        answer = anna.web.get(f"/{CASE}/items/{SEA}/score", params={**UNDERTAKEN, name: said})
        assert answer.status_code == 200 and 0 <= answer.json()["score"] <= 100, (name, answer.text[:200])


def test_a_note_that_could_not_be_kept_comes_back_only_to_its_own_form(table: tuple[Person, Person]) -> None:
    anna, _ = table
    answer = anna.send(f"/{CASE}/items/{SEA}", "note", says="x" * 20_001)
    assert value_of(answer.text, "says", "note").startswith("xxx")
    assert value_of(answer.text, "says", "settle") == "", "a private word never slips into the minutes"


# Everything that somebody typed is text.


class Active(HTMLParser):
    """Collects what would run, or lead where no page of ours leads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script of another, an event, and an address that runs."""
        held = {name: value or "" for name, value in attrs}
        if tag in ("img", "iframe", "object", "embed", "base", "meta") and tag != "meta":
            self.found.append(f"<{tag}>")
        if tag == "script" and not held.get("src", "").startswith("/static/"):
            self.found.append("<script>")
        self.found += [f"{tag} {name}" for name in held if name.startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            if urlsplit(held.get(name, "").strip()).scheme not in ("", "http", "https", "mailto") and tag != "link":
                self.found.append(f"{tag} {name}={held[name]}")


def active(text: str) -> list[str]:
    """What of a page would run though no page of ours says so."""
    reader = Active()
    reader.feed(text)
    return reader.found


def test_what_people_type_is_text_on_every_page(store: Store, content: Path) -> None:
    stage(store, content, "planned")
    anna = Person(client(store, content), "anna", "ZEM", False)
    anna.name = WICKED
    boris = Person(client(store, content), "boris", "RUR", False)
    anna.do(
        DIALOGUE,
        "open series",
        title=f"Xss {WICKED}",
        rhythm="yearly",
        tracks=f"wick; {WICKED.replace(';', '')}; trade",
    )
    series = next(one for one in record(store).series if one != SERIES)
    seats = f"{WICKED.replace(';', '')}; observer; ZEM; wick"
    anna.do(
        DIALOGUE,
        "open meeting",
        series=series,
        date="2026-11-23",
        host="ZEM",
        place=WICKED,
        minutes="60",
        participants=seats,
    )
    meeting = next(one for one in record(store).meetings if one != MEETING)
    where = f"{DIALOGUE}/{meeting}"
    anna.do(where, "propose", title=WICKED, reason=WICKED, minutes="10", track="wick", commitments="Z001")
    item = next(one.id for one in record(store).agenda.values() if one.meeting == meeting)
    page = f"/{CASE}/items/{item}"
    anna.do(page, "assess", commitment="Z003", verdict="unknown", basis=WICKED)
    name = next(
        one.id for one in record(store).assessments.values() if one.by != "Ministry of Transport" and one.key == "ZEM"
    )
    boris.do(page, "reply", assessment=name, says=WICKED)
    anna.do(page, "note", says=WICKED)
    anna.do(where, "agree")
    boris.do(where, "agree")
    anna.do(where, "hold")
    typed = dict.fromkeys(("says", "owner", "deliverable", "mechanism", "target_unit"), WICKED)
    anna.do(
        page,
        "settle",
        state="decided",
        decision=WICKED,
        deadline="2027",
        action="specific",
        area="trade",
        parties="ZEM",
        target_value="3",
        **typed,
    )
    anna.do(
        FOLLOW,
        "report",
        commitment="Z003",
        shows="step taken",
        claim=WICKED,
        title=WICKED,
        publisher="official",
        url='https://x.example/"><script>alert(1)</script>',
        date="2026-11-01",
    )
    anna.do(where, "sign")
    boris.do(where, "sign")
    boris.do(where, "excerpts")
    looked = [
        DIALOGUE, where, page, FOLLOW, f"{where}/brief/ZEM", f"{where}/brief/RUR", f"{where}/brief/joint", f"/{CASE}",
        f"/{CASE}/commitments", f"/{CASE}/commitments/Z003", f"/{CASE}/commitments/Z001", f"/{CASE}/threads",
        f"/{CASE}/sources", f"/{CASE}/timeline", f"/{CASE}/report.html", "/commitments",
    ]  # fmt: skip
    boris.do(where, "close")
    made = next(one for one in record(store).commitments.values() if one.says.startswith("<script>"))
    shown = 0
    for address in (
        *looked,
        f"/{CASE}/commitments/{made.id}",
        f"/{CASE}/threads/{made.thread.removeprefix(CASE + chr(46))}",
    ):
        for text in (anna.see(address), boris.see(address)):
            assert active(text) == [], address
            assert "<script>alert" not in text and "49" not in re.findall(r"onerror=alert\(2\)&gt;(\d\d)", text)
            shown += escape("<script>alert(1)</script>") in text
    assert shown > 20, "the words are there, as text"
    for kind in ("docx", "pdf"):
        assert anna.web.get(anna.address(f"{where}/brief/ZEM.{kind}")).status_code == 200
    assert anna.web.get(anna.address(f"{where}/minutes.docx")).status_code == 200
    feed = anna.web.get(anna.address(f"{where}/meeting.ics"))
    assert feed.status_code == 200 and all(
        (line and ":" in line) or line.startswith(" ") for line in feed.text.split("\r\n")[:-1]
    )
    excerpt = anna.web.get(f"{where}/excerpt.docx", params={"owner": WICKED})
    assert excerpt.status_code == 200
    for field in GOOD["propose"]:
        answer = boris.send(f"{DIALOGUE}/{SERIES}.1", "propose", **{**GOOD["propose"], "title": "", field: WICKED})
        assert active(answer.text) == [] and "<script>alert" not in answer.text


def test_names_and_words_in_imported_word_come_out_as_text(table: tuple[Person, Person]) -> None:
    anna, _ = table
    raw = anna.web.get(anna.address(f"{AT_TABLE}/minutes.docx")).content
    came = retold(raw, lambda text: text.replace("The ferry", escape(WICKED)))
    came = commented(came, WICKED)
    answer = hand_in(anna, came)
    assert answer.status_code == 200 and active(answer.text) == []
    assert "<script>alert" not in answer.text and escape("<script>alert(1)</script>") in answer.text
    taken = hand_in(anna, came, deed="take", accepted=["1"])
    assert taken.status_code == 303, told(taken.text)
    for address in (AT_TABLE, f"/{CASE}/items/{SEA}", DIALOGUE):
        assert active(anna.see(address)) == [], address
    assert escape("<script>alert(1)</script>") in anna.see(AT_TABLE)


def retold(raw: bytes, change: Any, part: str = "word/document.xml") -> bytes:
    """A Word file with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            body = old.read(one)
            new.writestr(one.filename, change(body.decode()).encode() if one.filename == part else body)
    return made.getvalue()


def commented(raw: bytes, words: str) -> bytes:
    """The file with a comment of somebody whose name is no better than their words."""
    from docx import Document

    file = Document(io.BytesIO(raw))
    runs = [run for paragraph in file.paragraphs for run in paragraph.runs]
    file.add_comment(runs[:1], text=words, author=words[:60], initials="W")
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def hand_in(person: Person, raw: bytes, name: str = "minutes.docx", **fields: Any) -> Any:
    """Send minutes back."""
    token = token_of(person.see(AT_TABLE))
    data = {"token": token, "deed": "returned", "who": person.name, "side": person.side, **fields}
    return person.web.post(person.address(f"{AT_TABLE}/returned"), data=data, files={"file": (name, raw)})


# Files that are no minutes.


def bomb(megabytes: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<x>" + b" " * (megabytes * 1_000_000))
    return made.getvalue()


def laughs() -> bytes:
    lines = (
        '<!DOCTYPE x [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else chr(0)};".replace(chr(0), "") * 10}">' for n in range(1, 9))
        + "]>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", lines + "<x>&a8;</x>")
    return made.getvalue()


@pytest.mark.parametrize(
    "raw",
    [b"", b"x", b"%PDF-1.7", b"PK\x03\x04" + b"\x00" * 50, bomb(300), laughs(), b"\xd0\xcf\x11\xe0" * 100, b"<html>hello</html>"],
    ids=["empty", "a letter", "a PDF", "a broken zip", "a zip bomb", "entities", "an old Word file", "a page"],
)  # fmt: skip
def test_a_file_that_is_no_minutes_is_told_and_nothing_is_written(
    table: tuple[Person, Person], store: Store, raw: bytes
) -> None:
    anna, _ = table
    before = written(store)
    for deed in ("returned", "take"):
        answer = hand_in(anna, raw, deed=deed, accepted="1")
        assert answer.status_code == 400 and told(answer.text), answer.text[:300]
    for broken in ("%%%", "a", "AAAA" * 10, "é"):
        answer = anna.web.post(
            anna.address(f"{AT_TABLE}/returned"),
            data={**hidden(anna.see(AT_TABLE), "returned"), "deed": "take", "file64": broken},
        )
        assert answer.status_code == 400 and told(answer.text)
    assert written(store) == before


def test_more_than_a_form_may_send_is_refused_before_it_is_read_whole(
    table: tuple[Person, Person], store: Store
) -> None:
    anna, _ = table
    before = written(store)
    answer = hand_in(anna, b"x" * (MOST_BYTES + 1_000_000))
    assert answer.status_code == 413 and "25 MB" in answer.text
    assert (
        anna.web.post(anna.address(AT_TABLE), data={"deed": "note", "says": "x" * (MOST_BYTES + 1)}).status_code == 413
    )
    assert written(store) == before


def test_minutes_of_another_meeting_are_told_apart(table: tuple[Person, Person]) -> None:
    anna, _ = table
    raw = anna.web.get(anna.address(f"{AT_TABLE}/minutes.docx")).content
    names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    part = next(
        one
        for one in names
        if one.startswith("customXml/") and b"meeting" in zipfile.ZipFile(io.BytesIO(raw)).read(one)
    )
    answer = hand_in(anna, retold(raw, lambda text: text.replace(MEETING, f"{SERIES}.9"), part))
    assert answer.status_code == 400 and f"{SERIES}.9" in told(answer.text)


# Forms of others.


@pytest.mark.parametrize("token", [None, "", "x", "é", "0" * 64])
def test_a_form_without_the_token_of_its_page_does_nothing(
    table: tuple[Person, Person], store: Store, token: str | None
) -> None:
    anna, _ = table
    before = written(store)
    data = {
        "deed": "settle",
        "who": "Anna",
        "side": "ZEM",
        "seen": "1",
        "state": "dropped",
        "decision": "x",
        **({} if token is None else {"token": token}),
    }
    for address in (DIALOGUE, AT_TABLE, FOLLOW, f"/{CASE}/items/{SEA}", f"{AT_TABLE}/returned"):
        answer = anna.web.post(address, data=data)
        assert answer.status_code == 403 and "nothing was written" in told(answer.text), address
    assert written(store) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:1"},
    ],
)
def test_a_form_of_another_site_is_refused(table: tuple[Person, Person], store: Store, headers: dict[str, str]) -> None:
    anna, _ = table
    before = written(store)
    data = {**hidden(anna.see(AT_TABLE), "note"), "says": "x", "about": "meeting"}
    for address in (AT_TABLE, f"{AT_TABLE}/returned", f"/{CASE}/items/{SEA}", FOLLOW, DIALOGUE):
        answer = anna.web.post(address, data=data, headers=headers)
        assert answer.status_code == 403 and "another site" in answer.text
    assert written(store) == before


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "", "multipart/form-data", "multipart/form-data; boundary=x"]
)
def test_what_is_no_form_is_refused(table: tuple[Person, Person], store: Store, kind: str) -> None:
    anna, _ = table
    before = written(store)
    for address in (AT_TABLE, f"{AT_TABLE}/returned"):
        answer = anna.web.post(address, content=json.dumps({"deed": "note"}), headers={"content-type": kind})
        assert answer.status_code == 400
    assert written(store) == before


# Addresses that lead elsewhere.

CLIMBS = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/secret",
    "....//....//x",
    "%00",
    "a%00b",
    "..\\..\\x",
    "%0d%0aset-cookie:x=1",
    "C:%5cx",
    "~root",
    "a" * 3000,
)


@pytest.mark.parametrize("said", CLIMBS)
def test_names_in_addresses_lead_nowhere_else(table: tuple[Person, Person], said: str) -> None:
    anna, _ = table
    for address in (
        f"/{CASE}/calendar/{said}.ics", f"{AT_TABLE}/brief/{said}", f"{AT_TABLE}/brief/{said}.docx", f"{AT_TABLE}/brief/joint.{said}",
        f"{AT_TABLE}/excerpt.docx?owner={said}", f"{DIALOGUE}/{said}", f"/{CASE}/items/{said}", f"/{said}/dialogue", f"/{said}/worker.js",
        f"/static/{said}", f"/{said}/follow-up", f"{DIALOGUE}/{said}/minutes.docx", f"{DIALOGUE}/{said}/meeting.ics", f"/{CASE}/items/{said}/score",
    ):  # fmt: skip
        answer = anna.web.get(address)
        assert answer.status_code < 500, (address[:80], answer.status_code)
        assert b"root:" not in answer.content and "set-cookie" not in answer.headers
        assert "\n" not in answer.headers.get("content-disposition", "")


def test_no_form_leads_to_another_site(two: tuple[Person, Person], store: Store, content: Path) -> None:
    anna, _ = two
    anna.do(DIALOGUE, "open series", title="Coast talks", rhythm="yearly", tracks="")
    for address in (
        f"//evil.example/{CASE}/dialogue",
        f"/{CASE}/dialogue?next=https://evil.example",
        f"/{CASE}/dialogue?who=//evil.example&side=ZEM",
    ):
        token = token_of(anna.see(DIALOGUE))
        fields = {
            "token": token,
            "deed": "open series",
            "title": f"T {len(record(store).series)}",
            "rhythm": "yearly",
            "tracks": "",
            "who": "//evil.example",
            "side": "ZEM",
        }
        answer = anna.web.post(address, data=fields)
        where = urlsplit(answer.headers.get("location", "/"))
        assert (
            (where.scheme, where.netloc) == ("", "") and where.path.startswith("/") and not where.path.startswith("//")
        ), address


def test_twins_that_can_be_passed_on_hold_no_note(table: tuple[Person, Person], store: Store) -> None:
    anna, _ = table
    secret = "Settle for two poets"
    notes.write(store, ANNA, Kind.MEETING, MEETING, secret, AT)
    notes.write(store, ANNA, Kind.ITEM, FREE, secret, AT)
    shown = 0
    for address in (AT_TABLE, f"/{CASE}/items/{FREE}", DIALOGUE, FOLLOW, f"/{CASE}", f"/{CASE}/commitments"):
        shown += secret in anna.see(address)
        twin = anna.web.get(anna.address(address) + "&format=json")
        assert twin.status_code == 200 and secret not in twin.text, address
        other = anna.web.get(anna.address(address), headers={"accept": "application/json"})
        assert other.status_code == 200 and secret not in other.text, address
    assert shown == 2
    for paper in ("brief/joint", "minutes.docx", "meeting.ics"):
        assert secret.encode() not in anna.web.get(anna.address(f"{AT_TABLE}/{paper}")).content


def test_words_that_no_paper_can_hold_stop_no_paper(table: tuple[Person, Person], store: Store) -> None:
    anna, _ = table
    odd = "bell \x00\x07\x1b[31m \x85 \ufffe \u202e end"
    anna.send(AT_TABLE, "propose", title=odd, reason=odd, minutes="10", track="", commitments="")
    anna.send(
        f"/{CASE}/items/{FREE}",
        "settle",
        state="decided",
        decision=odd,
        **{**UNDERTAKEN, "says": odd, "owner": odd, "deliverable": odd},
    )
    held = record(store)
    assert any("bell" in one.title for one in held.agenda.values())
    for address in (AT_TABLE, f"/{CASE}/items/{FREE}", f"{AT_TABLE}/minutes.docx", f"{AT_TABLE}/meeting.ics", f"{AT_TABLE}/brief/joint",
                    f"{AT_TABLE}/brief/joint.docx", f"{AT_TABLE}/brief/joint.pdf", DIALOGUE, f"{AT_TABLE}/excerpt.docx?owner={quote(held.agenda[FREE].resolutions[0].owner)}"):  # fmt: skip
        answer = anna.web.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])
    assert held.agenda[FREE].state is ItemState.DECIDED
    assert held.agenda[VERSE].state is ItemState.OPEN and seen(store, VERSE)

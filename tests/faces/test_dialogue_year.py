"""A year of two ministries and three tracks at the pages, with the program killed in between: nothing acknowledged is lost."""

from __future__ import annotations

import random
import re
import secrets
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from servanda.accounts import keep, notes
from servanda.model.dialogue import ItemState, MeetingState, Role, Speaker
from servanda.model.words import Kind
from servanda.register.keep import bring_in
from servanda.register.verify import verify
from servanda.settings import store_url
from servanda.store import entries
from servanda.store.connect import Store
from tests import postgres
from tests.dialogue.conftest import whole
from tests.faces.served import PATIENCE, Person, Server
from tests.faces.talks import CASE, PASSWORD, SERIES, record
from tests.faces.test_browser import ARGUMENTS, CHROMIUM
from tests.properties import PROVE

LONG = PROVE
TRACKS = ("sea", "verse", "air")
DIALOGUE, FOLLOW = f"/{CASE}/dialogue", f"/{CASE}/follow-up"


@dataclass(frozen=True)
class Scale:
    """How large the year is."""

    meetings: int
    proposals: int
    policymakers: int
    others: int
    threads: int
    kills: int
    browsers: int = 0
    decided_in_browsers: int = 0
    restarts: bool = False


SHORT = Scale(meetings=1, proposals=12, policymakers=1, others=4, threads=3, kills=3)
YEAR = Scale(
    meetings=6, proposals=60, policymakers=2, others=23, threads=6, kills=30, browsers=2, decided_in_browsers=4, restarts=True
)  # fmt: skip
"""12 policymakers, 2 co-chairs, a reviewer, an observer, an administrator and 23 from business and universities: 40 people."""


def people(scale: Scale) -> dict[str, Speaker]:
    """Everybody with an account: the co-chairs, policymakers of each side on each track, and others on theirs."""
    found = {"anna": Speaker("Anna", "ZEM", Role.CO_CHAIR), "boris": Speaker("Boris", "RUR", Role.CO_CHAIR)}
    for track in TRACKS:
        for side in ("ZEM", "RUR"):
            for place in range(scale.policymakers):
                found[f"{side}.{track}.{place}".lower()] = Speaker(
                    f"{side} {track} {place}", side, Role.POLICYMAKER, (track,)
                )
    for place in range(scale.others):
        party = (None, "ZEM", "RUR")[place // 3 % 3]
        role = Role.ACADEMIC if party is None else Role.BUSINESS
        found[f"other.{place}"] = Speaker(f"Other {place}", party, role, (TRACKS[place % 3],))
    found |= {"clara": Speaker("Clara", None, Role.REVIEWER), "emil": Speaker("Emil", None, Role.OBSERVER)}
    return found | {"adam": Speaker("Adam", None, Role.ADMINISTRATOR)}


@dataclass
class Run:
    """A year on its way: who is there, what they did, and what is still to be done."""

    scale: Scale
    server: Server
    chance: random.Random
    speakers: dict[str, Speaker]
    persons: dict[str, Person]
    faults: list[BaseException] = field(default_factory=list)
    of_browsers: list[tuple[str, str]] = field(default_factory=list)
    number: int = 0

    @property
    def meeting(self) -> str:
        """The id of the meeting at hand."""
        return f"{SERIES}.{self.number}"

    @property
    def at(self) -> str:
        """Its address."""
        return f"{DIALOGUE}/{self.meeting}"

    def at_once(self, tasks: list[tuple[str, Callable[[Person], None]]]) -> None:
        """Let everybody do their tasks, several people at the same time, each person one after the other."""
        names = sorted({name for name, _ in tasks})
        shares = [names[place :: self.scale.threads] for place in range(self.scale.threads)]

        def work(share: list[str]) -> None:
            for name, task in tasks:
                if name in share:
                    task(self.persons[name])

        with ThreadPoolExecutor(self.scale.threads) as pool:
            for future in [pool.submit(work, share) for share in shares]:
                future.result(600)

    def rows(self, who: str = "anna") -> dict[str, Any]:
        """The items of the meeting at hand by their ids, as a program reads them."""
        return {row["item"]["id"]: row for row in self.persons[who].twin(self.at)["rows"]}

    def chair(self, name: str, deed: str, mark: str, is_there: Callable[[], bool], **fields: Any) -> None:
        """A deed of a co-chair at the meeting at hand."""
        self.persons[name].do(self.at, deed, mark, is_there, **fields)


def play(run: Run) -> None:
    """The year."""
    day = date(2026, 11, 23)
    for number in range(1, run.scale.meetings + 1):
        run.server.on(f"{day}T09:00:00+00:00")
        run.at_once([(name, lambda person: person.sign_in()) for name in run.persons])
        run.number = number
        if number == 1:
            found(run, day)
        prepare(run)
        sit(run, day)
        finish(run, day, last=number == run.scale.meetings)
        day += timedelta(days=61)


def found(run: Run, day: date) -> None:
    """The series and its first meeting."""
    anna = run.persons["anna"]
    tracks = "sea; The sea; trade\nverse; Verse; people\nair; The air; technology"
    there = lambda: bool(anna.twin(DIALOGUE)["series"])  # noqa: E731
    anna.do(DIALOGUE, "open series", SERIES, there, title="Coast talks", rhythm="half-yearly", tracks=tracks)
    convene(run, day)


def convene(run: Run, day: date) -> None:
    """The next meeting of the series."""
    anna = run.persons["anna"]
    many = len(anna.twin(DIALOGUE)["series"][0]["meetings"])
    there = lambda: len(anna.twin(DIALOGUE)["series"][0]["meetings"]) > many  # noqa: E731
    seats = "Anna; co-chair; ZEM\nBoris; co-chair; RUR\nEmil; observer"
    fields = {
        "series": SERIES,
        "date": day.isoformat(),
        "host": "",
        "place": "Strelsau",
        "minutes": "1440",
        "participants": seats,
    }
    anna.do(DIALOGUE, "open meeting", f"{SERIES}.{many + 1}", there, **fields)


def prepare(run: Run) -> None:
    """The agenda: the record's draft, everybody's proposals and edits at once, and both keys."""
    boris = run.persons["boris"]
    before = len(run.rows())
    run.chair("boris", "draft", f"draft {run.meeting}", lambda: len(run.rows("boris")) > before)
    proposers = [name for name, one in run.speakers.items() if one.tracks or one.role is Role.CO_CHAIR]
    tasks = []
    for place in range(run.scale.proposals):
        name = proposers[place % len(proposers)]
        track = (run.speakers[name].tracks or ("",))[0]
        tasks.append((name, proposal(run, f"Item {run.number}-{place:03}", track)))
    run.at_once(tasks)
    editors = {name: one for name, one in run.speakers.items() if one.role is Role.POLICYMAKER}
    rows = [row for row in run.rows().values() if row["item"]["title"].startswith("Item")]
    edits = []
    for place, row in enumerate(rows[: len(rows) // 2]):
        fit = [name for name, one in editors.items() if row["item"]["track"] in one.tracks]
        if fit:
            edits.append((fit[place % len(fit)], edited(run, row)))
    run.at_once(edits)
    for name in ("anna", "boris"):
        key = boris if name == "boris" else run.persons["anna"]
        seal = seal_of(key.page(run.at))
        run.chair(name, "agree", f"agree {run.meeting}", turned(run, key, "agreed"), seal=seal)
    run.chair(
        "anna", "hold", f"hold {run.meeting}", lambda: run.persons["anna"].twin(run.at)["meeting"]["state"] == "held"
    )


def proposal(run: Run, title: str, track: str) -> Callable[[Person], None]:
    def task(person: Person) -> None:
        there = lambda: any(row["item"]["title"] == title for row in run.rows(person.name).values())  # noqa: E731
        fields = {"title": title, "reason": f"{person.full} asks", "minutes": "10", "track": track, "commitments": ""}
        person.do(run.at, "propose", title, there, **fields)

    return task


def edited(run: Run, row: dict[str, Any]) -> Callable[[Person], None]:
    def task(person: Person) -> None:
        item, reason = row["item"], f"Reason of {row['item']['id']} by {person.full}"
        there = lambda: person.twin(f"/{CASE}/items/{item['id']}")["item"]["reason"] == reason  # noqa: E731
        fields = {
            "title": item["title"],
            "reason": reason,
            "minutes": "10",
            "track": item["track"] or "",
            "commitments": "",
            "seen": str(row["seen"]),
        }
        person.do(f"/{CASE}/items/{item['id']}", "edit", reason, there, **fields)

    return task


def sit(run: Run, day: date) -> None:
    """The table: everything is settled, assessed, answered, reported and noted, by many at once and by browsers too."""
    tasks = []
    rows = list(run.rows().values())
    in_browsers = rows[: run.scale.browsers * run.scale.decided_in_browsers]
    threads = [threading.Thread(target=browse, args=(run, name, in_browsers[place :: run.scale.browsers]), daemon=True)
               for place, name in enumerate(("anna", "boris")[: run.scale.browsers])]  # fmt: skip
    for thread in threads:
        thread.start()
    for place, row in enumerate(rows[len(in_browsers) :]):
        fit = [
            name
            for name, one in run.speakers.items()
            if one.role is Role.POLICYMAKER and row["item"]["track"] in one.tracks
        ]
        tasks.append((fit[place % len(fit)] if fit else ("anna", "boris")[place % 2], settled(row, place, day)))
    held = record_of(run)
    for place, name in enumerate([one for one in sorted(held) if one.startswith("Z")][: run.scale.proposals // 3]):
        tasks.append((("anna", "boris", "clara")[place % 3], assessed(run, name, place)))
    reporters = [name for name, one in run.speakers.items() if one.role in (Role.BUSINESS, Role.ACADEMIC)]
    for place in range(run.scale.proposals // 4):
        tasks.append((reporters[place % len(reporters)], reported(run, place)))
    tasks += [(name, noted(run, name)) for name in ("anna", "boris")]
    run.chance.shuffle(tasks)
    run.at_once(tasks)
    for thread in threads:
        thread.join(600)
        assert not thread.is_alive(), "a browser did not come to its end"
    if run.faults:
        raise run.faults[0]


def settled(row: dict[str, Any], place: int, day: date) -> Callable[[Person], None]:
    def task(person: Person) -> None:
        item = row["item"]
        words = f"Settled {item['id']} by {person.full}"
        fields: dict[str, Any] = {"decision": words, "seen": str(row["seen"])}
        if place % 5 == 3:
            fields |= {"state": "deferred", "until": (day + timedelta(days=61)).isoformat()}
        elif place % 5 == 4:
            fields["state"] = "dropped"
        else:
            fields |= {"state": "decided", "says": f"Undertake {item['id']}", "owner": f"Office {place % 4}", "deadline": "2028-09-30",
                       "deliverable": f"paper {item['id']}", "action": "specific", "area": "trade", "parties": ["ZEM", "RUR"]}  # fmt: skip
        address = f"/{CASE}/items/{item['id']}"
        person.do(address, "settle", words, lambda: person.twin(address)["item"]["decision"] == words, **fields)

    return task


def assessed(run: Run, commitment: str, place: int) -> Callable[[Person], None]:
    def task(person: Person) -> None:
        words = f"Basis {run.number}-{place} by {person.full} on {commitment}"
        there = lambda: words in person.page(f"/{CASE}/commitments/{commitment}")  # noqa: E731
        fields = {"commitment": commitment, "verdict": ("delivered", "unknown")[place % 2], "basis": words}
        person.do(f"/{CASE}/items/{run.meeting}.01", "assess", words, there, **fields)

    return task


def reported(run: Run, place: int) -> Callable[[Person], None]:
    def task(person: Person) -> None:
        words = f"Report {run.number}-{place} by {person.full}"
        there = lambda: words in person.page(f"/{CASE}/commitments/Z003")  # noqa: E731
        fields = {
            "commitment": "Z003",
            "shows": "step taken",
            "claim": words,
            "title": "Gazette",
            "publisher": "official",
            "url": "https://gazette.example/",
        }
        person.do(FOLLOW, "report", words, there, **fields)

    return task


def noted(run: Run, name: str) -> Callable[[Person], None]:
    def task(person: Person) -> None:
        words = f"Secret {run.number} of {name}"
        person.do(run.at, "note", words, lambda: words in person.page(run.at), about="meeting", says=words)

    return task


def finish(run: Run, day: date, last: bool) -> None:
    """Both sign, owners get their excerpts, the next meeting is called, this one closes."""
    for name in ("boris", "anna"):
        person = run.persons[name]
        seal = seal_of(person.page(run.at))
        run.chair(name, "sign", f"sign {run.meeting}", turned(run, person, "signed"), seal=seal)
    boris = run.persons["boris"]
    run.chair("boris", "excerpts", f"excerpts {run.meeting}", lambda: bool(boris.twin(run.at)["meeting"]["excerpts"]))
    if not last:
        convene(run, day + timedelta(days=61))
    run.chair("boris", "close", f"close {run.meeting}", lambda: boris.twin(run.at)["meeting"]["state"] == "closed")


def turned(run: Run, person: Person, key: str) -> Callable[[], bool]:
    """Whether a person's key is turned."""
    return lambda: any(one["by"] == person.full for one in person.twin(run.at)["meeting"][key])


def seal_of(text: str) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', text)
    assert found, "no key to turn"
    return found[1]


def record_of(run: Run) -> set[str]:
    """The ids of the commitments that are owed, as the page of what is owed links to them."""
    return set(re.findall(rf"/{CASE}/commitments/([^\"?]+)", unescape(run.persons["anna"].page(FOLLOW))))


def browse(run: Run, name: str, rows: list[dict[str, Any]]) -> None:
    """Settle items in a real browser, whatever becomes of the program meanwhile."""
    from playwright.sync_api import sync_playwright

    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = opened.new_context(base_url=run.server.address).new_page()
            page.set_default_timeout(15_000)
            for row in rows:
                words = f"Settled {row['item']['id']} by {run.speakers[name].name} in a browser"
                end = time.monotonic() + 3 * PATIENCE
                while not _decide(page, name, row["item"]["id"], words):
                    assert time.monotonic() < end, f"{name} could not decide {row['item']['id']} in a browser"
                    page.wait_for_timeout(500)
                run.of_browsers.append((run.speakers[name].name, words))
            opened.close()
    except BaseException as fault:
        run.faults.append(fault)


def _decide(page: Any, name: str, item: str, words: str) -> bool:
    """One try; whether the page says that it is decided in those words. Without the program there is no page."""
    from playwright.sync_api import Error

    try:
        page.goto(f"/{CASE}/items/{item}")
        if "/signin" in page.url:
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.goto(f"/{CASE}/items/{item}")
        stuck = page.get_by_role("button", name="Bring it back into the form")
        if stuck.count():
            stuck.first.click()
        if page.locator("p.decision", has_text=words).count() == 0 and page.locator("#kept").is_hidden():
            page.get_by_label("Decided in a sentence").fill(words)
            page.get_by_role("button", name="Decided", exact=True).click()
        # Where the program was gone it is kept, told, and sent when it is back.
        page.locator("p.decision", has_text=words).first.wait_for()
    except Error:
        return False
    return True


def trouble(run: Run, stop: threading.Event, restart: Callable[[], None] | None) -> None:
    """Kill the program at random moments, and once start the database anew."""
    try:
        while run.number == 0 and not stop.wait(0.05):
            pass  # nobody is in yet
        for place in range(run.scale.kills):
            if stop.wait(run.chance.uniform(0.05, 0.5) if not LONG else run.chance.uniform(2.0, 12.0)):
                return
            if restart is not None and place == run.scale.kills // 3:
                restart()
            run.server.kill()
    except BaseException as fault:
        run.faults.append(fault)


def check(run: Run, store: Store) -> dict[str, int]:
    """Everything acknowledged is in the register, in order, once, and nothing else is."""
    found = verify(store)
    assert not found.problems, found.problems[:5]
    held = record(store)
    told = [one for person in run.persons.values() for one in person.done]
    marks = {deed: Counter(one.mark for one in told if one.deed == deed) for deed in {one.deed for one in told}}
    assert all(max(held.values()) == 1 for deed, held in marks.items() if deed not in ("agree", "sign"))
    own = [one for one in held.agenda.values() if one.title.startswith("Item") and one.carried is None]
    assert Counter(one.title for one in own) == marks["propose"]
    settled = Counter(one.decision for one in held.agenda.values() if one.decision)
    assert settled == marks["settle"] + Counter(words for _, words in run.of_browsers)
    undertaken = Counter(one.says for item in held.agenda.values() for one in item.resolutions)
    assert Counter(one.says for one in held.commitments.values() if one.says.startswith("Undertake")) == undertaken
    decided = [
        one for one in held.agenda.values() if one.state is ItemState.DECIDED and "browser" not in str(one.decision)
    ]
    assert len(decided) == sum(undertaken.values())
    assert Counter(one.claim for one in held.evidence.values() if one.claim.startswith("Report")) == marks["report"]
    assert (
        Counter(one.basis for one in held.assessments.values() if (one.basis or "").startswith("Basis"))
        == marks["assess"]
    )
    for number in range(1, run.scale.meetings + 1):
        meeting = held.meetings[f"{SERIES}.{number}"]
        assert meeting.state is MeetingState.CLOSED and meeting.document in held.documents
        assert sorted((one.party, one.by) for one in meeting.signed) == [("RUR", "Boris"), ("ZEM", "Anna")]
        items = [one for one in held.agenda.values() if one.meeting == meeting.id]
        assert all(one.is_settled for one in items)
        moved = {one.carried for one in held.agenda.values() if one.meeting == f"{SERIES}.{number + 1}" and one.carried}
        assert {one.id for one in items if one.state is ItemState.DEFERRED} <= moved, "what was deferred moved on"
    for name, party in (("anna", "ZEM"), ("boris", "RUR")):
        secrets_kept = [note.says for number in range(1, run.scale.meetings + 1)
                        for note in notes.read(store, run.speakers[name], Kind.MEETING, f"{SERIES}.{number}")]  # fmt: skip
        assert secrets_kept == [f"Secret {number} of {name}" for number in range(1, run.scale.meetings + 1)]
        assert not notes.verify(store, party).problems
    in_order(run, store)
    return {deed: sum(counted.values()) for deed, counted in sorted(marks.items())} | {
        "in browsers": len(run.of_browsers),
        "items": len(held.agenda),
    }


def in_order(run: Run, store: Store) -> None:
    """What each person did stands in the chain in the order in which it was acknowledged, under their own name."""
    with store.read() as unit:
        chain = [(one.seq, one.who, one.body or "") for one in entries.read_all(unit)]
    for person in run.persons.values():
        mine = [(seq, body) for seq, who, body in chain if who == person.full]
        last = 0
        for one in person.done:
            if one.deed not in ("propose", "edit", "settle", "assess", "report"):
                continue
            first = next((seq for seq, body in mine if f'"{one.mark}"' in body), None)
            assert first is not None, f"{person.full}: '{one.mark}' was acknowledged and is not in the chain"
            assert first > last, f"{person.full}: '{one.mark}' stands before what was acknowledged earlier"
            last = first
    for who, words in run.of_browsers:
        assert any(seq for seq, name, body in chain if name == who and f'"{words}"' in body), words


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Callable[[], None] | None]]:
    """Where the register is, and how its database is started anew, where there is a server of one."""
    if request.param == "sqlite":
        yield store_url(str(tmp_path / "register.sqlite")), None
        return
    yield request.getfixturevalue("postgres_url"), lambda: restart_postgres(request.getfixturevalue("postgres_server"))


def restart_postgres(server: str) -> None:
    """Start the database server anew, as after a power cut."""
    import psycopg

    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    data = Path(row[0])
    binaries = postgres.binaries()
    assert binaries is not None
    words = [
        *postgres.unprivileged(data.parent),
        str(binaries / "pg_ctl"),
        "-D",
        str(data),
        "-l",
        str(data.parent / "log"),
        "-m",
        "immediate",
        "-w",
        "restart",
    ]
    subprocess.run(words, check=True, capture_output=True, cwd=data.parent, timeout=60)


@pytest.mark.usefixtures("quick_passwords")
@pytest.mark.xdist_group("browser")
@pytest.mark.skipif(LONG and CHROMIUM is None, reason="no Chromium is installed")
def test_nothing_acknowledged_in_a_year_is_lost(
    place: tuple[str, Callable[[], None] | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, restart = place
    scale = YEAR if LONG else SHORT
    content = whole(tmp_path / "content")
    monkeypatch.delenv("SERVANDA_TODAY")
    store = Store(url)
    bring_in(store, content, "a", "b", "2026-11-01T00:00:00+00:00")
    speakers = people(scale)
    for name, one in speakers.items():
        wanted = keep.Wanted(name, one.name, one.role, one.party, one.tracks, password=PASSWORD)
        keep.add(store, wanted, "the keeper", "2026-11-01T00:00:00+00:00", secrets.token_bytes)
    server = Server(url, content, "2026-11-23T09:00:00+00:00")
    persons = {name: Person(server, name, one.name) for name, one in speakers.items()}
    run = Run(scale, server, random.Random(5067), speakers, persons)
    stop = threading.Event()
    killer = threading.Thread(target=trouble, args=(run, stop, restart if scale.restarts else None), daemon=True)
    server.start()
    try:
        killer.start()
        play(run)
    finally:
        stop.set()
        killer.join(90)
        server.stop()
        for person in persons.values():
            person.web.close()
        store.close()
    if run.faults:
        raise run.faults[0]
    counts = check(run, store)
    store.close()
    assert counts["items"] >= (390 if LONG else 12) and len(speakers) == (40 if LONG else 15)
    print(
        f"{len(speakers)} people, {server.kills} kills, {sum(one.retried for one in persons.values())} sent again: {counts}"
    )
    assert server.kills >= (12 if LONG else 1)
    assert not LONG or sum(one.retried for one in persons.values()) > 0, "no kill came while somebody was writing"

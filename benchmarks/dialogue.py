"""A meeting under load: 50 people who read and 10 who write at once, against one `servanda serve`, on each database."""

from __future__ import annotations

import http.client
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.measure import Row, in_ms
from servanda.accounts import keep
from servanda.dialogue import agenda, table
from servanda.dialogue.open import Opening, open_meeting, open_series
from servanda.model.dialogue import Rhythm, Role, Speaker
from servanda.register.keep import seed
from servanda.settings import shipped_content
from servanda.store.connect import Store
from tests import postgres

TARGET_MS = 250.0
SECONDS = float(os.environ.get("SERVANDA_LOAD_SECONDS", "60"))
READERS, WRITERS = 50, 10
PAUSES = (1.0, 3.0)
"""Seconds between two pages of one person, at random: faster than anybody reads."""
WARMING = 10.0
"""Seconds in which a server that was just started, over a register that was just built, reckons its first review."""
AT, CASE = "2026-11-23T12:00:00+00:00", "ind-kor"
MEETING = f"{CASE}.strategic-dialogue.1"
PASSWORD = "four tides met a poet"
CHAIRS = (Speaker("Chair IND", "IND", Role.CO_CHAIR), Speaker("Chair KOR", "KOR", Role.CO_CHAIR))


def rows() -> Iterator[Row]:
    """Milliseconds from the request to the last byte, of everybody together, by database and by what was asked."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _load("SQLite", f"sqlite:///{folder}/register.sqlite")
    if postgres.binaries() is None:
        print("PostgreSQL is not measured: none is installed", file=sys.stderr)
        return
    with postgres.serving() as address:
        yield from _load("PostgreSQL", f"{address}/postgres")


def dominates() -> str:
    """What stands behind the figures."""
    return (
        f"{READERS} people read and {WRITERS} write for {SECONDS:.0f} s, each with a pause of {PAUSES[0]:g} to "
        f"{PAUSES[1]:g} s, signed in, against one process; an answer other than the one expected ends the run. "
        "The server reckons the first review beside its start; who comes within those seconds waits longest."
    )


@dataclass
class Person:
    """Somebody who is signed in, with what their requests took."""

    port: int
    name: str
    writes: bool
    place: int
    taken: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cookie: str = ""
    token: str = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and the cookie of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"cookie": self.cookie, "accept": "text/html"}
        if fields is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        line.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = line.getresponse()
        body, given = answer.read().decode(), answer.headers.get_all("set-cookie") or []
        line.close()
        return answer.status, body, "; ".join(one.partition(";")[0] for one in given)

    def sign_in(self) -> None:
        """Come in, and know the token of one's forms."""
        _, page, self.cookie = self.ask("GET", "/signin")
        sent = {"token": _token(page), "name": self.name, "password": PASSWORD}
        status, page, self.cookie = self.ask("POST", "/signin", sent)
        assert status == 303, page[-500:]
        self.cookie = next(one for one in self.cookie.split("; ") if one.startswith("servanda="))
        self.token = _token(self.ask("GET", "/account")[1])

    def work(self, pages: list[str], until: float) -> None:
        """Ask for pages, or send forms, with pauses, until the time is over."""
        chance = random.Random(self.place)
        time.sleep(chance.uniform(0, PAUSES[1]))
        turn = 0
        while time.monotonic() < until:
            turn += 1
            begun = time.perf_counter()
            asked = self.ask("POST", *self._form(turn)) if self.writes else self.ask("GET", chance.choice(pages))
            self.taken.append((begun, time.perf_counter() - begun))
            if asked[0] != (303 if self.writes else 200):
                self.faults.append(f"{self.name} was answered {asked[0]}")
            time.sleep(chance.uniform(*PAUSES))

    def _form(self, turn: int) -> tuple[str, dict[str, str]]:
        sent = {"token": self.token}
        if turn % 3 == 0:
            claim = f"Step {turn} of {self.name}"
            return f"/{CASE}/follow-up", sent | {
                "deed": "report", "commitment": "C018", "shows": "step taken", "claim": claim, "title": "Gazette",
                "publisher": "official", "url": "https://gazette.example/",
            }  # fmt: skip
        if turn % 3 == 1:
            says = f"Note {turn} of {self.name}"
            return f"/{CASE}/dialogue/{MEETING}", sent | {"deed": "note", "about": "meeting", "says": says}
        title = f"Item {turn} of {self.name}"
        fields = {
            "deed": "propose",
            "title": title,
            "reason": "It is late",
            "minutes": "5",
            "track": "",
            "commitments": "",
        }
        return f"/{CASE}/dialogue/{MEETING}", sent | fields


def _load(database: str, url: str) -> Iterator[Row]:
    _prepare(url)
    with _serving(url) as port:
        everybody = [
            *(Person(port, f"reader{place}", False, place) for place in range(READERS)),
            *(Person(port, f"writer{place}", True, READERS + place) for place in range(WRITERS)),
        ]
        for one in everybody:
            one.sign_in()
        pages = _pages(everybody[0])
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=one.work, args=(pages, until), daemon=True) for one in everybody]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS + 60)
    faults = [fault for one in everybody for fault in one.faults]
    if faults:
        raise RuntimeError(f"{len(faults)} answers were not as they should be; the first: {faults[0]}")
    for what, writes in ((f"{READERS} people read", False), (f"{WRITERS} people write", True)):
        taken = [one for person in everybody if person.writes is writes for one in person.taken]
        warm = min(begun for begun, _ in taken) + WARMING
        yield Row(f"{database}: {what} at once", "ms", TARGET_MS, in_ms([took for _, took in taken]))
        settled = [took for begun, took in taken if begun > warm]
        yield Row(f"the same, after the first {WARMING:g} s", "ms", TARGET_MS, in_ms(settled))


def _pages(one: Person) -> list[str]:
    """What is read during a meeting: its page, every item, what is owed, the papers, and the record behind them."""
    items = re.findall(rf"/{CASE}/items/[\w.-]+", one.ask("GET", f"/{CASE}/dialogue/{MEETING}")[1])
    return [
        f"/{CASE}/dialogue", *[f"/{CASE}/dialogue/{MEETING}"] * 4, *dict.fromkeys(items), f"/{CASE}/follow-up",
        f"/{CASE}/dialogue/{MEETING}/brief/joint", f"/{CASE}", f"/{CASE}/commitments", f"/{CASE}/commitments/C018",
        f"/{CASE}/timeline", "/commitments?q=ship",
    ]  # fmt: skip


def _prepare(url: str) -> None:
    """The shipped cases, a meeting that is held, and everybody's account."""
    store, content = Store(url), shipped_content()
    seed(store, content, AT)
    series = open_series(store, CASE, "Strategic dialogue", Rhythm.YEARLY, (), CHAIRS[0], AT)
    open_meeting(store, series.id, Opening("2026-12-10", "IND", 240), CHAIRS[0], AT)
    agenda.take_draft(store, content, MEETING, CHAIRS[0], AT)
    for chair in CHAIRS:
        agenda.agree(store, MEETING, chair, AT)
    table.hold(store, MEETING, CHAIRS[0], AT)
    for place in range(READERS + WRITERS):
        is_reader = place < READERS
        name = f"reader{place}" if is_reader else f"writer{place - READERS}"
        role = Role.OBSERVER if is_reader else Role.POLICYMAKER
        wanted = keep.Wanted(name, name.title(), role, ("IND", "KOR")[place % 2], password=PASSWORD)
        keep.add(store, wanted, "the keeper", AT, secrets.token_bytes)
    store.close()


def _token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page[-500:]
    return found[1]


@contextmanager
def _serving(url: str) -> Iterator[int]:
    """`servanda serve` over a register; its port."""
    settings = {**os.environ, "SERVANDA_STORE": url, "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-m", "servanda", "serve", "--port", "0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=settings) as server:
        assert server.stderr is not None
        told = server.stderr.readline()
        try:
            found = re.search(r"127\.0\.0\.1:(\d+)", told)
            assert found, told
            yield int(found[1])
        finally:
            server.terminate()

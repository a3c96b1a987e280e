"""`servanda serve` as a process that can be killed and started anew, and people who sign in and send forms to it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.faces.conftest import DAY, SERVANDA
from tests.faces.talks import PASSWORD, token_of
from tests.postgres import free_port

PATIENCE = 60.0
"""Seconds after which a server or a person gives up: nothing hangs."""


@contextmanager
def serving(store: Path, **settings: str) -> Iterator[str]:
    """`servanda serve` over a register of the shipped cases on any free port, on the day of the tests; its address."""
    known = {**os.environ, "SERVANDA_STORE": str(store), "SERVANDA_TODAY": DAY, **settings}
    with subprocess.Popen([*SERVANDA, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, env=known) as served:
        assert served.stderr is not None
        told = served.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", told)
        try:
            assert found, told
            yield found[0]
        finally:
            served.terminate()
            served.wait(20)


@dataclass
class Server:
    """The program on a port of its own, over a register. Its moment is set from without, so that a year can pass."""

    store: str
    content: Path
    moment: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    kills: int = 0

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; it listens before it says so."""
        settings = {
            **os.environ, "SERVANDA_STORE": self.store, "SERVANDA_NOW": self.moment, "SERVANDA_TODAY": self.moment[:10],
            "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        words = [*SERVANDA, "serve", "--port", str(self.port), "--content", str(self.content)]
        log = self.content.parent / "served.log"
        with log.open("ab") as file:
            self.process = subprocess.Popen(words, stderr=file, env=settings)
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < end, log.read_text(encoding="utf-8")[-2000:]
            time.sleep(0.05)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """End it as a power cut would, in the middle of whatever it does, and start it anew."""
        with self.lock:
            assert self.process is not None
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.kills += 1
            self.start()

    def on(self, moment: str) -> None:
        """Let time pass: the program is started anew at another moment."""
        with self.lock:
            self.moment = moment
            self.stop()
            self.start()

    def stop(self) -> None:
        """End it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)


@dataclass(frozen=True)
class Done:
    """A deed that the program acknowledged: by whom, what, and the words by which it is found again."""

    who: str
    deed: str
    mark: str


@dataclass
class Person:
    """Somebody with an account who sends forms, waits where the program is gone, and looks before sending again."""

    server: Server
    name: str
    full: str
    done: list[Done] = field(default_factory=list)
    retried: int = 0
    web: httpx2.Client = field(init=False)
    token: str = ""

    def __post_init__(self) -> None:
        self.web = httpx2.Client(base_url=self.server.address, timeout=30, headers={"accept": "text/html"})

    def ask(self, way: Callable[[], httpx2.Response]) -> httpx2.Response:
        """Ask until there is an answer; a register that is busy or gone for a moment is asked again."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                answer = way()
            except httpx2.TransportError:
                assert time.monotonic() < end, f"{self.name}: no answer within {PATIENCE:.0f} s"
            else:
                if answer.status_code != 503 or time.monotonic() > end:
                    return answer
            time.sleep(0.2)

    def sign_in(self) -> None:
        """Come in by name and password."""
        self.web.cookies.clear()
        end = time.monotonic() + PATIENCE
        while True:
            token = token_of(self.ask(lambda: self.web.get("/signin")).text)
            sent = {"token": token, "name": self.name, "password": PASSWORD}
            answer = self.ask(lambda sent=sent: self.web.post("/signin", data=sent))  # type: ignore[misc]
            page = self.ask(lambda: self.web.get("/account"))
            if page.status_code == 200:
                self.token = token_of(page.text)
                return
            assert time.monotonic() < end, (answer.status_code, answer.text[-600:])

    def twin(self, address: str) -> Any:
        """A page as a program reads it."""
        answer = self.ask(lambda: self.web.get(address, params={"format": "json"}))
        assert answer.status_code == 200, (address, answer.status_code, answer.text[-600:])
        return answer.json()

    def page(self, address: str) -> str:
        """A page as a person reads it."""
        answer = self.ask(lambda: self.web.get(address))
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.text

    def do(self, address: str, deed: str, mark: str, is_there: Callable[[], bool], **fields: Any) -> None:
        """Send a form until it is acknowledged. Where no answer came, look first whether it was done."""
        end = time.monotonic() + PATIENCE
        sent = {"token": self.token, "deed": deed, **fields}
        while True:
            try:
                answer = self.web.post(address, data=sent)
            except httpx2.TransportError:
                answer = None
            if answer is not None and answer.status_code == 303:
                assert not answer.headers["location"].startswith("/signin"), f"{self.name} is signed out"
                break
            if answer is not None and answer.status_code != 503:
                problem = re.search(r'id="problem">(.*?)</p>', answer.text, re.DOTALL)
                raise AssertionError(
                    f"{self.name}, {deed}, {answer.status_code}: {problem[1] if problem else answer.text[-400:]}"
                )
            assert time.monotonic() < end, f"{self.name} could not {deed} within {PATIENCE:.0f} s"
            self.retried += 1
            time.sleep(0.2)
            if is_there():
                break
        self.done.append(Done(self.full, deed, mark))

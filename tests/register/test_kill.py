"""A process that is killed at any moment: what it acknowledged is there, nothing is half-done, the chain holds."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from servanda.register.verify import verify
from servanda.settings import shipped_content, store_url
from servanda.store import entries
from servanda.store.connect import Store
from tests.children import command
from tests.properties import PROVE

ROUNDS = 200 if PROVE else 25
EACH = 40

# Remembers units of EACH changes without end, and says so after each that the register acknowledged.
REMEMBER = """
import sys
from servanda.model.entry import Change
from servanda.model.words import Act, Kind
from servanda.register.ledger import remember
from servanda.store import entries
from servanda.store.connect import Store
store = Store(sys.argv[1])
with store.read() as unit:
    first = entries.head_of(unit)[0]
print("ready", flush=True)
number = first // int(sys.argv[2])
while True:
    changes = [Change(Act.PUT, Kind.EVENT, f"E{number}-{n}", "c", {"text": "x" * 500}) for n in range(int(sys.argv[2]))]
    with store.write() as unit:
        remember(unit, changes, "2026-11-23T00:00:00+00:00", f"unit {number}", "to be killed")
    print(number, flush=True)
    number += 1
"""

IMPORT = """
import sys
from pathlib import Path
from servanda.register.keep import bring_in
from servanda.store.connect import Store
store = Store(sys.argv[1])
print("ready", flush=True)
bring_in(store, Path(sys.argv[2]), "a child", "to be killed", "2026-11-23T00:00:00+00:00", ["ind-kor"])
print("done", flush=True)
"""


def killed_after(code: str, words: tuple[str, ...], seconds: float) -> list[str]:
    """Runs the code, kills it that long after it was ready, and gives the whole lines that it had printed."""
    child = subprocess.Popen(command(code, *words), stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read()
    child.stdout.close()
    # Only a child that had ended by itself escapes the signal.
    assert child.wait() in (-signal.SIGKILL, 0)
    return said.splitlines() if said.endswith("\n") else said.splitlines()[:-1]


def test_killed_while_remembering(tmp_path: Path) -> None:
    url = store_url(str(tmp_path / "r.sqlite"))
    Store(url).close()
    chance = random.Random(20261123)
    acknowledged = 0
    for _ in range(ROUNDS * 3 // 5):
        said = killed_after(REMEMBER, (url, str(EACH)), chance.uniform(0, 0.12))
        acknowledged = int(said[-1]) + 1 if said else acknowledged
        store = Store(url)
        with store.read() as unit:
            rows = list(entries.read_all(unit))
        verdict = verify(store)
        store.close()
        assert verdict.problems == ()
        # Whole units only; all that were acknowledged, and at most the one whose acknowledgement was cut off.
        assert len(rows) % EACH == 0
        assert len(rows) // EACH - acknowledged in (0, 1)
        assert [row.who for row in rows] == [f"unit {number // EACH}" for number in range(len(rows))]
        acknowledged = len(rows) // EACH
    # The test means something only if units came through between the kills.
    assert acknowledged > 0


def test_killed_while_importing(tmp_path: Path) -> None:
    chance = random.Random(1948)
    found: list[int] = []
    for place in range(ROUNDS * 2 // 5):
        url = store_url(str(tmp_path / f"r{place}.sqlite"))
        said = killed_after(IMPORT, (url, str(shipped_content())), chance.uniform(0.05, 1.0))
        store = Store(url)
        verdict = verify(store)
        store.close()
        assert verdict.problems == ()
        assert verdict.entries in ((1784,) if said == ["done"] else (0, 1784))
        found.append(verdict.entries)
    assert 0 in found


@pytest.mark.postgres
def test_killed_while_remembering_on_postgres(postgres_url: str) -> None:
    Store(postgres_url).close()
    chance = random.Random(1973)
    acknowledged = 0
    for _ in range(max(4, ROUNDS // 10)):
        said = killed_after(REMEMBER, (postgres_url, str(EACH)), chance.uniform(0, 0.3))
        acknowledged = int(said[-1]) + 1 if said else acknowledged
        store = Store(postgres_url)
        # The server notices a dead client when it next speaks to it; a writer waits until then.
        with store.write() as unit:
            count = entries.head_of(unit)[0]
        verdict = verify(store)
        store.close()
        assert (verdict.entries, verdict.problems) == (count, ())
        assert count % EACH == 0
        assert count // EACH - acknowledged in (0, 1)
        acknowledged = count // EACH
    assert acknowledged > 0

"""Every fault of a database as one sentence that says what to do, with nothing lost."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from servanda.errors import StoreBusy, StoreError, StoreTooNew
from servanda.model.entry import Change
from servanda.model.words import Act, Kind
from servanda.register.ledger import remember
from servanda.register.verify import verify
from servanda.settings import store_url
from servanda.store import connect
from servanda.store.connect import Store
from tests.children import open_folder, run

KEPT = "Nothing that was kept before is lost"
BIG = {"text": "x" * 200_000}

# Opens a register, writes one unit, and prints the sentence that it meets.
WRITE = """
import sys
from servanda.errors import ServandaError
from servanda.model.entry import Change
from servanda.model.words import Act, Kind
from servanda.register.ledger import remember
from servanda.store.connect import Store
try:
    store = Store("sqlite:///" + sys.argv[1])
    with store.write() as unit:
        remember(unit, [Change(Act.PUT, Kind.EVENT, "E9", "c", {"text": "x" * int(sys.argv[2])})], "2026", "a", "b")
except ServandaError as fault:
    print(type(fault).__name__, fault)
else:
    print("written")
"""
LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"


def entry(name: str, body: dict[str, Any]) -> Change:
    return Change(Act.PUT, Kind.EVENT, name, "c", body)


def keep_one(path: Path) -> None:
    """A register with one entry, closed."""
    store = Store(store_url(str(path)))
    with store.write() as unit:
        remember(unit, [entry("E1", {"id": "E1"})], "2026", "a", "b")
    store.close()


def still_holds(path: Path, count: int = 1) -> bool:
    store = Store(store_url(str(path)))
    verdict = verify(store)
    store.close()
    return (verdict.entries, verdict.problems) == (count, ())


def test_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.sqlite"
    keep_one(path)
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.2)
    store = Store(store_url(str(path)))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match=f"is in use by another process; wait for it to end and try again. {KEPT}"):
        with store.write() as unit:
            remember(unit, [entry("E2", {})], "2026", "a", "b")
    # Whoever only reads is not kept waiting.
    assert verify(store).entries == 1
    other.close()
    with store.write() as unit:
        remember(unit, [entry("E2", {})], "2026", "a", "b")
    store.close()
    assert still_holds(path, 2)


def test_read_only_file() -> None:
    with open_folder() as folder:
        path = folder / "r.sqlite"
        keep_one(path)
        path.chmod(0o444)
        # The folder is open, so that it is the file alone that forbids.
        folder.chmod(0o777)
        said = run(WRITE, str(path), "10", as_nobody=True)
        assert re.fullmatch(f"StoreError the register {path} cannot be written: .* read-only; .*--store. {KEPT}", said)
        path.chmod(0o644)
        assert still_holds(path)


def test_read_only_folder() -> None:
    with open_folder() as folder:
        path = folder / "r.sqlite"
        keep_one(path)
        path.chmod(0o666)
        folder.chmod(0o555)
        said = run(WRITE, str(path), "10", as_nobody=True)
        assert said.startswith(f"StoreError the register {path} cannot be ")
        assert "--store" in said
        assert said.endswith(KEPT)
        folder.chmod(0o755)
        assert still_holds(path)


def test_folder_that_may_not_be_entered() -> None:
    with open_folder() as folder:
        (folder / "shut").mkdir(mode=0o700)
        keep_one(folder / "shut" / "r.sqlite")
        if os.geteuid() != 0:
            (folder / "shut").chmod(0o000)
        said = run(WRITE, str(folder / "shut" / "r.sqlite"), "10", as_nobody=True)
        assert "cannot be opened: the folder is missing or closed to you; choose another with --store" in said
        (folder / "shut").chmod(0o700)
        assert still_holds(folder / "shut" / "r.sqlite")


def test_folder_that_cannot_be_made() -> None:
    with open_folder() as folder:
        folder.chmod(0o555)
        said = run(WRITE, str(folder / "new" / "r.sqlite"), "10", as_nobody=True)
        assert said == (
            f"StoreError the register {folder / 'new' / 'r.sqlite'} cannot be made: Permission denied; "
            "choose another place with --store"
        )


def test_place_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(StoreError, match=r"cannot be made: .*; choose another place with --store"):
        Store(store_url(str(tmp_path / "file" / "r.sqlite")))
    assert (tmp_path / "file").read_text() == "words"


def test_place_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened: the folder is missing or closed to you"):
        Store(store_url(str(tmp_path)))


def test_file_that_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("What we agreed in Seoul.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is not a register: the file is something else; choose another with --store"):
        Store(store_url(str(path)))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


def test_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    with pytest.raises(StoreError, match=r"is the database of another program .it holds 'bookmarks'., not a register"):
        Store(store_url(str(path)))
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    other.close()


def test_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    keep_one(path)
    whole = path.read_bytes()
    # The first page says what the file is; all behind it is lost.
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(
        StoreError, match=f"is damaged; restore a copy, or build it again with 'servanda import'. {KEPT}"
    ):
        verify(Store(store_url(str(path))))


def newer(store: Store) -> None:
    with store.write() as unit:
        unit.execute(text("UPDATE alembic_version SET version_num = 'zzzz'"))
    store.close()


def test_made_by_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    keep_one(path)
    newer(Store(store_url(str(path))))
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match=r"newer version of Servanda .*number zzzz.*; install the newer version"):
        Store(store_url(str(path)))
    assert path.read_bytes() == before


@pytest.mark.postgres
def test_made_by_a_newer_version_on_postgres(postgres_url: str) -> None:
    newer(Store(postgres_url))
    with pytest.raises(StoreTooNew, match="number zzzz"):
        Store(postgres_url)


def test_disk_full_by_the_databases_own_bound(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    keep_one(path)
    store = Store(store_url(str(path)))
    with pytest.raises(
        StoreError, match=f"could not be written: the disk is full; free some space and try again. {KEPT}"
    ):
        with store.write() as unit:
            pages = unit.exec_driver_sql("PRAGMA page_count").scalar()
            unit.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            remember(unit, [entry("E2", {}), entry("E3", BIG)], "2026", "a", "b")
    store.close()
    assert still_holds(path)


def test_disk_full_by_the_systems_bound(tmp_path: Path) -> None:
    # The kernel refuses to let a file grow, as it does on a full disk; SQLite meets it in the middle of its log.
    path = tmp_path / "r.sqlite"
    keep_one(path)
    said = run(LIMIT + WRITE, str(path), "1000000")
    assert re.fullmatch(
        f"StoreError .* could not be written: the disk is full.*; free some space and try again. {KEPT}", said
    )
    assert still_holds(path)
    assert run(WRITE, str(path), "1000") == "written"
    assert still_holds(path, 2)


def test_disk_really_full(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], check=False, capture_output=True
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("a disk of our own needs the right to mount one; the two tests above stand in for it")
    try:
        path = folder / "r.sqlite"
        keep_one(path)
        assert "the disk is full" in run(WRITE, str(path), "2000000")
        assert still_holds(path)
        # With no room at all not even a small unit can be acknowledged, and none is.
        room = os.statvfs(folder)
        (folder / "filler").write_bytes(b"x" * (room.f_bavail * room.f_bsize))
        assert "the disk is full" in run(WRITE, str(path), "10")
        (folder / "filler").unlink()
        assert still_holds(path)
        assert run(WRITE, str(path), "10") == "written"
        assert still_holds(path, 2)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_postgres_that_does_not_answer() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        # Bound and not listening: nothing else can take the port, and nobody answers there.
        with pytest.raises(StoreError) as caught:
            Store(f"postgresql+psycopg://desk:secret@127.0.0.1:{port}/register")
    said = str(caught.value)
    assert said == (
        f"the register 127.0.0.1:{port}/register cannot be reached: no database server answers there; "
        f"start it or choose another with --store. {KEPT}"
    )


@pytest.mark.postgres
def test_postgres_without_that_database(postgres_server: str) -> None:
    with pytest.raises(StoreError, match="/nowhere cannot be opened: the server has no such database; make it first"):
        Store(f"{postgres_server}/nowhere")


@pytest.mark.postgres
def test_postgres_held_by_another(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 1)
    one, other = Store(postgres_url), Store(postgres_url)
    with one.write():
        with pytest.raises(StoreBusy, match=f"is in use by another process; wait for it to end and try again. {KEPT}"):
            with other.write():
                raise AssertionError("two units of work at once")
    with other.write() as unit:
        remember(unit, [entry("E1", {})], "2026", "a", "b")
    assert verify(one).entries == 1
    one.close()
    other.close()


@pytest.mark.postgres
def test_postgres_that_hangs_up_half_way(postgres_url: str, postgres_server: str) -> None:
    import psycopg

    store = Store(postgres_url)
    with store.write() as unit:
        remember(unit, [entry("E1", {})], "2026", "a", "b")
    with pytest.raises(StoreError, match=KEPT):
        with store.write() as unit:
            remember(unit, [entry("E2", {})], "2026", "a", "b")
            backend = unit.execute(text("SELECT pg_backend_pid()")).scalar()
            with psycopg.connect(f"{postgres_server.replace('+psycopg', '')}/postgres", autocommit=True) as operator:
                operator.execute("SELECT pg_terminate_backend(%s)", (backend,))
            remember(unit, [entry("E3", {})], "2026", "a", "b")
    # The next unit finds a new connection by itself, and of the broken one nothing.
    verdict = verify(store)
    store.close()
    assert (verdict.entries, verdict.problems) == (1, ())


def test_copies_are_registers(seeded_copy: Callable[[], Path]) -> None:
    path = seeded_copy()
    assert still_holds(path, 4275)

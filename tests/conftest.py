"""Registers and content that the tests share: SQLite, a real PostgreSQL, and a tiny invented case."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    # `pytest` alone does not put the checkout on the path; `python -m pytest` does.
    sys.path.insert(0, str(ROOT))

from servanda.register.keep import seed  # noqa: E402
from servanda.settings import shipped_content, store_url  # noqa: E402
from servanda.store.connect import Store  # noqa: E402
from tests.postgres import binaries, serving  # noqa: E402
from tests.properties import PROVE  # noqa: E402
from tests.small import write_small  # noqa: E402

AT = "2026-11-23T00:00:00+00:00"

# A machine that runs two workers is slow now and then; only a wrong answer may fail a property, never a slow one. The
# suite draws the same values each time, so that one commit has one verdict; `make prove` draws new ones, and more.
settings.register_profile("servanda", deadline=None, suppress_health_check=list(HealthCheck), derandomize=not PROVE)
settings.load_profile("servanda")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is written to the user's cache; children of the tests inherit the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SERVANDA_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh, empty register on SQLite."""
    opened = Store(store_url(str(tmp_path / "register.sqlite")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of the shipped content, made once. Only to be read; `seeded_copy` gives one to write in."""
    path = tmp_path_factory.mktemp("seeded") / "register.sqlite"
    opened = Store(store_url(str(path)))
    seed(opened, shipped_content(), AT)
    opened.close()
    # Closing the last connection folds the log into the file, so that the file alone is the whole register.
    assert not path.with_name(path.name + "-wal").exists()
    path.chmod(0o444)
    return path


@pytest.fixture
def seeded_copy(seeded: Path, tmp_path: Path) -> Callable[[], Path]:
    """Makes as many copies of the seeded register as a test wants."""
    made: list[Path] = []

    def copy() -> Path:
        path = tmp_path / f"copy{len(made)}.sqlite"
        shutil.copyfile(seeded, path)
        made.append(path)
        return path

    return copy


@pytest.fixture
def small_content(tmp_path: Path) -> Path:
    """A content folder with one tiny invented case."""
    return write_small(tmp_path / "content")


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords hashed by the same library with as little care as it allows: a test signs in a hundred times."""
    from argon2 import PasswordHasher

    from servanda.accounts import password

    quick = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1)
    password._nobody.cache_clear()
    monkeypatch.setattr(password, "_hasher", lambda: quick)
    yield
    password._nobody.cache_clear()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a real PostgreSQL server without the name of a database; one a worker, stopped at the end."""
    if binaries() is None:
        pytest.skip("no PostgreSQL server is installed: neither /usr/lib/postgresql/*/bin nor the PATH holds initdb")
    with serving("fsync=on", "max_connections=30") as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A new, empty database on the server."""
    import psycopg

    name = f"test_{os.urandom(6).hex()}"
    address = postgres_server.replace("+psycopg", "")
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"{postgres_server}/{name}"
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

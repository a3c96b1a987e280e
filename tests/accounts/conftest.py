"""A register on each database, with accounts of two parties in it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servanda.accounts.keep import Wanted, add
from servanda.accounts.signin import Whence
from servanda.model.dialogue import Role
from servanda.settings import store_url
from servanda.store.connect import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = NOON.isoformat()
PASSWORD = "four tides met a poet"
ANNA = Wanted("anna", "Anna Lee", Role.CO_CHAIR, "ZEM", email="anna@zembla.example", password=PASSWORD)
BORIS = Wanted("boris", "Boris Rao", Role.POLICYMAKER, "RUR", ("trade",), "boris@ruritania.example", PASSWORD)
HERE = Whence("192.0.2.1", "a browser", NOON)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty register, on SQLite and on PostgreSQL."""
    url = (
        store_url(str(tmp_path / "r.sqlite")) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    )
    opened = Store(url)
    yield opened
    opened.close()


@pytest.fixture
def peopled(register: Store, quick_passwords: None) -> Store:
    """A register with an account of each party."""
    for wanted in (ANNA, BORIS):
        add(register, wanted, "the keeper", AT, secrets.token_bytes)
    return register

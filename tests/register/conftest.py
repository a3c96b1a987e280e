"""The tiny invented case with an invented statement to read, on each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from servanda.register.keep import bring_in
from servanda.register.words import Words, words
from servanda.store.connect import Store


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty register on each of the two databases."""
    if request.param == "sqlite":
        yield request.getfixturevalue("store")
        return
    opened = Store(request.getfixturevalue("postgres_url"))
    yield opened
    opened.close()


@pytest.fixture
def lists(small_content: Path) -> Words:
    """The closed lists of the invented case."""
    return words(small_content)


@pytest.fixture
def kept(either: Store, small_content: Path) -> Any:
    """The register with the invented case."""
    bring_in(either, small_content, "a", "b", "2026-11-23T00:00:00+00:00")
    return either


@pytest.fixture
def small(store: Store, small_content: Path) -> Store:
    """The same, on SQLite only."""
    bring_in(store, small_content, "a", "b", "2026-11-23T00:00:00+00:00")
    return store

"""Libraries that the tests of pages read: the shipped cases, a hostile one, and a bare one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from servanda.pages.library import Library
from servanda.register.keep import seed
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store
from tests.pages.invented import write_bare, write_hostile

AT = "2026-11-23T00:00:00+00:00"


@pytest.fixture(scope="session")
def library(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped cases; only to be read."""
    path = tmp_path_factory.mktemp("pages") / "register.sqlite"
    shutil.copyfile(seeded, path)
    store = Store(store_url(str(path)))
    yield Library(store, shipped_content())
    store.close()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A case with markup in every text and scripts for addresses."""
    yield from _of(write_hostile(tmp_path_factory.mktemp("hostile") / "content"))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A case with commitments and nothing else."""
    yield from _of(write_bare(tmp_path_factory.mktemp("bare") / "content"))


def _of(content: Path) -> Iterator[Library]:
    store = Store(store_url(str(content.parent / "register.sqlite")))
    seed(store, content, AT)
    yield Library(store, content)
    store.close()

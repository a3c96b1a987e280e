"""Readers run in a process of their own; tests of what they read may run them in this one, ten times as fast."""

from __future__ import annotations

import pytest

from servanda.texts.extract import extract
from servanda.texts.extract.apart import sound
from servanda.texts.extract.child import reader
from servanda.texts.extract.draft import Draft


def read_here(raw: bytes, sort: str, name: str, charset: str = "") -> Draft:
    """As read_apart, without a process of its own."""
    return sound(reader(sort, charset)(raw), sort, name)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the verb read without another process."""
    monkeypatch.setattr(extract, "read_apart", read_here)

"""The tiny invented case, two co-chairs, a reviewer and an observer; a series with its first meeting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from servanda.dialogue.open import Opening, open_meeting, open_series
from servanda.dialogue.work import seen_of
from servanda.model.case import Record
from servanda.model.dialogue import Meeting, Participant, Rhythm, Role, Speaker, Track
from servanda.model.words import Area, Kind
from servanda.register.keep import bring_in
from servanda.register.words import Words, words
from servanda.settings import shipped_content
from servanda.store import entries, items
from servanda.store.connect import Store
from tests.small import write_small

AT = "2026-11-24T09:00:00+00:00"
ANNA = Speaker("Anna", "ZEM", Role.CO_CHAIR)
BORIS = Speaker("Boris", "RUR", Role.CO_CHAIR)
CLARA = Speaker("Clara", None, Role.REVIEWER)
DORA = Speaker("Dora", "ZEM", Role.BUSINESS, ("sea",))
EMIL = Speaker("Emil", None, Role.OBSERVER)
FEDOR = Speaker("Fedor", "RUR", Role.POLICYMAKER, ("verse",))
TRACKS = (Track("sea", "The sea", (Area.TRADE,)), Track("verse", "Verse", (Area.PEOPLE,)))
TABLE = (
    Participant("Anna", Role.CO_CHAIR, "ZEM"), Participant("Boris", Role.CO_CHAIR, "RUR"),
    Participant("Emil", Role.OBSERVER),
)  # fmt: skip


def whole(folder: Path) -> Path:
    """The invented case with the rules and lists that ship."""
    write_small(folder)
    (folder / "dialogue").symlink_to(shipped_content() / "dialogue")
    for name in ("verdicts", "confidence"):
        shipped = (shipped_content() / "words" / f"{name}.yml").read_text(encoding="utf-8")
        (folder / "words" / f"{name}.yml").write_text(shipped, encoding="utf-8")
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with the invented case."""
    return whole(tmp_path / "whole")


@pytest.fixture
def lists(content: Path) -> Words:
    """Its closed lists."""
    return words(content)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, content: Path) -> Iterator[Store]:
    """The case in a register, on each of the two databases."""
    if request.param == "sqlite":
        opened = request.getfixturevalue("store")
        bring_in(opened, content, "a", "b", "2026-11-23T00:00:00+00:00")
        yield opened
        return
    opened = Store(request.getfixturevalue("postgres_url"))
    bring_in(opened, content, "a", "b", "2026-11-23T00:00:00+00:00")
    yield opened
    opened.close()


@pytest.fixture
def small(store: Store, content: Path) -> Store:
    """The case in a register, on SQLite."""
    bring_in(store, content, "a", "b", "2026-11-23T00:00:00+00:00")
    return store


def opened(store: Store) -> Meeting:
    """A yearly series with two tracks and its first meeting."""
    series = open_series(store, "zem-rur", "Coast talks", Rhythm.YEARLY, TRACKS, ANNA, AT)
    return open_meeting(store, series.id, Opening("2026-12-10", "RUR", 120, "Strelsau", TABLE), ANNA, AT)


@pytest.fixture
def meeting(small: Store) -> Meeting:
    """The first meeting of the series, on SQLite."""
    return opened(small)


def record(store: Store) -> Record:
    """The record of the case as it now is."""
    with store.read() as unit:
        return items.record(items.bodies(unit, "zem-rur"), entries.head_of(unit)[0])


def seen(store: Store, kind: Kind, ref: str) -> int:
    """The entry as of which somebody sees a noun."""
    with store.read() as unit:
        return seen_of(unit, kind, ref)

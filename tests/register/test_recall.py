"""The record as it was known: on a day, up to an entry, by either order of the parties."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.entry import Change
from servanda.model.words import Act, Kind
from servanda.register.keep import bring_in
from servanda.register.ledger import remember
from servanda.register.recall import known_on, recall, which_case
from servanda.settings import shipped_content, store_url
from servanda.store import entries
from servanda.store.connect import Store
from tests.small import write_small

FIRST, SECOND, THIRD = "2026-02-01T09:00:00+00:00", "2026-02-01T23:59:59+00:00", "2026-03-01T00:00:00+00:00"


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Store:
    """Fifteen entries in the morning, one more late that night, one a month later."""
    content = write_small(tmp_path / "content")
    bring_in(store, content, "a", "first", FIRST)
    path = content / "cases" / "zem-rur" / "threads.yml"
    path.write_text(path.read_text().replace("Poets who stay a year", "Poets who stay for two years"))
    bring_in(store, content, "a", "second", SECOND)
    with store.write() as unit:
        remember(unit, [Change(Act.WITHDRAW, Kind.FIGURE, "ZF1", "zem-rur", None)], THIRD, "a", "third")
    return store


@pytest.mark.parametrize(
    ("day", "upto"),
    [
        # A day since the register began knows what was entered by its end.
        (date(2026, 2, 1), 16),
        (date(2026, 2, 2), 16),
        (date(2026, 2, 28), 16),
        (date(2026, 3, 1), 17),
        (date(2030, 1, 1), 17),
        # A day before it began is looked back on with all that is known now.
        (date(2026, 1, 31), 17),
        (date(1950, 1, 1), 17),
    ],
)
def test_what_a_day_may_know(kept: Store, day: date, upto: int) -> None:
    with kept.read() as unit:
        assert entries.head_of(unit)[0] == 17
        assert known_on(unit, day) == upto


def test_an_empty_register_knows_nothing(store: Store) -> None:
    with store.read() as unit:
        assert known_on(unit, date(2026, 1, 1)) == 0
        with pytest.raises(RequestError, match="the register holds no pair yet: run servanda import"):
            which_case(unit, ("ZEM", "RUR"), 0)


def at(store: Store, upto: int) -> Record:
    with store.read() as unit:
        return recall(unit, "zem-rur", upto)


def test_entries_of_a_later_day_are_not_known(kept: Store) -> None:
    title = "zem-rur.exchange-of-poets"
    assert at(kept, 15).threads[title].title == "Poets who stay a year"
    assert at(kept, 16).threads[title].title == "Poets who stay for two years"
    assert ("ZF1" in at(kept, 16).figures, "ZF1" in at(kept, 17).figures) == (True, False)
    assert [at(kept, upto).entries for upto in (15, 16, 17)] == [15, 16, 17]


@pytest.mark.parametrize("upto", range(1, 18))
def test_recalled_up_to_an_entry_it_is_the_register_built_only_to_there(kept: Store, tmp_path: Path, upto: int) -> None:
    built = Store(store_url(str(tmp_path / "built.sqlite")))
    with kept.read() as unit:
        told = list(entries.read_all(unit, upto))
    with built.write() as unit:
        for entry in told:
            change = Change(Act(entry.act), Kind(entry.kind), entry.ref, entry.case, json.loads(entry.body))
            remember(unit, [change], entry.at, entry.who, entry.why)
    with built.read() as unit:
        assert entries.head_of(unit) == (upto, told[-1].hash)
        # In the shorter register it is the present state, in the longer one a replay.
        assert recall(unit, "zem-rur", upto) == at(kept, upto)
    built.close()


def test_a_case_that_was_not_entered_by_then_is_refused(kept: Store) -> None:
    with kept.read() as unit, pytest.raises(RequestError, match="knew no case 'zem-rur' by then; choose a later day"):
        recall(unit, "zem-rur", 0)
    with kept.read() as unit, pytest.raises(RequestError, match="knew no case 'ind-kor'"):
        recall(unit, "ind-kor", 17)


@pytest.fixture(scope="module")
def shipped(seeded: Path) -> Iterator[Store]:
    opened = Store(store_url(str(seeded)))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("codes", "case"),
    [
        (("IND", "KOR"), "ind-kor"),
        (("KOR", "IND"), "ind-kor"),
        (("JPN", "IND"), "ind-jpn"),
        (("VNM", "KOR"), "kor-vnm"),
    ],
)
def test_a_pair_is_found_in_either_order(shipped: Store, codes: tuple[str, str], case: str) -> None:
    with shipped.read() as unit:
        assert which_case(unit, codes, entries.head_of(unit)[0]) == case


@pytest.mark.parametrize("codes", [("IND", "IND"), ("IND",), ("IND", "KOR", "JPN"), ()])
def test_a_pair_is_two_different_countries(shipped: Store, codes: tuple[str, ...]) -> None:
    with shipped.read() as unit, pytest.raises(RequestError, match="a pair is two different countries"):
        which_case(unit, codes, 1)


def test_a_pair_that_is_not_held_names_those_that_are(shipped: Store) -> None:
    with shipped.read() as unit, pytest.raises(RequestError) as fault:
        which_case(unit, ("JPN", "VNM"), 1)
    assert str(fault.value) == "no record of JPN and VNM; the register holds IND JPN, IND KOR, KOR VNM"


def test_another_case_does_not_change_what_one_case_was(seeded_copy: Callable[[], Path], tmp_path: Path) -> None:
    store = Store(store_url(str(seeded_copy())))
    with store.read() as unit:
        last = entries.head_of(unit)[0]
        before = recall(unit, "ind-kor", last)
    content = write_small(tmp_path / "content")
    shutil.rmtree(content / "words")
    shutil.copytree(shipped_content() / "words", content / "words")
    for path in (content / "cases").rglob("*.yml"):
        path.write_text(path.read_text().replace("ZEM", "USA").replace("RUR", "CHN"))
    bring_in(store, content, "a", "another pair", "2026-12-24T00:00:00+00:00")
    with store.read() as unit:
        assert entries.head_of(unit)[0] > last
        assert recall(unit, "ind-kor", last) == before
    store.close()

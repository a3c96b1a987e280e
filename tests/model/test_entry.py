"""The chain: whatever changes in an entry changes its seal."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from servanda.model.entry import GENESIS, Change, Entry, chain, plain_text, seal, seal_of
from servanda.model.words import Act, Kind
from tests.properties import given
from tests.strategies import anything

CHANGE = Change(Act.PUT, Kind.EVENT, "E1", "zem-rur", {"id": "E1", "event": "조약"})
ENTRY = chain(CHANGE, 7, "2026-11-23T00:00:00+00:00", "a reader", "import", GENESIS)
FIELDS = [field.name for field in dataclasses.fields(Entry) if field.name != "hash"]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def altered(name: str, value: Any) -> Entry:
    fields: dict[str, Any] = {name: value}
    return dataclasses.replace(ENTRY, **fields)


def test_new_entry_carries_its_own_seal() -> None:
    assert seal_of(ENTRY) == ENTRY.hash
    assert len(ENTRY.hash) == len(GENESIS) == 64


@pytest.mark.parametrize("name", FIELDS)
def test_a_change_of_any_field_changes_the_seal(name: str) -> None:
    old = getattr(ENTRY, name)
    for new in (8, 70) if name == "seq" else (old + " ", old[:-1], old.upper() + "x", ""):
        assert seal_of(altered(name, new)) != ENTRY.hash


@given(st.sampled_from([name for name in FIELDS if name != "seq"]), anything)
def test_any_other_words_change_the_seal(name: str, words: str) -> None:
    assume(words != getattr(ENTRY, name))
    assert seal_of(altered(name, words)) != ENTRY.hash


@given(st.lists(texts, max_size=5), st.lists(texts, max_size=5))
def test_no_two_lists_of_words_read_alike(one: list[str], other: list[str]) -> None:
    assume(one != other)
    assert seal(tuple(one)) != seal(tuple(other))


@given(texts, texts, texts)
def test_words_do_not_run_into_each_other(one: str, two: str, three: str) -> None:
    # Each word is preceded by its length, so that moving a letter across a border shows.
    assume(two)
    assert seal((one + two, three)) != seal((one, two + three))
    assert seal((one, two)) != seal((f"{one}{len(two.encode())}:{two}",))


def test_next_entry_hangs_on_the_one_before() -> None:
    other = chain(CHANGE, 7, ENTRY.at, ENTRY.who, ENTRY.why, "1" * 64)
    assert other.hash != ENTRY.hash
    assert chain(CHANGE, 8, ENTRY.at, ENTRY.who, ENTRY.why, ENTRY.hash).before == ENTRY.hash


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (None, "null"),
        ({"b": 1, "a": "조"}, '{"a":"조","b":1}'),
        ({"a": {"d": 1, "c": [1.5, None]}}, '{"a":{"c":[1.5,null],"d":1}}'),
    ],
)
def test_a_body_is_written_in_one_way(body: dict[str, Any] | None, text: str) -> None:
    assert plain_text(body) == text

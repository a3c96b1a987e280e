"""The JSON twin of a page: only what JSON can hold, and all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.model.period import When
from servanda.model.status import Status
from servanda.pages.library import Library
from servanda.pages.plain import plain
from tests.pages.invented import CASE, DAY, built


@dataclass(frozen=True, slots=True)
class Inner:
    """A noun inside another."""

    when: When
    status: Status


@dataclass(frozen=True, slots=True)
class Outer:
    """A noun of everything a page may hold."""

    zeta: tuple[Inner, ...]
    alpha: dict[Status, date]
    none: None
    number: float
    many: frozenset[str]


def leaves(thing: Any, path: str = "") -> list[tuple[str, Any]]:
    """Every value at the end of a branch, with its place."""
    if isinstance(thing, dict):
        return [leaf for name, value in thing.items() for leaf in leaves(value, f"{path}.{name}")]
    if isinstance(thing, list):
        return [leaf for at, value in enumerate(thing) for leaf in leaves(value, f"{path}[{at}]")]
    return [(path, thing)]


def test_nouns_dates_and_words_become_plain_in_their_order() -> None:
    made = plain(Outer((Inner(When.parse("2015-05"), Status.LAPSED),), {Status.PARTLY: DAY}, None, 0.5, frozenset("x")))
    assert made == {
        "zeta": [{"when": "2015-05", "status": "lapsed"}],
        "alpha": {"partly delivered": "2026-11-23"},
        "none": None,
        "number": 0.5,
        "many": ["x"],
    }
    assert list(made) == ["zeta", "alpha", "none", "number", "many"]
    assert type(made["zeta"][0]["status"]) is str


def test_every_page_is_json_without_nan_or_objects(library: Library) -> None:
    pages = built(library, "ind-kor")
    assert len(pages) > 16
    for address, (_, page) in pages.items():
        twin = plain(page)
        text = json.dumps(twin, allow_nan=False, ensure_ascii=False)
        assert json.loads(text) == twin, address
        for place, value in leaves(twin):
            assert value is None or type(value) in (str, int, float, bool), (address, place, type(value))
            assert not (isinstance(value, str) and " object at 0x" in value), (address, place)


def test_the_smallest_case_is_json_too(bare: Library) -> None:
    for address, (_, page) in built(bare, CASE).items():
        assert json.loads(json.dumps(plain(page), allow_nan=False)) == plain(page), address

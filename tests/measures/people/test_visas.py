"""Stretches of a visa regime: by hand, by law, and of the pair."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.measures.people.visas import BAN, OPENNESS, on, openness, spells
from servanda.sources.shipped import shipped

DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


def change(since: str, requirement: str, passport: str = "AAA", days: int | None = None) -> dict[str, Any]:
    return {"passport": passport, "destination": "ZZZ", "since": since, "requirement": requirement, "days": days}


def test_a_stretch_ends_the_day_before_the_next() -> None:
    made = spells(
        [change("2020-03-01", "e-visa"), change("2019-11-23", "visa required"), change("2020-02-01", "visa required")]
    )
    assert [(one.requirement, str(one.since), str(one.until)) for one in made] == [
        ("visa required", "2019-11-23", "2020-02-29"),
        ("e-visa", "2020-03-01", "None"),
    ]


@given(st.dictionaries(DAYS, st.sampled_from([*OPENNESS, BAN]), min_size=1, max_size=8), DAYS)
def test_on_a_day_it_is_the_last_change_before(changes: dict[date, str], day: date) -> None:
    made = spells([change(since.isoformat(), word) for since, word in changes.items()])
    before = [since for since in changes if since <= day]
    found = on(made, "AAA", "ZZZ", day)
    assert (found.requirement if found else None) == (changes[max(before)] if before else None)
    for one, other in pairwise(made):
        assert one.until == other.since - timedelta(days=1)
        assert one.requirement != other.requirement


def test_what_is_no_requirement_or_stands_twice_is_refused() -> None:
    with pytest.raises(RequestError, match="'VR' is no requirement; known are"):
        spells([change("2020-01-01", "VR")])
    with pytest.raises(RequestError, match="two requirements of AAA in ZZZ since 2020-01-01"):
        spells([change("2020-01-01", "e-visa"), change("2020-01-01", "visa free")])


def test_openness_beside_others_by_hand() -> None:
    rows = [change("2020-01-01", "e-visa"), change("2020-01-01", "visa free", "BBB"), change("2020-01-01", "e-visa", "CCC"),
            change("2020-01-01", "visa required", "DDD"), change("2020-01-01", BAN, "EEE")]  # fmt: skip
    found = openness(spells(rows), "AAA", "ZZZ", date(2021, 1, 1))
    assert (found.value, found.used, found.expected) == (2, 3, 4)
    assert {name: found.steps[name] for name in ("more open", "the same", "less open")} == {
        "more open": 1, "the same": 1, "less open": 1}  # fmt: skip
    banned = openness(spells(rows), "EEE", "ZZZ", date(2021, 1, 1))
    assert banned.reason == "entry was barred in the pandemic"
    assert openness(spells(rows), "AAA", "ZZZ", date(2019, 1, 1)).reason == "the tables hold no requirement then"


def test_of_the_shipped_pair_both_ways() -> None:
    made = spells(shipped("people/visas").table.to_pylist())
    here = [(one.requirement, str(one.since)) for one in made if (one.passport, one.destination) == ("IND", "KOR")]
    back = [(one.requirement, str(one.since)) for one in made if (one.passport, one.destination) == ("KOR", "IND")]
    assert here[0] == ("visa required", "2019-11-23")
    assert here[-1] == ("e-visa", "2023-12-03")
    assert back[0] == ("visa on arrival", "2019-11-23")
    assert back[-1] == ("visa on arrival", "2022-01-05")
